// Three mistakes in the arguments of one attribute.

use pullback::differentiate;

#[differentiate(fast, boxed, boxed, crate = "pullback")]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
