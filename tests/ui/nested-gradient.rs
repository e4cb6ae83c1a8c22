// A derivative of a derivative.

use pullback::differentiate;

#[differentiate]
fn energy(x: f64) -> f64 {
    x.powi(4)
}

#[differentiate]
fn force(x: f64) -> f64 {
    -energy::grad(x)
}

fn main() {}
