//! A. Least squares with the linear part solved out.

use std::f64::consts::TAU;

use nalgebra::{DMatrix, DVector};
use pullback::differentiate;

use crate::common::{Random, check, check_gradient};
use crate::{assert_close, normal};

#[differentiate]
fn design(x: &[f64], #[no_grad] k: &[f64]) -> DMatrix<f64> {
    DMatrix::from_fn(k.len(), 2, |i, j| if j == 0 { (k[i] + x[0]).sin() } else { 1.0 })
}

/// ‖m a − y‖ for m = [sin(k + x), 1] and the best a.
#[differentiate]
fn objective(x: &[f64], #[no_grad] k: &[f64], #[no_grad] y: &DVector<f64>) -> f64 {
    let m = design(x, k);
    let normal_matrix = m.transpose() * &m;
    let a = normal_matrix.lu().solve(&(m.transpose() * y)).unwrap();
    (m * a - y).norm()
}

/// The same with the solve held: by the envelope theorem nothing flows through it.
#[differentiate]
fn objective_with_the_solve_held(x: &[f64], #[no_grad] k: &[f64], #[no_grad] y: &DVector<f64>) -> f64 {
    let m = design(x, k);
    #[no_grad]
    let a = (m.transpose() * &m).lu().solve(&(m.transpose() * y)).unwrap();
    (m * a - y).norm()
}

/// As it was posted: with the inverse of the normal matrix.
#[differentiate]
fn objective_with_an_inverse(x: &[f64], #[no_grad] k: &[f64], #[no_grad] y: &DVector<f64>) -> f64 {
    let m = DMatrix::from_fn(k.len(), 2, |i, j| if j == 0 { (k[i] + x[0]).sin() } else { 1.0 });
    let a = (m.transpose() * &m).try_inverse().unwrap() * m.transpose() * y;
    (&m * a - y).norm()
}

fn data(n: usize) -> (Vec<f64>, DVector<f64>) {
    let mut random = Random::new(7);
    let k: Vec<f64> = (0..n).map(|i| TAU * 10.0 * i as f64 / (n - 1) as f64).collect();
    let y = DVector::from_fn(n, |i, _| 0.1 * (k[i] + 2.5).sin() + 0.1 * normal(&mut random) + 0.7);
    (k, y)
}

/// By the envelope theorem, in closed form.
fn closed_form(x: f64, k: &[f64], y: &DVector<f64>) -> f64 {
    let m = design(&[x], k);
    let a = (m.transpose() * &m).lu().solve(&(m.transpose() * y)).unwrap();
    let residual = m * &a - y;
    let slope = DVector::from_fn(k.len(), |i, _| a[0] * (k[i] + x).cos());
    residual.dot(&slope) / residual.norm()
}

#[test]
fn the_gradient_at_full_size() {
    let (k, y) = data(1000);
    for x in [0.3, 1.0, 2.4] {
        let expected = closed_form(x, &k, &y);
        let (value, gradient) = objective::value_and_grad(&[x], &k, &y);
        assert_eq!(value, objective(&[x], &k, &y));
        assert_close(&gradient, &[expected], 1e-11);
    }
    check!(objective(&[0.3], const &k, const &y));
}

#[test]
fn the_mark_on_the_solve_changes_nothing() {
    let (k, y) = data(1000);
    for x in [0.3, 1.0, 2.4] {
        let (value, gradient) = objective::value_and_grad(&[x], &k, &y);
        let (held_value, held_gradient) = objective_with_the_solve_held::value_and_grad(&[x], &k, &y);
        assert_eq!(held_value, value);
        assert_close(&held_gradient, &gradient, 1e-11);
    }
    check!(objective_with_the_solve_held(&[0.3], const &k, const &y));
}

#[test]
fn the_inverse_of_the_normal_matrix() {
    let (k, y) = data(1000);
    let gradient = objective_with_an_inverse_grad(&[0.3], &k, &y);
    assert_close(&gradient, &objective_grad(&[0.3], &k, &y), 1e-11);
    check!(objective_with_an_inverse(&[0.3], const &k, const &y));
}

#[test]
#[should_panic(expected = "by differences")]
fn the_gradient_without_the_amplitude_is_rejected() {
    let (k, y) = data(50);
    let wrong = |x: &[f64]| {
        let m = design(x, &k);
        let a = (m.transpose() * &m).lu().solve(&(m.transpose() * &y)).unwrap();
        vec![closed_form(x[0], &k, &y) / a[0]]
    };
    check_gradient("objective", |x| objective(x, &k, &y), wrong, &[0.3]);
}
