// The forward and reverse sweeps cannot run in a constant.

use pullback::differentiate;

#[differentiate]
const fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
