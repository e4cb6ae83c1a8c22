use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn quotient(x: f64, y: f64) -> Result<f64, String> {
    if y.abs() < 0.1 {
        return Err(format!("{x} divided by almost zero"));
    }
    Ok(x / y)
}

#[differentiate]
fn quotient_or_sum(x: f64, y: f64) -> f64 {
    match quotient(x, y - 1.4) {
        Ok(value) if value > 0.0 => value * x,
        Ok(value) => value.exp() * y,
        Err(_) => x * x,
    }
}

#[test]
fn match_on_a_result() {
    check!(quotient_or_sum(0.6, 2.4), quotient_or_sum(0.6, 0.4), quotient_or_sum(0.6, 1.4));
}

#[differentiate]
fn continued_fraction(x: f64, y: f64) -> Result<f64, String> {
    let inner = quotient(x, x + y)?;
    let outer = quotient(y, inner + quotient(x, y)?)?;
    Ok(outer * x)
}

#[differentiate]
fn fraction_or_sine(x: f64, y: f64) -> f64 {
    if let Ok(fraction) = continued_fraction(x, y) { fraction * y } else { x.sin() }
}

#[test]
fn question_mark() {
    check!(fraction_or_sine(0.6, 1.4), fraction_or_sine(0.6, -0.55), fraction_or_sine(0.6, 0.05));
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Failure {
    Negative,
    TooLarge(u32),
}

#[differentiate]
fn logarithm(x: f64, limit: u32) -> Result<f64, Failure> {
    if x <= 0.0 {
        Err(Failure::Negative)
    } else if x > f64::from(limit) {
        Err(Failure::TooLarge(limit))
    } else {
        Ok(x.ln())
    }
}

#[differentiate]
fn logarithm_or_line(x: f64) -> f64 {
    match logarithm(x, 3) {
        Ok(value) => value * value,
        Err(Failure::Negative) => -x * x,
        Err(Failure::TooLarge(limit)) => x * x / f64::from(limit),
    }
}

#[test]
fn error_of_a_type_without_derivative() {
    check!(logarithm_or_line(0.6), logarithm_or_line(-0.6), logarithm_or_line(4.0));
}

#[differentiate]
fn unwrapped(x: f64, y: f64) -> f64 {
    quotient(x, y).unwrap() * quotient(y, x).expect("a quotient").sin()
}

#[test]
fn unwrap_and_expect() {
    check!(unwrapped(0.6, 1.4));
}

#[differentiate]
fn option_from_result(x: f64, y: f64) -> f64 {
    quotient(x, y).ok().map_or(x, |value| value * value)
}

#[test]
fn result_to_option() {
    check!(option_from_result(0.6, 1.4));
}

#[test]
fn negative_control() {
    check_rejects!(quotient_or_sum(0.6, 2.4), fraction_or_sine(0.6, 1.4));
}
