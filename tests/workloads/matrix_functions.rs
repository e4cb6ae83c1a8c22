//! E. Custom derivatives of matrix functions.

use nalgebra::{DMatrix, Dyn, LU};
use pullback::{custom_adjoint, differentiate};

use crate::assert_close;
use crate::common::{Case, Random, check, check_pullback};

/// (C (A + x B)⁻¹) at the last row and column.
#[differentiate]
fn ftest(x: f64, a: &DMatrix<f64>, b: &DMatrix<f64>, c: &DMatrix<f64>) -> f64 {
    let n = a.nrows();
    let inverse = (a + b * x).try_inverse().unwrap();
    (c * inverse)[(n - 1, n - 1)]
}

/// The same by a solve.
#[differentiate]
fn ftest_by_solve(x: f64, a: &DMatrix<f64>, b: &DMatrix<f64>, c: &DMatrix<f64>) -> f64 {
    let n = a.nrows();
    let m = a + b * x;
    let transposed = m.transpose().lu().solve(&c.transpose()).unwrap();
    transposed.transpose()[(n - 1, n - 1)]
}

#[custom_adjoint(forward = inverse_forward, reverse = inverse_reverse, tangent = inverse_tangent)]
fn inverse(a: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().try_inverse().unwrap()
}

fn inverse_forward(a: &DMatrix<f64>) -> (DMatrix<f64>, DMatrix<f64>) {
    let inverse = inverse(a);
    (inverse.clone(), inverse)
}

/// −A⁻ᵀ Ȳ A⁻ᵀ.
fn inverse_reverse(inverse: DMatrix<f64>, _a: &DMatrix<f64>, seed: DMatrix<f64>) -> DMatrix<f64> {
    let transposed = inverse.transpose();
    -(&transposed * seed * &transposed)
}

/// The Fréchet derivative −A⁻¹ Δ A⁻¹, by two solves with one factorisation.
fn inverse_tangent(a: &DMatrix<f64>, delta: &DMatrix<f64>) -> (DMatrix<f64>, DMatrix<f64>) {
    let lu = a.clone().lu();
    let inverse = lu.try_inverse().unwrap();
    let tangent = -frechet(&lu, delta);
    (inverse, tangent)
}

/// A⁻¹ Δ A⁻¹.
fn frechet(lu: &LU<f64, Dyn, Dyn>, delta: &DMatrix<f64>) -> DMatrix<f64> {
    lu.solve(&(delta * lu.try_inverse().unwrap())).unwrap()
}

#[differentiate]
fn ftest_by_custom_adjoint(x: f64, a: &DMatrix<f64>, b: &DMatrix<f64>, c: &DMatrix<f64>) -> f64 {
    let n = a.nrows();
    (c * inverse(&(a + b * x)))[(n - 1, n - 1)]
}

fn data(n: usize) -> [DMatrix<f64>; 3] {
    let mut random = Random::new(13);
    let mut matrix = || DMatrix::from_fn(n, n, |_, _| random.uniform(-0.5, 0.5));
    let a = matrix() + DMatrix::identity(n, n) * (n as f64).sqrt();
    [a, matrix(), matrix()]
}

#[test]
fn the_derivative_is_the_frechet_derivative() {
    let [a, b, c] = data(40);
    for x in [0.0, 0.3, -0.8] {
        let lu = (&a + &b * x).lu();
        let expected = -(&c * frechet(&lu, &b))[(39, 39)];
        let (value, gradient) = ftest::value_and_grad(x, &a, &b, &c);
        assert_eq!(value, ftest(x, &a, &b, &c));
        assert_close(&[gradient.0], &[expected], 1e-11);
        assert_close(&[ftest_by_solve_grad(x, &a, &b, &c).0], &[expected], 1e-11);
        assert_close(&[ftest_by_custom_adjoint_grad(x, &a, &b, &c).0], &[expected], 1e-11);
        assert_close(
            &[inverse_tangent(&(&a + &b * x), &b).1.component_mul(&c).sum()],
            &[{
                let y = (&a + &b * x).try_inverse().unwrap();
                -(&y * &b * &y).component_mul(&c).sum()
            }],
            1e-11,
        );
    }
}

#[test]
fn the_gradients_in_the_matrices() {
    let [a, b, c] = data(40);
    let x = 0.3;
    let y = (&a + &b * x).try_inverse().unwrap();
    let mut seed = DMatrix::zeros(40, 40);
    seed[(39, 39)] = 1.0;
    let c_bar = &seed * y.transpose();
    let a_bar = -(y.transpose() * c.transpose() * &seed * y.transpose());
    let b_bar = &a_bar * x;

    for gradient in [
        ftest_grad(x, &a, &b, &c),
        ftest_by_solve_grad(x, &a, &b, &c),
        ftest_by_custom_adjoint_grad(x, &a, &b, &c),
    ] {
        assert_close(gradient.1.as_slice(), a_bar.as_slice(), 1e-10);
        assert_close(gradient.2.as_slice(), b_bar.as_slice(), 1e-10);
        assert_close(gradient.3.as_slice(), c_bar.as_slice(), 1e-10);
    }
}

#[test]
fn full_size_against_differences() {
    let [a, b, c] = data(40);
    for x in [0.3, -0.8] {
        let case = Case::new("ftest", (x,), |(x,): &mut (f64,)| ftest(*x, &a, &b, &c));
        case.grad(&|(x,)| ftest_grad(*x, &a, &b, &c).0);
        case.grad(&|(x,)| ftest_by_solve_grad(*x, &a, &b, &c).0);
        case.grad(&|(x,)| ftest_by_custom_adjoint_grad(*x, &a, &b, &c).0);
    }
    // Along random directions of A.
    let at = |entries: &[f64]| ftest(0.3, &DMatrix::from_column_slice(40, 40, entries), &b, &c);
    let vjp = |entries: &[f64], seed: &[f64]| {
        let a = DMatrix::from_column_slice(40, 40, entries);
        let (value, pullback) = ftest::vjp(0.3, &a, &b, &c);
        (vec![value], pullback(seed[0]).1.as_slice().to_vec())
    };
    check_pullback("ftest", |entries| vec![at(entries)], vjp, a.as_slice());
}

#[test]
fn small_size_against_differences() {
    let d = || data(4);
    let [a, b, c] = d();
    check!(ftest(0.3, &a, &b, &c));
    let [a, b, c] = d();
    check!(ftest_by_solve(0.3, &a, &b, &c));
    let [a, b, c] = d();
    check!(ftest_by_custom_adjoint(0.3, &a, &b, &c));
}

/// G(Δ) = (F(Δᵀ))ᵀ: the adjoint from the Fréchet derivative.
#[test]
fn the_adjoint_is_the_frechet_derivative_transposed() {
    let [a, delta, _] = data(6);
    let (_, pullback) = {
        #[differentiate]
        fn inverted(a: &DMatrix<f64>) -> DMatrix<f64> {
            inverse(a)
        }
        inverted::vjp(&a)
    };
    let adjoint = pullback(delta.clone());
    let (_, tangent) = inverse_tangent(&a, &delta.transpose());
    assert_close(adjoint.as_slice(), tangent.transpose().as_slice(), 1e-12);
}

#[custom_adjoint(mixed_up_adjoint)]
fn mixed_up(a: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().try_inverse().unwrap()
}

/// The tangent in the place of the adjoint.
fn mixed_up_adjoint(_a: &DMatrix<f64>, value: &DMatrix<f64>, seed: DMatrix<f64>) -> DMatrix<f64> {
    -(value * seed * value)
}

#[differentiate]
fn ftest_mixed_up(x: f64, a: &DMatrix<f64>, b: &DMatrix<f64>, c: &DMatrix<f64>) -> f64 {
    let n = a.nrows();
    (c * mixed_up(&(a + b * x)))[(n - 1, n - 1)]
}

#[test]
#[should_panic(expected = "by differences")]
fn tangent_and_adjoint_mixed_up_are_noticed() {
    let [a, b, c] = data(4);
    check!(ftest_mixed_up(0.3, &a, &b, &c));
}
