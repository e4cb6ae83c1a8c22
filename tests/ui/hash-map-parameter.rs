// A hash map has no cotangent, and no order that a reverse sweep could follow.

use pullback::differentiate;
use std::collections::HashMap;

#[differentiate]
fn total(prices: &HashMap<String, f64>) -> f64 {
    let mut total = 0.0;
    for price in prices.values() {
        total += price;
    }
    total
}

fn main() {}
