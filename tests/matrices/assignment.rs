//! `+=`, `-=`, `*=`, `/=` and matrices that change in place.

use nalgebra::{DMatrix, DVector, Matrix3, Vector3};
use pullback::differentiate;

use crate::common::{check, check_in_place, check_rejects, check_vjp};
use crate::{a, a3, b, x, x3, y, y3};

#[differentiate]
fn compound(a: &DMatrix<f64>, b: &DMatrix<f64>, s: f64) -> DMatrix<f64> {
    let mut c = a.clone();
    c += b;
    c *= s;
    c -= a * b;
    c /= s;
    c += &c.clone() * a;
    c
}

#[test]
fn compound_assignment() {
    check_vjp!(compound(&a(), &b(), 1.3));
}

#[differentiate]
fn compound_static(x: Vector3<f64>, y: Vector3<f64>, s: f64) -> Vector3<f64> {
    let mut z = x;
    z += y;
    z *= s;
    z -= x;
    z /= 2.0;
    z
}

#[test]
fn compound_assignment_of_static_vectors() {
    check_vjp!(compound_static(x3(), y3(), 1.3));
}

#[differentiate]
fn in_out(x: &mut DVector<f64>, v: &mut DVector<f64>, a: &DMatrix<f64>, dt: f64) {
    *v -= a * &*x * dt;
    *x += &*v * dt;
    x[0] *= v[1];
}

#[test]
fn vectors_by_mutable_reference() {
    check_in_place!(in_out(&mut x(), &mut y(), &a(), 0.1));
}

#[differentiate]
fn in_out_static(x: &mut Vector3<f64>, v: &mut Vector3<f64>, a: &Matrix3<f64>, dt: f64) {
    *v -= a * *x * dt;
    *x += *v * dt;
    x[0] *= v[1];
}

#[test]
fn static_vectors_by_mutable_reference() {
    check_in_place!(in_out_static(&mut x3(), &mut y3(), &a3(), 0.1));
}

#[differentiate]
fn assigned(a: &DMatrix<f64>, x: &DVector<f64>, n: usize) -> f64 {
    let mut x = x.clone();
    for _ in 0..n {
        x = a * &x;
        x = &x * (1.0 / x.norm());
    }
    x[0] * x[1]
}

#[test]
fn assigned_anew_in_a_loop() {
    check!(assigned(&a(), &x(), const 0), assigned(&a(), &x(), const 3));
}

#[differentiate]
fn element_written(a: &mut DMatrix<f64>, s: f64) -> f64 {
    let before = a[(0, 1)];
    a[(0, 1)] = s * a[(1, 0)];
    a[(2, 2)] *= before * a[(1, 2)];
    a.trace() * a[(0, 1)]
}

#[test]
fn entries_written() {
    check!(element_written(&mut a(), 1.3));
}

#[test]
fn negative_control() {
    check_rejects!(assigned(&a(), &x(), const 3));
}
