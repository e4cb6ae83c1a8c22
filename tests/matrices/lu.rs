//! Linear systems by LU.

use nalgebra::{DMatrix, DVector, Matrix3, Vector3};
use pullback::differentiate;

use crate::common::{check, check_gradient, check_rejects, check_vjp};
use crate::{a, a3, b, tall, x, x3, y, y3};

#[differentiate]
fn solved(a: &DMatrix<f64>, b: &DVector<f64>) -> DVector<f64> {
    a.clone().lu().solve(b).unwrap()
}

#[test]
fn solve_with_a_vector() {
    check_vjp!(solved(&a(), &x()));
}

#[differentiate]
fn solved_by_value(a: DMatrix<f64>, b: DVector<f64>) -> f64 {
    let x = a.lu().solve(&b).expect("singular");
    x.dot(&b)
}

#[test]
fn solve_consuming_the_matrix() {
    check!(solved_by_value(a(), x()));
}

#[differentiate]
fn solved_for_a_matrix(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().lu().solve(b).unwrap()
}

#[test]
fn solve_with_a_matrix() {
    check_vjp!(solved_for_a_matrix(&a(), &tall()));
}

#[differentiate]
fn factors_shared(a: &DMatrix<f64>, x: &DVector<f64>, y: &DVector<f64>) -> f64 {
    let lu = a.clone().lu();
    let u = lu.solve(x).unwrap();
    let v = lu.solve(y).unwrap();
    let w = lu.solve(&(&u + &v)).unwrap();
    u.dot(&v) + w.norm_squared()
}

#[test]
fn factors_used_three_times() {
    check!(factors_shared(&a(), &x(), &y()));
}

#[differentiate]
fn factors_in_a_loop(a: &DMatrix<f64>, x: &DVector<f64>, n: usize) -> DVector<f64> {
    let lu = a.clone().lu();
    let mut x = x.clone();
    for _ in 0..n {
        x = lu.solve(&x).unwrap();
    }
    x
}

#[test]
fn factors_used_in_a_loop() {
    check_vjp!(factors_in_a_loop(&a(), &x(), const 0), factors_in_a_loop(&a(), &x(), const 3));
}

#[differentiate]
fn newton(target: &DVector<f64>, start: &DVector<f64>, n: usize) -> f64 {
    let mut x = start.clone();
    for _ in 0..n {
        let residual = DVector::from_fn(x.len(), |i, _| x[i] + 0.1 * x[i].powi(3) - target[i]);
        let jacobian =
            DMatrix::from_fn(x.len(), x.len(), |i, j| if i == j { 1.0 + 0.3 * x[i] * x[i] } else { 0.0 });
        x -= jacobian.lu().solve(&residual).unwrap();
    }
    x.sum()
}

#[test]
fn factorised_anew_in_a_loop() {
    check!(newton(&x(), &y(), const 1), newton(&x(), &y(), const 3));
}

#[differentiate]
fn matched(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    match a.clone().lu().solve(b) {
        Some(x) => x.norm_squared(),
        None => b.norm_squared(),
    }
}

#[test]
fn solve_that_may_fail() {
    check!(matched(&a(), &x()));
    let singular = DMatrix::from_element(3, 3, 1.0);
    assert_eq!(matched_grad(&singular, &x()), (DMatrix::zeros(3, 3), x() * 2.0));
}

#[differentiate]
fn by_question_mark(a: &DMatrix<f64>, b: &DVector<f64>) -> Option<f64> {
    let x = a.clone().lu().solve(b)?;
    Some(x.dot(b))
}

#[test]
fn solve_with_a_question_mark() {
    check_vjp!(by_question_mark(&a(), &x()));
}

#[differentiate]
fn solved_static(a: &Matrix3<f64>, b: Vector3<f64>) -> Vector3<f64> {
    let lu = a.lu();
    let x = lu.solve(&b).unwrap();
    lu.solve(&(x + b)).unwrap()
}

#[test]
fn solve_of_static_size() {
    check_vjp!(solved_static(&a3(), x3()));
}

#[differentiate]
fn least_squares(m: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    let normal = m.transpose() * m;
    let x = normal.lu().solve(&(m.transpose() * y)).unwrap();
    (m * x - y).norm()
}

#[test]
fn normal_equations() {
    check!(least_squares(&tall(), &y()));
}

#[differentiate]
fn of_a_sum(a: &DMatrix<f64>, b: &DMatrix<f64>, t: f64, y: &DVector<f64>) -> f64 {
    (a + b * t).lu().solve(y).unwrap()[2]
}

#[test]
fn factors_of_an_expression() {
    check!(of_a_sum(&a(), &b(), 0.2, &y()));
}

#[differentiate]
fn with_row_exchanges(a: Matrix3<f64>, b: Vector3<f64>) -> f64 {
    a.lu().solve(&b).unwrap().norm()
}

#[test]
fn solve_that_exchanges_rows() {
    check!(with_row_exchanges(Matrix3::new(0.0, 2.0, 0.3, 1.5, 0.1, -0.2, 0.4, 0.6, 1.1), y3()));
}

#[test]
fn negative_control() {
    check_rejects!(solved_by_value(a(), x()));
}

#[test]
#[should_panic(expected = "by differences")]
fn an_adjoint_without_the_transpose_is_rejected() {
    let f = |b: &[f64]| solved(&a(), &DVector::from_column_slice(b))[0];
    let wrong = |_: &[f64]| {
        let mut seed = DVector::zeros(3);
        seed[0] = 1.0;
        a().lu().solve(&seed).unwrap().as_slice().to_vec()
    };
    check_gradient("solved", f, wrong, x().as_slice());
}
