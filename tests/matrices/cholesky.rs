//! Cholesky factorisations: only the lower triangle is read.

use nalgebra::{DMatrix, DVector, Matrix3, Vector3};
use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};
use crate::{spd, spd3, tall, x, x3, y};

#[differentiate]
fn solved(a: &DMatrix<f64>, b: &DVector<f64>) -> DVector<f64> {
    a.clone().cholesky().unwrap().solve(b)
}

#[test]
fn solve_with_a_vector() {
    check_vjp!(solved(&spd(), &x()));
}

#[differentiate]
fn solved_for_a_matrix(a: DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let factor = a.cholesky().expect("positive definite");
    factor.solve(b)
}

#[test]
fn solve_with_a_matrix() {
    check_vjp!(solved_for_a_matrix(spd(), &tall()));
}

#[test]
fn the_upper_triangle_is_not_read() {
    let (a, b) = (spd(), x());
    let (_, pullback) = solved::vjp(&a, &b);
    let (a_bar, _) = pullback(y());
    for i in 0..3 {
        for j in i + 1..3 {
            assert_eq!(a_bar[(i, j)], 0.0);
            assert_ne!(a_bar[(j, i)], 0.0);
        }
    }
}

#[differentiate]
fn factor(a: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().cholesky().unwrap().l()
}

#[test]
fn lower_factor() {
    check_vjp!(factor(&spd()));
}

#[differentiate]
fn inverted(a: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().cholesky().unwrap().inverse()
}

#[test]
fn inverse() {
    check_vjp!(inverted(&spd()));
}

#[differentiate]
fn evidence(k: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    let factor = k.clone().cholesky().unwrap();
    let alpha = factor.solve(y);
    let l = factor.l();
    let mut log_determinant = 0.0;
    for i in 0..y.len() {
        log_determinant += 2.0 * l[(i, i)].ln();
    }
    -0.5 * (y.dot(&alpha) + log_determinant)
}

#[test]
fn factor_used_for_several_things() {
    check!(evidence(&spd(), &y()));
}

#[differentiate]
fn factor_in_a_loop(a: &DMatrix<f64>, x: &DVector<f64>, n: usize) -> f64 {
    let factor = a.clone().cholesky().unwrap();
    let mut x = x.clone();
    for _ in 0..n {
        x = factor.solve(&x) + &x * 0.5;
    }
    x.norm_squared()
}

#[test]
fn factor_used_in_a_loop() {
    check!(factor_in_a_loop(&spd(), &x(), const 3));
}

#[differentiate]
fn either(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    if let Some(factor) = a.clone().cholesky() {
        factor.solve(b).dot(b)
    } else {
        a.trace() * b.norm_squared()
    }
}

#[test]
fn factorisation_that_may_fail() {
    check!(either(&spd(), &x()), either(&(spd() - DMatrix::identity(3, 3) * 1.9), &x()));
}

#[differentiate]
fn of_static_size(a: Matrix3<f64>, b: Vector3<f64>) -> f64 {
    let factor = a.cholesky().unwrap();
    let l = factor.l();
    factor.solve(&b).dot(&b) + factor.inverse()[(0, 2)] * l[(1, 0)] * l[(2, 2)]
}

#[test]
fn static_size() {
    check!(of_static_size(spd3(), x3()));
}

#[differentiate]
fn of_a_product(m: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    let k = m * m.transpose() + DMatrix::identity(m.nrows(), m.nrows()) * 0.5;
    k.cholesky().unwrap().solve(b).dot(b)
}

#[test]
fn factor_of_a_product() {
    check!(of_a_product(&tall(), &x()));
}

#[test]
fn negative_control() {
    check_rejects!(of_a_product(&tall(), &x()));
}
