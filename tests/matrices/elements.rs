//! Reading and writing entries.

use nalgebra::{DMatrix, DVector, Matrix2, Vector3};
use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};
use crate::{a, tall, x, x3};

#[differentiate]
fn read(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.nrows() {
        for j in 0..a.ncols() {
            sum += x[i] * a[(i, j)] * x[j];
        }
    }
    sum
}

#[test]
fn entries_read() {
    check!(read(&a(), &x()));
}

#[differentiate]
fn column_major(a: &DMatrix<f64>) -> f64 {
    let mut sum = 0.0;
    for k in 1..a.len() {
        sum += a[k - 1] * a[k];
    }
    sum
}

#[test]
fn linear_index() {
    check!(column_major(&tall()));
}

#[differentiate]
fn written(x: &DVector<f64>) -> DMatrix<f64> {
    let n = x.len();
    let mut k = DMatrix::zeros(n, n);
    for i in 0..n {
        for j in 0..=i {
            k[(i, j)] = (-0.5 * (x[i] - x[j]).powi(2)).exp();
            k[(j, i)] = k[(i, j)];
        }
        k[(i, i)] += 0.1 * x[i];
    }
    k
}

#[test]
fn entries_written() {
    check_vjp!(written(&x()));
}

#[differentiate]
fn by_shape(a: &DMatrix<f64>) -> f64 {
    let (rows, columns) = a.shape();
    a[(rows - 1, columns - 1)] * a[(0, columns / 2)] * (rows * columns) as f64
}

#[test]
fn shape() {
    check!(by_shape(&tall()));
}

#[differentiate]
fn by_name(x: Vector3<f64>, m: Matrix2<f64>) -> f64 {
    x.x * x.y * x.z + m.m12 * m.m21
}

#[test]
fn named_entries() {
    check!(by_name(x3(), Matrix2::new(2.0, 0.3, -0.4, 1.5)));
}

#[differentiate]
fn named_entries_written(mut x: Vector3<f64>, s: f64) -> Vector3<f64> {
    x.x *= s;
    x.z = x.x * x.y;
    x
}

#[test]
fn named_entries_assigned() {
    check_vjp!(named_entries_written(x3(), 1.3));
}

#[differentiate]
fn as_slice(x: &DVector<f64>) -> f64 {
    let mut product = 1.0;
    for v in x.as_slice() {
        product *= v + 2.0;
    }
    product
}

#[test]
fn entries_as_a_slice() {
    check!(as_slice(&x()));
}

#[differentiate]
fn over_entries(a: &DMatrix<f64>) -> f64 {
    let mut product = 1.0;
    for v in a.iter() {
        product *= v + 2.0;
    }
    product
}

#[test]
fn loop_over_entries() {
    check!(over_entries(&tall()));
}

#[test]
fn negative_control() {
    check_rejects!(read(&a(), &x()));
}
