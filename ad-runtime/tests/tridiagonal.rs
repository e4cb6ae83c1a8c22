//! The rules of `linalg::tridiagonal_solve`.

mod common;

use ad_runtime::linalg::tridiagonal_solve;
use common::{Random, check};
use nalgebra::{DMatrix, DVector};

type System = (Vec<f64>, Vec<f64>, Vec<f64>, Vec<f64>);

fn dense((lower, diag, upper, _): &System) -> DMatrix<f64> {
    let order = diag.len();
    DMatrix::from_fn(order, order, |i, j| match (i, j) {
        _ if i == j => diag[i],
        _ if i == j + 1 => lower[j],
        _ if j == i + 1 => upper[i],
        _ => 0.0,
    })
}

fn solve((lower, diag, upper, rhs): &System) -> Vec<f64> {
    tridiagonal_solve(lower, diag, upper, rhs)
}

/// A system in which `diagonal` says how large the diagonal is. A small one makes every step swap rows.
fn system(random: &mut Random, order: usize, diagonal: f64) -> System {
    let mut band = |length: usize| (0..length).map(|_| random.away_from_zero()).collect::<Vec<_>>();
    let (lower, diag, upper, rhs) = (band(order - 1), band(order), band(order - 1), band(order));
    (lower, diag.iter().map(|entry| entry * diagonal).collect(), upper, rhs)
}

#[test]
fn the_solution_is_that_of_the_dense_system() {
    let random = &mut Random::new(1);
    for order in 1..=12 {
        for diagonal in [4.0, 1.0, 0.1] {
            let system = system(random, order, diagonal);
            let matrix = dense(&system);
            if matrix.clone().try_inverse().is_none_or(|inverse| inverse.norm() > 1e3) {
                continue;
            }
            let x = DVector::from_vec(solve(&system));
            let residual = matrix * &x - DVector::from_vec(system.3.clone());
            assert!(residual.norm() <= 1e-12 * (1.0 + x.norm()), "residual {residual} at {system:?}");
        }
    }
}

#[test]
fn dot_product_test() {
    let random = &mut Random::new(2);
    let mut swaps = 0;
    for order in 1..=12 {
        for diagonal in [4.0, 1.0, 0.3] {
            let system = system(random, order, diagonal);
            if dense(&system).try_inverse().is_none_or(|inverse| inverse.norm() > 10.0) {
                continue;
            }
            swaps += usize::from(order > 1 && system.1[0].abs() < system.0[0].abs());
            check(
                random,
                &system,
                solve,
                |(lower, diag, upper, rhs), seed, (lower_bar, diag_bar, upper_bar, rhs_bar)| {
                    let (x, back) = tridiagonal_solve::__forward(lower, diag, upper, rhs);
                    assert_eq!(x, tridiagonal_solve(lower, diag, upper, rhs));
                    tridiagonal_solve::__reverse(
                        back, lower, lower_bar, diag, diag_bar, upper, upper_bar, rhs, rhs_bar, seed,
                    );
                },
            );
        }
    }
    assert!(swaps > 3, "rows were swapped in {swaps} systems only");
}

#[test]
fn a_zero_on_the_diagonal_is_no_obstacle() {
    // 0 1     x      2
    // 1 0  ·  y  =   3
    assert_eq!(tridiagonal_solve(&[1.0], &[0.0, 0.0], &[1.0], &[2.0, 3.0]), [3.0, 2.0]);
}

#[test]
fn the_empty_system() {
    let (x, back) = tridiagonal_solve::__forward(&[], &[], &[], &[]);
    assert!(x.is_empty());
    tridiagonal_solve::__reverse(back, &[], &mut [], &[], &mut [], &[], &mut [], &[], &mut [], vec![]);
}

#[test]
#[should_panic(expected = "`upper` has length 3, it must have length 2 beside `diag` of length 3")]
fn a_wrong_length() {
    let _ = tridiagonal_solve(&[1.0; 2], &[1.0; 3], &[1.0; 3], &[1.0; 3]);
}

#[test]
#[should_panic(expected = "the matrix is singular, pivot 1 is zero")]
fn a_singular_matrix() {
    let _ = tridiagonal_solve(&[1.0], &[1.0, 1.0], &[1.0], &[1.0, 1.0]);
}
