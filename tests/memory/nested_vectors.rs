//! `Vec<Vec<f64>>`.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_vjp};

fn rows() -> Vec<Vec<f64>> {
    vec![vec![0.4, -1.2, 0.9], vec![2.1, -0.3, 0.8]]
}

#[differentiate]
fn quadratic_form(m: &[Vec<f64>], x: &[f64], y: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..m.len() {
        for j in 0..m[i].len() {
            sum += x[i] * m[i][j] * y[j];
        }
    }
    sum
}

#[test]
fn nested_vec_read() {
    check!(quadratic_form(&rows(), &[0.3, 1.1], &[0.7, -0.2, 0.5]));
}

#[differentiate]
fn owned(m: Vec<Vec<f64>>) -> f64 {
    let mut m = m;
    m[0][1] *= m[1][0];
    m[1][0] = m[0][1] * m[0][1];
    m[0][0] * m[1][0] + m[1][2]
}

#[test]
fn nested_vec_by_value_and_written() {
    check!(owned(rows()));
}

#[differentiate]
fn outer_product(x: &[f64], y: &[f64]) -> Vec<Vec<f64>> {
    let mut m = vec![vec![0.0; y.len()]; x.len()];
    for i in 0..x.len() {
        for j in 0..y.len() {
            m[i][j] = x[i] * y[j];
        }
    }
    m
}

#[test]
fn nested_vec_made_and_returned() {
    check_vjp!(outer_product(&[0.4, -1.2], &[0.9, 2.1, 0.3]));
}

#[differentiate]
fn triangle(x: f64, n: usize) -> f64 {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for i in 0..n {
        let mut row = vec![x; i + 1];
        for j in 1..i {
            row[j] = rows[i - 1][j - 1] + x * rows[i - 1][j];
        }
        rows.push(row);
    }
    rows[n - 1][n / 2] * rows[0][0]
}

#[test]
fn rows_pushed_and_read_again() {
    check!(triangle(1.3, const 1), triangle(1.3, const 5));
}

#[differentiate]
fn row_views(m: &[Vec<f64>]) -> f64 {
    let first = &m[0];
    let second = &m[1][1..];
    first[0] * second[0] + first[2] * second[1]
}

#[test]
fn rows_bound_to_names() {
    check!(row_views(&rows()));
}

#[differentiate]
fn row_written(m: &mut [Vec<f64>]) -> f64 {
    let row = &mut m[1];
    row[0] *= row[1];
    for v in row.iter_mut() {
        *v = v.sin();
    }
    m[0][0] * m[1][0] * m[1][2]
}

#[test]
fn row_written_through_a_name() {
    check!(row_written(&mut rows()));
}

#[differentiate]
fn rows_exchanged(m: &[Vec<f64>]) -> f64 {
    let mut m = m.to_vec();
    m.swap(0, 1);
    let row = m[0].clone();
    m[1][0] *= row[0];
    m[0] = row;
    m[0][0] * m[1][0]
}

#[test]
fn rows_swapped_and_cloned() {
    check!(rows_exchanged(&rows()));
}

#[differentiate]
fn over_rows(m: &[Vec<f64>]) -> f64 {
    let mut product = 1.0;
    for row in m {
        let mut sum = 1.0;
        for v in row {
            sum += v * v;
        }
        product *= sum;
    }
    product
}

#[test]
fn loop_over_rows() {
    check!(over_rows(&rows()), over_rows(&vec![vec![1.0, 2.0], vec![], vec![3.0]]));
}

#[differentiate]
fn ragged(layers: &[Vec<f64>], x: f64) -> f64 {
    let mut y = x;
    for layer in layers {
        if !layer.is_empty() {
            y = layer[layer.len() - 1] * y.tanh() + layer[0];
        }
    }
    y
}

#[test]
fn rows_of_different_lengths() {
    check!(ragged(&vec![vec![1.0, 2.0], vec![], vec![3.0], vec![0.1, 0.2, 0.3]], 0.4));
}

#[differentiate]
fn history(x: f64, rate: f64, steps: usize) -> f64 {
    let mut states = vec![vec![x, 1.0]];
    for k in 0..steps {
        let last = &states[k];
        let next = vec![last[1], last[1] - rate * last[0] * last[0]];
        states.push(next);
    }
    let mut sum = 0.0;
    for state in &states {
        sum += state[0] * state[1];
    }
    sum
}

#[test]
fn states_kept() {
    check!(history(0.5, 0.2, const 0), history(0.5, 0.2, const 6));
}

#[differentiate]
fn three_levels(t: &[Vec<Vec<f64>>]) -> f64 {
    t[0][1][0] * t[1][0][1] + t[1][0][0]
}

#[test]
fn three_levels_of_vec() {
    check!(three_levels(&vec![vec![vec![1.0], vec![2.0]], vec![vec![0.3, 0.4]]]));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_transposed_gradient_is_rejected() {
    let f = |m: &[f64]| quadratic_form(&[m[..2].to_vec(), m[2..].to_vec()], &[0.3, 1.1], &[0.7, -0.2]);
    let wrong = |_: &[f64]| vec![0.3 * 0.7, 1.1 * 0.7, -0.3 * 0.2, -1.1 * 0.2];
    check_gradient("quadratic_form", f, wrong, &[0.4, -1.2, 0.9, 2.1]);
}
