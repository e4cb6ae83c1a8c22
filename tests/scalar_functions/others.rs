use crate::common::{check, check_rejects, check_single, check_vjp};
use pullback::differentiate;

#[differentiate]
fn integer_power(x: f64, n: i32) -> f64 {
    x.powi(n) * f64::powi(x, 2)
}

#[differentiate]
fn single_power(x: f32, n: i32) -> f32 {
    x.powi(n)
}

#[test]
fn powi() {
    check!(integer_power(0.6, const 0), integer_power(0.6, const 1), integer_power(0.6, const 2));
    check!(integer_power(-0.6, const 3), integer_power(-0.6, const -1), integer_power(0.6, const -4));
    check_single!(single_power(-0.6, const 3), |x| x[0].powi(3));
}

#[differentiate]
fn fused(x: f64, a: f64, b: f64) -> f64 {
    x.mul_add(a, b) * f64::mul_add(a, b, x)
}

#[differentiate]
fn single_fused(x: f32, a: f32, b: f32) -> f32 {
    x.mul_add(a, b)
}

#[test]
fn mul_add() {
    check!(fused(0.6, 1.4, -0.5));
    check_single!(single_fused(0.6, 1.4, -0.5), |v| v[0] * v[1] + v[2]);
}

#[differentiate]
fn clamped(x: f64, low: f64, high: f64) -> f64 {
    x.clamp(low, high) + f64::clamp(2.0 * x, low, high)
}

#[differentiate]
fn single_clamped(x: f32, low: f32, high: f32) -> f32 {
    x.clamp(low, high)
}

#[test]
fn clamp() {
    check!(clamped(0.6, -1.0, 2.0), clamped(-1.6, -1.0, 2.0), clamped(1.6, -1.0, 2.0));
    check!(clamped(-0.7, -1.0, 2.0));
    check_single!(single_clamped(0.6, -1.0, 2.0), |v| v[0].clamp(v[1], v[2]));
    check_single!(single_clamped(2.6, -1.0, 2.0), |v| v[0].clamp(v[1], v[2]));
}

#[differentiate]
fn both(x: f64, y: f64) -> f64 {
    let (sine, cosine) = (x * y).sin_cos();
    let (_, other) = f64::sin_cos(y);
    sine * cosine * other
}

#[differentiate]
fn single_both(x: f32) -> f32 {
    let (sine, cosine) = x.sin_cos();
    sine * cosine
}

#[test]
fn sin_cos() {
    check!(both(0.6, 1.4));
    check_single!(single_both(0.6), |x| x[0].sin() * x[0].cos());
}

#[differentiate]
fn pair(x: f64) -> (f64, f64) {
    x.sin_cos()
}

#[test]
fn sin_cos_as_result() {
    check_vjp!(pair(0.6));
}

#[differentiate]
fn by_classification(x: f64, y: f64) -> f64 {
    let sum = if x.ln().is_finite() && !y.is_nan() { x * y } else { x.sin() };
    if x.is_sign_negative() { sum * x } else { sum - y * y }
}

#[test]
fn classification() {
    check!(by_classification(0.6, 1.4), by_classification(-0.6, 1.4));
}

#[differentiate]
fn by_order(x: f64, y: f64) -> f64 {
    match x.total_cmp(&y) {
        std::cmp::Ordering::Less | std::cmp::Ordering::Equal => x * y,
        std::cmp::Ordering::Greater => x - y * y,
    }
}

#[test]
fn total_cmp() {
    check!(by_order(0.6, 1.4), by_order(1.4, 0.6));
}

#[test]
fn negative_control() {
    check_rejects!(integer_power(-0.6, const 3), fused(0.6, 1.4, -0.5), both(0.6, 1.4));
}
