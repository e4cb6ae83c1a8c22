// A pattern that binds the rest of a slice.

use pullback::differentiate;

#[differentiate]
fn alternating_sum(x: &[f64]) -> f64 {
    match x {
        [] => 0.0,
        [first, rest @ ..] => first - alternating_sum(rest),
    }
}

fn main() {}
