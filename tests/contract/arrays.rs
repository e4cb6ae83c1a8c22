//! `[T; N]`, `&[T; N]`, nested: the cotangent is an array, the shadow `&mut` of one.

use pullback::differentiate;

#[differentiate]
fn owned(x: [f64; 2]) -> f64 {
    x[0] * x[1]
}

#[test]
fn by_value() {
    let f_grad: fn([f64; 2]) -> [f64; 2] = owned_grad;
    let grad: fn([f64; 2]) -> [f64; 2] = owned::grad;
    let value_and_grad: fn([f64; 2]) -> (f64, [f64; 2]) = owned::value_and_grad;
    let adjoint: fn([f64; 2], &mut [f64; 2], f64) -> f64 = owned::adjoint;
    assert_eq!((f_grad([3.0, 2.0]), grad([3.0, 2.0])), ([2.0, 3.0], [2.0, 3.0]));
    assert_eq!(value_and_grad([3.0, 2.0]), (6.0, [2.0, 3.0]));

    let mut x_bar = [10.0, 20.0];
    assert_eq!(adjoint([3.0, 2.0], &mut x_bar, 5.0), 6.0);
    assert_eq!(x_bar, [20.0, 35.0]);

    let (value, pullback) = owned::vjp([3.0, 2.0]);
    let gradient: [f64; 2] = pullback(5.0);
    assert_eq!((value, gradient), (6.0, [10.0, 15.0]));
}

#[differentiate]
fn borrowed(x: &[f64; 2]) -> f64 {
    x[0] * x[1]
}

#[test]
fn by_reference() {
    let f_grad: fn(&[f64; 2]) -> [f64; 2] = borrowed_grad;
    let value_and_grad: fn(&[f64; 2]) -> (f64, [f64; 2]) = borrowed::value_and_grad;
    let adjoint: fn(&[f64; 2], &mut [f64; 2], f64) -> f64 = borrowed::adjoint;
    assert_eq!((f_grad(&[3.0, 2.0]), value_and_grad(&[3.0, 2.0])), ([2.0, 3.0], (6.0, [2.0, 3.0])));

    let mut x_bar = [10.0, 20.0];
    assert_eq!(adjoint(&[3.0, 2.0], &mut x_bar, 5.0), 6.0);
    assert_eq!(x_bar, [20.0, 35.0]);

    let (value, pullback) = borrowed::vjp(&[3.0, 2.0]);
    let gradient: [f64; 2] = pullback(5.0);
    assert_eq!((value, gradient), (6.0, [10.0, 15.0]));
}

#[differentiate]
fn exclusive(x: &mut [f64; 2]) -> f64 {
    x[0] *= x[1];
    x[0]
}

#[test]
fn by_mutable_reference() {
    let f_grad: fn(&mut [f64; 2]) -> [f64; 2] = exclusive_grad;
    let adjoint: fn(&mut [f64; 2], &mut [f64; 2], f64) -> f64 = exclusive::adjoint;
    assert_eq!(f_grad(&mut [3.0, 2.0]), [2.0, 3.0]);
    let (mut x, mut x_bar) = ([3.0, 2.0], [1.0, 100.0]);
    assert_eq!(adjoint(&mut x, &mut x_bar, 5.0), 6.0);
    assert_eq!((x, x_bar), ([6.0, 2.0], [12.0, 118.0]));
}

#[differentiate]
fn nested(x: [[f64; 2]; 1], y: &[[f64; 1]; 2], z: [(f64, u8); 1]) -> f64 {
    x[0][1] * y[1][0] * z[0].0
}

#[test]
fn nested_arrays() {
    type G = ([[f64; 2]; 1], [[f64; 1]; 2], [(f64, ()); 1]);
    type Adjoint = fn(
        [[f64; 2]; 1],
        &mut [[f64; 2]; 1],
        &[[f64; 1]; 2],
        &mut [[f64; 1]; 2],
        [(f64, u8); 1],
        &mut [(f64, ()); 1],
        f64,
    ) -> f64;
    let f_grad: fn([[f64; 2]; 1], &[[f64; 1]; 2], [(f64, u8); 1]) -> G = nested_grad;
    let adjoint: Adjoint = nested::adjoint;
    let (x, y, z) = ([[1.0, 2.0]], [[1.0], [3.0]], [(5.0, 7)]);
    assert_eq!(f_grad(x, &y, z), ([[0.0, 15.0]], [[0.0], [10.0]], [(6.0, ())]));

    let (mut x_bar, mut y_bar, mut z_bar) = ([[1.0; 2]], [[1.0]; 2], [(1.0, ())]);
    assert_eq!(adjoint(x, &mut x_bar, &y, &mut y_bar, z, &mut z_bar, 2.0), 30.0);
    assert_eq!((x_bar, y_bar, z_bar), ([[1.0, 31.0]], [[1.0], [21.0]], [(13.0, ())]));
}

#[differentiate]
fn generic<const N: usize>(x: &[f64; N]) -> f64 {
    x[0] * x[N - 1]
}

#[test]
fn generic_length() {
    let three: fn(&[f64; 3]) -> [f64; 3] = generic_grad;
    let adjoint: fn(&[f64; 2], &mut [f64; 2], f64) -> f64 = generic::adjoint;
    assert_eq!(three(&[3.0, 1.0, 2.0]), [2.0, 0.0, 3.0]);
    let mut x_bar = [10.0, 20.0];
    assert_eq!(adjoint(&[3.0, 2.0], &mut x_bar, 5.0), 6.0);
    assert_eq!(x_bar, [20.0, 35.0]);
}
