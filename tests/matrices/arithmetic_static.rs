//! `+`, `-`, `*` and `/` of statically sized matrices, owned and borrowed.

use nalgebra::{Matrix2, Matrix2x3, Matrix3, Vector2, Vector3};
use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};
use crate::{a3, b3, x3, y3};

const WIDE: Matrix2x3<f64> = Matrix2x3::new(0.4, -1.2, 0.9, 2.1, 0.3, -0.7);

#[differentiate]
#[allow(clippy::op_ref, reason = "the borrowed forms are the subject")]
fn sums(a: Matrix3<f64>, b: Matrix3<f64>) -> Matrix3<f64> {
    a + b + (a - b) * 2.0 - &a + &b
}

#[test]
fn sum_and_difference() {
    check_vjp!(sums(a3(), b3()));
}

#[differentiate]
fn products(a: &Matrix3<f64>, b: &Matrix3<f64>) -> Matrix3<f64> {
    a * b * *a + b * (a * b)
}

#[test]
fn product() {
    check_vjp!(products(&a3(), &b3()));
}

#[differentiate]
fn rectangular(wide: Matrix2x3<f64>, x: Vector3<f64>) -> Vector2<f64> {
    wide * x + wide * (wide.transpose() * (wide * x))
}

#[test]
fn product_of_rectangular_matrices() {
    check_vjp!(rectangular(WIDE, x3()));
}

#[differentiate]
fn gram(wide: &Matrix2x3<f64>) -> Matrix2<f64> {
    wide * wide.transpose()
}

#[test]
fn product_with_the_transpose() {
    check_vjp!(gram(&WIDE));
}

#[differentiate]
fn scalars(x: Vector3<f64>, y: Vector3<f64>, s: f64) -> Vector3<f64> {
    let z = s * x - y / s;
    -z * s + y * 2.0 + 0.5 * x
}

#[test]
fn vector_and_scalar() {
    check_vjp!(scalars(x3(), y3(), 1.3));
}

#[differentiate]
fn used_twice(x: Vector3<f64>, a: Matrix3<f64>) -> f64 {
    let y = a * x;
    let z = a * y;
    // `y` is `Copy`: used by value twice.
    let w = y + z;
    (w - y).dot(&y) + y[0]
}

#[test]
fn copied_values() {
    check!(used_twice(x3(), a3()));
}

#[differentiate]
fn spring(p: Vector2<f64>, q: Vector2<f64>, stiffness: f64, rest: f64) -> Vector2<f64> {
    let d = q - p;
    let length = d.norm();
    d * (stiffness * (length - rest) / length)
}

#[test]
fn force_between_two_points() {
    check_vjp!(spring(Vector2::new(0.7, -1.1), Vector2::new(0.2, 0.4), 1.3, 0.6));
}

#[differentiate]
fn crossed(x: &Vector3<f64>, y: &Vector3<f64>) -> f64 {
    let z = Vector3::new(x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]);
    z.dot(&z) + z.x * x.y - z.z
}

#[test]
fn entries_by_name() {
    check!(crossed(&x3(), &y3()));
}

#[test]
fn negative_control() {
    check_rejects!(used_twice(x3(), a3()));
}
