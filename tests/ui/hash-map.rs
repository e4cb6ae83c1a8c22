// A hash map as a local.

use pullback::differentiate;
use std::collections::HashMap;

#[differentiate]
fn total(prices: &[f64]) -> f64 {
    let mut by_rank = HashMap::new();
    for (rank, price) in prices.iter().enumerate() {
        by_rank.insert(rank, *price);
    }
    by_rank.values().sum()
}

fn main() {}
