//! `dot`, `norm`, `norm_squared`, `sum`, `trace`.

use nalgebra::{DMatrix, DVector, Matrix3, Vector3};
use pullback::differentiate;

use crate::common::{check, check_gradient, check_rejects};
use crate::{a, a3, b, tall, x, x3, y, y3};

#[differentiate]
fn dots(x: &DVector<f64>, y: &DVector<f64>, a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    x.dot(y) * x.dot(x) + a.dot(b)
}

#[test]
fn dot() {
    check!(dots(&x(), &y(), &a(), &b()));
}

#[differentiate]
fn norms(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    x.norm() * a.norm() + (x * 2.0).norm()
}

#[test]
fn norm() {
    check!(norms(&x(), &a()));
}

#[differentiate]
fn length(x: &DVector<f64>) -> f64 {
    x.norm()
}

#[differentiate]
fn length_static(x: Vector3<f64>) -> f64 {
    x.norm()
}

#[test]
fn norm_at_zero() {
    assert_eq!(length::value_and_grad(&DVector::zeros(3)), (0.0, DVector::zeros(3)));
    assert_eq!(length_static::value_and_grad(Vector3::zeros()), (0.0, Vector3::zeros()));
    check!(length(&x()), length_static(x3()));
}

#[differentiate]
fn squares(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    x.norm_squared() * a.norm_squared()
}

#[test]
fn norm_squared() {
    check!(squares(&x(), &a()));
    assert_eq!(squares_grad(&DVector::zeros(3), &a()).0, DVector::zeros(3));
}

#[differentiate]
fn sums(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {
    x.sum() * a.sum() + a.sum().sin()
}

#[test]
fn sum() {
    check!(sums(&x(), &tall()));
}

#[differentiate]
fn traces(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    a.trace() * (a * b).trace()
}

#[test]
fn trace() {
    check!(traces(&a(), &b()));
}

#[differentiate]
fn of_static(x: Vector3<f64>, y: &Vector3<f64>, a: &Matrix3<f64>) -> f64 {
    x.dot(y) + x.norm() * a.norm_squared() - (x - y).sum() * a.trace() + a.sum() * y.norm_squared()
}

#[test]
fn reductions_of_static_matrices() {
    check!(of_static(x3(), &y3(), &a3()));
}

#[differentiate]
fn normalised(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let u = x / x.norm();
    let v = y / y.norm();
    u.dot(&v).acos()
}

#[test]
fn angle_between_vectors() {
    check!(normalised(&x(), &y()));
}

#[test]
fn negative_control() {
    check_rejects!(norms(&x(), &a()), traces(&a(), &b()));
}

#[test]
#[should_panic(expected = "by differences")]
fn the_gradient_of_the_square_is_rejected_for_the_norm() {
    let f = |x: &[f64]| length(&DVector::from_column_slice(x));
    check_gradient("length", f, |x| x.iter().map(|x| 2.0 * x).collect(), x().as_slice());
}
