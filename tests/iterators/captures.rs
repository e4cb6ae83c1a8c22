use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn scaled_and_shifted(x: &[f64], scale: f64, shift: f64) -> f64 {
    let slope = scale * scale;
    x.iter().map(|v| (slope * v + shift).tanh()).sum()
}

#[test]
fn of_scalars() {
    check!(scaled_and_shifted(&[0.6, 1.4, -0.5], 0.8, 0.3));
}

#[differentiate]
fn looked_up(x: &[f64], table: &[f64], indices: &[usize]) -> f64 {
    let squares: Vec<f64> = table.iter().map(|t| t * t).collect();
    x.iter().zip(indices).map(|(v, &i)| v * squares[i] + table[i]).sum()
}

#[test]
fn of_vectors() {
    check!(looked_up(&[0.6, 1.4, -0.5], &[1.1, 0.9], const &[1, 0, 1]));
}

#[differentiate]
fn quadratic_form(matrix: &[[f64; 2]; 2], x: &[f64; 2]) -> f64 {
    (0..2).map(|i| (0..2).map(|j| matrix[i][j] * x[j]).sum::<f64>() * x[i]).sum()
}

#[test]
fn through_two_levels() {
    check!(quadratic_form(&[[0.6, 1.4], [-0.5, 0.8]], &[1.1, 0.9]));
}

#[differentiate]
fn moved(x: &[f64], s: f64) -> f64 {
    let factors: Vec<f64> = (1..3).map(|k| s.powi(k)).collect();
    x.iter().enumerate().map(move |(i, v)| v * factors[i % 2]).map(|v| v * v).sum()
}

#[test]
fn by_move() {
    check!(moved(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn with_a_counter(x: &[f64], s: f64) -> f64 {
    let mut previous = s;
    x.iter()
        .map(|v| {
            let product = previous * v;
            previous = v + s;
            product
        })
        .sum()
}

#[test]
fn mutable() {
    check!(with_a_counter(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn with_blocks(x: &[f64], limit: f64) -> f64 {
    x.iter()
        .map(|&v| {
            if v < 0.0 {
                return v * limit;
            }
            let mut y = v;
            for _ in 0..2 {
                y = y.sin() * limit;
            }
            match y {
                y if y > 0.5 => y * y,
                y => y,
            }
        })
        .sum()
}

#[test]
fn in_bodies_with_control_flow() {
    check!(with_blocks(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[differentiate]
fn layer(weights: &[f64], inputs: &[f64]) -> f64 {
    let first: f64 = weights.iter().zip(inputs).map(|(w, x)| logistic(w * x)).sum();
    first * inputs.iter().copied().map(logistic).product::<f64>()
}

#[test]
fn and_calls() {
    check!(layer(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7]));
}

#[test]
fn negative_control() {
    check_rejects!(scaled_and_shifted(&[0.6, 1.4, -0.5], 0.8, 0.3), with_a_counter(&[0.6, 1.4], 0.8));
}
