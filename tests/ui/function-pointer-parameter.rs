// A function pointer does not say which function's rules to use.

use pullback::differentiate;

#[differentiate]
fn midpoint(f: fn(f64) -> f64, a: f64, b: f64) -> f64 {
    (b - a) * f(0.5 * (a + b))
}

fn main() {}
