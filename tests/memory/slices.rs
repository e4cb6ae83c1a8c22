//! Slices as parameters.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_in_place, check_vjp};

const X: [f64; 4] = [0.4, -1.2, 0.9, 2.1];

#[differentiate]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.len() {
        sum += a[i] * b[i];
    }
    sum
}

#[test]
fn two_slices() {
    check!(dot(&X, &[1.0, 2.0, -0.5, 0.3]));
}

#[test]
fn empty_slices() {
    let (value, (a_bar, b_bar)) = dot::value_and_grad(&[], &[]);
    assert_eq!(value, 0.0);
    assert!(a_bar.is_empty() && b_bar.is_empty());
}

#[differentiate]
fn over_elements(x: &[f64]) -> f64 {
    let mut product = 1.0;
    for v in x {
        product *= v + 2.0;
    }
    product
}

#[test]
fn loop_over_a_slice() {
    check!(over_elements(&X));
}

#[differentiate]
fn ends(x: &[f64]) -> f64 {
    match x.first() {
        Some(first) => first * x.last().unwrap(),
        None => 1.0,
    }
}

#[test]
fn first_and_last() {
    check!(ends(&X));
    assert_eq!(ends::value_and_grad(&[]), (1.0, vec![]));
}

#[differentiate]
fn scaled(x: &[f64], factor: f64) -> Vec<f64> {
    let mut result = x.to_vec();
    for v in &mut result {
        *v *= factor * *v;
    }
    result
}

#[test]
fn slice_to_vec() {
    check_vjp!(scaled(&X, 0.7));
}

#[differentiate]
fn copied(x: &[f64]) -> f64 {
    let mut buffer = [0.0; 4];
    buffer.copy_from_slice(x);
    buffer[0] *= buffer[3];
    buffer[1..3].copy_from_slice(&x[2..]);
    buffer[0] + buffer[1] * buffer[2] * buffer[3]
}

#[test]
fn copy_from_slice() {
    check!(copied(&X));
}

#[differentiate]
fn filled(x: &mut [f64], value: f64) -> f64 {
    let before = x[0] * x[1];
    x[1..].fill(value * value);
    before + x[0] * x[1] * x[3]
}

#[test]
fn fill() {
    check!(filled(&mut X, 0.8));
}

#[differentiate]
fn ordered(x: &mut [f64]) {
    for end in (1..x.len()).rev() {
        for i in 0..end {
            if x[i] > x[i + 1] {
                x.swap(i, i + 1);
            }
        }
    }
}

#[test]
fn swap() {
    check_in_place!(ordered(&mut X));
    let mut x = X;
    let mut shadow = [1.0, 2.0, 3.0, 4.0];
    ordered::adjoint(&mut x, &mut shadow);
    assert_eq!(x, [-1.2, 0.4, 0.9, 2.1]);
    assert_eq!(shadow, [2.0, 1.0, 3.0, 4.0]);
}

#[differentiate]
fn of_arrays(points: &[[f64; 2]]) -> f64 {
    let mut sum = 0.0;
    for i in 1..points.len() {
        sum += (points[i][0] - points[i - 1][0]).hypot(points[i][1] - points[i - 1][1]);
    }
    sum
}

#[test]
fn slice_of_arrays() {
    check!(of_arrays(&vec![[0.1, 0.4], [1.2, -0.3], [2.0, 0.8]]));
}

#[differentiate]
fn of_tuples(data: &[(f64, f64)], slope: f64) -> f64 {
    let mut sum = 0.0;
    for &(x, y) in data {
        sum += (y - slope * x).powi(2);
    }
    sum
}

#[test]
fn slice_of_tuples() {
    check!(of_tuples(&vec![(0.1, 0.4), (1.2, -0.3), (2.0, 0.8)], 0.9));
}

#[differentiate]
fn mixed(data: &[(f64, usize)]) -> f64 {
    let mut sum = 0.0;
    for i in 0..data.len() {
        sum += data[i].0.powi(data[i].1 as i32);
    }
    sum
}

#[test]
fn slice_of_tuples_with_integers() {
    check!(mixed(&vec![(0.9, 2), (1.2, 3), (-2.0, 1)]));
}

#[test]
#[should_panic(expected = "by differences")]
fn the_slices_of_a_product_exchanged_are_rejected() {
    let f = |x: &[f64]| dot(&x[..2], &x[2..]);
    check_gradient("dot", f, |x| x.to_vec(), &X);
}
