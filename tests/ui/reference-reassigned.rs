// A reference that points elsewhere after an assignment.

use pullback::differentiate;

#[differentiate]
fn larger(x: &[f64], y: &[f64]) -> f64 {
    let mut best = x;
    if y[0] > x[0] {
        best = y;
    }
    best[0] * best[1]
}

fn main() {}
