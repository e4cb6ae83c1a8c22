// Four mistakes in one body: an `unsafe` block, a reference reassigned, an adaptor and a macro not known.

use pullback::differentiate;

macro_rules! square {
    ($x:expr) => {
        $x * $x
    };
}

#[differentiate]
fn loss(x: &[f64], y: &[f64]) -> f64 {
    let first = unsafe { *x.get_unchecked(0) };
    let mut best = x;
    if y[0] > x[0] {
        best = y;
    }
    let rest: f64 = best.iter().skip_while(|v| **v < 0.0).sum();
    first + square!(rest)
}

fn main() {}
