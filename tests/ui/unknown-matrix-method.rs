// A method of nalgebra that has no rules.

use nalgebra::DVector;
use pullback::differentiate;

#[differentiate]
fn smoothed_energy(signal: &DVector<f64>, #[no_grad] kernel: DVector<f64>) -> f64 {
    signal.convolve_same(kernel).norm_squared()
}

fn main() {}
