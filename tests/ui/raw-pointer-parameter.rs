// A raw pointer may alias anything.

use pullback::differentiate;

#[differentiate]
fn energy(x: f64, table: *const f64) -> f64 {
    if table.is_null() { 0.5 * x * x } else { 0.25 * x * x }
}

fn main() {}
