// A derivative of a whole Hessian.

use pullback::differentiate;

#[differentiate]
fn energy(x: f64) -> f64 {
    x.powi(4)
}

#[differentiate]
fn stiffness(x: f64) -> f64 {
    energy::hessian(x)[(0, 0)]
}

fn main() {}
