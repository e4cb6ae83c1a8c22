//! B. An analytical gradient in a matrix, the rest by automatic differentiation.

use nalgebra::{DMatrix, DVector};
use pullback::{Differentiable, custom_adjoint, differentiate};

use crate::assert_close;
use crate::common::{Random, check_gradient};

#[derive(Clone, Debug, Differentiable)]
struct Kernel {
    log_variance: f64,
    log_lengths: Vec<f64>,
}

#[derive(Clone, Debug, Differentiable)]
struct Parameters {
    kernel: Kernel,
    log_noise: f64,
}

impl Kernel {
    #[differentiate]
    fn at(&self, p: &[f64], q: &[f64]) -> f64 {
        let mut square = 0.0;
        for d in 0..p.len() {
            let scaled = (p[d] - q[d]) * (-self.log_lengths[d]).exp();
            square += scaled * scaled;
        }
        (self.log_variance - 0.5 * square).exp()
    }
}

#[differentiate]
fn kernel_matrix(parameters: &Parameters, #[no_grad] points: &[Vec<f64>]) -> DMatrix<f64> {
    let n = points.len();
    let noise = parameters.log_noise.exp();
    let mut k = DMatrix::zeros(n, n);
    for i in 0..n {
        for j in 0..n {
            k[(i, j)] = parameters.kernel.at(&points[i], &points[j]);
        }
        k[(i, i)] += noise;
    }
    k
}

fn evidence_of(k: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    let factor = k.clone().cholesky().unwrap();
    -0.5 * y.dot(&factor.solve(y)) - factor.l().diagonal().map(f64::ln).sum()
}

/// −½ (yᵀ K⁻¹ y + log|K|), with its gradient in closed form.
#[custom_adjoint(log_evidence_adjoint)]
fn log_evidence(k: &DMatrix<f64>, #[no_grad] y: &DVector<f64>) -> f64 {
    evidence_of(k, y)
}

/// ½ (α αᵀ − K⁻¹) with α = K⁻¹ y.
fn log_evidence_adjoint(k: &DMatrix<f64>, y: &DVector<f64>, _value: &f64, seed: f64) -> DMatrix<f64> {
    let inverse = k.clone().cholesky().unwrap().inverse();
    let alpha = &inverse * y;
    (&alpha * alpha.transpose() - inverse) * (0.5 * seed)
}

/// The same, with the factorisation done once.
#[custom_adjoint(forward = shared_evidence_forward, reverse = shared_evidence_reverse)]
fn shared_evidence(k: &DMatrix<f64>, #[no_grad] y: &DVector<f64>) -> f64 {
    evidence_of(k, y)
}

fn shared_evidence_forward(k: &DMatrix<f64>, y: &DVector<f64>) -> (f64, (DMatrix<f64>, DVector<f64>)) {
    let factor = k.clone().cholesky().unwrap();
    let alpha = factor.solve(y);
    let value = -0.5 * y.dot(&alpha) - factor.l().diagonal().map(f64::ln).sum();
    (value, (factor.inverse(), alpha))
}

fn shared_evidence_reverse(
    (inverse, alpha): (DMatrix<f64>, DVector<f64>),
    _k: &DMatrix<f64>,
    _y: &DVector<f64>,
    seed: f64,
) -> DMatrix<f64> {
    (&alpha * alpha.transpose() - inverse) * (0.5 * seed)
}

/// The same by automatic differentiation alone.
#[differentiate]
fn plain_evidence(k: &DMatrix<f64>, #[no_grad] y: &DVector<f64>) -> f64 {
    let factor = k.clone().cholesky().unwrap();
    let l = factor.l();
    let mut half_log_determinant = 0.0;
    for i in 0..y.len() {
        half_log_determinant += l[(i, i)].ln();
    }
    -0.5 * y.dot(&factor.solve(y)) - half_log_determinant
}

#[differentiate]
fn by_custom_adjoint(
    parameters: &Parameters,
    #[no_grad] points: &[Vec<f64>],
    #[no_grad] y: &DVector<f64>,
) -> f64 {
    log_evidence(&kernel_matrix(parameters, points), y)
}

#[differentiate]
fn by_shared_factors(
    parameters: &Parameters,
    #[no_grad] points: &[Vec<f64>],
    #[no_grad] y: &DVector<f64>,
) -> f64 {
    let k = kernel_matrix(parameters, points);
    shared_evidence(&k, y)
}

#[differentiate]
fn by_plain_differentiation(
    parameters: &Parameters,
    #[no_grad] points: &[Vec<f64>],
    #[no_grad] y: &DVector<f64>,
) -> f64 {
    plain_evidence(&kernel_matrix(parameters, points), y)
}

fn data(n: usize) -> (Vec<Vec<f64>>, DVector<f64>) {
    let mut random = Random::new(11);
    let points: Vec<_> = (0..n).map(|_| random.vector(2, -1.0, 1.0)).collect();
    let y = DVector::from_fn(n, |i, _| (3.0 * points[i][0]).sin() * points[i][1] + random.uniform(-0.1, 0.1));
    (points, y)
}

/// Log variance, two log lengths, log noise.
const AT: [f64; 4] = [0.2, -0.3, 0.4, -2.0];

fn parameters(x: &[f64]) -> Parameters {
    Parameters { kernel: Kernel { log_variance: x[0], log_lengths: x[1..3].to_vec() }, log_noise: x[3] }
}

fn flat(gradient: <Parameters as Differentiable>::Cotangent) -> Vec<f64> {
    let lengths = gradient.kernel.log_lengths;
    vec![gradient.kernel.log_variance, lengths[0], lengths[1], gradient.log_noise]
}

#[test]
fn custom_and_plain_agree() {
    let (points, y) = data(25);
    let at = parameters(&AT);
    let plain = flat(by_plain_differentiation_grad(&at, &points, &y));
    assert_close(&flat(by_custom_adjoint_grad(&at, &points, &y)), &plain, 1e-11);
    assert_close(&flat(by_shared_factors_grad(&at, &points, &y)), &plain, 1e-11);
    let value = by_plain_differentiation(&at, &points, &y);
    assert_close(&[by_custom_adjoint::value_and_grad(&at, &points, &y).0], &[value], 1e-13);
    assert_close(&[by_shared_factors::value_and_grad(&at, &points, &y).0], &[value], 1e-13);
}

#[test]
fn all_agree_with_differences() {
    let (points, y) = data(12);
    let f = |x: &[f64]| by_plain_differentiation(&parameters(x), &points, &y);
    check_gradient("custom", f, |x| flat(by_custom_adjoint_grad(&parameters(x), &points, &y)), &AT);
    check_gradient("shared", f, |x| flat(by_shared_factors_grad(&parameters(x), &points, &y)), &AT);
    check_gradient("plain", f, |x| flat(by_plain_differentiation_grad(&parameters(x), &points, &y)), &AT);
}

#[test]
#[should_panic(expected = "by differences")]
fn the_gradient_of_the_fit_alone_is_rejected() {
    let (points, y) = data(12);
    let f = |x: &[f64]| by_plain_differentiation(&parameters(x), &points, &y);
    let wrong = |x: &[f64]| {
        let at = parameters(x);
        let k = kernel_matrix(&at, &points);
        let alpha = k.cholesky().unwrap().solve(&y);
        let (_, pullback) = kernel_matrix::vjp(&at, &points);
        flat(pullback(&alpha * alpha.transpose() * 0.5))
    };
    check_gradient("evidence", f, wrong, &AT);
}
