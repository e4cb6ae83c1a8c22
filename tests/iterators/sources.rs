use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn norm(x: &[f64]) -> f64 {
    x.iter().map(|v| v * v).sum::<f64>().sqrt()
}

#[test]
fn slice() {
    check!(norm(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn sum_of_powers(x: f64, n: i32) -> f64 {
    (1..=n).map(|k| x.powi(k) / f64::from(k)).sum()
}

#[test]
fn range() {
    check!(sum_of_powers(0.6, const 4), sum_of_powers(0.6, const 1));
}

#[differentiate]
fn by_index(x: &[f64], y: &[f64]) -> f64 {
    (0..x.len()).map(|i| x[i] * y[x.len() - 1 - i]).sum()
}

#[test]
fn range_of_indices() {
    check!(by_index(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7]));
}

#[differentiate]
fn backwards(x: f64) -> f64 {
    (0..5).rev().step_by(2).map(|k| x.powi(k) * f64::from(k + 1)).sum()
}

#[test]
fn reversed_and_stepped_range() {
    check!(backwards(0.6));
}

#[differentiate]
fn array_by_value(x: [f64; 3], s: f64) -> f64 {
    x.into_iter().map(|v| (v * s).sin()).sum()
}

#[test]
fn array() {
    check!(array_by_value([0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn vector_by_value(x: Vec<f64>, s: f64) -> f64 {
    let shifted: Vec<f64> = x.into_iter().map(|v| v + s * v * v).collect();
    shifted.iter().product()
}

#[test]
fn vector() {
    check!(vector_by_value(vec![0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn of_pairs(pairs: &[(f64, f64)]) -> f64 {
    pairs.iter().map(|(a, b)| a * b).sum::<f64>() + pairs.iter().map(|pair| pair.0).product::<f64>()
}

#[test]
fn slice_of_tuples() {
    check!(of_pairs(&[(0.6, 1.4), (-0.5, 0.8)]));
}

#[differentiate]
fn of_rows(rows: &[Vec<f64>], x: &[f64]) -> f64 {
    rows.iter().map(|row| row.iter().zip(x).map(|(a, b)| a * b).sum::<f64>().exp()).sum()
}

#[test]
fn slice_of_vectors() {
    check!(of_rows(&[vec![0.6, 1.4], vec![-0.5, 0.8]], &[0.3, 0.9]));
}

#[test]
fn negative_control() {
    check_rejects!(norm(&[0.6, 1.4, -0.5]), sum_of_powers(0.6, const 4));
}
