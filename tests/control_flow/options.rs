use crate::common::{check, check_rejects, check_vjp};
use pullback::differentiate;

#[differentiate]
fn safe_sqrt(x: f64) -> Option<f64> {
    if x > 0.0 { Some(x.sqrt()) } else { None }
}

#[differentiate]
fn root_or_square(x: f64, y: f64) -> f64 {
    match safe_sqrt(x) {
        Some(root) => root * y,
        None => x * x * y,
    }
}

#[test]
fn match_on_an_option() {
    check!(root_or_square(0.6, 1.4), root_or_square(-0.6, 1.4));
}

#[differentiate]
fn large_roots_only(x: f64, y: f64) -> f64 {
    match (safe_sqrt(x), safe_sqrt(y)) {
        (Some(a), Some(b)) if a > b => a * a * b,
        (Some(a), Some(b)) => a - b * b,
        (Some(root), None) | (None, Some(root)) => root * x * y,
        (None, None) => x * y,
    }
}

#[test]
fn match_on_two_options() {
    check!(large_roots_only(1.4, 0.6), large_roots_only(0.6, 1.4), large_roots_only(0.6, -1.4));
    check!(large_roots_only(-0.6, 1.4), large_roots_only(-0.6, -1.4));
}

#[differentiate]
fn added_if_any(x: f64, y: f64) -> f64 {
    let mut total = x * y;
    if let Some(root) = safe_sqrt(x) {
        total += root * total;
    }
    total
}

#[test]
fn if_let() {
    check!(added_if_any(0.6, 1.4), added_if_any(-0.6, 1.4));
}

#[differentiate]
fn first_that_exists(x: f64, y: f64) -> f64 {
    if let Some(root) = safe_sqrt(x) {
        root * y
    } else if let Some(root) = safe_sqrt(y) {
        x * root.exp()
    } else {
        x * y
    }
}

#[test]
fn if_let_else() {
    check!(first_that_exists(0.6, 1.4), first_that_exists(-0.6, 1.4), first_that_exists(-0.6, -1.4));
}

#[differentiate]
fn chained(x: f64, y: f64) -> f64 {
    if let Some(a) = safe_sqrt(x)
        && a > 1.0
        && let Some(b) = safe_sqrt(a - y)
    {
        a * b
    } else {
        x * y
    }
}

#[test]
fn let_chain() {
    check!(chained(4.0, 1.4), chained(0.6, 1.4), chained(-0.6, 1.4), chained(4.0, 3.0));
}

#[differentiate]
fn sum_of_roots(x: f64, y: f64) -> Option<f64> {
    let a = safe_sqrt(x)?;
    let b = safe_sqrt(y - a)? * a;
    Some(a + b * b)
}

#[differentiate]
fn sum_of_roots_or_product(x: f64, y: f64) -> f64 {
    let Some(sum) = sum_of_roots(x, y) else {
        return x * y;
    };
    sum * x
}

#[test]
fn question_mark() {
    check!(sum_of_roots_or_product(0.6, 1.4));
    check!(sum_of_roots_or_product(-0.6, 1.4), sum_of_roots_or_product(4.0, 1.4));
}

#[test]
fn option_as_result() {
    check_vjp!(sum_of_roots(0.6, 1.4));
}

#[differentiate]
fn unwrapped(x: f64, y: f64) -> f64 {
    let root = safe_sqrt(x).unwrap();
    root * safe_sqrt(y).expect("a positive number")
}

#[test]
fn unwrap_and_expect() {
    check!(unwrapped(0.6, 1.4));
}

#[differentiate]
fn with_a_default(x: f64, y: f64) -> f64 {
    let root = safe_sqrt(x).unwrap_or(x * y);
    root * y + safe_sqrt(y).unwrap_or_default()
}

#[test]
fn unwrap_or() {
    check!(with_a_default(0.6, 1.4), with_a_default(-0.6, 1.4), with_a_default(0.6, -1.4));
}

#[differentiate]
fn only_asked_about(x: f64, y: f64) -> f64 {
    let root = safe_sqrt(x);
    if root.is_some() && safe_sqrt(y).is_none() { x * y } else { x.exp() * y }
}

#[test]
fn is_some_and_is_none() {
    check!(only_asked_about(0.6, -1.4), only_asked_about(0.6, 1.4), only_asked_about(-0.6, 1.4));
}

#[differentiate]
fn remembered(x: &[f64]) -> f64 {
    let mut last: Option<f64> = None;
    let mut sum = 0.0;
    for &value in x {
        if let Some(previous) = last {
            sum += previous * value;
        }
        last = if value > 0.0 { Some(value * value) } else { last };
    }
    sum
}

#[test]
fn option_as_a_variable() {
    check!(remembered(&[0.6, 1.4, -0.5, 0.8]));
}

#[differentiate]
fn with_optional_bias(x: f64, bias: Option<f64>) -> f64 {
    match bias {
        Some(bias) => x * x + bias * x,
        None => x * x,
    }
}

#[test]
fn option_as_a_parameter() {
    check!(with_optional_bias(0.6, Some(1.4)), with_optional_bias(0.6, None::<f64>));
}

#[differentiate]
fn with_optional_exponent(x: f64, exponent: Option<i32>) -> f64 {
    let Some(exponent) = exponent else {
        return x.sin();
    };
    x.powi(exponent)
}

#[test]
fn option_without_derivative() {
    check!(with_optional_exponent(0.6, const Some(3)), with_optional_exponent(0.6, const None));
}

#[test]
fn negative_control() {
    check_rejects!(chained(4.0, 1.4), sum_of_roots_or_product(0.6, 1.4));
}
