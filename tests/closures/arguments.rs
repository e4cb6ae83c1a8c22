use crate::common::{check, check_rejects, check_vjp};
use pullback::differentiate;

#[differentiate]
fn powers(x: f64) -> f64 {
    let powers: [f64; 4] = std::array::from_fn(|i| x.powi(i as i32));
    powers[1] * powers[3] + powers[2]
}

#[test]
fn array_from_fn() {
    check!(powers(0.6));
}

#[differentiate]
fn matrix_product(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    std::array::from_fn(|i| std::array::from_fn(|j| (0..2).map(|k| a[i][k] * b[k][j]).sum()))
}

#[test]
fn array_from_fn_nested() {
    check_vjp!(matrix_product(&[[0.6, 1.4], [-0.5, 0.8]], &[[1.1, 0.9], [0.3, -0.7]]));
}

#[differentiate]
fn mapped(x: [f64; 3], s: f64) -> f64 {
    let [a, b, c] = x.map(|v| v * s + v.sin());
    a * b * c
}

#[test]
fn array_map() {
    check!(mapped([0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn safe_sqrt(x: f64) -> Option<f64> {
    if x > 0.0 { Some(x.sqrt()) } else { None }
}

#[differentiate]
fn option_chain(x: f64, y: f64) -> f64 {
    let root = safe_sqrt(x).map(|root| root * y).unwrap_or_else(|| x * x);
    root + safe_sqrt(y).and_then(|root| safe_sqrt(root - x)).map_or(y * y, |v| v * x)
}

#[test]
fn option_map_and_its_relatives() {
    check!(option_chain(0.6, 1.4), option_chain(-0.6, 1.4), option_chain(0.6, -1.4), option_chain(2.0, 1.4));
}

#[differentiate]
fn then_some(x: f64, y: f64) -> f64 {
    let product = (x > 0.0).then(|| x.ln() * y);
    product.unwrap_or(x * y * y)
}

#[test]
fn bool_then() {
    check!(then_some(0.6, 1.4), then_some(-0.6, 1.4));
}

#[test]
fn negative_control() {
    check_rejects!(powers(0.6), mapped([0.6, 1.4, -0.5], 0.8), option_chain(0.6, 1.4));
}
