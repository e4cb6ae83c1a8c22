// A result whose type is not named.

use pullback::differentiate;

#[differentiate]
fn squares(x: &[f64]) -> impl Iterator<Item = f64> {
    x.iter().map(|x| x * x)
}

fn main() {}
