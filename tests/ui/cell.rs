// A cell changes behind a shared reference, unseen by the reverse sweep.

use pullback::differentiate;
use std::cell::Cell;

#[differentiate]
fn total(x: &[f64]) -> f64 {
    let total = Cell::new(0.0);
    x.iter().for_each(|x| total.set(total.get() + x));
    total.get()
}

fn main() {}
