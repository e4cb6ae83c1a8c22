//! The rule of `try_inverse`.

#[macro_use]
mod common;

use ad_runtime::generated::{self as ad, rules::*};
use common::{ORDERS, Random};
use nalgebra::{Matrix2, Matrix3};

#[test]
fn dynamic_dimensions() {
    let random = &mut Random::new(1);
    for order in ORDERS {
        let a = &random.regular(order);
        check_unary!(random, a, try_inverse, try_inverse__forward, try_inverse__reverse);
    }
}

#[test]
fn static_dimensions() {
    let random = &mut Random::new(2);
    let a = &Matrix3::new(0.1, 2.0, 0.3, 3.0, 0.2, 0.5, 0.4, 0.1, 2.5);
    check_unary!(random, a, try_inverse, try_inverse__forward, try_inverse__reverse);
}

#[test]
fn a_singular_matrix_has_no_derivative() {
    let a = Matrix2::new(1.0, 2.0, 2.0, 4.0);
    let (inverse, back) = a.try_inverse__forward();
    assert_eq!(inverse, None);
    let mut a_bar = Matrix2::zeros();
    a.try_inverse__reverse(back, &mut a_bar, ad::zero(&inverse));
    assert_eq!(a_bar, Matrix2::zeros());
}
