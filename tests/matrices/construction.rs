//! Matrices made of numbers, functions and columns.

use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Matrix3x2, Vector2, Vector3};
use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};
use crate::{x, x3, y, y3};

#[differentiate]
fn kernel(x: &[f64], scale: f64) -> DMatrix<f64> {
    DMatrix::from_fn(x.len(), x.len(), |i, j| {
        let d = (x[i] - x[j]) / scale;
        (-0.5 * d * d).exp() + if i == j { 0.1 } else { 0.0 }
    })
}

#[test]
fn from_fn() {
    check_vjp!(kernel(&[0.4, -1.2, 0.9], 1.3));
}

#[differentiate]
fn powers(x: f64, n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| x.powi(i as i32) * x)
}

#[test]
fn vector_from_fn() {
    check_vjp!(powers(1.3, const 4));
}

#[differentiate]
fn from_fn_static(x: Vector3<f64>, s: f64) -> Matrix3<f64> {
    Matrix3::from_fn(|i, j| x[i] * x[j] + if i > j { s } else { s * s })
}

#[test]
fn static_matrix_from_fn() {
    check_vjp!(from_fn_static(x3(), 1.3));
}

#[differentiate]
fn columns(x: &DVector<f64>, y: &DVector<f64>) -> DMatrix<f64> {
    let m = DMatrix::from_columns(&[x.clone(), x + y, y * 2.0]);
    m.transpose() * m
}

#[test]
fn from_columns() {
    check_vjp!(columns(&x(), &y()));
}

#[differentiate]
fn columns_of_a_vec(x: &[f64], n: usize) -> DMatrix<f64> {
    let mut columns = Vec::new();
    for k in 0..n {
        columns.push(DVector::from_fn(x.len(), |i, _| x[i].powi(k as i32 + 1)));
    }
    DMatrix::from_columns(&columns)
}

#[test]
fn from_columns_of_a_vec() {
    check_vjp!(columns_of_a_vec(&[0.4, -1.2, 0.9], const 2));
}

#[differentiate]
fn columns_static(x: Vector3<f64>, y: Vector3<f64>) -> Matrix3x2<f64> {
    Matrix3x2::from_columns(&[x + y, x * y[0]])
}

#[test]
fn static_matrix_from_columns() {
    check_vjp!(columns_static(x3(), y3()));
}

#[differentiate]
fn zeros(x: f64, n: usize) -> f64 {
    let mut m = DMatrix::zeros(n, n);
    let mut v = DVector::<f64>::zeros(n);
    for i in 0..n {
        m[(i, i)] = x * (i + 1) as f64;
        v[i] = x + i as f64;
    }
    (m * &v).dot(&v)
}

#[test]
fn from_zeros() {
    check!(zeros(0.7, const 3));
}

#[differentiate]
fn zeros_static(x: f64) -> f64 {
    let mut m = Matrix2::zeros();
    let mut v = Vector2::zeros();
    m[(0, 1)] = x * x;
    v[1] = x.sin();
    v[0] += x;
    (m * v).sum()
}

#[test]
fn static_from_zeros() {
    check!(zeros_static(0.7));
}

#[differentiate]
fn rotation(angle: f64) -> Matrix2<f64> {
    let (sin, cos) = angle.sin_cos();
    Matrix2::new(cos, -sin, sin, cos)
}

#[differentiate]
fn rotated(v: Vector2<f64>, angle: f64) -> Vector2<f64> {
    rotation(angle) * v + Vector2::new(angle, v[0] * v[1])
}

#[test]
fn static_from_entries() {
    check_vjp!(rotation(0.3), rotated(Vector2::new(0.7, -1.1), 0.3));
}

#[differentiate]
fn identity(s: f64, n: usize) -> f64 {
    let mut m = DMatrix::identity(n, n) * s;
    m[(0, 1)] = s * s;
    (&m * &m).sum() + Matrix3::<f64>::identity().trace() * s
}

#[test]
fn from_identity() {
    check!(identity(0.7, const 3));
}

#[differentiate]
fn from_slices(x: &[f64], y: f64) -> f64 {
    let v = DVector::from_column_slice(x);
    let w = DVector::from_vec(vec![y, x[0], y * y]);
    let m = DMatrix::from_row_slice(1, 3, x);
    v.dot(&w) * (m * w)[0]
}

#[test]
fn from_slices_and_vectors() {
    check!(from_slices(&[0.4, -1.2, 0.9], 1.3));
}

#[differentiate]
fn repeated(x: f64) -> f64 {
    let m = DMatrix::from_element(2, 3, x * x);
    let d = DMatrix::from_diagonal(&DVector::from_element(3, x));
    (m * d).norm_squared()
}

#[test]
fn from_one_element_and_from_a_diagonal() {
    check!(repeated(0.7));
}

#[test]
fn negative_control() {
    check_rejects!(zeros(0.7, const 3), from_slices(&[0.4, -1.2, 0.9], 1.3));
}
