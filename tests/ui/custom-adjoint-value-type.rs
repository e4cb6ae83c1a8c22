// An adjoint that takes the value of the primal by value.

use pullback::custom_adjoint;

#[custom_adjoint(exponential_adjoint)]
fn exponential(x: f64) -> f64 {
    x.exp()
}

fn exponential_adjoint(_x: f64, value: f64, seed: f64) -> f64 {
    value * seed
}

fn main() {}
