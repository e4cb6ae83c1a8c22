//! Less common sources, adaptors and consumers.

use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn sum_of_roots(x: &[f64]) -> f64 {
    x.iter().filter_map(|&v| if v > 0.0 { Some(v.sqrt()) } else { None }).sum()
}

#[test]
fn filter_map() {
    check!(sum_of_roots(&[0.6, -1.4, 0.5]));
}

#[differentiate]
fn all_products(x: &[f64], y: &[f64]) -> f64 {
    x.iter().flat_map(|a| y.iter().map(move |b| (a * b).sin())).sum()
}

#[test]
fn flat_map_over_slices() {
    check!(all_products(&[0.6, 1.4], &[1.1, 0.9, -0.7]));
}

#[differentiate]
fn total(rows: &[Vec<f64>]) -> f64 {
    rows.iter().flatten().map(|v| v * v).sum()
}

#[test]
fn flatten() {
    check!(total(&[vec![0.6, 1.4], vec![-0.5]]));
}

#[differentiate]
fn counted(x: &[f64], #[no_grad] limit: f64) -> f64 {
    let above = x.iter().filter(|v| **v > limit).count();
    let any = x.iter().any(|v| *v < 0.0);
    let all = x.iter().all(|v| v.abs() < 2.0);
    let place = x.iter().position(|v| *v > limit).unwrap_or(0);
    let sign = if any && all { -1.0 } else { 1.0 };
    sign * x[place] * x[0].powi(above as i32)
}

#[test]
fn count_any_all_and_position() {
    check!(counted(&[0.6, 1.4, -0.5], const 0.8), counted(&[0.6, 1.4, 2.5], const 0.8));
}

#[differentiate]
fn extended(x: &[f64], s: f64) -> f64 {
    let mut values = vec![s];
    values.extend(x.iter().map(|v| v * s));
    values.extend_from_slice(x);
    values.iter().map(|v| v * v * v).sum()
}

#[test]
fn extend() {
    check!(extended(&[0.6, 1.4, -0.5], 0.8));
}

#[test]
fn negative_control() {
    check_rejects!(all_products(&[0.6, 1.4], &[1.1, 0.9]), extended(&[0.6, 1.4, -0.5], 0.8));
}
