// An adjoint in one piece and in two.

use pullback::custom_adjoint;

#[custom_adjoint(cube_adjoint, forward = cube_forward, reverse = cube_reverse)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_adjoint(x: f64, _value: &f64, seed: f64) -> f64 {
    3.0 * x * x * seed
}

fn cube_forward(x: f64) -> (f64, f64) {
    (x * x * x, x * x)
}

fn cube_reverse(square: f64, _x: f64, seed: f64) -> f64 {
    3.0 * square * seed
}

fn main() {}
