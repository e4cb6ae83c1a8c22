// `#[differentiate]` on a module.

use pullback::differentiate;

#[differentiate]
mod potentials {
    pub fn harmonic(x: f64) -> f64 {
        0.5 * x * x
    }
}

fn main() {
    println!("{}", potentials::harmonic(2.0));
}
