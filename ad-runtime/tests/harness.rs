//! The harness finds wrong rules.

mod common;

use ad_runtime::generated::rules::*;
use common::{Random, discrepancy};
use nalgebra::DVector;

fn norm_squared(x: &DVector<f64>) -> f64 {
    x.norm_squared()
}

#[test]
fn a_right_rule() {
    let mut random = Random::new(1);
    let x = random.vector(5);
    let right = |x: &DVector<f64>, seed, x_bar: &mut DVector<f64>| x.norm_squared__reverse((), x_bar, seed);
    assert!(discrepancy(&mut random, &x, &norm_squared, &right) < 1e-9);
}

#[test]
fn a_missing_factor() {
    let mut random = Random::new(2);
    let x = random.vector(5);
    let wrong = |x: &DVector<f64>, seed, x_bar: &mut DVector<f64>| x_bar.axpy(seed, x, 1.0);
    assert!(discrepancy(&mut random, &x, &norm_squared, &wrong) > 1e-3);
}

#[test]
fn a_missing_contribution() {
    let mut random = Random::new(3);
    let x = random.vector(5);
    let wrong = |_: &DVector<f64>, _, _: &mut DVector<f64>| {};
    assert!(discrepancy(&mut random, &x, &norm_squared, &wrong) > 1e-3);
}

#[test]
fn a_contribution_that_overwrites() {
    let mut random = Random::new(4);
    let x = random.vector(5);
    let wrong = |x: &DVector<f64>, seed, x_bar: &mut DVector<f64>| x_bar.axpy(2.0 * seed, x, 0.0);
    assert!(discrepancy(&mut random, &x, &norm_squared, &wrong) > 1e-3);
}

#[test]
fn a_wrong_entry_among_many() {
    let mut random = Random::new(5);
    let x = random.vector(12);
    let wrong = |x: &DVector<f64>, seed: f64, x_bar: &mut DVector<f64>| {
        x.norm_squared__reverse((), x_bar, seed);
        x_bar[7] += 1e-4 * seed;
    };
    assert!(discrepancy(&mut random, &x, &norm_squared, &wrong) > 1e-7);
}
