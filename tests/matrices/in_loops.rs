//! Matrices as the state of loops and as arguments of helpers.

use nalgebra::{DMatrix, DVector, Matrix2, Vector2};
use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};
use crate::{a, b, x, y};

#[differentiate]
fn trajectory(a: &DMatrix<f64>, x: &DVector<f64>, n: usize) -> DVector<f64> {
    let mut x = x.clone();
    for _ in 0..n {
        let slope = a * &x;
        x += slope * 0.1;
    }
    x
}

#[test]
fn vector_as_a_state() {
    check_vjp!(trajectory(&a(), &x(), const 0), trajectory(&a(), &x(), const 4));
}

#[differentiate]
fn power(a: &DMatrix<f64>, n: usize) -> DMatrix<f64> {
    let mut power = DMatrix::identity(a.nrows(), a.nrows());
    for _ in 0..n {
        power = a * power;
    }
    power
}

#[test]
fn matrix_as_a_state() {
    check_vjp!(power(&a(), const 1), power(&a(), const 4));
}

#[differentiate]
fn gain(p: &Matrix2<f64>, h: &Vector2<f64>, noise: f64) -> Vector2<f64> {
    p * h / (h.dot(&(p * h)) + noise)
}

#[differentiate]
fn kalman(f: Matrix2<f64>, q: f64, noise: f64, z: &[f64]) -> f64 {
    let h = Vector2::new(1.0, 0.0);
    let mut x = Vector2::zeros();
    let mut p = Matrix2::identity();
    let mut loss = 0.0;
    for z in z {
        x = f * x;
        p = f * p * f.transpose() + Matrix2::identity() * q;
        let innovation = z - h.dot(&x);
        let variance = h.dot(&(p * h)) + noise;
        loss += innovation * innovation / variance + variance.ln();
        let k = gain(&p, &h, noise);
        x += k * innovation;
        p -= k * (h.transpose() * p);
    }
    loss
}

#[test]
fn filter() {
    check!(kalman(Matrix2::new(0.9, 0.2, -0.1, 0.8), 0.1, 0.5, &[0.4, -1.2, 0.9, 2.1]));
}

#[differentiate]
fn richardson(a: &DMatrix<f64>, b: &DVector<f64>, x: &mut DVector<f64>, n: usize) -> f64 {
    let mut residual = DVector::zeros(b.len());
    for _ in 0..n {
        residual = b - a * &*x;
        *x += &residual * 0.3;
    }
    residual.norm()
}

#[test]
fn buffer_overwritten() {
    check!(richardson(&a(), &x(), &mut y(), const 3));
}

#[differentiate]
fn list(matrices: &[DMatrix<f64>], x: &DVector<f64>) -> f64 {
    let mut x = x.clone();
    let mut states = vec![x.clone()];
    for m in matrices {
        x = m * x;
        states.push(x.clone());
    }
    let mut sum = 0.0;
    for state in &states {
        sum += state.norm_squared();
    }
    sum
}

#[test]
fn list_of_matrices() {
    check!(list(&vec![a(), b(), a()], &x()));
}

#[test]
fn negative_control() {
    check_rejects!(kalman(Matrix2::new(0.9, 0.2, -0.1, 0.8), 0.1, 0.5, &[0.4, -1.2, 0.9, 2.1]));
}
