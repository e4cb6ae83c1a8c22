// `forward` without the `reverse` that it saves for.

use pullback::custom_adjoint;

#[custom_adjoint(forward = cube_forward)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_forward(x: f64) -> (f64, f64) {
    (x * x * x, x * x)
}

fn main() {}
