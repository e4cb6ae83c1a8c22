//! Less common sources, adaptors and consumers.

use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn powers(x: f64, n: usize) -> f64 {
    std::iter::successors(Some(x), |&power| Some(power * x)).take(n).sum()
}

#[test]
fn successors() {
    check!(powers(0.6, const 4));
}

#[differentiate]
fn repeated(x: f64, y: &[f64]) -> f64 {
    std::iter::repeat(x).zip(y).map(|(a, b)| a * b * b).sum()
}

#[test]
fn repeat() {
    check!(repeated(0.6, &[1.4, -0.5]));
}

#[differentiate]
fn once_and_again(x: f64, y: &[f64]) -> f64 {
    std::iter::once(x * x).chain(y.iter().copied()).fold(1.0, |a, b| a * b + x)
}

#[test]
fn once_and_chain() {
    check!(once_and_again(0.6, &[1.4, -0.5]));
}

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
fn leading_positive(x: &[f64]) -> f64 {
    let head: f64 = x.iter().take_while(|v| **v > 0.0).map(|v| v * v).sum();
    let tail: f64 = x.iter().skip_while(|v| **v > 0.0).map(|v| v.sin()).sum();
    head * tail
}

#[test]
fn take_while_and_skip_while() {
    check!(leading_positive(&[0.6, 1.4, -0.5, 0.8]));
}

#[differentiate]
fn joined(x: &[f64], y: &[f64]) -> f64 {
    x.iter().chain(y).enumerate().map(|(i, v)| v.powi(i as i32 + 1)).sum()
}

#[test]
fn chain() {
    check!(joined(&[0.6, 1.4], &[-0.5, 0.8]));
}

#[differentiate]
fn running_total(x: &[f64]) -> f64 {
    x.iter()
        .scan(1.0, |state, v| {
            *state *= v;
            Some(*state)
        })
        .sum()
}

#[test]
fn scan() {
    check!(running_total(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn reduced(x: &[f64]) -> f64 {
    x.iter().copied().reduce(|a, b| a * b.sin()).unwrap_or(0.0)
}

#[test]
fn reduce() {
    check!(reduced(&[0.6, 1.4, -0.5]), reduced(&[0.6]));
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
fn chosen(x: &[f64]) -> f64 {
    let first = x.iter().find(|v| **v > 1.0).unwrap();
    let last = x.iter().last().unwrap();
    let second = x.iter().rev().nth(1).unwrap();
    first * last + second * second
}

#[test]
fn find_last_and_nth() {
    check!(chosen(&[0.6, 0.9, 1.4, -0.5]));
}

#[differentiate]
fn taken_one_by_one(x: &[f64]) -> f64 {
    let mut values = x.iter();
    let mut y = 1.0;
    while let Some(value) = values.next() {
        y *= value;
        if let Some(next) = values.next() {
            y += next * y;
        }
    }
    y
}

#[test]
fn next() {
    check!(taken_one_by_one(&[0.6, 1.4, -0.5]));
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
    check_rejects!(all_products(&[0.6, 1.4], &[1.1, 0.9]), running_total(&[0.6, 1.4, -0.5]));
}
