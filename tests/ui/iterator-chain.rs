// An iterator over two sources in turn.

use pullback::differentiate;

#[differentiate]
fn total(x: &[f64], y: &[f64]) -> f64 {
    x.iter().chain(y).sum()
}

fn main() {}
