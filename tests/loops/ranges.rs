use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn logistic_map(x: f64, rate: f64, steps: usize) -> f64 {
    let mut y = x;
    for _ in 0..steps {
        y = rate * y * (1.0 - y);
    }
    y
}

#[test]
fn exclusive() {
    check!(logistic_map(0.3, 2.7, const 1), logistic_map(0.3, 2.7, const 6));
}

#[test]
fn without_a_trip() {
    check!(logistic_map(0.3, 2.7, const 0));
}

#[differentiate]
fn exponential_series(x: f64, terms: u32) -> f64 {
    let mut sum = 1.0;
    let mut term = 1.0;
    for k in 1..=terms {
        term *= x / f64::from(k);
        sum += term;
    }
    sum * sum
}

#[test]
fn inclusive() {
    check!(exponential_series(0.8, const 5), exponential_series(0.8, const 1));
}

#[differentiate]
fn between(x: &[f64], first: usize, last: usize) -> f64 {
    let mut product = x[0];
    for i in first + 1..last {
        product = product * x[i] + x[i - 1];
    }
    product
}

#[test]
fn with_computed_bounds() {
    check!(between(&[0.6, 1.4, -0.5, 0.8], const 0, const 4));
    check!(between(&[0.6, 1.4, -0.5, 0.8], const 1, const 3));
    check!(between(&[0.6, 1.4, -0.5, 0.8], const 3, const 2));
}

#[differentiate]
fn bounded_by_the_argument(x: f64) -> f64 {
    let mut y = x;
    for k in 0..x.ceil() as usize {
        y = y.sin() + k as f64 * x;
    }
    y
}

#[test]
fn with_a_bound_from_a_real() {
    check!(bounded_by_the_argument(2.4), bounded_by_the_argument(0.4));
}

#[differentiate]
fn from_negative(x: f64) -> f64 {
    let mut sum = 0.0;
    for k in -2_i32..=2 {
        sum += x.powi(k) * f64::from(k);
    }
    sum
}

#[test]
fn of_negative_integers() {
    check!(from_negative(0.6));
}

#[differentiate]
fn horner(coefficients: &[f64], x: f64) -> f64 {
    let mut value = 0.0;
    for i in (0..coefficients.len()).rev() {
        value = value * x + coefficients[i];
    }
    value
}

#[test]
fn reversed() {
    check!(horner(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn every_third(x: &[f64], start: usize) -> f64 {
    let mut y: f64 = 1.0;
    for i in (start..x.len()).step_by(3) {
        y = y.exp() * x[i];
    }
    y
}

#[test]
fn stepped() {
    check!(every_third(&[0.6, 0.4, -0.5, 0.8, 0.3], const 0));
    check!(every_third(&[0.6, 0.4, -0.5, 0.8, 0.3], const 1));
}

#[differentiate]
fn backwards_by_two(x: &[f64]) -> f64 {
    let mut y = 0.5;
    for i in (0..=x.len() - 1).rev().step_by(2) {
        y = (y * x[i]).sin() + x[i];
    }
    for i in (0..x.len()).step_by(2).rev() {
        y *= x[i];
    }
    y
}

#[test]
fn reversed_and_stepped() {
    check!(backwards_by_two(&[0.6, 1.4, -0.5, 0.8]), backwards_by_two(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn pairs_of_indices(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (i, j) in (0..x.len()).zip(1..) {
        if j < x.len() {
            sum += x[i] * x[j] * j as f64;
        }
    }
    for (k, i) in (1..x.len()).enumerate() {
        sum *= x[i] + k as f64;
    }
    sum
}

#[test]
fn zipped_and_enumerated() {
    check!(pairs_of_indices(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn over_a_range_parameter(x: &[f64], range: std::ops::Range<usize>) -> f64 {
    let mut y = 1.0;
    for i in range {
        y = y * x[i] + 0.5;
    }
    y
}

#[test]
fn as_a_parameter() {
    check!(over_a_range_parameter(&[0.6, 1.4, -0.5], const 0..2));
}

#[differentiate]
fn pairwise_repulsion(x: &[f64]) -> f64 {
    let mut energy = 0.0;
    for i in 0..x.len() {
        for j in 0..i {
            let distance = x[i] - x[j];
            energy += 1.0 / (0.1 + distance * distance);
        }
    }
    energy
}

#[test]
fn nested_with_dependent_bounds() {
    check!(pairwise_repulsion(&[0.6, 1.4, -0.5, 0.8]));
}

#[test]
fn negative_control() {
    check_rejects!(logistic_map(0.3, 2.7, const 6), horner(&[0.6, 1.4, -0.5], 0.8));
    check_rejects!(pairwise_repulsion(&[0.6, 1.4, -0.5, 0.8]));
}
