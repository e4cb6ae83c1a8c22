// An `unsafe` block in the body.

use pullback::differentiate;

#[differentiate]
fn scaled(x: &[f64], i: usize) -> f64 {
    let entry = unsafe { *x.get_unchecked(i) };
    2.0 * entry
}

fn main() {}
