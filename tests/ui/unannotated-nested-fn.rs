// A call of a function that is defined in the body and has no rules.

use pullback::differentiate;

#[differentiate]
fn volume(radius: f64) -> f64 {
    fn cube(x: f64) -> f64 {
        x * x * x
    }
    4.0 / 3.0 * std::f64::consts::PI * cube(radius)
}

fn main() {}
