// A closure handed to a function that has no rules.

use pullback::differentiate;

fn midpoint(f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
    (b - a) * f(0.5 * (a + b))
}

#[differentiate]
fn mean_sine(frequency: f64) -> f64 {
    midpoint(|t| (frequency * t).sin(), 0.0, 1.0)
}

fn main() {}
