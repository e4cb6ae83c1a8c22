//! Tuples as parameters, locals and results.

use pullback::differentiate;

use crate::common::{Case, check, check_in_place, check_vjp};

#[differentiate]
fn fields(p: (f64, f64)) -> f64 {
    p.0 * p.1.sin()
}

#[test]
fn fields_of_a_tuple() {
    check!(fields((0.7, -1.2)));
}

#[differentiate]
fn by_reference(p: &(f64, f64), scale: f64) -> f64 {
    let (x, y) = p;
    scale * x * y * y
}

#[test]
fn tuple_by_reference() {
    check!(by_reference(&(0.7, -1.2), 1.5));
}

#[differentiate]
fn in_the_parameter((x, y): (f64, f64)) -> f64 {
    x / y
}

#[test]
fn tuple_taken_apart_in_the_parameter() {
    check!(in_the_parameter((0.7, -1.2)));
}

#[differentiate]
fn in_place(p: &mut (f64, f64)) {
    p.0 *= p.1;
    *p = (p.1, p.0 * p.0);
    p.1 += p.0;
}

#[test]
fn tuple_written() {
    check_in_place!(in_place(&mut (0.7, -1.2)));
}

#[differentiate]
fn polar(x: f64, y: f64) -> (f64, f64) {
    (x.hypot(y), y.atan2(x))
}

#[test]
fn tuple_returned() {
    check_vjp!(polar(0.7, -1.2));
}

#[differentiate]
fn result_taken_apart(x: f64, y: f64) -> f64 {
    let (r, angle) = polar(x, y);
    let (_, only_angle) = polar(y, x);
    let whole = polar(r, angle);
    r * angle * only_angle + whole.0 * whole.1
}

#[test]
fn tuple_result_taken_apart() {
    check!(result_taken_apart(0.7, -1.2));
}

#[differentiate]
fn mixed(p: (f64, usize, [f64; 2]), flag: bool) -> f64 {
    let (x, n, v) = p;
    if flag { x.powi(n as i32) * v[0] } else { x * v[n % 2] }
}

#[test]
fn tuple_with_integers_and_arrays() {
    check!(mixed((0.7, 3, [1.3, 0.4]), const true), mixed((0.7, 3, [1.3, 0.4]), const false));
}

#[test]
fn cotangent_of_an_integer_component() {
    let gradient: (f64, (), [f64; 2]) = mixed_grad((2.0, 3, [5.0, 7.0]), false);
    assert_eq!(gradient, (7.0, (), [0.0, 2.0]));
}

#[differentiate]
fn nested(p: ((f64, f64), f64)) -> ((f64, f64), f64) {
    let ((a, b), c) = p;
    ((a * c, b), a + b * c)
}

#[test]
fn nested_tuple() {
    check_vjp!(nested(((0.7, -1.2), 0.4)));
}

#[differentiate]
fn exchanged(x: f64, y: f64, n: usize) -> f64 {
    let (mut a, mut b) = (x, y);
    for _ in 0..n {
        (a, b) = (b, a + b * a);
    }
    a * b
}

#[test]
fn tuple_assignment() {
    check!(exchanged(0.7, -1.2, const 0), exchanged(0.7, -1.2, const 4));
}

#[differentiate]
fn min_and_max(x: &[f64]) -> (f64, f64, usize) {
    let (mut low, mut high, mut place) = (x[0], x[0], 0);
    for (i, &v) in x.iter().enumerate() {
        if v < low {
            low = v;
        }
        if v > high {
            (high, place) = (v, i);
        }
    }
    (low * low, high, place)
}

#[test]
fn tuple_returned_with_an_integer() {
    check_vjp!(min_and_max(&[0.4, -1.2, 0.9, 2.1]), min_and_max(&[1.0]));
}

#[differentiate]
fn range(x: &[f64]) -> f64 {
    let (low, high, place) = min_and_max(x);
    (high - low) * x[place] * place as f64
}

#[test]
fn integer_from_a_tuple_result() {
    check!(range(&[0.4, -1.2, 0.9, 2.1]));
}

#[differentiate]
fn of_vectors(p: (Vec<f64>, f64)) -> (Vec<f64>, f64) {
    let (mut v, scale) = p;
    let first = v[0];
    for x in v.iter_mut() {
        *x *= scale;
    }
    (v, first * scale)
}

#[test]
fn tuple_with_a_vec() {
    check_vjp!(of_vectors((vec![0.4, -1.2], 1.3)));
}

#[test]
#[should_panic(expected = "by differences")]
fn components_exchanged_are_rejected() {
    let primal = |(p,): &mut ((f64, f64),)| fields(*p);
    Case::new("fields", ((0.7, -1.2),), &primal).grad(&|(p,)| (p.0 * p.1.cos(), p.1.sin()));
}
