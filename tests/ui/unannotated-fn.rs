// A call of a function that has no rules.

use pullback::differentiate;

fn cube(x: f64) -> f64 {
    x * x * x
}

#[differentiate]
fn volume(radius: f64) -> f64 {
    4.0 / 3.0 * std::f64::consts::PI * cube(radius)
}

fn main() {}
