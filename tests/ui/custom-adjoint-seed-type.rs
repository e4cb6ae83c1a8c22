// An adjoint that takes the seed by reference.

use pullback::custom_adjoint;

#[custom_adjoint(cube_adjoint)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_adjoint(x: f64, _value: &f64, seed: &f64) -> f64 {
    3.0 * x * x * seed
}

fn main() {}
