//! Least squares with the linear part solved out, and what is gained by not differentiating the solve.
//!
//! The model a₀ sin(k + x) + a₁ is linear in a. For every x the best a follows from the normal equations;
//! what is left is a function of x alone. At the best a the residual does not change with a, to first
//! order, so no gradient needs to flow through the solve: `#[no_grad]` on it leaves the gradient as it is.
//!
//! `cargo run --release --example variable_projection`

use common::noise::Noise;
use common::report::{compare, finite_differences, print_times, time};
use nalgebra::{DMatrix, DVector};
use pullback::differentiate;
use std::f64::consts::TAU;

mod common {
    pub mod noise;
    pub mod report;
}

/// The matrix whose columns are sin(k + x) and 1.
#[differentiate]
fn design(x: &[f64], #[no_grad] k: &[f64]) -> DMatrix<f64> {
    let mut m = DMatrix::from_element(k.len(), 2, 1.0);
    for i in 0..k.len() {
        m[(i, 0)] = (k[i] + x[0]).sin();
    }
    m
}

/// a = (mᵀm)⁻¹ mᵀy.
#[differentiate]
fn solve(m: &DMatrix<f64>, #[no_grad] y: &DVector<f64>) -> DVector<f64> {
    let normal = m.transpose() * m;
    let right = m.transpose() * y;
    normal.cholesky().unwrap().solve(&right)
}

/// ‖m a − y‖, differentiated through and through.
#[differentiate]
fn objective(x: &[f64], #[no_grad] k: &[f64], #[no_grad] y: &DVector<f64>) -> f64 {
    let m = design(x, k);
    let a = solve(&m, y);
    (m * a - y).norm()
}

/// The same; one line says that a counts as a constant.
#[differentiate]
fn objective_with_constant_solve(x: &[f64], #[no_grad] k: &[f64], #[no_grad] y: &DVector<f64>) -> f64 {
    let m = design(x, k);
    #[no_grad]
    let a = solve(&m, y);
    (m * a - y).norm()
}

fn main() {
    let n = 1000;
    let k: Vec<f64> = (0..n).map(|i| TAU * 10.0 * i as f64 / (n - 1) as f64).collect();
    let noise = Noise::new(1);
    let y =
        DVector::from_iterator(n, k.iter().zip(noise).map(|(k, e)| 0.1 * (k + 2.5).sin() + 0.1 * e + 1.0));
    let x = [1.0];

    println!("‖m a − y‖ with m = [sin(k + x), 1], a = (mᵀm)⁻¹ mᵀy, {n} points, at x = 1\n");
    let differences = finite_differences(|x| objective(x, &k, &y), &x);
    compare("gradient", &objective_grad(&x, &k, &y), &differences);
    let shortened = objective_with_constant_solve_grad(&x, &k, &y);
    compare("gradient, #[no_grad] on the solve", &shortened, &differences);
    print_times(
        time(|| objective(&x, &k, &y)),
        &[
            ("gradient", time(|| objective::value_and_grad(&x, &k, &y))),
            ("gradient, #[no_grad] on the solve", {
                time(|| objective_with_constant_solve::value_and_grad(&x, &k, &y))
            }),
        ],
    );
}
