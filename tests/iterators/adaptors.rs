use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn mean_squared_error(prediction: &[f64], target: &[f64]) -> f64 {
    let sum: f64 = prediction.iter().zip(target).map(|(p, t)| (p - t) * (p - t)).sum();
    sum / prediction.len() as f64
}

#[test]
fn zip_and_map() {
    check!(mean_squared_error(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7]));
}

#[differentiate]
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().enumerate().map(|(i, c)| c * x.powi(i as i32)).sum()
}

#[test]
fn enumerate_and_map() {
    check!(polynomial(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn three_maps(x: &[f64], s: f64) -> f64 {
    x.iter().map(|v| v * s).map(f64::sin).map(|v| v * v + s).sum()
}

#[test]
fn map_of_map() {
    check!(three_maps(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn positive_part(x: &[f64]) -> f64 {
    x.iter().filter(|v| **v > 0.0).map(|v| v * v).sum()
}

#[test]
fn filter() {
    check!(positive_part(&[0.6, -1.4, 0.5]));
}

#[differentiate]
fn multiples_of_three(x: f64, n: i32) -> f64 {
    (0..n).filter(|k| k % 3 == 0).map(|k| (x * f64::from(k)).cos()).sum()
}

#[test]
fn filter_of_a_range() {
    check!(multiples_of_three(0.6, const 8));
}

#[differentiate]
fn large_products(x: &[f64], y: &[f64], limit: f64) -> f64 {
    x.iter().zip(y).map(|(a, b)| a * b).filter(|&product| product > limit).map(|p| p * p * limit).sum()
}

#[test]
fn filter_after_map() {
    check!(large_products(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7], 0.2));
}

#[differentiate]
fn pair_energy(x: &[f64]) -> f64 {
    (0..x.len()).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| (x[i] - x[j]).powi(2) * x[i]).sum()
}

#[test]
fn flat_map_over_ranges() {
    check!(pair_energy(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn in_the_middle(x: &[f64], n: usize) -> f64 {
    x.iter().skip(1).take(n).map(|v| v * v).sum::<f64>() * x.iter().rev().skip(1).step_by(2).product::<f64>()
}

#[test]
fn skip_take_rev_and_step_by() {
    check!(in_the_middle(&[0.6, 1.4, -0.5, 0.8], const 2));
}

#[differentiate]
fn roughness(x: &[f64]) -> f64 {
    x.windows(2).map(|w| (w[1] - w[0]).powi(2) * w[0]).sum()
}

#[test]
fn windows() {
    check!(roughness(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn sum_of_norms(x: &[f64]) -> f64 {
    x.chunks(2).map(|c| c.iter().map(|v| v * v).sum::<f64>().sqrt()).sum::<f64>()
        + x.chunks_exact(2).map(|c| c[0] * c[1]).sum::<f64>()
}

#[test]
fn chunks() {
    check!(sum_of_norms(&[0.6, 1.4, -0.5, 0.8]), sum_of_norms(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn copies(x: &[f64], s: f64) -> f64 {
    x.iter().copied().map(|v| v * s).sum::<f64>() * x.iter().cloned().filter(|v| *v > s).product::<f64>()
}

#[test]
fn copied_and_cloned() {
    check!(copies(&[0.6, 1.4, 0.9], 0.8));
}

#[differentiate]
fn one_chain(x: &[f64], y: &[f64], s: f64) -> f64 {
    x.iter()
        .zip(y.iter().rev())
        .enumerate()
        .skip(1)
        .filter(|(i, (a, _))| i % 2 == 1 || **a > 0.0)
        .map(|(i, (a, b))| (a * b * s).sin() + i as f64 * a)
        .fold(s, |acc, v| acc * v + s)
}

#[test]
fn many_together() {
    check!(one_chain(&[0.6, 1.4, -0.5, 0.8], &[1.1, 0.9, 0.7, 0.2], 0.5));
}

#[test]
fn negative_control() {
    check_rejects!(polynomial(&[0.6, 1.4, -0.5], 0.8), pair_energy(&[0.6, 1.4, -0.5]));
}
