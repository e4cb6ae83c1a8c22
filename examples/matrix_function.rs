//! Custom derivatives of a matrix function: the inverse.
//!
//! Its tangent (the Fréchet derivative) maps Δ to −Y Δ Y, its adjoint maps Ȳ to −Yᵀ Ȳ Yᵀ, where Y = A⁻¹.
//! The two are easily mixed up; finite differences tell.
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

/// A⁻¹ with both derivatives stated by hand.
#[custom_adjoint(inverse_adjoint, tangent = inverse_tangent)]
fn inverse(a: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().try_inverse().expect("the matrix is invertible")
}

/// −Yᵀ Ȳ Yᵀ.
fn inverse_adjoint(_a: &DMatrix<f64>, y: &DMatrix<f64>, y_bar: DMatrix<f64>) -> DMatrix<f64> {
    -y.tr_mul(&y_bar) * y.transpose()
}

/// Y and −Y Δ Y, by solves with one factorisation.
fn inverse_tangent(a: &DMatrix<f64>, a_dot: &DMatrix<f64>) -> (DMatrix<f64>, DMatrix<f64>) {
    let lu = a.clone().lu();
    let y = lu.try_inverse().expect("the matrix is invertible");
    let mut y_dot = -a_dot * &y;
    lu.solve_mut(&mut y_dot);
    (y, y_dot)
}

/// A⁻¹ with a mistake: the tangent's formula where the adjoint's belongs.
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

/// The same with the library's own rule for the inverse.
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

/// The same with the mistake.
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
    compare("reverse mode, adjoint by hand", &[last_entry_grad(x, &a, &b, &c)], &differences);
    compare("forward mode, tangent by hand", &[last_entry::jvp(x, 1.0, &a, &b, &c).1], &differences);
    compare("reverse mode, nothing by hand", &[last_entry_plain_grad(x, &a, &b, &c)], &differences);
    compare("adjoint and tangent mixed up", &[last_entry_mixed_up_grad(x, &a, &b, &c)], &differences);
    print_times(
        time(|| last_entry(x, &a, &b, &c)),
        &[
            ("reverse mode, adjoint by hand", time(|| last_entry::value_and_grad(x, &a, &b, &c))),
            ("forward mode, tangent by hand", time(|| last_entry::jvp(x, 1.0, &a, &b, &c))),
            ("reverse mode, nothing by hand", time(|| last_entry_plain::value_and_grad(x, &a, &b, &c))),
        ],
    );
}
