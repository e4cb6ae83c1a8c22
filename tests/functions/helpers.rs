//! Compositions whose parts write through `&mut`.

use pullback::differentiate;

use crate::common::{check, check_in_place, check_rejects, check_vjp};

#[differentiate]
fn scale(x: &mut [f64], factor: f64) {
    for v in x.iter_mut() {
        *v *= factor;
    }
}

#[differentiate]
fn activate(x: &mut [f64]) {
    for v in x.iter_mut() {
        *v = v.tanh();
    }
}

#[differentiate]
fn multiply(a: &[Vec<f64>], x: &[f64], y: &mut [f64]) {
    for i in 0..a.len() {
        y[i] = 0.0;
        for j in 0..x.len() {
            y[i] += a[i][j] * x[j];
        }
    }
}

#[differentiate]
fn norm(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v * v;
    }
    sum.sqrt()
}

#[differentiate]
fn network(a: &[Vec<f64>], x: &[f64], rounds: usize) -> f64 {
    let mut state = x.to_vec();
    let mut buffer = vec![0.0; a.len()];
    for k in 0..rounds {
        multiply(a, &state, &mut buffer);
        activate(&mut buffer);
        state.copy_from_slice(&buffer);
        if k % 2 == 1 {
            let length = norm(&state);
            scale(&mut state, 1.0 / length);
        }
    }
    norm(&state) * state[0]
}

#[test]
fn helpers_in_a_loop() {
    let a = || vec![vec![0.4, -1.2], vec![0.9, 2.1]];
    check!(network(&a(), &[0.5, 0.8], const 1), network(&a(), &[0.5, 0.8], const 4));
}

#[differentiate]
fn power_iteration(a: &[Vec<f64>], rounds: usize) -> Vec<f64> {
    let mut x = vec![1.0; a.len()];
    let mut y = x.clone();
    for _ in 0..rounds {
        multiply(a, &x, &mut y);
        let length = norm(&y);
        scale(&mut y, 1.0 / length);
        (x, y) = (y, x);
    }
    x
}

#[test]
fn helpers_and_buffers_exchanged() {
    check_vjp!(power_iteration(&vec![vec![2.0, 0.3], vec![0.1, 1.0]], const 3));
}

#[differentiate]
fn push_all(from: &[f64], to: &mut Vec<f64>, factor: f64) {
    for v in from {
        to.push(factor * v * v);
    }
}

#[differentiate]
fn collected(x: &[f64], y: &[f64]) -> f64 {
    let mut all = Vec::new();
    push_all(x, &mut all, 2.0);
    let so_far = norm(&all);
    push_all(y, &mut all, so_far);
    activate(&mut all[1..]);
    norm(&all)
}

#[test]
fn helper_that_grows_a_vec() {
    check!(collected(&[0.4, -1.2], &[0.9]));
}

#[differentiate]
fn pop_two(stack: &mut Vec<f64>) -> (f64, f64) {
    let b = stack.pop().unwrap();
    let a = stack.pop().unwrap();
    (a, b)
}

#[differentiate]
fn reverse_polish(x: f64, y: f64) -> f64 {
    let mut stack = vec![x, y, x * y];
    let (a, b) = pop_two(&mut stack);
    stack.push(a * b);
    let (a, b) = pop_two(&mut stack);
    stack.push(a - b * b);
    stack[0]
}

#[test]
fn helper_that_shrinks_a_vec() {
    check!(reverse_polish(0.7, -1.2));
}

#[differentiate]
fn increment(total: &mut f64, count: &mut usize, x: f64) {
    *total += x * x;
    *count += 1;
}

#[differentiate]
fn running_mean(x: &[f64]) -> f64 {
    let mut total = 0.0;
    let mut count = 0;
    for &v in x {
        if v > 0.0 {
            increment(&mut total, &mut count, v);
        }
    }
    total / count as f64
}

#[test]
fn helper_with_scalars() {
    check!(running_mean(&[0.4, -1.2, 0.9]));
}

#[differentiate]
fn passes_on(x: &mut [f64], depth: usize) {
    activate(x);
    if depth > 0 {
        scale(&mut x[1..], 1.5);
        passes_on(x, depth - 1);
        let n = norm(x);
        x[0] = n;
    }
}

#[test]
fn helper_that_passes_on() {
    check_in_place!(passes_on(&mut [0.4, -1.2, 0.9], const 2));
}

#[differentiate]
fn in_an_operand(x: &mut [f64]) -> f64 {
    halve(x) + x[0] * halve(x) * x[0]
}

#[differentiate]
fn halve(x: &mut [f64]) -> f64 {
    x[0] *= 0.5 * x[1];
    x[0] + x[1]
}

#[test]
fn helper_called_within_an_expression() {
    check!(in_an_operand(&mut [0.4, -1.2]));
}

#[differentiate]
fn conditional_helper(x: &mut [f64]) -> f64 {
    if halve(x) > 0.0 || halve(x) < -0.5 { x[0] * x[1] } else { x[0] }
}

#[test]
fn helper_called_within_a_condition() {
    check!(
        conditional_helper(&mut [0.4, 1.2]),
        conditional_helper(&mut [0.4, -1.2]),
        conditional_helper(&mut [0.4, -0.2])
    );
}

#[test]
fn negative_control() {
    check_rejects!(collected(&[0.4, -1.2], &[0.9]));
}
