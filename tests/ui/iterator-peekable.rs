// A `while let` over an iterator that looks ahead.

use pullback::differentiate;

#[differentiate]
fn variation(x: &[f64]) -> f64 {
    let mut values = x.iter().peekable();
    let mut variation = 0.0;
    while let Some(value) = values.next() {
        if let Some(next) = values.peek() {
            variation += (*next - value).abs();
        }
    }
    variation
}

fn main() {}
