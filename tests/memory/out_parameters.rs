//! `&mut` parameters: written only, updated, grown.

use pullback::differentiate;

use crate::common::{Case, check, check_in_place, check_vjp};

const X: [f64; 3] = [0.4, -1.2, 0.9];

#[differentiate]
fn squares(x: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        out[i] = x[i] * x[i];
    }
}

#[test]
fn written_only() {
    check_in_place!(squares(&X, &mut [7.0, 8.0, 9.0]));
}

#[test]
fn written_only_owes_nothing_to_the_old_value() {
    let mut out = [7.0, 8.0, 9.0];
    let mut out_bar = [1.0, 2.0, 3.0];
    let mut x_bar = [0.0; 3];
    squares::adjoint(&X, &mut x_bar, &mut out, &mut out_bar);
    assert_eq!(out, [X[0] * X[0], X[1] * X[1], X[2] * X[2]]);
    assert_eq!(out_bar, [0.0; 3]);
    assert_eq!(x_bar, [2.0 * X[0], 4.0 * X[1], 6.0 * X[2]]);
}

#[differentiate]
fn axpy(a: f64, x: &[f64], y: &mut [f64]) {
    for i in 0..x.len() {
        y[i] += a * x[i];
    }
}

#[test]
fn updated() {
    check_in_place!(axpy(1.7, &X, &mut [0.3, 0.2, -0.1]));
}

#[differentiate]
fn sum_and_product(x: f64, y: f64, sum: &mut f64, product: &mut f64) {
    *sum = x + y;
    *product = x * y * *sum;
}

#[test]
fn two_scalars_written() {
    check_in_place!(sum_and_product(0.8, -1.1, &mut 5.0, &mut 6.0));
}

#[differentiate]
fn normalised(x: &mut [f64]) -> f64 {
    let mut square = 0.0;
    for v in x.iter() {
        square += v * v;
    }
    let norm = square.sqrt();
    for v in x.iter_mut() {
        *v /= norm;
    }
    norm
}

#[test]
fn updated_with_a_result() {
    check!(normalised(&mut X));
}

#[differentiate]
fn maybe_written(x: f64, out: &mut f64) {
    if x > 0.0 {
        *out = x * x;
    }
}

#[test]
fn written_in_a_branch() {
    check_in_place!(maybe_written(1.3, &mut 0.4), maybe_written(-1.3, &mut 0.4));
}

#[differentiate]
fn partly_written(x: &[f64], out: &mut [f64], from: usize) {
    for i in from..out.len() {
        out[i] = x[i].exp() * out[0];
    }
}

#[test]
fn written_in_part() {
    check_in_place!(
        partly_written(&X, &mut [0.7, 8.0, 9.0], const 1),
        partly_written(&X, &mut [0.7, 8.0, 9.0], const 0),
        partly_written(&X, &mut [0.7, 8.0, 9.0], const 3)
    );
}

#[differentiate]
fn through_a_helper(x: &[f64], a: f64) -> f64 {
    let mut y = vec![0.0; x.len()];
    squares(x, &mut y);
    axpy(a, x, &mut y);
    let norm = normalised(&mut y);
    norm * y[0] + y[1] * y[2]
}

#[test]
fn local_handed_to_helpers() {
    check!(through_a_helper(&X, 1.7));
}

#[differentiate]
fn handed_on(x: f64, out: &mut [f64; 2]) {
    let mut sum = 0.0;
    sum_and_product(x, out[0], &mut sum, &mut out[1]);
    out[0] *= sum;
}

#[test]
fn element_handed_to_a_helper() {
    check_in_place!(handed_on(0.6, &mut [1.2, 3.4]));
}

#[differentiate]
fn reborrowed(x: &mut [f64], times: usize) {
    for _ in 0..times {
        normalised(x);
        let first = &mut x[0];
        *first *= 2.0 + *first;
    }
}

#[test]
fn reborrowed_in_a_loop() {
    check_in_place!(reborrowed(&mut X, const 3));
}

#[differentiate]
fn squares_appended(x: &[f64], out: &mut Vec<f64>) {
    for v in x {
        out.push(v * v);
    }
}

#[test]
fn vec_grown() {
    let mut out = vec![1.0];
    let mut out_bar = vec![0.5, 1.0, 2.0, 3.0];
    let mut x_bar = [0.0; 3];
    squares_appended::adjoint(&X, &mut x_bar, &mut out, &mut out_bar);
    assert_eq!(out, [1.0, X[0] * X[0], X[1] * X[1], X[2] * X[2]]);
    assert_eq!(out_bar, [0.5]);
    assert_eq!(x_bar, [2.0 * X[0], 4.0 * X[1], 6.0 * X[2]]);
}

#[differentiate]
fn grown_by_a_helper(x: &[f64]) -> Vec<f64> {
    let mut out = Vec::new();
    squares_appended(x, &mut out);
    squares_appended(&x[1..], &mut out);
    out
}

#[test]
fn local_vec_grown_by_a_helper() {
    check_vjp!(grown_by_a_helper(&X));
}

#[differentiate]
fn last_taken(stack: &mut Vec<f64>) -> f64 {
    stack.pop().unwrap_or(0.0)
}

#[test]
fn vec_shrunk() {
    let mut stack = vec![3.0, 4.0];
    let mut stack_bar = vec![0.5];
    let top = last_taken::adjoint(&mut stack, &mut stack_bar, 2.0);
    assert_eq!((top, stack, stack_bar), (4.0, vec![3.0], vec![0.5, 2.0]));
}

#[differentiate]
fn counted(x: &[f64], count: &mut usize) -> f64 {
    let mut sum = 0.0;
    for v in x {
        if *v > 0.0 {
            *count += 1;
            sum += v * *count as f64;
        }
    }
    sum
}

#[test]
fn integer_updated() {
    let mut count = 3;
    assert_eq!(counted::value_and_grad(&[2.0, -1.0, 0.5], &mut count), (10.5, vec![4.0, 0.0, 5.0]));
    assert_eq!(count, 5);
}

/// An adjoint that adds to the shadow of a value that was overwritten, instead of replacing it.
#[test]
#[should_panic(expected = "by differences")]
fn a_shadow_that_survives_the_overwriting_is_rejected() {
    let primal = |(x, out): &mut (Vec<f64>, Vec<f64>)| squares(x, out);
    let case =
        Case::new("squares", (X.to_vec(), vec![7.0, 8.0, 9.0]), &primal).leaving_behind(&[false, true]);
    case.adjoint(&|(x, out), (x_bar, out_bar), ()| {
        for i in 0..x.len() {
            x_bar[i] += 2.0 * x[i] * out_bar[i];
        }
        squares(x, out)
    });
}
