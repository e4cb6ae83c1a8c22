//! `R̄`, the cotangent of the result, by the type of the result.

use nalgebra::{DVector, Vector2};
use pullback::differentiate;

#[differentiate]
fn pair(x: f64, y: f64) -> (f64, f64) {
    (x * y, x)
}

#[test]
fn tuple() {
    let adjoint: fn(f64, &mut f64, f64, &mut f64, (f64, f64)) -> (f64, f64) = pair::adjoint;
    let (mut x_bar, mut y_bar) = (10.0, 20.0);
    assert_eq!(adjoint(3.0, &mut x_bar, 2.0, &mut y_bar, (5.0, 7.0)), (6.0, 3.0));
    assert_eq!((x_bar, y_bar), (27.0, 35.0));

    let (value, pullback) = pair::vjp(3.0, 2.0);
    let gradient: (f64, f64) = pullback((5.0, 7.0));
    assert_eq!((value, gradient), ((6.0, 3.0), (17.0, 15.0)));
}

#[differentiate]
fn vec(x: f64, n: usize) -> Vec<f64> {
    vec![x * x; n]
}

#[test]
fn vector() {
    let adjoint: fn(f64, &mut f64, usize, Vec<f64>) -> Vec<f64> = vec::adjoint;
    let mut x_bar = 1.0;
    assert_eq!(adjoint(3.0, &mut x_bar, 2, vec![10.0, 1.0]), [9.0, 9.0]);
    assert_eq!(x_bar, 67.0);

    let (value, pullback) = vec::vjp(3.0, 2);
    let gradient: f64 = pullback(vec![10.0, 1.0]);
    assert_eq!((value, gradient), (vec![9.0, 9.0], 66.0));
}

#[differentiate]
fn array(x: &[f64]) -> [f64; 2] {
    [x[0] * x[1], x[0]]
}

#[test]
fn array_of_fixed_length() {
    let adjoint: fn(&[f64], &mut [f64], [f64; 2]) -> [f64; 2] = array::adjoint;
    let mut x_bar = [10.0, 20.0];
    assert_eq!(adjoint(&[3.0, 2.0], &mut x_bar, [5.0, 7.0]), [6.0, 3.0]);
    assert_eq!(x_bar, [27.0, 35.0]);

    let (_, pullback) = array::vjp(&[3.0, 2.0]);
    let gradient: Vec<f64> = pullback([5.0, 7.0]);
    assert_eq!(gradient, [17.0, 15.0]);
}

#[differentiate]
fn option(x: f64) -> Option<f64> {
    if x < 0.0 { None } else { Some(x * x) }
}

#[test]
fn optional() {
    let adjoint: fn(f64, &mut f64, Option<f64>) -> Option<f64> = option::adjoint;
    let mut x_bar = 1.0;
    assert_eq!(adjoint(3.0, &mut x_bar, Some(5.0)), Some(9.0));
    assert_eq!(x_bar, 31.0);
    assert_eq!(adjoint(-3.0, &mut x_bar, None), None);
    assert_eq!(x_bar, 31.0);
}

#[differentiate]
fn matrix(x: f64, y: &DVector<f64>) -> DVector<f64> {
    y * x
}

#[test]
fn dynamic_vector() {
    type Adjoint = fn(f64, &mut f64, &DVector<f64>, &mut DVector<f64>, DVector<f64>) -> DVector<f64>;
    let adjoint: Adjoint = matrix::adjoint;
    let v = |x, y| DVector::from_column_slice(&[x, y]);
    let (mut x_bar, mut y_bar) = (1.0, v(1.0, 2.0));
    assert_eq!(adjoint(3.0, &mut x_bar, &v(2.0, 5.0), &mut y_bar, v(10.0, 1.0)), v(6.0, 15.0));
    assert_eq!((x_bar, y_bar), (26.0, v(31.0, 5.0)));
}

#[differentiate]
fn static_vector(x: f64) -> Vector2<f64> {
    Vector2::new(x, x * x)
}

#[test]
fn vector_of_static_size() {
    let adjoint: fn(f64, &mut f64, Vector2<f64>) -> Vector2<f64> = static_vector::adjoint;
    let mut x_bar = 1.0;
    assert_eq!(adjoint(3.0, &mut x_bar, Vector2::new(10.0, 1.0)), Vector2::new(3.0, 9.0));
    assert_eq!(x_bar, 17.0);
}

#[differentiate]
fn nothing(x: f64, out: &mut f64) {
    *out = x * x;
}

#[test]
fn unit_has_no_seed() {
    let adjoint: fn(f64, &mut f64, &mut f64, &mut f64) = nothing::adjoint;
    let (mut out, mut x_bar, mut out_bar) = (0.0, 1.0, 5.0);
    adjoint(3.0, &mut x_bar, &mut out, &mut out_bar);
    assert_eq!((out, x_bar, out_bar), (9.0, 31.0, 0.0));
}

#[differentiate]
fn with_a_count(x: f64) -> (f64, usize, [f64; 1]) {
    (x * x, 7, [x])
}

#[test]
fn components_without_a_derivative() {
    let adjoint: fn(f64, &mut f64, (f64, (), [f64; 1])) -> (f64, usize, [f64; 1]) = with_a_count::adjoint;
    let mut x_bar = 1.0;
    assert_eq!(adjoint(3.0, &mut x_bar, (5.0, (), [100.0])), (9.0, 7, [3.0]));
    assert_eq!(x_bar, 131.0);

    let (value, pullback) = with_a_count::vjp(3.0);
    assert_eq!((value.1, pullback((5.0, (), [0.0]))), (7, 30.0));
}

#[differentiate]
fn nested(x: f64) -> Vec<(f64, Vec<f64>)> {
    vec![(x, vec![x * x, 1.0])]
}

#[test]
fn nested_result() {
    let (value, pullback) = nested::vjp(3.0);
    assert_eq!(value, [(3.0, vec![9.0, 1.0])]);
    let gradient: f64 = pullback(vec![(100.0, vec![5.0, 7.0])]);
    assert_eq!(gradient, 130.0);
}
