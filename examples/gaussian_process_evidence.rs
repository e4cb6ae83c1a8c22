//! An analytical gradient in a matrix, the rest by differentiation of the program.
//!
//! A Gaussian process has the covariance matrix K(θ) and the log evidence f(K) = −½ (yᵀK⁻¹y + ln|K|).
//! K(θ) is a program. The gradient of f is known in closed form: ½ (α αᵀ − K⁻¹) with α = K⁻¹y.
//! `#[custom_adjoint]` states it; the two are composed as if both had been generated.
//!
//! `cargo run --release --example gaussian_process_evidence`

use common::noise::Noise;
use common::report::{compare, finite_differences, print_times, time};
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use pullback::{Differentiable, custom_adjoint, differentiate};

mod common {
    pub mod noise;
    pub mod report;
}

#[derive(Differentiable)]
struct Kernel {
    amplitude: f64,
    length: f64,
}

#[derive(Differentiable)]
struct Model {
    kernel: Kernel,
    noise: f64,
}

/// Kᵢⱼ = a² exp(−(tᵢ − tⱼ)²/(2 l²)) + σ² δᵢⱼ.
#[differentiate]
fn covariance(model: &Model, #[no_grad] t: &[f64]) -> DMatrix<f64> {
    let n = t.len();
    let mut k = DMatrix::zeros(n, n);
    for j in 0..n {
        for i in 0..n {
            let distance = (t[i] - t[j]) / model.kernel.length;
            k[(i, j)] = model.kernel.amplitude.powi(2) * (-0.5 * distance * distance).exp();
        }
        k[(j, j)] += model.noise.powi(2);
    }
    k
}

/// −½ (yᵀK⁻¹y + ln|K|), with the adjoint below.
#[custom_adjoint(forward = log_evidence_forward, reverse = log_evidence_reverse)]
fn log_evidence(k: &DMatrix<f64>, #[no_grad] y: &DVector<f64>) -> f64 {
    log_evidence_forward(k, y).0
}

/// The value, with the factorisation and α for the reverse sweep.
fn log_evidence_forward(k: &DMatrix<f64>, y: &DVector<f64>) -> (f64, (Cholesky<f64, Dyn>, DVector<f64>)) {
    let cholesky = k.clone().cholesky().expect("a covariance matrix is positive definite");
    let alpha = cholesky.solve(y);
    let value = -0.5 * (y.dot(&alpha) + cholesky.ln_determinant());
    (value, (cholesky, alpha))
}

/// ½ (α αᵀ − K⁻¹), times the seed.
fn log_evidence_reverse(
    (cholesky, alpha): (Cholesky<f64, Dyn>, DVector<f64>),
    _k: &DMatrix<f64>,
    _y: &DVector<f64>,
    seed: f64,
) -> DMatrix<f64> {
    let mut k_bar = cholesky.inverse();
    k_bar.ger(0.5 * seed, &alpha, &alpha, -0.5 * seed);
    k_bar
}

/// The same function with nothing stated by hand; |K| is the square of the product of L's diagonal.
#[differentiate]
fn log_evidence_plain(k: &DMatrix<f64>, #[no_grad] y: &DVector<f64>) -> f64 {
    let cholesky = k.clone().cholesky().unwrap();
    let alpha = cholesky.solve(y);
    let l = cholesky.l();
    let mut log_determinant = 0.0;
    for i in 0..l.nrows() {
        log_determinant += 2.0 * l[(i, i)].ln();
    }
    -0.5 * (y.dot(&alpha) + log_determinant)
}

#[differentiate]
fn evidence(model: &Model, #[no_grad] t: &[f64], #[no_grad] y: &DVector<f64>) -> f64 {
    log_evidence(&covariance(model, t), y)
}

#[differentiate]
fn evidence_plain(model: &Model, #[no_grad] t: &[f64], #[no_grad] y: &DVector<f64>) -> f64 {
    log_evidence_plain(&covariance(model, t), y)
}

fn main() {
    let n = 100;
    let t: Vec<f64> = (0..n).map(|i| 10.0 * i as f64 / n as f64).collect();
    let y = DVector::from_iterator(n, t.iter().zip(Noise::new(2)).map(|(t, e)| (1.3 * t).sin() + 0.2 * e));
    let model = Model { kernel: Kernel { amplitude: 1.2, length: 0.8 }, noise: 0.3 };

    println!("log evidence of a Gaussian process with {n} observations");
    println!("parameters: [0] amplitude, [1] length scale, [2] noise\n");
    let differences = finite_differences(
        |p| evidence(&Model { kernel: Kernel { amplitude: p[0], length: p[1] }, noise: p[2] }, &t, &y),
        &[model.kernel.amplitude, model.kernel.length, model.noise],
    );
    let stated = evidence::grad(&model, &t, &y);
    let stated = [stated.kernel.amplitude, stated.kernel.length, stated.noise];
    compare("gradient, adjoint stated by hand", &stated, &differences);
    let plain = evidence_plain::grad(&model, &t, &y);
    let plain = [plain.kernel.amplitude, plain.kernel.length, plain.noise];
    compare("gradient, everything generated", &plain, &differences);
    print_times(
        time(|| evidence(&model, &t, &y)),
        &[
            ("gradient, adjoint stated by hand", time(|| evidence::value_and_grad(&model, &t, &y))),
            ("gradient, everything generated", time(|| evidence_plain::value_and_grad(&model, &t, &y))),
        ],
    );
}
