// A `reverse` that takes something else than `forward` saves.

use pullback::custom_adjoint;

#[custom_adjoint(forward = cube_forward, reverse = cube_reverse)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_forward(x: f64) -> (f64, f64) {
    (x * x * x, x * x)
}

fn cube_reverse(saved: (f64, f64), _x: f64, seed: f64) -> f64 {
    3.0 * saved.1 * seed
}

fn main() {}
