// `#[custom_adjoint]` without the function to use.

use pullback::custom_adjoint;

#[custom_adjoint]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn main() {}
