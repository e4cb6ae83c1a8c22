// The path of a function that does not exist.

use pullback::custom_adjoint;

#[custom_adjoint(cube_adjoint)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn main() {}
