//! Entry by entry.

use nalgebra::{DMatrix, DVector, Matrix3, Vector3};
use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};
use crate::{a, a3, tall, x, x3};

#[differentiate]
fn activated(a: &DMatrix<f64>, x: &DVector<f64>) -> DVector<f64> {
    (a * x).map(|v| v.tanh())
}

#[test]
fn map_of_a_vector() {
    check_vjp!(activated(&a(), &x()));
}

#[differentiate]
fn squares(a: &DMatrix<f64>) -> f64 {
    a.map(|v| v * v * v.sin()).sum()
}

#[test]
fn map_of_a_matrix() {
    check!(squares(&tall()));
}

#[differentiate]
fn captured(a: &DMatrix<f64>, s: f64, x: &DVector<f64>) -> f64 {
    let shifted = a.map(|v| v * s + x[0] * x[1] - x[2]);
    shifted.norm_squared()
}

#[test]
fn map_that_captures() {
    check!(captured(&a(), 1.3, &x()));
}

#[differentiate]
fn branching(a: &DMatrix<f64>, leak: f64) -> f64 {
    a.map(|v| if v > 0.0 { v } else { leak * v }).norm_squared()
}

#[test]
fn map_that_branches() {
    check!(branching(&tall(), 0.1));
}

#[differentiate]
fn activation(x: f64) -> f64 {
    x / (1.0 + x.abs())
}

#[differentiate]
fn by_callee(a: &Matrix3<f64>, x: Vector3<f64>) -> Vector3<f64> {
    (a * x).map(|v| activation(v) + activation(2.0 * v))
}

#[test]
fn map_with_a_callee_of_a_static_vector() {
    check_vjp!(by_callee(&a3(), x3()));
}

#[differentiate]
fn layers(w: &[DMatrix<f64>], x: &DVector<f64>) -> f64 {
    let mut x = x.clone();
    for w in w {
        x = (w * x).map(|v| v.max(0.1 * v));
    }
    x.norm_squared()
}

#[test]
fn map_in_a_loop() {
    check!(layers(&vec![a(), tall().transpose()], &x()));
}

#[test]
fn negative_control() {
    check_rejects!(captured(&a(), 1.3, &x()));
}
