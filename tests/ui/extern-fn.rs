// A function of a foreign calling convention.

use pullback::differentiate;

#[differentiate]
extern "C" fn energy(x: f64) -> f64 {
    0.5 * x * x
}

fn main() {}
