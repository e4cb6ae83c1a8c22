//! The rules of LU.

#[macro_use]
mod common;

use ad_runtime::generated::{self as ad, rules::*};
use common::{ORDERS, Random, check};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Vector2};

#[test]
fn solves() {
    let random = &mut Random::new(1);
    for order in ORDERS {
        for columns in [1, 3, 8] {
            let pair = &(random.regular(order), random.matrix(order, columns));
            check(
                random,
                pair,
                |(a, b)| a.clone().lu().solve(b),
                |(a, b), seed, (a_bar, b_bar)| {
                    let (lu, lu_back) = a.lu__forward();
                    let (x, x_back) = lu.solve__forward(b);
                    assert_eq!(x, a.clone().lu().solve(b));
                    let mut lu_bar = ad::zero(&lu);
                    lu.solve__reverse(x_back, &mut lu_bar, b, b_bar, seed);
                    a.lu__reverse(lu_back, a_bar, lu_bar);
                },
            );
        }
    }
}

#[test]
fn solves_of_static_dimensions() {
    let random = &mut Random::new(2);
    let pair = &(Matrix3::new(0.1, 2.0, 0.3, 3.0, 0.2, 0.5, 0.4, 0.1, 2.5), random.fixed::<3, 2>());
    check(
        random,
        pair,
        |(a, b)| a.lu().solve(b),
        |(a, b), seed, (a_bar, b_bar)| {
            let (lu, lu_back) = a.lu__forward();
            let (_, x_back) = lu.solve__forward(b);
            let mut lu_bar = ad::zero(&lu);
            lu.solve__reverse(x_back, &mut lu_bar, b, b_bar, seed);
            a.lu__reverse(lu_back, a_bar, lu_bar);
        },
    );
}

/// Two solves share one factorisation, and the shadow of the factors collects both.
#[test]
fn two_solves_with_one_factorisation() {
    let random = &mut Random::new(3);
    let pair = &(random.regular(5), random.vector(5));
    check(
        random,
        pair,
        |(a, b)| {
            let lu = a.clone().lu();
            lu.solve(b).and_then(|x| lu.solve(&x))
        },
        |(a, b), seed, (a_bar, b_bar)| {
            let (lu, lu_back) = a.lu__forward();
            let (x, x_back) = lu.solve__forward(b);
            let x = x.expect("regular");
            let (_, y_back) = lu.solve__forward(&x);
            let (mut lu_bar, mut x_bar) = (ad::zero(&lu), ad::zero(&x));
            lu.solve__reverse(y_back, &mut lu_bar, &x, &mut x_bar, seed);
            lu.solve__reverse(x_back, &mut lu_bar, b, b_bar, Some(x_bar));
            a.lu__reverse(lu_back, a_bar, lu_bar);
        },
    );
}

#[test]
fn inverses_and_determinants() {
    let random = &mut Random::new(4);
    for order in ORDERS {
        let a = &random.regular(order);
        check(
            random,
            a,
            |a| a.clone().lu().try_inverse(),
            |a, seed, a_bar| {
                let (lu, _) = a.lu__forward();
                let (y, back) = lu.try_inverse__forward();
                assert_eq!(y, lu.try_inverse());
                lu.try_inverse__reverse(back, a_bar, seed);
            },
        );
        check(
            random,
            a,
            |a| a.clone().lu().determinant(),
            |a, seed, a_bar| {
                let (lu, _) = a.lu__forward();
                let (d, back) = lu.determinant__forward();
                assert_eq!(d, lu.determinant());
                lu.determinant__reverse(back, a_bar, seed);
            },
        );
    }
}

#[test]
fn factors() {
    let random = &mut Random::new(5);
    for order in ORDERS {
        let a = &random.regular(order);
        check(
            random,
            a,
            |a| a.clone().lu().u(),
            |a, seed, a_bar| {
                let (lu, _) = a.lu__forward();
                let (factor, back) = lu.u__forward();
                assert_eq!(factor, lu.u());
                lu.u__reverse(back, a_bar, seed);
            },
        );
        // the factor of a number is constant
        if order > 1 {
            check(
                random,
                a,
                |a| a.clone().lu().l(),
                |a, seed, a_bar| {
                    let (lu, _) = a.lu__forward();
                    let (factor, back) = lu.l__forward();
                    assert_eq!(factor, lu.l());
                    lu.l__reverse(back, a_bar, seed);
                },
            );
        }
    }
}

#[test]
fn a_singular_matrix_has_no_derivative() {
    let a = Matrix2::new(1.0, 2.0, 2.0, 4.0);
    let b = Vector2::new(1.0, 1.0);
    let (lu, _) = a.lu__forward();
    assert!(!lu.is_invertible__forward().0);
    let (x, back) = lu.solve__forward(&b);
    assert_eq!(x, None);
    let (mut lu_bar, mut b_bar) = (ad::zero(&lu), ad::zero(&b));
    lu.solve__reverse(back, &mut lu_bar, &b, &mut b_bar, ad::zero(&x));
    lu.is_invertible__reverse((), &mut lu_bar, ());
    assert_eq!((lu_bar, b_bar), (Matrix2::zeros(), Vector2::zeros()));
}

#[test]
fn single_precision_and_constants() {
    let a = DMatrix::from_row_slice(2, 2, &[2.0_f32, 0.0, 0.0, 4.0]);
    let b = DVector::from_vec(vec![2.0_f32, 4.0]);
    let (lu, lu_back) = a.lu__forward();
    let (x, x_back) = lu.solve__forward(&b);
    let mut b_bar = ad::zero(&b);
    lu.solve__reverse(x_back, &mut (), &b, &mut b_bar, x);
    a.lu__reverse(lu_back, &mut (), ad::zero(&lu));
    assert_eq!(b_bar, DVector::from_vec(vec![0.5, 0.25]));
    ad::check_shadow("lu", &lu, &ad::zero(&lu));
}
