//! The rule of `determinant`.

#[macro_use]
mod common;

use ad_runtime::generated::rules::*;
use common::{ORDERS, Random};
use nalgebra::{DMatrix, Matrix4};

#[test]
fn dynamic_dimensions() {
    let random = &mut Random::new(1);
    for order in ORDERS {
        let a = &random.matrix(order, order);
        check_unary!(random, a, determinant, determinant__forward, determinant__reverse);
    }
}

#[test]
fn static_dimensions() {
    let random = &mut Random::new(2);
    let a = &random.fixed::<2, 2>();
    check_unary!(random, a, determinant, determinant__forward, determinant__reverse);
    let a = &random.fixed::<3, 3>();
    check_unary!(random, a, determinant, determinant__forward, determinant__reverse);
    let a = &random.fixed::<5, 5>();
    check_unary!(random, a, determinant, determinant__forward, determinant__reverse);
}

/// The determinants of all minors, with their signs.
fn cofactors(a: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
        let sign = if (i + j) % 2 == 0 { 1.0 } else { -1.0 };
        sign * a.clone().remove_row(i).remove_column(j).determinant()
    })
}

fn assert_gradient_is_cofactors(a: &DMatrix<f64>) {
    let (_, back) = a.determinant__forward();
    let mut a_bar = DMatrix::zeros(a.nrows(), a.ncols());
    a.determinant__reverse(back, &mut a_bar, 1.0);
    let expected = cofactors(a);
    let error = (&a_bar - &expected).amax();
    assert!(error <= 1e-12 * (1.0 + expected.amax()), "{a_bar} is not {expected}");
}

#[test]
fn the_gradient_at_a_singular_matrix_is_the_cofactor_matrix() {
    let random = &mut Random::new(3);
    for order in [2, 3, 4, 5, 8] {
        // a zero row, a zero column, two equal rows: elimination meets an exact zero
        for (i, j) in [(0, 0), (order - 1, 0), (0, order - 1), (order / 2, order - 1)] {
            let mut a = random.matrix(order, order);
            a.row_mut(i).fill(0.0);
            assert_gradient_is_cofactors(&a);
            let mut a = random.matrix(order, order);
            a.column_mut(j).fill(0.0);
            assert_gradient_is_cofactors(&a);
            let mut a = random.matrix(order, order);
            let row = a.row(i).clone_owned();
            a.set_row((i + 1) % order, &row);
            assert_gradient_is_cofactors(&a);
        }
        // of rank n - 2
        let mut a = random.matrix(order, order);
        a.row_mut(0).fill(0.0);
        a.row_mut(1).fill(0.0);
        assert_gradient_is_cofactors(&a);
        assert_gradient_is_cofactors(&DMatrix::zeros(order, order));
    }
}

#[test]
fn the_factors_of_a_singular_matrix_know_it_too() {
    let mut a = Random::new(4).matrix(5, 5);
    a.row_mut(3).fill(0.0);
    let (lu, _) = a.lu__forward();
    let mut lu_bar = DMatrix::zeros(5, 5);
    lu.determinant__reverse((), &mut lu_bar, 1.0);
    assert!((lu_bar - cofactors(&a)).amax() < 1e-12);
}

#[test]
fn a_matrix_that_is_singular_up_to_rounding() {
    let random = &mut Random::new(5);
    let tall = random.matrix(6, 5);
    assert_gradient_is_cofactors(&(&tall * random.matrix(5, 6)));
    let thin = random.matrix(6, 3);
    assert_gradient_is_cofactors(&(&thin * random.matrix(3, 6)));
}

#[test]
fn constants() {
    let a = Matrix4::<f32>::identity();
    let (d, back) = a.determinant__forward();
    assert_eq!(d, 1.0);
    a.determinant__reverse(back, &mut (), 1.0);
}
