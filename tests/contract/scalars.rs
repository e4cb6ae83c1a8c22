//! `f64`, `f32` and `T: Real`: the cotangent is of the same type, the shadow `&mut` of it.

use pullback::{Real, differentiate};

#[differentiate]
fn single_parameter(x: f64) -> f64 {
    x * x
}

#[test]
fn one_parameter_stands_bare() {
    let f_grad: fn(f64) -> f64 = single_parameter_grad;
    let grad: fn(f64) -> f64 = single_parameter::grad;
    let value_and_grad: fn(f64) -> (f64, f64) = single_parameter::value_and_grad;
    let adjoint: fn(f64, &mut f64, f64) -> f64 = single_parameter::adjoint;
    assert_eq!((f_grad(3.0), grad(3.0), value_and_grad(3.0)), (6.0, 6.0, (9.0, 6.0)));

    let mut x_bar = 100.0;
    assert_eq!(adjoint(3.0, &mut x_bar, 2.0), 9.0);
    assert_eq!(x_bar, 112.0);

    let (value, pullback) = single_parameter::vjp(3.0);
    let gradient: f64 = pullback(2.0);
    assert_eq!((value, gradient), (9.0, 12.0));
}

#[differentiate]
fn two_parameters(x: f64, y: f64) -> f64 {
    x * y
}

#[test]
fn two_parameters_are_a_tuple() {
    let f_grad: fn(f64, f64) -> (f64, f64) = two_parameters_grad;
    let grad: fn(f64, f64) -> (f64, f64) = two_parameters::grad;
    let value_and_grad: fn(f64, f64) -> (f64, (f64, f64)) = two_parameters::value_and_grad;
    let adjoint: fn(f64, &mut f64, f64, &mut f64, f64) -> f64 = two_parameters::adjoint;
    assert_eq!((f_grad(3.0, 2.0), grad(3.0, 2.0)), ((2.0, 3.0), (2.0, 3.0)));
    assert_eq!(value_and_grad(3.0, 2.0), (6.0, (2.0, 3.0)));

    let (mut x_bar, mut y_bar) = (10.0, 20.0);
    assert_eq!(adjoint(3.0, &mut x_bar, 2.0, &mut y_bar, 5.0), 6.0);
    assert_eq!((x_bar, y_bar), (20.0, 35.0));

    let (value, pullback) = two_parameters::vjp(3.0, 2.0);
    let gradient: (f64, f64) = pullback(5.0);
    assert_eq!((value, gradient), (6.0, (10.0, 15.0)));
}

#[differentiate]
fn in_single_precision(x: f32, y: f32) -> f32 {
    x * y
}

#[test]
fn single_precision() {
    let f_grad: fn(f32, f32) -> (f32, f32) = in_single_precision_grad;
    let grad: fn(f32, f32) -> (f32, f32) = in_single_precision::grad;
    let value_and_grad: fn(f32, f32) -> (f32, (f32, f32)) = in_single_precision::value_and_grad;
    let adjoint: fn(f32, &mut f32, f32, &mut f32, f32) -> f32 = in_single_precision::adjoint;
    assert_eq!((f_grad(3.0, 2.0), grad(3.0, 2.0)), ((2.0, 3.0), (2.0, 3.0)));
    assert_eq!(value_and_grad(3.0, 2.0), (6.0, (2.0, 3.0)));

    let (mut x_bar, mut y_bar) = (10.0, 20.0);
    assert_eq!(adjoint(3.0, &mut x_bar, 2.0, &mut y_bar, 5.0), 6.0);
    assert_eq!((x_bar, y_bar), (20.0, 35.0));

    let (value, pullback) = in_single_precision::vjp(3.0, 2.0);
    let gradient: (f32, f32) = pullback(5.0);
    assert_eq!((value, gradient), (6.0, (10.0, 15.0)));
}

#[differentiate]
fn generic<T: Real>(x: T, y: T) -> T {
    x * y
}

#[test]
fn generic_scalar() {
    let double: fn(f64, f64) -> (f64, f64) = generic_grad;
    let single: fn(f32, f32) -> (f32, f32) = generic_grad;
    assert_eq!((double(3.0, 2.0), single(3.0, 2.0)), ((2.0, 3.0), (2.0, 3.0)));

    let gradient: (f32, f32) = generic::grad(3.0_f32, 2.0_f32);
    let value_and_gradient: (f64, (f64, f64)) = generic::value_and_grad(3.0_f64, 2.0_f64);
    assert_eq!((gradient, value_and_gradient), ((2.0, 3.0), (6.0, (2.0, 3.0))));

    let (mut x_bar, mut y_bar) = (10.0_f32, 20.0_f32);
    let value: f32 = generic::adjoint(3.0_f32, &mut x_bar, 2.0, &mut y_bar, 5.0);
    assert_eq!((value, x_bar, y_bar), (6.0, 20.0, 35.0));

    let (value, pullback) = generic::vjp(3.0_f64, 2.0_f64);
    let gradient: (f64, f64) = pullback(5.0);
    assert_eq!((value, gradient), (6.0, (10.0, 15.0)));
}

fn with_generic_gradient<T: Real>(x: T) -> (T, T) {
    generic_grad(x, T::one() + T::zero())
}

#[test]
fn generic_gradient_in_a_generic_function() {
    assert_eq!(with_generic_gradient(3.0_f64), (1.0, 3.0));
}

#[differentiate]
fn of_mixed_precision(x: f64, y: f32) -> f64 {
    x * f64::from(y)
}

#[test]
fn mixed_precision() {
    let f_grad: fn(f64, f32) -> (f64, f32) = of_mixed_precision_grad;
    assert_eq!(f_grad(3.0, 2.0), (2.0, 3.0));
}

#[differentiate]
fn by_reference(x: &f64, y: &mut f64) -> f64 {
    x * *y
}

#[test]
fn scalars_by_reference() {
    let f_grad: fn(&f64, &mut f64) -> (f64, f64) = by_reference_grad;
    let adjoint: fn(&f64, &mut f64, &mut f64, &mut f64, f64) -> f64 = by_reference::adjoint;
    assert_eq!(f_grad(&3.0, &mut 2.0), (2.0, 3.0));
    let (mut x_bar, mut y_bar) = (10.0, 0.0);
    assert_eq!(adjoint(&3.0, &mut x_bar, &mut 2.0, &mut y_bar, 5.0), 6.0);
    assert_eq!((x_bar, y_bar), (20.0, 15.0));
}
