//! C.1 and C.2. From a lecture on differentiation.

use std::f64::consts::PI;

use pullback::differentiate;

use crate::assert_close;
use crate::common::{check, check_gradient, check_rejects};

#[differentiate]
fn nested(x: f64) -> f64 {
    let mut y = x;
    for _ in 0..2 {
        y = y.powf(PI).cos() * y.ln();
    }
    y
}

#[test]
fn value_and_derivative_as_published() {
    let (value, derivative) = nested::value_and_grad(1.9);
    assert_close(&[value], &[-1.5346823414986814], 1e-13);
    assert_close(&[derivative], &[-34.03241959914049], 1e-13);
    check!(nested(1.9));
}

#[differentiate]
fn two_variables(x: f64, y: f64) -> f64 {
    x * y + x.sin()
}

#[test]
fn partial_derivatives() {
    for (x, y) in [(0.3, 1.7), (-2.0, 0.4), (0.0, 0.0)] {
        assert_eq!(two_variables_grad(x, y), (y + f64::cos(x), x));
    }
    check!(two_variables(0.3, 1.7));
}

#[differentiate]
fn square(x: f64) -> f64 {
    x.powi(2)
}

#[differentiate]
fn square_as_a_product(x: f64) -> f64 {
    x * x
}

#[test]
fn the_derivative_of_the_square() {
    for x in [0.3, -1.7, 0.0, 1e-300, 1e300] {
        assert_eq!((square_grad(x), square_as_a_product_grad(x)), (2.0 * x, 2.0 * x));
    }
    check!(square(0.3), square_as_a_product(0.3));
}

#[test]
fn negative_control() {
    check_rejects!(nested(1.9), two_variables(0.3, 1.7));
}

/// The chain rule with the inner derivative taken at the outer value.
#[test]
#[should_panic(expected = "by differences")]
fn the_derivative_of_one_round_squared_is_rejected() {
    let once = |y: f64| -(y.powf(PI).sin()) * PI * y.powf(PI - 1.0) * y.ln() + y.powf(PI).cos() / y;
    check_gradient("nested", |x| nested(x[0]), |x| vec![once(x[0]) * once(x[0])], &[1.9]);
}
