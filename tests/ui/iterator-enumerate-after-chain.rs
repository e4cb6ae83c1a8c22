// A position behind an adaptor whose count is known only at the end.

use pullback::differentiate;

#[differentiate]
fn weighted_sum(x: &[f64], y: &[f64]) -> f64 {
    x.iter().chain(y).enumerate().map(|(i, v)| i as f64 * v).sum()
}

fn main() {}
