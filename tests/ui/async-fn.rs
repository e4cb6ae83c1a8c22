// An `async fn` returns a future, which has no derivative.

use pullback::differentiate;

#[differentiate]
async fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
