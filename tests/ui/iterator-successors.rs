// An iterator that is made of a closure.

use pullback::differentiate;

#[differentiate]
fn geometric(x: f64) -> f64 {
    std::iter::successors(Some(x), |x| Some(0.5 * x)).take(10).sum()
}

fn main() {}
