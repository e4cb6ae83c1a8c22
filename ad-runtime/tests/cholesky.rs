//! The rules of Cholesky.

mod common;

use ad_runtime::generated::{self as ad, rules::*};
use common::{ORDERS, Random, check};
use nalgebra::linalg::Cholesky;
use nalgebra::{DMatrix, Dyn, Matrix2, Matrix3, Vector2};

/// The rule of `f` after `cholesky`, on matrices whose entries move independently: the factorisation reads the lower
/// triangle only.
fn check_after<Y>(
    random: &mut Random,
    a: &DMatrix<f64>,
    f: impl Fn(&Cholesky<f64, Dyn>) -> Y,
    reverse: impl Fn(&Cholesky<f64, Dyn>, Y::Cotangent, &mut DMatrix<f64>),
) where
    Y: ad::Differentiable<Cotangent: ad::Perturb> + ad::Perturb,
{
    check(
        random,
        a,
        |a| f(&a.clone().cholesky().expect("positive definite")),
        |a, seed, a_bar| {
            let (cholesky, back) = a.cholesky__forward();
            let cholesky = cholesky.expect("positive definite");
            let mut cholesky_bar = ad::zero(&cholesky);
            reverse(&cholesky, seed, &mut cholesky_bar);
            a.cholesky__reverse(back, a_bar, Some(cholesky_bar));
        },
    );
}

#[test]
fn solves() {
    let random = &mut Random::new(1);
    for order in ORDERS {
        for columns in [1, 3, 8] {
            let pair = &(random.positive(order), random.matrix(order, columns));
            check(
                random,
                pair,
                |(a, b)| a.clone().cholesky().map(|cholesky| cholesky.solve(b)),
                |(a, b), seed, (a_bar, b_bar)| {
                    let (cholesky, back) = a.cholesky__forward();
                    let cholesky = cholesky.expect("positive definite");
                    let (x, x_back) = cholesky.solve__forward(b);
                    assert_eq!(x, cholesky.solve(b));
                    let mut cholesky_bar = ad::zero(&cholesky);
                    cholesky.solve__reverse(
                        x_back,
                        &mut cholesky_bar,
                        b,
                        b_bar,
                        seed.expect("of the variant"),
                    );
                    a.cholesky__reverse(back, a_bar, Some(cholesky_bar));
                },
            );
        }
    }
}

#[test]
fn inverses() {
    let random = &mut Random::new(2);
    for order in ORDERS {
        let a = &random.positive(order);
        check_after(random, a, Cholesky::inverse, |cholesky, seed, bar| {
            let (y, back) = cholesky.inverse__forward();
            assert_eq!(y, cholesky.inverse());
            cholesky.inverse__reverse(back, bar, seed);
        });
    }
}

#[test]
fn determinants() {
    let random = &mut Random::new(3);
    for order in ORDERS {
        let a = &random.positive(order);
        check_after(random, a, Cholesky::determinant, |cholesky, seed, bar| {
            let (y, back) = cholesky.determinant__forward();
            assert_eq!(y, cholesky.determinant());
            cholesky.determinant__reverse(back, bar, seed);
        });
        check_after(random, a, Cholesky::ln_determinant, |cholesky, seed, bar| {
            let (y, back) = cholesky.ln_determinant__forward();
            assert_eq!(y, cholesky.ln_determinant());
            cholesky.ln_determinant__reverse(back, bar, seed);
        });
    }
}

#[test]
fn factors() {
    let random = &mut Random::new(4);
    for order in ORDERS {
        let a = &random.positive(order);
        check_after(random, a, Cholesky::l, |cholesky, seed, bar| {
            let (y, back) = cholesky.l__forward();
            assert_eq!(y, cholesky.l());
            cholesky.l__reverse(back, bar, seed);
        });
        check_after(
            random,
            a,
            |cholesky| cholesky.clone().unpack(),
            |cholesky, seed, bar| {
                let (y, back) = cholesky.unpack__forward();
                assert_eq!(y, cholesky.clone().unpack());
                cholesky.unpack__reverse(back, bar, seed);
            },
        );
    }
}

#[test]
fn static_dimensions() {
    let random = &mut Random::new(5);
    let pair = &(Matrix3::new(4.0, 1.0, 0.5, 1.0, 3.0, 0.2, 0.5, 0.2, 2.0), random.fixed::<3, 1>());
    check(
        random,
        pair,
        |(a, b)| a.cholesky().map(|cholesky| cholesky.solve(b)),
        |(a, b), seed, (a_bar, b_bar)| {
            let (cholesky, back) = a.cholesky__forward();
            let cholesky = cholesky.expect("positive definite");
            let (_, x_back) = cholesky.solve__forward(b);
            let mut cholesky_bar = ad::zero(&cholesky);
            cholesky.solve__reverse(x_back, &mut cholesky_bar, b, b_bar, seed.expect("of the variant"));
            a.cholesky__reverse(back, a_bar, Some(cholesky_bar));
        },
    );
}

#[test]
fn the_upper_triangle_is_not_read() {
    let a = Matrix2::new(4.0, 1.0, 1.0, 3.0);
    let (cholesky, back) = a.cholesky__forward();
    let cholesky = cholesky.expect("positive definite");
    let mut a_bar = Matrix2::zeros();
    a.cholesky__reverse(back, &mut a_bar, Some(cholesky.inverse()));
    assert_eq!(a_bar[(0, 1)], 0.0);
    assert!(a_bar[(1, 0)] != 0.0);
}

#[test]
fn an_indefinite_matrix_has_no_derivative() {
    let a = Matrix2::new(1.0, 2.0, 2.0, 1.0);
    let (cholesky, back) = a.cholesky__forward();
    assert!(cholesky.is_none());
    let mut a_bar = Matrix2::zeros();
    a.cholesky__reverse(back, &mut a_bar, ad::zero(&cholesky));
    assert_eq!(a_bar, Matrix2::zeros());
}

#[test]
fn single_precision_and_constants() {
    let a = Matrix2::new(4.0_f32, 0.0, 0.0, 2.0);
    let b = Vector2::new(4.0_f32, 2.0);
    let cholesky = a.cholesky__forward().0.expect("positive definite");
    let (x, back) = cholesky.solve__forward(&b);
    let mut b_bar = ad::zero(&b);
    cholesky.solve__reverse(back, &mut (), &b, &mut b_bar, x);
    assert!((b_bar - Vector2::new(0.25, 0.5)).norm() < 1e-6);
}
