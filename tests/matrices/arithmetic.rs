//! `+`, `-`, `*` and `/` of dynamic matrices, owned and borrowed.

use nalgebra::{DMatrix, DVector};
use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};
use crate::{a, b, tall, x, y};

#[differentiate]
fn sums(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let both_borrowed = a + b;
    let left_owned = both_borrowed + a;
    let right_owned = b + left_owned;
    right_owned + a.clone()
}

#[test]
fn sum_of_matrices() {
    check_vjp!(sums(&a(), &b()));
}

#[differentiate]
fn differences(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let both_borrowed = a - b;
    let left_owned = both_borrowed - a;
    let right_owned = b - left_owned;
    right_owned - a.clone()
}

#[test]
fn difference_of_matrices() {
    check_vjp!(differences(&a(), &b()));
}

#[differentiate]
fn products(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let both_borrowed = a * b;
    let left_owned = both_borrowed * a;
    let right_owned = b * left_owned;
    right_owned * a.clone()
}

#[test]
fn product_of_matrices() {
    check_vjp!(products(&a(), &b()));
}

#[differentiate]
fn rectangular(a: &DMatrix<f64>, tall: &DMatrix<f64>) -> DMatrix<f64> {
    a * tall
}

#[test]
fn product_of_rectangular_matrices() {
    check_vjp!(rectangular(&a(), &tall()));
}

#[differentiate]
fn by_vector(a: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> {
    let both_borrowed = a * x;
    let right_owned = a * both_borrowed;
    let left_owned = a.clone() * &right_owned;
    a.clone() * left_owned
}

#[test]
fn matrix_times_vector() {
    check_vjp!(by_vector(&a(), &x()));
}

#[differentiate]
fn vectors(x: &DVector<f64>, y: &DVector<f64>, s: f64) -> DVector<f64> {
    let sum = x + y;
    let difference = &sum - y * s;
    sum - difference * s + x
}

#[test]
fn sum_and_difference_of_vectors() {
    check_vjp!(vectors(&x(), &y(), 1.3));
}

#[differentiate]
fn scalars(a: &DMatrix<f64>, s: f64, t: f64) -> DMatrix<f64> {
    let right = a * s;
    let left = s * &right;
    let owned = t * left + right * t;
    &owned / t + owned / (s * t)
}

#[test]
fn matrix_and_scalar() {
    check_vjp!(scalars(&a(), 1.3, -0.7));
}

#[differentiate]
fn constants(a: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> {
    let scaled = 2.0 * a;
    (scaled / 3.0 - a * 0.5) * x * 4.0
}

#[test]
fn matrix_and_literal() {
    check_vjp!(constants(&a(), &x()));
}

#[differentiate]
fn negated(a: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> {
    let minus = -a;
    -(minus * x) + -x.clone()
}

#[test]
fn negation() {
    check_vjp!(negated(&a(), &x()));
}

#[differentiate]
fn owned(a: DMatrix<f64>, x: DVector<f64>) -> DVector<f64> {
    let ax = &a * &x;
    a * ax + x
}

#[test]
fn parameters_by_value() {
    check_vjp!(owned(a(), x()));
}

#[differentiate]
fn outer(x: &DVector<f64>, y: &DVector<f64>) -> DMatrix<f64> {
    x * y.transpose()
}

#[test]
fn outer_product() {
    check_vjp!(outer(&x(), &y()));
}

#[differentiate]
fn inner(x: &DVector<f64>, a: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x.transpose() * a * y)[(0, 0)]
}

#[test]
fn bilinear_form() {
    check!(inner(&x(), &a(), &y()));
}

#[differentiate]
fn transposed(a: &DMatrix<f64>, tall: &DMatrix<f64>) -> DMatrix<f64> {
    tall.transpose() * a.transpose() * tall
}

#[test]
fn transpose() {
    check_vjp!(transposed(&a(), &tall()));
}

#[differentiate]
fn squared(a: &DMatrix<f64>) -> DMatrix<f64> {
    a * a + a.transpose() * a - a
}

#[test]
fn matrix_with_itself() {
    check_vjp!(squared(&a()));
}

#[differentiate]
fn inside_an_expression(a: &DMatrix<f64>, b: &DMatrix<f64>, x: &DVector<f64>, s: f64) -> f64 {
    ((a + b * s) * x - x / s).dot(&(a * x)) * s
}

#[test]
fn operators_in_one_expression() {
    check!(inside_an_expression(&a(), &b(), &x(), 1.3));
}

#[test]
fn negative_control() {
    check_rejects!(inside_an_expression(&a(), &b(), &x(), 1.3));
}
