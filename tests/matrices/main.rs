//! nalgebra's matrices and vectors, of dynamic and of static size.

#[path = "../common/mod.rs"]
mod common;

use nalgebra::{DMatrix, DVector, Matrix3, Vector3};

mod arithmetic;
mod arithmetic_static;
mod assignment;
mod cholesky;
mod construction;
mod elements;
mod generic;
mod in_loops;
mod inverse;
mod lu;
mod map;
mod reductions;
mod tridiagonal;
mod views;

/// Three by three, without symmetry, well conditioned.
fn a() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[2.0, 0.3, -0.4, 0.7, 1.5, 0.2, -0.1, 0.6, 1.8])
}

/// Three by three, another one.
fn b() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[0.4, -1.2, 0.9, 2.1, 0.3, -0.7, 0.5, 1.1, -0.6])
}

/// Three by two.
fn tall() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 2, &[0.4, -1.2, 0.9, 2.1, -0.3, 0.8])
}

fn x() -> DVector<f64> {
    DVector::from_column_slice(&[0.7, -1.1, 0.4])
}

fn y() -> DVector<f64> {
    DVector::from_column_slice(&[1.3, 0.2, -0.9])
}

/// Three by three, symmetric and positive definite.
fn spd() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[2.0, 0.3, -0.4, 0.3, 1.5, 0.2, -0.4, 0.2, 1.8])
}

fn a3() -> Matrix3<f64> {
    Matrix3::from_iterator(a().iter().copied())
}

fn b3() -> Matrix3<f64> {
    Matrix3::from_iterator(b().iter().copied())
}

fn spd3() -> Matrix3<f64> {
    Matrix3::from_iterator(spd().iter().copied())
}

fn x3() -> Vector3<f64> {
    Vector3::new(0.7, -1.1, 0.4)
}

fn y3() -> Vector3<f64> {
    Vector3::new(1.3, 0.2, -0.9)
}
