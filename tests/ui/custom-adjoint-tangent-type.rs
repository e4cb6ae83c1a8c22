// A tangent function that returns the tangent without the value.

use pullback::custom_adjoint;

#[custom_adjoint(cube_adjoint, tangent = cube_tangent)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_adjoint(x: f64, _value: &f64, seed: f64) -> f64 {
    3.0 * x * x * seed
}

fn cube_tangent(x: f64, x_dot: f64) -> f64 {
    3.0 * x * x * x_dot
}

fn main() {}
