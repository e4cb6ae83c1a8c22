//! Rows, columns and blocks.

use nalgebra::{DMatrix, DVector};
use pullback::differentiate;

use crate::common::{check, check_in_place, check_rejects};
use crate::{a, tall, x};

#[differentiate]
fn columns(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    let mut sum = 0.0;
    for j in 0..a.ncols() {
        sum += a.column(j).dot(x) * a.column(j).norm();
    }
    sum
}

#[test]
fn columns_read() {
    check!(columns(&tall(), &x()));
}

#[differentiate]
fn rows(a: &DMatrix<f64>) -> f64 {
    let mut sum = 0.0;
    for i in 1..a.nrows() {
        sum += a.row(i - 1).dot(&a.row(i));
    }
    sum
}

#[test]
fn rows_read() {
    check!(rows(&tall()));
}

#[differentiate]
fn column_written(a: &mut DMatrix<f64>, x: &DVector<f64>) {
    for j in 1..a.ncols() {
        let previous = a.column(j - 1).into_owned();
        let mut column = a.column_mut(j);
        column += previous * x[j];
    }
}

#[test]
fn columns_written() {
    check_in_place!(column_written(&mut a(), &x()));
}

#[differentiate]
fn block(a: &DMatrix<f64>) -> f64 {
    let block = a.view((1, 0), (2, 2));
    block[(0, 0)] * block[(1, 1)] - block[(0, 1)] * block[(1, 0)]
}

#[test]
fn block_read() {
    check!(block(&a()));
}

#[test]
fn negative_control() {
    check_rejects!(columns(&tall(), &x()));
}
