use crate::common::{check, check_rejects, check_single};
use pullback::differentiate;

#[differentiate]
fn scaled_by_integers(x: f64, n: usize, k: i32, flag: bool) -> f64 {
    x.powi(2) * n as f64 + x * k as f64 + x.exp() * flag as i32 as f64
}

#[test]
fn integer_to_real() {
    check!(scaled_by_integers(0.6, const 3, const -2, const true));
}

#[differentiate]
fn scaled_by_conversions(x: f64, n: u32, k: i16) -> f64 {
    x.sin() * f64::from(n) + x * f64::from(k)
}

#[test]
fn integer_to_real_by_from() {
    check!(scaled_by_conversions(0.6, const 3, const -2));
}

/// A table looked up at the integer part, interpolated by the fractional part.
#[differentiate]
fn interpolated(table: &[f64], x: f64) -> f64 {
    let cell = x as usize;
    let t = x - cell as f64;
    table[cell] * (1.0 - t) + table[cell + 1] * t * t
}

#[test]
fn real_to_integer() {
    check!(interpolated(&[0.6, 1.4, -0.5], 0.3), interpolated(&[0.6, 1.4, -0.5], 1.8));
}

#[differentiate]
fn widened(x: f32, y: f32) -> f64 {
    let wide = x as f64;
    wide.sin() * f64::from(y)
}

#[test]
fn f32_to_f64() {
    check_single!(widened(0.5, 1.25), |v| v[0].sin() * v[1]);
}

#[differentiate]
fn narrowed(x: f64, y: f64) -> f32 {
    let narrow = x as f32;
    narrow * narrow * (y * x) as f32
}

#[test]
fn f64_to_f32() {
    check_single!(narrowed(0.5, 1.25), |v| v[0] * v[0] * v[1] * v[0]);
}

#[differentiate]
fn rounded(x: f64) -> f64 {
    let coarse = (x * x) as f32;
    coarse as f64 * x
}

#[test]
fn there_and_back() {
    check_single!(rounded(0.7), |v| v[0].powi(3));
}

#[test]
fn negative_control() {
    check_rejects!(interpolated(&[0.6, 1.4], 0.3));
}
