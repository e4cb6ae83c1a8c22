//! `#[custom_adjoint(forward = …, reverse = …)]`: the halves share work.

use pullback::{custom_adjoint, differentiate};

use crate::common::{check, check_rejects, check_vjp};

#[custom_adjoint(forward = root_forward, reverse = root_reverse)]
fn root(target: f64) -> f64 {
    let mut x = 1.0;
    for _ in 0..50 {
        x -= (x * x * x + x - target) / (3.0 * x * x + 1.0);
    }
    x
}

/// Keeps the slope at the solution.
fn root_forward(target: f64) -> (f64, f64) {
    let x = root(target);
    (x, 3.0 * x * x + 1.0)
}

fn root_reverse(slope: f64, _target: f64, seed: f64) -> f64 {
    seed / slope
}

#[differentiate]
fn of_an_implicit_function(a: f64, b: f64) -> f64 {
    root(a * b) * b + root(a)
}

#[test]
fn implicit_function() {
    check!(of_an_implicit_function(0.7, 1.9));
}

struct Factors {
    pivots: Vec<f64>,
    multipliers: Vec<f64>,
}

fn factor(diagonal: &[f64], off_diagonal: &[f64]) -> Factors {
    let mut pivots = diagonal.to_vec();
    let mut multipliers = Vec::new();
    for i in 1..pivots.len() {
        multipliers.push(off_diagonal[i - 1] / pivots[i - 1]);
        pivots[i] -= multipliers[i - 1] * off_diagonal[i - 1];
    }
    Factors { pivots, multipliers }
}

fn substitute(factors: &Factors, rhs: &[f64]) -> Vec<f64> {
    let mut x = rhs.to_vec();
    for i in 1..x.len() {
        x[i] -= factors.multipliers[i - 1] * x[i - 1];
    }
    for i in 0..x.len() {
        x[i] /= factors.pivots[i];
    }
    for i in (1..x.len()).rev() {
        x[i - 1] -= factors.multipliers[i - 1] * x[i];
    }
    x
}

/// Solves a symmetric tridiagonal system.
#[custom_adjoint(forward = solve_forward, reverse = solve_reverse)]
fn solve(diagonal: &[f64], off_diagonal: &[f64], rhs: &[f64]) -> Vec<f64> {
    substitute(&factor(diagonal, off_diagonal), rhs)
}

fn solve_forward(diagonal: &[f64], off_diagonal: &[f64], rhs: &[f64]) -> (Vec<f64>, (Factors, Vec<f64>)) {
    let factors = factor(diagonal, off_diagonal);
    let x = substitute(&factors, rhs);
    (x.clone(), (factors, x))
}

fn solve_reverse(
    (factors, x): (Factors, Vec<f64>),
    _diagonal: &[f64],
    _off_diagonal: &[f64],
    _rhs: &[f64],
    seed: Vec<f64>,
) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let rhs_bar = substitute(&factors, &seed);
    let diagonal_bar = x.iter().zip(&rhs_bar).map(|(x, b)| -x * b).collect();
    let off_diagonal_bar = (1..x.len()).map(|i| -x[i] * rhs_bar[i - 1] - x[i - 1] * rhs_bar[i]).collect();
    (diagonal_bar, off_diagonal_bar, rhs_bar)
}

#[differentiate]
fn diffusion(conductivity: &[f64], u: &[f64], steps: usize) -> Vec<f64> {
    let n = u.len();
    let mut u = u.to_vec();
    let mut diagonal = vec![1.0; n];
    let mut off_diagonal = vec![0.0; n - 1];
    for i in 0..n - 1 {
        off_diagonal[i] = -conductivity[i] * conductivity[i];
        diagonal[i] -= off_diagonal[i];
        diagonal[i + 1] -= off_diagonal[i];
    }
    for _ in 0..steps {
        u = solve(&diagonal, &off_diagonal, &u);
    }
    u
}

#[test]
fn factorisation_shared() {
    check_vjp!(diffusion(&[0.4, 0.9], &[1.0, -0.3, 0.6], const 1));
}

#[test]
fn factorisation_shared_in_a_loop() {
    check_vjp!(diffusion(&[0.4, 0.9, 0.7], &[1.0, -0.3, 0.6, 0.2], const 4));
}

#[custom_adjoint(forward = marked_forward, reverse = marked_reverse)]
fn marked(x: f64) -> f64 {
    x
}

fn marked_forward(x: f64) -> (f64, u32) {
    (x, 7)
}

fn marked_reverse(saved: u32, x: f64, seed: f64) -> f64 {
    f64::from(saved) * x * seed
}

#[differentiate]
fn of_a_marked(x: f64) -> f64 {
    10.0 * marked(2.0 * x)
}

#[test]
fn what_is_saved_arrives() {
    assert_eq!(of_a_marked::value_and_grad(3.0), (60.0, 10.0 * 7.0 * 6.0 * 2.0));
}

#[test]
fn negative_control() {
    check_rejects!(of_an_implicit_function(0.7, 1.9));
}
