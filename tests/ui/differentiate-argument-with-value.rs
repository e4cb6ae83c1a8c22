// A value for an argument that takes none.

use pullback::differentiate;

#[differentiate(boxed = true)]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
