// An argument given twice.

use pullback::differentiate;

#[differentiate(boxed, boxed)]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
