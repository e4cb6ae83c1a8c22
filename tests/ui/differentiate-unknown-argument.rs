// An argument that `#[differentiate]` does not have.

use pullback::differentiate;

#[differentiate(fast)]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
