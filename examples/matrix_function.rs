//! A custom derivative of a matrix function: the inverse.
//!
//! Its adjoint maps Ȳ to −Yᵀ Ȳ Yᵀ, where Y = A⁻¹. The Fréchet derivative, which maps Δ to −Y Δ Y, is easily mistaken
//! for it; finite differences tell.
//!
//! `cargo run --release --example matrix_function`

use common::noise::Noise;
use common::report::{compare, finite_differences, print_times, time};
use nalgebra::DMatrix;
use pullback::{custom_adjoint, differentiate};

mod common {
    pub mod noise;
    pub mod report;
}

/// A⁻¹ with its adjoint stated by hand.
#[custom_adjoint(inverse_adjoint)]
fn inverse(a: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().try_inverse().expect("the matrix is invertible")
}

/// −Yᵀ Ȳ Yᵀ.
fn inverse_adjoint(_a: &DMatrix<f64>, y: &DMatrix<f64>, y_bar: DMatrix<f64>) -> DMatrix<f64> {
    -y.tr_mul(&y_bar) * y.transpose()
}

/// A⁻¹ with a mistake: the Fréchet derivative where the adjoint belongs.
#[custom_adjoint(mixed_up_adjoint)]
fn mixed_up_inverse(a: &DMatrix<f64>) -> DMatrix<f64> {
    inverse(a)
}

fn mixed_up_adjoint(_a: &DMatrix<f64>, y: &DMatrix<f64>, y_bar: DMatrix<f64>) -> DMatrix<f64> {
    -y * y_bar * y
}

/// The last entry of C (A + x B)⁻¹.
#[differentiate]
fn last_entry(
    x: f64,
    #[no_grad] a: &DMatrix<f64>,
    #[no_grad] b: &DMatrix<f64>,
    #[no_grad] c: &DMatrix<f64>,
) -> f64 {
    let n = a.nrows();
    let product = c * inverse(&(a + b * x));
    product[(n - 1, n - 1)]
}

/// `last_entry` and its derivative by the Fréchet derivative of the inverse, all by hand: (C Y)ₙₙ and (−C Y B Y)ₙₙ.
fn last_entry_forward(x: f64, a: &DMatrix<f64>, b: &DMatrix<f64>, c: &DMatrix<f64>) -> (f64, f64) {
    let n = a.nrows();
    let y = inverse(&(a + b * x));
    let product = c * &y;
    let product_dot = -(&product * b) * y;
    (product[(n - 1, n - 1)], product_dot[(n - 1, n - 1)])
}

/// `last_entry` with the library's own rule for the inverse.
#[differentiate]
fn last_entry_plain(
    x: f64,
    #[no_grad] a: &DMatrix<f64>,
    #[no_grad] b: &DMatrix<f64>,
    #[no_grad] c: &DMatrix<f64>,
) -> f64 {
    let n = a.nrows();
    let product = c * (a + b * x).try_inverse().unwrap();
    product[(n - 1, n - 1)]
}

/// `last_entry` with the mistake.
#[differentiate]
fn last_entry_mixed_up(
    x: f64,
    #[no_grad] a: &DMatrix<f64>,
    #[no_grad] b: &DMatrix<f64>,
    #[no_grad] c: &DMatrix<f64>,
) -> f64 {
    let n = a.nrows();
    let product = c * mixed_up_inverse(&(a + b * x));
    product[(n - 1, n - 1)]
}

fn main() {
    let n = 40;
    let mut noise = Noise::new(4);
    let mut random = || DMatrix::from_fn(n, n, |_, _| noise.uniform());
    let (a, b, c) = (random(), random(), random());
    let x = 0.7;

    println!("the last entry of C (A + x B)⁻¹, random {n} × {n} matrices, at x = {x}\n");
    let differences = finite_differences(|x| last_entry(x[0], &a, &b, &c), &[x]);
    compare("adjoint of the inverse by hand", &[last_entry_grad(x, &a, &b, &c)], &differences);
    compare("library's rule for the inverse", &[last_entry_plain_grad(x, &a, &b, &c)], &differences);
    compare("Fréchet derivative, all by hand", &[last_entry_forward(x, &a, &b, &c).1], &differences);
    compare("Fréchet derivative as the adjoint", &[last_entry_mixed_up_grad(x, &a, &b, &c)], &differences);
    print_times(
        time(|| last_entry(x, &a, &b, &c)),
        &[
            ("adjoint of the inverse by hand", time(|| last_entry::value_and_grad(x, &a, &b, &c))),
            ("library's rule for the inverse", time(|| last_entry_plain::value_and_grad(x, &a, &b, &c))),
            ("Fréchet derivative, all by hand", time(|| last_entry_forward(x, &a, &b, &c))),
        ],
    );
}
