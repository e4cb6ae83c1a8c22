// An adjoint that does not take the value of the primal.

use pullback::custom_adjoint;

#[custom_adjoint(cube_adjoint)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_adjoint(x: f64, seed: f64) -> f64 {
    3.0 * x * x * seed
}

fn main() {}
