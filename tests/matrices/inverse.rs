//! `try_inverse`.

use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Vector3};
use pullback::differentiate;

use crate::common::{Case, check, check_rejects, check_vjp};
use crate::{a, a3, b, x, x3};

#[differentiate]
fn inverted(a: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().try_inverse().unwrap()
}

#[test]
fn of_a_dynamic_matrix() {
    check_vjp!(inverted(&a()));
}

#[differentiate]
fn inverted_by_value(a: DMatrix<f64>, x: &DVector<f64>) -> f64 {
    let inverse = a.try_inverse().expect("singular");
    (&inverse * x).dot(x) + inverse[(0, 2)]
}

#[test]
fn consuming_the_matrix() {
    check!(inverted_by_value(a(), &x()));
}

#[differentiate]
fn inverted_static(a: Matrix3<f64>, x: Vector3<f64>) -> Vector3<f64> {
    a.try_inverse().unwrap() * x + a * x
}

#[test]
fn of_a_static_matrix() {
    check_vjp!(inverted_static(a3(), x3()));
}

#[differentiate]
fn inverted_small(a: &Matrix2<f64>) -> f64 {
    a.try_inverse().unwrap().norm_squared()
}

#[test]
fn of_a_small_matrix() {
    check!(inverted_small(&Matrix2::new(2.0, 0.3, -0.4, 1.5)));
}

#[differentiate]
fn regularised(a: Matrix2<f64>) -> f64 {
    match a.try_inverse() {
        Some(inverse) => inverse.trace(),
        None => a.trace() * a.trace(),
    }
}

#[test]
fn that_may_fail() {
    check!(regularised(Matrix2::new(2.0, 0.3, -0.4, 1.5)));
    let gradient = regularised_grad(Matrix2::new(1.0, 2.0, 2.0, 4.0));
    assert_eq!(gradient, Matrix2::new(10.0, 0.0, 0.0, 10.0));
}

#[differentiate]
fn of_a_sum(a: &DMatrix<f64>, b: &DMatrix<f64>, t: f64) -> f64 {
    let n = a.nrows();
    let inverse = (a + b * t).try_inverse().unwrap();
    (b * inverse)[(n - 1, n - 1)]
}

#[test]
fn of_an_expression() {
    check!(of_a_sum(&a(), &b(), 0.2));
}

#[test]
fn negative_control() {
    check_rejects!(of_a_sum(&a(), &b(), 0.2));
}

/// The tangent −A⁻¹ Ȳ A⁻¹ in the place of the adjoint −A⁻ᵀ Ȳ A⁻ᵀ.
#[test]
#[should_panic(expected = "by differences")]
fn tangent_and_adjoint_exchanged_are_rejected() {
    let case = Case::new("inverted", (a(),), |(a,)| inverted(a));
    case.vjp(&|(a,), seed| {
        let inverse = inverted(a);
        let wrong = -(&inverse * seed * &inverse);
        (inverse, wrong)
    });
}
