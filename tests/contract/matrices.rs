//! nalgebra's matrices and vectors of any storage: the cotangent is the owned matrix of that shape.

use nalgebra::{DMatrix, DMatrixView, DVector, DVectorView, Matrix2, OMatrix, SMatrixView, U1, U2, Vector2};
use pullback::{Real, differentiate};

fn v(x: f64, y: f64) -> DVector<f64> {
    DVector::from_column_slice(&[x, y])
}

fn m(entries: [f64; 4]) -> DMatrix<f64> {
    DMatrix::from_row_slice(2, 2, &entries)
}

#[differentiate]
fn borrowed(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    a[(0, 1)] * x[1]
}

#[test]
fn by_reference() {
    type Adjoint = fn(&DMatrix<f64>, &mut DMatrix<f64>, &DVector<f64>, &mut DVector<f64>, f64) -> f64;
    let f_grad: fn(&DMatrix<f64>, &DVector<f64>) -> (DMatrix<f64>, DVector<f64>) = borrowed_grad;
    let grad: fn(&DMatrix<f64>, &DVector<f64>) -> (DMatrix<f64>, DVector<f64>) = borrowed::grad;
    let value_and_grad: fn(&DMatrix<f64>, &DVector<f64>) -> (f64, (DMatrix<f64>, DVector<f64>)) =
        borrowed::value_and_grad;
    let adjoint: Adjoint = borrowed::adjoint;
    let (a, x) = (m([1.0, 3.0, 1.0, 1.0]), v(1.0, 2.0));
    let expected = (m([0.0, 2.0, 0.0, 0.0]), v(0.0, 3.0));
    assert_eq!(f_grad(&a, &x), expected);
    assert_eq!(grad(&a, &x), expected);
    assert_eq!(value_and_grad(&a, &x), (6.0, expected));

    let (mut a_bar, mut x_bar) = (m([10.0; 4]), v(10.0, 20.0));
    assert_eq!(adjoint(&a, &mut a_bar, &x, &mut x_bar, 5.0), 6.0);
    assert_eq!((a_bar, x_bar), (m([10.0, 20.0, 10.0, 10.0]), v(10.0, 35.0)));

    let (value, pullback) = borrowed::vjp(&a, &x);
    let gradient: (DMatrix<f64>, DVector<f64>) = pullback(5.0);
    assert_eq!((value, gradient), (6.0, (m([0.0, 10.0, 0.0, 0.0]), v(0.0, 15.0))));
}

#[differentiate]
fn owned(a: DMatrix<f64>, x: DVector<f64>) -> f64 {
    a[(0, 1)] * x[1]
}

#[test]
fn by_value() {
    type Adjoint = fn(DMatrix<f64>, &mut DMatrix<f64>, DVector<f64>, &mut DVector<f64>, f64) -> f64;
    let f_grad: fn(DMatrix<f64>, DVector<f64>) -> (DMatrix<f64>, DVector<f64>) = owned_grad;
    let adjoint: Adjoint = owned::adjoint;
    let (a, x) = (m([1.0, 3.0, 1.0, 1.0]), v(1.0, 2.0));
    assert_eq!(f_grad(a.clone(), x.clone()), (m([0.0, 2.0, 0.0, 0.0]), v(0.0, 3.0)));
    let (mut a_bar, mut x_bar) = (m([10.0; 4]), v(10.0, 20.0));
    assert_eq!(adjoint(a, &mut a_bar, x, &mut x_bar, 5.0), 6.0);
    assert_eq!((a_bar, x_bar), (m([10.0, 20.0, 10.0, 10.0]), v(10.0, 35.0)));
}

#[differentiate]
fn exclusive(x: &mut DVector<f64>) -> f64 {
    x[0] *= x[1];
    x[0]
}

#[test]
fn by_mutable_reference() {
    let f_grad: fn(&mut DVector<f64>) -> DVector<f64> = exclusive_grad;
    let adjoint: fn(&mut DVector<f64>, &mut DVector<f64>, f64) -> f64 = exclusive::adjoint;
    assert_eq!(f_grad(&mut v(3.0, 2.0)), v(2.0, 3.0));
    let (mut x, mut x_bar) = (v(3.0, 2.0), v(1.0, 100.0));
    assert_eq!(adjoint(&mut x, &mut x_bar, 5.0), 6.0);
    assert_eq!((x, x_bar), (v(6.0, 2.0), v(12.0, 118.0)));
}

#[differentiate]
fn of_static_size(a: Matrix2<f64>, x: &Vector2<f64>) -> f64 {
    a[(0, 1)] * x[1]
}

#[test]
fn static_size() {
    type Adjoint = fn(Matrix2<f64>, &mut Matrix2<f64>, &Vector2<f64>, &mut Vector2<f64>, f64) -> f64;
    let f_grad: fn(Matrix2<f64>, &Vector2<f64>) -> (Matrix2<f64>, Vector2<f64>) = of_static_size_grad;
    let value_and_grad: fn(Matrix2<f64>, &Vector2<f64>) -> (f64, (Matrix2<f64>, Vector2<f64>)) =
        of_static_size::value_and_grad;
    let adjoint: Adjoint = of_static_size::adjoint;
    let (a, x) = (Matrix2::new(1.0, 3.0, 1.0, 1.0), Vector2::new(1.0, 2.0));
    let expected = (Matrix2::new(0.0, 2.0, 0.0, 0.0), Vector2::new(0.0, 3.0));
    assert_eq!((f_grad(a, &x), value_and_grad(a, &x)), (expected, (6.0, expected)));

    let (mut a_bar, mut x_bar) = (Matrix2::repeat(10.0), Vector2::new(10.0, 20.0));
    assert_eq!(adjoint(a, &mut a_bar, &x, &mut x_bar, 5.0), 6.0);
    assert_eq!((a_bar, x_bar), (Matrix2::new(10.0, 20.0, 10.0, 10.0), Vector2::new(10.0, 35.0)));

    let (_, pullback) = of_static_size::vjp(a, &x);
    let gradient: (Matrix2<f64>, Vector2<f64>) = pullback(5.0);
    assert_eq!(gradient, (Matrix2::new(0.0, 10.0, 0.0, 0.0), Vector2::new(0.0, 15.0)));
}

#[differentiate]
fn of_views(a: DMatrixView<'_, f64>, x: &DVectorView<'_, f64>, s: SMatrixView<'_, f64, 2, 1>) -> f64 {
    a[(0, 1)] * x[1] * s[0]
}

#[test]
fn views() {
    let (a, x, s) = (m([1.0, 3.0, 1.0, 1.0]), v(1.0, 2.0), Vector2::new(1.0, 4.0));
    let gradient: (DMatrix<f64>, DVector<f64>, OMatrix<f64, U2, U1>) =
        of_views_grad(a.as_view(), &x.as_view(), s.as_view());
    assert_eq!(gradient, (m([0.0, 2.0, 0.0, 0.0]), v(0.0, 3.0), Vector2::new(6.0, 0.0)));

    let (mut a_bar, mut x_bar, mut s_bar) = (m([10.0; 4]), v(10.0, 20.0), Vector2::new(1.0, 1.0));
    let value: f64 =
        of_views::adjoint(a.as_view(), &mut a_bar, &x.as_view(), &mut x_bar, s.as_view(), &mut s_bar, 5.0);
    assert_eq!(value, 6.0);
    assert_eq!((a_bar, x_bar), (m([10.0, 20.0, 10.0, 10.0]), v(10.0, 35.0)));
    assert_eq!(s_bar, Vector2::new(31.0, 1.0));
}

#[differentiate]
fn generic<T: Real>(a: &DMatrix<T>, x: Vector2<T>) -> T {
    a[(0, 1)] * x[1]
}

#[test]
fn generic_scalar() {
    let single: fn(&DMatrix<f32>, Vector2<f32>) -> (DMatrix<f32>, Vector2<f32>) = generic_grad;
    let a = DMatrix::from_row_slice(1, 2, &[1.0, 3.0]);
    let gradient = single(&a, Vector2::new(1.0, 2.0));
    assert_eq!(gradient, (DMatrix::from_row_slice(1, 2, &[0.0, 2.0]), Vector2::new(0.0, 3.0)));
}
