// The crate's path is written as a path.

use pullback::differentiate;

#[differentiate(crate = "pullback")]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
