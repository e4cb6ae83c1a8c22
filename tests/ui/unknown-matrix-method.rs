// A method of nalgebra that has no rules.

use nalgebra::DMatrix;
use pullback::differentiate;

#[differentiate]
fn largest_stretch(a: &DMatrix<f64>) -> f64 {
    a.singular_values()[0]
}

fn main() {}
