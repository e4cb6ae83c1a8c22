use crate::common::{check, check_in_place, check_rejects, check_vjp};
use pullback::differentiate;

#[differentiate]
fn sums(x: &[f64]) -> f64 {
    let sum: f64 = x.iter().sum();
    sum * sum * x.iter().copied().sum::<f64>()
}

#[test]
fn sum() {
    check!(sums(&[0.6, 1.4, -0.5]));
    assert_eq!(sums::value_and_grad(&[]), (0.0, vec![]));
}

#[differentiate]
fn products(x: &[f64], s: f64) -> f64 {
    let product: f64 = x.iter().product();
    product + x.iter().map(|v| v + s).product::<f64>()
}

#[test]
fn product() {
    check!(products(&[0.6, 1.4, -0.5], 0.8));
}

#[test]
fn product_with_a_zero() {
    check!(products(&[0.6, 0.0, -0.5], 0.8));
}

#[differentiate]
fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |value, c| value * x + c)
}

#[test]
fn fold() {
    check!(horner(&[0.6, 1.4, -0.5], 0.8));
    assert_eq!(horner::grad(&[], 0.8), (vec![], 0.0));
}

#[differentiate]
fn moments(x: &[f64]) -> f64 {
    let (sum, squares, count) =
        x.iter().fold((0.0, 0.0, 0), |(sum, squares, count), v| (sum + v, squares + v * v, count + 1));
    let mean = sum / f64::from(count);
    squares / f64::from(count) - mean * mean
}

#[test]
fn fold_with_a_tuple() {
    check!(moments(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn running_weights(x: &[f64], s: f64) -> f64 {
    let start = [1.0, s];
    let [a, b] = x.iter().fold(start, |[a, b], v| [a * v + b, b * s]);
    a * b
}

#[test]
fn fold_with_an_array() {
    check!(running_weights(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn largest(x: &[f64]) -> f64 {
    let max = x.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
    let min = x.iter().copied().fold(f64::INFINITY, f64::min);
    max * max * min
}

#[test]
fn fold_with_max_and_min() {
    check!(largest(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn log_sum_exp(x: &[f64]) -> f64 {
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    max + x.iter().map(|v| (v - max).exp()).sum::<f64>().ln()
}

#[test]
fn fold_and_map_with_its_outcome() {
    check!(log_sum_exp(&[0.6, 1.4, -0.5]), log_sum_exp(&[400.0, 401.0, 399.5]));
}

#[differentiate]
fn extremes(x: &[f64]) -> f64 {
    let max = x.iter().max_by(|a, b| a.total_cmp(b)).unwrap();
    let min = x.iter().copied().min_by(|a, b| a.partial_cmp(b).unwrap()).unwrap();
    max * max * min
}

#[test]
fn max_by_and_min_by() {
    check!(extremes(&[0.6, 1.4, -0.5]), extremes(&[0.6, -1.4, 0.5]));
}

#[differentiate]
fn value_at_the_largest(x: &[f64], y: &[f64]) -> f64 {
    let (i, _) = x.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap();
    y[i] * x[i]
}

#[test]
fn place_of_the_maximum() {
    check!(value_at_the_largest(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7]));
}

#[differentiate]
fn accumulated(x: &[f64], s: f64) -> f64 {
    let mut total = s;
    x.iter().for_each(|v| total = total * v + s);
    (0..2).for_each(|i| {
        total += x[i] * total;
    });
    total
}

#[test]
fn for_each() {
    check!(accumulated(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn updated(x: &mut [f64], y: &[f64], s: f64) {
    x.iter_mut().for_each(|v| *v = v.sin() * s);
    x.iter_mut().zip(y).for_each(|(a, b)| *a += s * b * *a);
    x.chunks_mut(2).enumerate().for_each(|(i, chunk)| chunk[0] *= s + i as f64);
}

#[test]
fn for_each_in_place() {
    check_in_place!(updated(&mut [0.6, 1.4, -0.5], &[1.1, 0.9, 0.7], 0.8));
}

#[differentiate]
fn collected(x: &[f64], s: f64) -> f64 {
    let scaled: Vec<f64> = x.iter().map(|v| v * s).collect();
    let squares = scaled.iter().map(|v| v * v).collect::<Vec<_>>();
    squares[0] * squares[1] + scaled[2] * squares.len() as f64
}

#[test]
fn collect() {
    check!(collected(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn softmax(x: &[f64]) -> Vec<f64> {
    let exponentials: Vec<f64> = x.iter().map(|v| v.exp()).collect();
    let total: f64 = exponentials.iter().sum();
    exponentials.iter().map(|e| e / total).collect()
}

#[test]
fn collect_as_result() {
    check_vjp!(softmax(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn outer_product(x: &[f64], y: &[f64]) -> Vec<Vec<f64>> {
    x.iter().map(|a| y.iter().map(|b| a * b * b).collect()).collect()
}

#[test]
fn collect_of_collect() {
    check_vjp!(outer_product(&[0.6, 1.4], &[1.1, 0.9, 0.7]));
}

#[differentiate]
fn pairs_collected(x: &[f64]) -> f64 {
    let pairs: Vec<(usize, f64)> = x.iter().enumerate().map(|(i, v)| (i + 1, v * v)).collect();
    pairs.iter().map(|(i, v)| v.powi(*i as i32)).sum()
}

#[test]
fn collect_of_tuples() {
    check!(pairs_collected(&[0.6, 1.4, -0.5]));
}

#[test]
fn negative_control() {
    check_rejects!(moments(&[0.6, 1.4, -0.5]), log_sum_exp(&[0.6, 1.4, -0.5]));
}
