//! The vocabulary of generated code: cotangents, shadows, operands, probes.

// contributions by reference are a case of their own
#![allow(clippy::needless_borrows_for_generic_args)]

use ad_runtime::generated::{self as ad, ops};
use ad_runtime::{Cotangent, Differentiable, Real};
use nalgebra::{DMatrix, DVector, Matrix2, Vector2};

#[test]
fn cotangents_have_the_shape_of_the_value() {
    assert_eq!(ad::zero(&1.5_f64), 0.0);
    assert_eq!(ad::zero(&[1.0_f32, 2.0][..]), vec![0.0_f32, 0.0]);
    assert_eq!(ad::zero(&vec![1_usize, 2]).len(), 2);
    assert_eq!(ad::zero(&[[1.0, 2.0], [3.0, 4.0]]), [[0.0; 2]; 2]);
    assert_eq!(ad::zero(&("text", 1.0, Some(2.0), None::<f64>)), ((), 0.0, Some(0.0), None));
    assert_eq!(ad::zero(&Ok::<f64, String>(1.0)), Ok(0.0));
    ad::zero(&(0..3));
    assert_eq!(ad::zero(&Box::new([1.0])), [0.0]);
    let matrix = DMatrix::from_element(2, 3, 1.0);
    assert_eq!(ad::zero(&matrix.column(1)), DVector::zeros(2));
    assert_eq!(ad::zero(&&matrix), DMatrix::zeros(2, 3));
    assert_eq!(ad::zero(&Vector2::new(1.0, 2.0)), Vector2::zeros());
}

#[test]
fn taking_leaves_a_zero_of_the_same_shape() {
    let mut shadow = (vec![1.0, 2.0], DMatrix::from_element(2, 1, 3.0), Some(4.0));
    let taken = ad::take(&mut shadow);
    assert_eq!(taken, (vec![1.0, 2.0], DMatrix::from_element(2, 1, 3.0), Some(4.0)));
    assert_eq!(shadow, (vec![0.0, 0.0], DMatrix::zeros(2, 1), Some(0.0)));
    shadow.accumulate(&taken);
    shadow.accumulate(&taken);
    assert_eq!(shadow.0, [2.0, 4.0]);
    ad::set_zero(&mut shadow);
    assert_eq!(shadow.0, [0.0, 0.0]);
}

#[test]
fn contributions_meet_shadows() {
    let mut x_bar = 1.0;
    ad::accumulate(&mut x_bar, 2.0);
    ad::accumulate(&mut x_bar, &2.0);
    ad::accumulate(&mut x_bar, ());
    assert_eq!(x_bar, 5.0);

    let mut v_bar = vec![1.0, 1.0];
    ad::accumulate(&mut v_bar, vec![1.0, 2.0]);
    ad::accumulate(&mut v_bar, &vec![1.0, 2.0]);
    ad::accumulate(&mut v_bar[..], &[1.0, 2.0][..]);
    ad::accumulate(&mut v_bar[..], [1.0, 2.0]);
    ad::accumulate(&mut v_bar, &mut [1.0, 2.0][..]);
    ad::accumulate(&mut v_bar, vec![(), ()]);
    assert_eq!(v_bar, [6.0, 11.0]);

    let mut nested = ([[1.0; 2]; 2], Some(vec![1.0]), ());
    ad::accumulate(&mut nested, &([[1.0, 2.0]; 2], Some(vec![3.0]), ()));
    ad::accumulate(&mut nested, ((), Some(vec![3.0]), 7.0));
    assert_eq!(nested, ([[2.0, 3.0]; 2], Some(vec![7.0]), ()));

    let mut matrix = DMatrix::zeros(2, 2);
    ad::accumulate(&mut matrix.column_mut(1), DVector::from_vec(vec![1.0, 2.0]));
    ad::accumulate(&mut matrix.column_mut(0), &DVector::from_vec(vec![3.0, 4.0]));
    assert_eq!(matrix, DMatrix::from_row_slice(2, 2, &[3.0, 1.0, 4.0, 2.0]));
}

#[test]
fn operands_are_seen_through_references() {
    let (matrix, scale) = (&Matrix2::new(1.0, 2.0, 3.0, 4.0), &&2.0);
    let product = ad::operand(&matrix) * ad::operand(scale);
    assert_eq!(product, matrix * 2.0);
    let mut scale_bar = 0.0;
    ops::mul_rhs(&matrix, scale, &Matrix2::repeat(1.0), &mut scale_bar);
    assert_eq!(scale_bar, 10.0);
    assert_eq!(ad::operand(&3_usize) * ad::operand(&4_usize), 12);
    ops::mul_lhs(&3_usize, &4_usize, &(), &mut ());
}

#[test]
fn constant_operands_swallow_contributions() {
    ops::mul_lhs(&3.0, &4.0, &1.0, &mut ());
    ops::mul_rhs(&Matrix2::repeat(1.0), &Vector2::repeat(1.0), &Vector2::repeat(1.0), &mut ());
}

#[test]
fn probes_give_a_shadow_to_every_value() {
    struct Opaque;
    let (opaque, vector) = (Opaque, vec![1.0]);
    let (): () = ad::scratch!(&opaque);
    assert_eq!(ad::scratch!(&vector), vec![0.0]);
    assert_eq!(ad::scratch!(&vector[..]), vec![0.0]);
    let (): () = ad::scratch!(&Vec::<Opaque>::new());
    let (): () = ad::scratch!(&"text");
}

/// Everything that generated code may want of a scalar must follow from `T: Real` alone.
fn generic_scalar<T: Real>(x: T) -> (T, T) {
    let y = ad::operand(&x) * ad::operand(&x) + T::zero() * T::one() + ad::lit::<T>(0.5);
    let y = y + x.exp() * T::zero();
    let mut y_bar = T::one();
    let mut x_bar = ad::zero(&x);
    let seed = ad::take(&mut y_bar);
    ops::mul_lhs(&x, &x, &seed, &mut x_bar);
    ops::mul_rhs(&x, &x, &seed, &mut x_bar);
    ad::accumulate(&mut x_bar, seed);
    ad::accumulate(&mut x_bar, &seed);
    ad::accumulate(&mut (), seed);
    ad::accumulate(&mut [x_bar][..], vec![seed]);
    ad::check_shadow("x", &x, &x_bar);
    (y, x_bar)
}

fn generic_matrix<T: Real>(x: &DVector<T>) -> DVector<T> {
    let mut x_bar = ad::zero(x);
    let y = ad::operand(x) * ad::lit::<T>(2.0);
    ops::mul_lhs(&x, &ad::lit::<T>(2.0), &y, &mut x_bar);
    ad::accumulate(&mut x_bar, &y);
    x_bar
}

#[test]
fn generic_scalars_need_no_other_bound() {
    assert_eq!(generic_scalar(3.0_f64), (9.5, 8.0));
    assert_eq!(generic_scalar(3.0_f32), (9.5, 8.0));
    assert_eq!(generic_matrix(&DVector::from_element(2, 1.0)), DVector::from_element(2, 6.0));
}

#[test]
fn scalar_operators() {
    let (a, b, seed) = (3.0, -2.0, 0.5);
    let check = |rule: &dyn Fn(&mut f64), expected: f64| {
        let mut shadow = 1.0;
        rule(&mut shadow);
        assert_eq!(shadow, 1.0 + expected);
    };
    check(&|a_bar| ops::add_lhs(&a, &b, &seed, a_bar), seed);
    check(&|b_bar| ops::add_rhs(&a, &b, &seed, b_bar), seed);
    check(&|a_bar| ops::sub_lhs(&a, &b, &seed, a_bar), seed);
    check(&|b_bar| ops::sub_rhs(&a, &b, &seed, b_bar), -seed);
    check(&|a_bar| ops::mul_lhs(&a, &b, &seed, a_bar), seed * b);
    check(&|b_bar| ops::mul_rhs(&a, &b, &seed, b_bar), seed * a);
    check(&|a_bar| ops::div_lhs(&a, &b, &seed, a_bar), seed / b);
    check(&|b_bar| ops::div_rhs(&a, &b, &seed, b_bar), -seed * a / (b * b));
    check(&|a_bar| ops::rem_lhs(&a, &b, &seed, a_bar), seed);
    check(&|b_bar| ops::rem_rhs(&a, &b, &seed, b_bar), seed);
    check(&|a_bar| ops::neg_lhs(&a, &seed, a_bar), -seed);
}

#[test]
fn derivatives_of_types_without_one_are_nothing() {
    assert_eq!(std::mem::size_of_val(&ad::zero(&(1, 'c', true, 0..=2, "text"))), 0);
    assert_eq!(std::mem::size_of::<<[i32; 3] as Differentiable>::Cotangent>(), 0);
}

#[test]
#[should_panic(expected = "shadow of `x` has length 3, `x` has length 4")]
fn a_shadow_of_the_wrong_length() {
    ad::check_len("x", 4, 3);
}

#[test]
#[should_panic(expected = "shadow of `x` has length 3, `x` has length 4")]
fn a_shadow_of_the_wrong_inner_length() {
    ad::check_shadow("x", &[vec![1.0; 3], vec![2.0; 4]][..], &vec![vec![1.0; 3], vec![2.0; 3]]);
}

#[test]
#[should_panic(expected = "shadow of `a` has dimensions 2×3, `a` has dimensions 3×2")]
fn a_shadow_of_the_wrong_dimensions() {
    ad::check_shadow("a", &DMatrix::<f64>::zeros(3, 2), &DMatrix::<f64>::zeros(2, 3));
}

#[test]
#[should_panic(expected = "a cotangent of length 3 was added to a shadow of length 2")]
fn a_contribution_of_the_wrong_length() {
    ad::accumulate(&mut vec![0.0; 2], vec![1.0; 3]);
}

#[test]
#[should_panic(expected = "a cotangent of dimensions 2×1 was added to a shadow of dimensions 3×1")]
fn a_contribution_of_the_wrong_dimensions() {
    ad::accumulate(&mut DMatrix::zeros(3, 1), DMatrix::<f64>::zeros(2, 1));
}

#[test]
fn a_failed_sum_writes_nothing() {
    let mut shadow = vec![vec![1.0], vec![2.0]];
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        shadow.accumulate(&vec![vec![1.0], vec![1.0, 1.0]]);
    }));
    assert!(result.is_err());
    assert_eq!(shadow, [[1.0], [2.0]]);
}
