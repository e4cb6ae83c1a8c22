//! Matrices in generic functions.

use nalgebra::{DMatrix, DVector, SMatrix, SVector};
use pullback::{Real, differentiate};

use crate::common::{check, check_rejects};
use crate::{a, a3, x, x3};

#[differentiate]
fn quadratic<T: Real>(a: &DMatrix<T>, x: &DVector<T>) -> T {
    (a * x).dot(x)
}

#[differentiate]
fn in_double(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    quadratic(a, x) * quadratic(a, &(a * x))
}

#[test]
fn generic_scalar() {
    check!(in_double(&a(), &x()));
    let identity = DMatrix::<f32>::identity(2, 2);
    let (_, x_bar) = quadratic_grad(&identity, &DVector::from_vec(vec![1.0, 2.0]));
    assert_eq!(x_bar, DVector::from_vec(vec![2.0_f32, 4.0]));
}

#[differentiate]
fn energy<const N: usize>(a: &SMatrix<f64, N, N>, x: &SVector<f64, N>) -> f64 {
    (a * x).dot(x) + x.norm_squared()
}

#[differentiate]
fn of_both(a: &SMatrix<f64, 3, 3>, x: &SVector<f64, 3>) -> f64 {
    let block = SMatrix::<f64, 2, 2>::new(a[(0, 0)], a[(0, 1)], a[(1, 0)], a[(1, 1)]);
    energy(a, x) * energy::<2>(&block, &SVector::<f64, 2>::new(x[1], x[2]))
}

#[test]
fn generic_dimension() {
    check!(of_both(&a3(), &x3()));
}

#[test]
fn negative_control() {
    check_rejects!(in_double(&a(), &x()));
}
