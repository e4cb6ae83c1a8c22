// A sort moves active values by a permutation that is not recorded.

use pullback::differentiate;

#[differentiate]
fn median(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(|a, b| a.total_cmp(b));
    sorted[sorted.len() / 2]
}

fn main() {}
