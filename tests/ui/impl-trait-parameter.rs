// A parameter whose type is not named.

use pullback::differentiate;

#[differentiate]
fn mean_square(n: usize, x: impl Iterator<Item = f64>) -> f64 {
    x.map(|x| x * x).sum::<f64>() / n as f64
}

fn main() {}
