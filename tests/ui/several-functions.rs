// A mistake in each of three functions.

use pullback::{custom_adjoint, differentiate, no_grad};

#[differentiate]
fn entry(x: &[f64], i: usize) -> f64 {
    unsafe { *x.get_unchecked(i) }
}

#[no_grad(x)]
fn rounded(x: f64) -> f64 {
    x.round()
}

#[custom_adjoint(reverse = cube_reverse)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_reverse(square: f64, _x: f64, seed: f64) -> f64 {
    3.0 * square * seed
}

fn main() {}
