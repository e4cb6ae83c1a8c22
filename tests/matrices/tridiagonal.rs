//! `pullback::linalg::tridiagonal_solve`.

use pullback::{differentiate, linalg};

use crate::common::{check, check_rejects, check_vjp};

const LOWER: [f64; 3] = [0.4, -1.2, 0.9];
const DIAGONAL: [f64; 4] = [2.0, 3.1, -2.4, 1.8];
const UPPER: [f64; 3] = [0.7, 0.2, -0.6];
const RHS: [f64; 4] = [1.0, -0.5, 0.3, 2.2];

#[test]
fn the_solution_solves() {
    let x = linalg::tridiagonal_solve(&LOWER, &DIAGONAL, &UPPER, &RHS);
    for i in 0..4 {
        let mut sum = DIAGONAL[i] * x[i];
        if i > 0 {
            sum += LOWER[i - 1] * x[i - 1];
        }
        if i < 3 {
            sum += UPPER[i] * x[i + 1];
        }
        assert!((sum - RHS[i]).abs() < 1e-14);
    }
}

#[differentiate]
fn solved(lower: &[f64], diagonal: &[f64], upper: &[f64], rhs: &[f64]) -> Vec<f64> {
    linalg::tridiagonal_solve(lower, diagonal, upper, rhs)
}

#[test]
fn every_argument() {
    check_vjp!(solved(&LOWER, &DIAGONAL, &UPPER, &RHS));
    check_vjp!(solved(&[], &[2.0], &[], &[0.7]));
}

#[differentiate]
fn implicit_steps(u: &[f64], conductivity: f64, steps: usize) -> f64 {
    use pullback::linalg::tridiagonal_solve;
    let n = u.len();
    let off_diagonal = vec![-conductivity; n - 1];
    let diagonal = vec![1.0 + 2.0 * conductivity; n];
    let mut u = u.to_vec();
    for _ in 0..steps {
        u = tridiagonal_solve(&off_diagonal, &diagonal, &off_diagonal, &u);
    }
    u[0] * u[n - 1]
}

#[test]
fn in_a_loop_with_one_buffer_twice() {
    check!(implicit_steps(&RHS, 0.3, const 1), implicit_steps(&RHS, 0.3, const 4));
}

#[differentiate]
fn with_zeros(diagonal: &[f64], rhs: &[f64]) -> f64 {
    let x = pullback::linalg::tridiagonal_solve(&[1.0; 3], diagonal, &[0.0; 3], rhs);
    x[3] * x[0]
}

#[test]
fn by_its_full_path_with_constant_arguments() {
    check!(with_zeros(&DIAGONAL, &RHS));
}

#[test]
fn pivot_of_zero() {
    // Solvable, but not without an exchange of rows.
    check_vjp!(solved(&[1.5, 0.4], &[0.0, 0.7, 2.0], &[0.8, -0.3], &[1.0, -0.5, 0.3]));
}

#[test]
fn negative_control() {
    check_rejects!(implicit_steps(&RHS, 0.3, const 4));
}
