// A result that borrows from the arguments.

use pullback::differentiate;

#[differentiate]
fn last(x: &[f64]) -> &f64 {
    &x[x.len() - 1]
}

fn main() {}
