//! The rules of operators on matrices.

mod common;

use ad_runtime::generated::ops;
use common::{Random, SHAPES, check};
use nalgebra::{DMatrix, Dyn, Matrix, Matrix2x3, Matrix3, OMatrix, RowVector3, U3, Vector2, Vector3};

/// A binary operator on the pair `$pair`, and its two rules.
macro_rules! check_operator {
    ($random:expr, $pair:expr, $operator:tt, $lhs:ident, $rhs:ident) => {
        check(
            $random,
            $pair,
            |(a, b)| a $operator b,
            |(a, b), out_bar, (a_bar, b_bar)| {
                ops::$lhs(a, b, &out_bar, a_bar);
                ops::$rhs(a, b, &out_bar, b_bar);
            },
        )
    };
}

#[test]
fn sums_and_differences() {
    let random = &mut Random::new(1);
    for (rows, columns) in SHAPES {
        let pair = &(random.matrix(rows, columns), random.matrix(rows, columns));
        check_operator!(random, pair, +, add_lhs, add_rhs);
        check_operator!(random, pair, -, sub_lhs, sub_rhs);
        check(random, &pair.0, |a| -a, |a, out_bar, a_bar| ops::neg_lhs(a, &out_bar, a_bar));
    }
    let pair = &(random.fixed::<2, 3>(), random.fixed::<2, 3>());
    check_operator!(random, pair, +, add_lhs, add_rhs);
    check_operator!(random, pair, -, sub_lhs, sub_rhs);
    check(random, &pair.0, |a| -a, |a, out_bar, a_bar| ops::neg_lhs(a, &out_bar, a_bar));
    // static and dynamic dimensions together
    let pair = &(random.vector(3), Vector3::new(1.0, 2.0, 3.0));
    check_operator!(random, pair, +, add_lhs, add_rhs);
    check_operator!(random, pair, -, sub_lhs, sub_rhs);
}

#[test]
fn products() {
    let random = &mut Random::new(2);
    for (rows, columns) in SHAPES {
        for inner in [1, 2, 6, 11] {
            let pair = &(random.matrix(rows, inner), random.matrix(inner, columns));
            check_operator!(random, pair, *, mul_lhs, mul_rhs);
        }
        let pair = &(random.matrix(rows, columns), random.vector(columns));
        check_operator!(random, pair, *, mul_lhs, mul_rhs);
        let pair = &(random.vector(rows).transpose(), random.matrix(rows, columns));
        check_operator!(random, pair, *, mul_lhs, mul_rhs);
        let pair = &(random.vector(rows), random.vector(columns).transpose());
        check_operator!(random, pair, *, mul_lhs, mul_rhs);
    }
}

#[test]
fn products_of_static_dimensions() {
    let random = &mut Random::new(3);
    let pair = &(random.fixed::<2, 3>(), random.fixed::<3, 4>());
    check_operator!(random, pair, *, mul_lhs, mul_rhs);
    let pair = &(random.fixed::<3, 3>(), random.fixed::<3, 1>());
    check_operator!(random, pair, *, mul_lhs, mul_rhs);
    let pair = &(random.fixed::<1, 3>(), random.fixed::<3, 1>());
    check_operator!(random, pair, *, mul_lhs, mul_rhs);
    let pair = &(random.fixed::<8, 7>(), random.fixed::<7, 6>());
    check_operator!(random, pair, *, mul_lhs, mul_rhs);
    // static and dynamic dimensions together
    let pair = &(random.fixed::<3, 3>(), random.matrix(3, 8));
    check_operator!(random, pair, *, mul_lhs, mul_rhs);
    let pair = &(random.matrix(4, 3), Vector3::new(1.0, 2.0, 3.0));
    check_operator!(random, pair, *, mul_lhs, mul_rhs);
    let pair = &(OMatrix::<f64, U3, Dyn>::from_fn(7, |_, _| random.scalar()), random.matrix(7, 6));
    check_operator!(random, pair, *, mul_lhs, mul_rhs);
}

#[test]
fn scalar_factors() {
    let random = &mut Random::new(4);
    for (rows, columns) in SHAPES {
        let pair = &(random.matrix(rows, columns), random.away_from_zero());
        check(
            random,
            pair,
            |(a, s)| a * *s,
            |(a, s), out_bar, (a_bar, s_bar)| {
                ops::mul_lhs(a, s, &out_bar, a_bar);
                ops::mul_rhs(a, s, &out_bar, s_bar);
            },
        );
        check(
            random,
            pair,
            |(a, s)| *s * a,
            |(a, s), out_bar, (a_bar, s_bar)| {
                ops::mul_lhs(s, a, &out_bar, s_bar);
                ops::mul_rhs(s, a, &out_bar, a_bar);
            },
        );
        check(
            random,
            pair,
            |(a, s)| a / *s,
            |(a, s), out_bar, (a_bar, s_bar)| {
                ops::div_lhs(a, s, &out_bar, a_bar);
                ops::div_rhs(a, s, &out_bar, s_bar);
            },
        );
    }
    let pair = &(Vector2::new(1.0, 2.0), 3.0);
    check(
        random,
        pair,
        |(a, s)| a * *s,
        |(a, s), out_bar, (a_bar, s_bar)| {
            ops::mul_lhs(a, s, &out_bar, a_bar);
            ops::mul_rhs(a, s, &out_bar, s_bar);
        },
    );
}

#[test]
fn views_of_matrices_and_of_shadows() {
    let random = &mut Random::new(5);
    let pair = &(random.matrix(20, 20), random.matrix(20, 20));
    // every other row and column is left out: both ways to multiply, large and small
    let left = |a: &DMatrix<f64>, rows, inner| a.view_with_steps((0, 1), (rows, inner), (1, 1)).clone_owned();
    for (rows, inner, columns) in [(8, 9, 7), (4, 3, 10)] {
        check(
            random,
            pair,
            |(a, b)| left(a, rows, inner) * b.view_with_steps((1, 0), (inner, columns), (1, 1)),
            |(a, b), out_bar, (a_bar, b_bar)| {
                let lhs = a.view_with_steps((0, 1), (rows, inner), (1, 1));
                let rhs = b.view_with_steps((1, 0), (inner, columns), (1, 1));
                let mut lhs_bar = a_bar.view_with_steps_mut((0, 1), (rows, inner), (1, 1));
                let mut rhs_bar = b_bar.view_with_steps_mut((1, 0), (inner, columns), (1, 1));
                // the cotangent of the result in a larger matrix, every other row and column left out too
                let mut large = DMatrix::zeros(20, 20);
                large.view_with_steps_mut((0, 0), (rows, columns), (1, 1)).copy_from(&out_bar);
                let out_bar = large.view_with_steps((0, 0), (rows, columns), (1, 1));
                ops::mul_lhs(&lhs, &rhs, &out_bar, &mut lhs_bar);
                ops::mul_rhs(&lhs, &rhs, &out_bar, &mut rhs_bar);
            },
        );
    }
    check(
        random,
        &pair.0,
        |a| a.column(3) + a.row(2).transpose(),
        |a, out_bar, a_bar| {
            let (column, row) = (a.column(3), a.row(2).transpose());
            ops::add_lhs(&column, &row, &out_bar, &mut a_bar.column_mut(3));
            let mut row_bar = row.map(|_| 0.0);
            ops::add_rhs(&column, &row, &out_bar, &mut row_bar);
            let row_bar = row_bar.transpose();
            a_bar.row_mut(2).zip_apply(&row_bar, |a_bar, row_bar| *a_bar += row_bar);
        },
    );
}

#[test]
fn single_precision() {
    let (a, b) = (Matrix3::<f32>::identity() * 2.0, Vector3::new(1.0_f32, 2.0, 3.0));
    let (mut a_bar, mut b_bar) = (Matrix3::zeros(), Vector3::zeros());
    let out_bar = Vector3::new(1.0_f32, 0.0, -1.0);
    ops::mul_lhs(&a, &b, &out_bar, &mut a_bar);
    ops::mul_rhs(&a, &b, &out_bar, &mut b_bar);
    assert_eq!(a_bar, Matrix3::new(1.0, 2.0, 3.0, 0.0, 0.0, 0.0, -1.0, -2.0, -3.0));
    assert_eq!(b_bar, out_bar * 2.0);
}

#[test]
fn empty_products() {
    let (a, b) = (DMatrix::<f64>::zeros(3, 0), DMatrix::<f64>::zeros(0, 2));
    let (mut a_bar, mut b_bar) = (a.clone(), b.clone());
    let out_bar = DMatrix::from_element(3, 2, 1.0);
    ops::mul_lhs(&a, &b, &out_bar, &mut a_bar);
    ops::mul_rhs(&a, &b, &out_bar, &mut b_bar);
}

#[test]
#[should_panic(expected = "a product of dimensions 8×9 and 9×7 was added to a shadow of dimensions 7×8")]
fn a_shadow_of_the_wrong_dimensions() {
    let (a, b) = (DMatrix::<f64>::zeros(8, 7), DMatrix::<f64>::zeros(7, 9));
    ops::mul_lhs(&a, &b, &DMatrix::zeros(8, 9), &mut DMatrix::zeros(7, 8));
}

#[test]
fn results_are_of_the_expected_types() {
    let row = RowVector3::new(1.0, 2.0, 3.0);
    let mut row_bar = RowVector3::zeros();
    let matrix = Matrix2x3::repeat(1.0);
    ops::mul_lhs(&row, &matrix.transpose(), &Matrix::from([[1.0], [1.0]]), &mut row_bar);
    assert_eq!(row_bar, RowVector3::repeat(2.0));
}
