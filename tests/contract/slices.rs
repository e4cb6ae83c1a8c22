//! `&[f64]`, `&mut [f64]`, `Vec<f64>`, `&Vec<f64>`: the cotangent is a `Vec`, the shadow a slice.

#![allow(clippy::ptr_arg, reason = "`&Vec` and `&mut Vec` are rows of the table")]

use pullback::{Real, differentiate};

const X: [f64; 2] = [3.0, 2.0];

#[differentiate]
fn shared(x: &[f64]) -> f64 {
    x[0] * x[1]
}

#[test]
fn shared_slice() {
    let f_grad: fn(&[f64]) -> Vec<f64> = shared_grad;
    let grad: fn(&[f64]) -> Vec<f64> = shared::grad;
    let value_and_grad: fn(&[f64]) -> (f64, Vec<f64>) = shared::value_and_grad;
    let adjoint: fn(&[f64], &mut [f64], f64) -> f64 = shared::adjoint;
    assert_eq!((f_grad(&X), grad(&X)), (vec![2.0, 3.0], vec![2.0, 3.0]));
    assert_eq!(value_and_grad(&X), (6.0, vec![2.0, 3.0]));

    let mut x_bar = [10.0, 20.0];
    assert_eq!(adjoint(&X, &mut x_bar, 5.0), 6.0);
    assert_eq!(x_bar, [20.0, 35.0]);

    let (value, pullback) = shared::vjp(&X);
    let gradient: Vec<f64> = pullback(5.0);
    assert_eq!((value, gradient), (6.0, vec![10.0, 15.0]));
}

#[differentiate]
fn exclusive(x: &mut [f64]) -> f64 {
    x[0] *= x[1];
    x[0]
}

#[test]
fn exclusive_slice() {
    let f_grad: fn(&mut [f64]) -> Vec<f64> = exclusive_grad;
    let grad: fn(&mut [f64]) -> Vec<f64> = exclusive::grad;
    let value_and_grad: fn(&mut [f64]) -> (f64, Vec<f64>) = exclusive::value_and_grad;
    let adjoint: fn(&mut [f64], &mut [f64], f64) -> f64 = exclusive::adjoint;
    assert_eq!((f_grad(&mut X.clone()), grad(&mut X.clone())), (vec![2.0, 3.0], vec![2.0, 3.0]));
    assert_eq!(value_and_grad(&mut X.clone()), (6.0, vec![2.0, 3.0]));

    let (mut x, mut x_bar) = (X, [1.0, 100.0]);
    assert_eq!(adjoint(&mut x, &mut x_bar, 5.0), 6.0);
    assert_eq!((x, x_bar), ([6.0, 2.0], [12.0, 118.0]));

    let mut x = X;
    let (value, pullback) = exclusive::vjp(&mut x);
    let gradient: Vec<f64> = pullback(5.0);
    assert_eq!((value, gradient), (6.0, vec![10.0, 15.0]));
}

#[differentiate]
fn owned(x: Vec<f64>) -> f64 {
    x[0] * x[1]
}

#[test]
fn owned_vec() {
    let f_grad: fn(Vec<f64>) -> Vec<f64> = owned_grad;
    let grad: fn(Vec<f64>) -> Vec<f64> = owned::grad;
    let value_and_grad: fn(Vec<f64>) -> (f64, Vec<f64>) = owned::value_and_grad;
    let adjoint: fn(Vec<f64>, &mut [f64], f64) -> f64 = owned::adjoint;
    assert_eq!((f_grad(X.to_vec()), grad(X.to_vec())), (vec![2.0, 3.0], vec![2.0, 3.0]));
    assert_eq!(value_and_grad(X.to_vec()), (6.0, vec![2.0, 3.0]));

    let mut x_bar = [10.0, 20.0];
    assert_eq!(adjoint(X.to_vec(), &mut x_bar, 5.0), 6.0);
    assert_eq!(x_bar, [20.0, 35.0]);

    let (value, pullback) = owned::vjp(X.to_vec());
    let gradient: Vec<f64> = pullback(5.0);
    assert_eq!((value, gradient), (6.0, vec![10.0, 15.0]));
}

#[differentiate]
fn reference_to_vec(x: &Vec<f64>) -> f64 {
    x[0] * x[1]
}

#[test]
fn shared_vec() {
    let f_grad: fn(&Vec<f64>) -> Vec<f64> = reference_to_vec_grad;
    let value_and_grad: fn(&Vec<f64>) -> (f64, Vec<f64>) = reference_to_vec::value_and_grad;
    let adjoint: fn(&Vec<f64>, &mut [f64], f64) -> f64 = reference_to_vec::adjoint;
    let x = X.to_vec();
    assert_eq!((f_grad(&x), value_and_grad(&x)), (vec![2.0, 3.0], (6.0, vec![2.0, 3.0])));

    let mut x_bar = [10.0, 20.0];
    assert_eq!(adjoint(&x, &mut x_bar, 5.0), 6.0);
    assert_eq!(x_bar, [20.0, 35.0]);

    let (value, pullback) = reference_to_vec::vjp(&x);
    let gradient: Vec<f64> = pullback(5.0);
    assert_eq!((value, gradient), (6.0, vec![10.0, 15.0]));
}

#[differentiate]
fn exclusive_reference_to_vec(x: &mut Vec<f64>) -> f64 {
    let product = x[0] * x[1];
    x.push(product);
    x[0]
}

#[test]
fn exclusive_vec() {
    let f_grad: fn(&mut Vec<f64>) -> Vec<f64> = exclusive_reference_to_vec_grad;
    let value_and_grad: fn(&mut Vec<f64>) -> (f64, Vec<f64>) = exclusive_reference_to_vec::value_and_grad;
    let adjoint: fn(&mut Vec<f64>, &mut Vec<f64>, f64) -> f64 = exclusive_reference_to_vec::adjoint;
    assert_eq!(f_grad(&mut X.to_vec()), [1.0, 0.0]);
    assert_eq!(value_and_grad(&mut X.to_vec()), (3.0, vec![1.0, 0.0]));

    // The shadow comes as long as what is left behind and goes as long as what was found.
    let (mut x, mut x_bar) = (X.to_vec(), vec![1.0, 100.0, 10.0]);
    assert_eq!(adjoint(&mut x, &mut x_bar, 5.0), 3.0);
    assert_eq!((x, x_bar), (vec![3.0, 2.0, 6.0], vec![26.0, 130.0]));
}

#[differentiate]
fn generic<T: Real>(x: &[T], y: Vec<T>) -> T {
    x[0] * y[1]
}

#[test]
fn generic_elements() {
    let single: fn(&[f32], Vec<f32>) -> (Vec<f32>, Vec<f32>) = generic_grad;
    assert_eq!(single(&[3.0], vec![1.0, 2.0]), (vec![2.0], vec![0.0, 3.0]));
    let (mut x_bar, mut y_bar) = ([10.0_f32], [10.0_f32, 20.0]);
    let value: f32 = generic::adjoint(&[3.0], &mut x_bar, vec![1.0, 2.0], &mut y_bar, 5.0);
    assert_eq!((value, x_bar, y_bar), (6.0, [20.0], [10.0, 35.0]));
}

#[differentiate]
fn nested(x: &[Vec<f64>], y: Vec<[f64; 2]>, z: &[(f64, usize)]) -> f64 {
    x[0][0] * y[0][1] * z[0].0 * z[0].1 as f64
}

#[test]
fn nested_elements() {
    type G = (Vec<Vec<f64>>, Vec<[f64; 2]>, Vec<(f64, ())>);
    let f_grad: fn(&[Vec<f64>], Vec<[f64; 2]>, &[(f64, usize)]) -> G = nested_grad;
    let gradient = f_grad(&[vec![3.0]], vec![[1.0, 2.0]], &[(5.0, 7)]);
    assert_eq!(gradient, (vec![vec![70.0]], vec![[0.0, 105.0]], vec![(42.0, ())]));

    let mut x_bar = [vec![1.0]];
    let mut y_bar = [[1.0, 2.0]];
    let mut z_bar = [(1.0, ())];
    let value =
        nested::adjoint(&[vec![3.0]], &mut x_bar, vec![[1.0, 2.0]], &mut y_bar, &[(5.0, 7)], &mut z_bar, 2.0);
    assert_eq!(value, 210.0);
    assert_eq!((x_bar, y_bar, z_bar), ([vec![141.0]], [[1.0, 212.0]], [(85.0, ())]));
}
