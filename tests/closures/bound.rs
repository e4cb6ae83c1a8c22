use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn squared_twice(x: f64) -> f64 {
    let square = |v: f64| v * v;
    square(x) + square(square(x)).sin()
}

#[test]
fn with_one_parameter() {
    check!(squared_twice(0.6));
}

#[differentiate]
fn blended(x: f64, y: f64) -> f64 {
    let blend = |a: f64, b: f64, t: f64| a * (1.0 - t) + b * t;
    blend(x, y, x) * blend(y, 2.0, 0.3)
}

#[test]
fn with_several_parameters() {
    check!(blended(0.6, 1.4));
}

#[differentiate]
fn complex_product(x: f64, y: f64) -> f64 {
    let multiply = |(a, b): (f64, f64), (c, d): (f64, f64)| (a * c - b * d, a * d + b * c);
    let (re, im) = multiply((x, y), multiply((y, x), (x, 1.0)));
    re * im
}

#[test]
fn with_patterns_and_a_tuple_as_result() {
    check!(complex_product(0.6, 1.4));
}

#[differentiate]
fn logistic_twice(x: f64) -> f64 {
    let logistic = |v: f64| -> f64 {
        let e = (-v).exp();
        1.0 / (1.0 + e)
    };
    logistic(logistic(x) * x)
}

#[test]
fn with_a_block_and_a_result_type() {
    check!(logistic_twice(0.6));
}

#[differentiate]
fn typed_by_use(x: f64, y: f64) -> f64 {
    let product = |a, b| a * b * x;
    product(x, y) + product(y, y)
}

#[test]
fn with_inferred_types() {
    check!(typed_by_use(0.6, 1.4));
}

#[differentiate]
fn piecewise(x: f64, limit: f64) -> f64 {
    let ramp = |v: f64| {
        if v > limit {
            return limit * v;
        }
        let mut y = v;
        for _ in 0..2 {
            y = y.sin() + v;
        }
        y
    };
    ramp(x) * ramp(2.0 * x)
}

#[test]
fn with_control_flow_inside() {
    check!(piecewise(0.6, 0.8), piecewise(1.6, 0.8), piecewise(0.3, 0.8));
}

#[differentiate]
fn sliced(x: &[f64]) -> f64 {
    let norm = |v: &[f64]| (v[0] * v[0] + v[1] * v[1]).sqrt();
    norm(x) * norm(&x[1..])
}

#[test]
fn with_a_slice_as_parameter() {
    check!(sliced(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn changed_through_a_parameter(x: f64, s: f64) -> f64 {
    let scale = |v: &mut f64| *v *= s * v.exp();
    let mut y = x;
    scale(&mut y);
    let mut pair = [y, x];
    scale(&mut pair[1]);
    pair[0] * pair[1]
}

#[test]
fn with_a_mutable_reference_as_parameter() {
    check!(changed_through_a_parameter(0.6, 0.8));
}

#[differentiate]
fn of_an_integer(x: &[f64]) -> f64 {
    let at = |i: usize| x[i % x.len()];
    let is_last = |i: usize| i + 1 == x.len();
    let mut y = 1.0;
    for i in 0..x.len() {
        y = if is_last(i) { y * at(i) } else { y * at(i) + at(i + 1) };
    }
    y
}

#[test]
fn with_integers_and_booleans() {
    check!(of_an_integer(&[0.6, 1.4, -0.5]));
}

#[test]
fn negative_control() {
    check_rejects!(blended(0.6, 1.4), piecewise(0.6, 0.8), of_an_integer(&[0.6, 1.4, -0.5]));
}
