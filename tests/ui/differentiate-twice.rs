// `#[differentiate]` given twice.

use pullback::differentiate;

#[differentiate]
#[differentiate]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
