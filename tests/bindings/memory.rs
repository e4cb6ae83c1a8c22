use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn exchanged(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (x * y, y.sin());
    std::mem::swap(&mut a, &mut b);
    a *= b;
    a * a * b
}

#[test]
fn swap_of_scalars() {
    check!(exchanged(0.6, 1.4));
}

/// Two buffers exchange their roles after every step.
#[differentiate]
fn diffused(x: &[f64], rate: f64, steps: usize) -> f64 {
    let n = x.len();
    let mut now = x.to_vec();
    let mut next = vec![0.0; n];
    for _ in 0..steps {
        for i in 1..n - 1 {
            next[i] = now[i] + rate * (now[i - 1] - 2.0 * now[i] + now[i + 1]) * now[i];
        }
        std::mem::swap(&mut now, &mut next);
    }
    now[1] * now[2]
}

#[test]
fn swap_of_vectors() {
    check!(diffused(&[0.6, 1.4, 0.5, 0.9], 0.3, const 3));
    check!(diffused(&[0.6, 1.4, 0.5, 0.9], 0.3, const 4));
}

#[differentiate]
fn swapped_elements(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    v[0] *= v[1];
    v.swap(0, 2);
    v[0] *= v[1];
    v[0] * v[2]
}

#[test]
fn swap_of_elements() {
    check!(swapped_elements(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn previous_and_next(x: f64, y: f64) -> f64 {
    let mut state = x * y;
    let previous = std::mem::replace(&mut state, x.exp());
    previous * state * state
}

#[test]
fn replace() {
    check!(previous_and_next(0.6, 1.4));
}

#[differentiate]
fn replaced_vector(x: f64, y: f64) -> f64 {
    let mut state = vec![x, y];
    let previous = std::mem::replace(&mut state, vec![x * y]);
    previous[0] * previous[1] * state[0]
}

#[test]
fn replace_of_a_vector() {
    check!(replaced_vector(0.6, 1.4));
}

#[differentiate]
fn drained(x: f64, y: f64) -> f64 {
    let mut sum = x * y;
    let first = std::mem::take(&mut sum);
    sum += x.sin();
    first * first * sum
}

#[test]
fn take() {
    check!(drained(0.6, 1.4));
}

#[differentiate]
fn finished_rows(x: &[f64], width: usize) -> f64 {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    for &value in x {
        row.push(value * value);
        if row.len() == width {
            rows.push(std::mem::take(&mut row));
        }
    }
    rows[0][1] * rows[1][0]
}

#[test]
fn take_of_a_vector() {
    check!(finished_rows(&[0.6, 1.4, -0.5, 0.8], const 2));
}

#[test]
fn negative_control() {
    check_rejects!(exchanged(0.6, 1.4), previous_and_next(0.6, 1.4), drained(0.6, 1.4));
}
