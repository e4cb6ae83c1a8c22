// `reverse` without the `forward` that saves for it.

use pullback::custom_adjoint;

#[custom_adjoint(reverse = cube_reverse)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_reverse(square: f64, _x: f64, seed: f64) -> f64 {
    3.0 * square * seed
}

fn main() {}
