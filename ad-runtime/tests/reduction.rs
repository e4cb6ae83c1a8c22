//! The rules of reductions.

#[macro_use]
mod common;

use ad_runtime::generated::rules::*;
use common::{Random, SHAPES, check};
use nalgebra::{DMatrix, DVector, Matrix2, Vector2, Vector3};

#[test]
fn sums_and_norms() {
    let random = &mut Random::new(1);
    for (rows, columns) in SHAPES {
        let x = &random.matrix(rows, columns);
        check_unary!(random, x, sum, sum__forward, sum__reverse);
        check_unary!(random, x, mean, mean__forward, mean__reverse);
        check_unary!(random, x, norm, norm__forward, norm__reverse);
        check_unary!(random, x, norm_squared, norm_squared__forward, norm_squared__reverse);
        let distinct =
            &DMatrix::from_fn(rows, columns, |i, j| ((5 * i + 7 * j + 3) % 13) as f64 + 0.01 * i as f64);
        check_unary!(random, distinct, max, max__forward, max__reverse);
        check_unary!(random, distinct, min, min__forward, min__reverse);
        let pair = &(random.matrix(rows, columns), random.matrix(rows, columns));
        check_binary!(random, pair, dot, dot__forward, dot__reverse);
        check_binary!(random, pair, metric_distance, metric_distance__forward, metric_distance__reverse);
    }
}

#[test]
fn static_dimensions() {
    let random = &mut Random::new(2);
    let x = &random.fixed::<2, 3>();
    check_unary!(random, x, sum, sum__forward, sum__reverse);
    check_unary!(random, x, mean, mean__forward, mean__reverse);
    check_unary!(random, x, norm, norm__forward, norm__reverse);
    check_unary!(random, x, norm_squared, norm_squared__forward, norm_squared__reverse);
    check_unary!(random, &Vector3::new(1.0, 3.0, 2.0), max, max__forward, max__reverse);
    let pair = &(random.fixed::<4, 1>(), random.fixed::<4, 1>());
    check_binary!(random, pair, dot, dot__forward, dot__reverse);
    check_binary!(random, pair, metric_distance, metric_distance__forward, metric_distance__reverse);
    check_unary!(random, &random.fixed::<3, 3>(), trace, trace__forward, trace__reverse);
}

#[test]
fn traces() {
    let random = &mut Random::new(3);
    for order in common::ORDERS {
        let x = &random.matrix(order, order);
        check_unary!(random, x, trace, trace__forward, trace__reverse);
    }
}

#[test]
fn rows_of_matrices() {
    let random = &mut Random::new(4);
    let x = &random.matrix(4, 6);
    check(
        random,
        x,
        |x| x.row(1).dot(&x.row(3)) + x.row(2).norm(),
        |x, seed, x_bar| {
            let (_, back) = x.row(2).norm__forward();
            x.row(2).norm__reverse(back, &mut x_bar.row_mut(2), seed);
            let (mut first, mut rest) = x_bar.rows_range_pair_mut(1, 2..);
            x.row(1).dot__reverse((), &mut first, &x.row(3), &mut rest.row_mut(1), seed);
        },
    );
}

#[test]
fn the_norm_at_zero() {
    let x = DVector::<f64>::zeros(3);
    let mut x_bar = DVector::from_element(3, 1.0);
    let (norm, back) = x.norm__forward();
    assert_eq!(norm, 0.0);
    x.norm__reverse(back, &mut x_bar, 5.0);
    let (distance, back) = x.metric_distance__forward(&x);
    assert_eq!(distance, 0.0);
    x.metric_distance__reverse(back, &mut x_bar, &x, &mut (), 5.0);
    assert_eq!(x_bar, DVector::from_element(3, 1.0));
}

#[test]
fn extrema_at_ties() {
    let x = Vector3::new(1.0, 2.0, 2.0);
    let mut x_bar = Vector3::zeros();
    x.max__reverse(x.max__forward().1, &mut x_bar, 3.0);
    assert_eq!(x_bar, Vector3::new(0.0, 3.0, 0.0));
    let x = Matrix2::new(4.0, 1.0, 1.0, 4.0);
    let mut x_bar = Matrix2::zeros();
    x.min__reverse(x.min__forward().1, &mut x_bar, 3.0);
    // the first entry in storage order
    assert_eq!(x_bar, Matrix2::new(0.0, 0.0, 3.0, 0.0));
}

#[test]
fn empty_matrices() {
    let x = DMatrix::<f64>::zeros(0, 3);
    let mut x_bar = x.clone();
    let (mean, back) = x.mean__forward();
    assert_eq!(mean, 0.0);
    x.mean__reverse(back, &mut x_bar, 1.0);
    x.max__reverse(x.max__forward().1, &mut x_bar, 1.0);
}

#[test]
fn constants() {
    let x = Vector2::new(1.0_f32, 2.0);
    let mut z_bar = Vector2::zeros();
    x.dot__reverse((), &mut (), &x, &mut z_bar, 2.0);
    assert_eq!(z_bar, x * 2.0);
    x.sum__reverse((), &mut (), 2.0);
    x.norm__reverse(1.0, &mut (), 2.0);
}
