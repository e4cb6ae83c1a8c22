//! Functions generic in their scalar and in lengths.

use pullback::{Real, differentiate};

use crate::common::{Case, check, check_rejects, check_vjp};

#[differentiate]
fn cubic<T: Real>(x: T) -> T {
    x * x * x
}

#[test]
fn generic_scalar_in_both_precisions() {
    assert_eq!(cubic_grad(2.0_f64), 12.0);
    assert_eq!(cubic_grad(2.0_f32), 12.0_f32);
    assert_eq!(cubic::value_and_grad(2.0_f32), (8.0_f32, 12.0_f32));
    assert_eq!(cubic_grad::<f64>(3.0), 27.0);
}

#[differentiate]
fn sigmoid<T: Real>(x: T) -> T {
    T::one() / (T::one() + (-x).exp())
}

#[differentiate]
fn layer<T: Real>(weights: &[T], x: &[T], bias: T) -> T {
    let mut sum = bias;
    for i in 0..x.len() {
        sum += weights[i] * x[i];
    }
    sigmoid(sum)
}

#[test]
fn generic_slices() {
    let primal = |(w, x, bias): &mut (Vec<f64>, Vec<f64>, f64)| layer(w, x, *bias);
    Case::new("layer", (vec![0.4, -1.2], vec![0.9, 2.1], 0.3), primal)
        .grad(&|(w, x, bias)| layer_grad(w, x, *bias))
        .value_and_grad(&|(w, x, bias)| layer::value_and_grad(w, x, *bias))
        .vjp(&|(w, x, bias), seed| {
            let (value, pullback) = layer::vjp(w, x, *bias);
            (value, pullback(seed))
        })
        .adjoint(&|(w, x, bias), (w_bar, x_bar, bias_bar), seed| {
            layer::adjoint(w, w_bar, x, x_bar, *bias, bias_bar, seed)
        });
}

#[differentiate]
fn concrete(w: &[f64], x: &[f64]) -> f64 {
    layer(w, x, 0.5) * sigmoid::<f64>(x[0]) + cubic(w[1])
}

#[test]
fn generic_called_from_concrete() {
    check!(concrete(&[0.4, -1.2], &[0.9, 2.1]));
}

#[differentiate]
fn constants<T>(x: T, y: T) -> T
where
    T: Real + PartialOrd,
{
    let two = T::one() + T::one();
    let mut sum = T::zero();
    if x > T::zero() {
        sum += x.sin() * two;
    } else {
        sum -= y.exp();
    }
    sum * y.abs().sqrt() + T::pi() * x
}

#[differentiate]
fn constants_in_double(x: f64, y: f64) -> f64 {
    constants(x, y)
}

#[test]
fn generic_constants_and_functions() {
    check!(constants_in_double(0.7, 1.9), constants_in_double(-0.7, 1.9));
}

#[differentiate]
fn norm_squared<const N: usize>(x: &[f64; N]) -> f64 {
    let mut sum = 0.0;
    for i in 0..N {
        sum += x[i] * x[i];
    }
    sum
}

#[test]
fn generic_length() {
    assert_eq!(norm_squared_grad(&[1.0, 2.0, 3.0]), [2.0, 4.0, 6.0]);
    assert_eq!(norm_squared::value_and_grad(&[0.5]), (0.25, [1.0]));
    check!(norm_squared(&[0.4, -1.2, 0.9]));
}

#[differentiate]
fn product<const M: usize, const N: usize>(a: &[[f64; N]; M], x: &[f64; N]) -> [f64; M] {
    let mut y = [0.0; M];
    for i in 0..M {
        for j in 0..N {
            y[i] += a[i][j] * x[j];
        }
    }
    y
}

#[test]
fn two_generic_lengths() {
    check_vjp!(product(&[[0.4, -1.2, 0.9], [2.1, 0.3, -0.7]], &[0.5, 1.1, -0.2]));
}

#[differentiate]
fn by_turbofish(x: &[f64; 3]) -> f64 {
    norm_squared::<3>(x) * norm_squared::<2>(&[x[0], x[1]]) + norm_squared(&product(&[[x[0]; 3]; 2], x))
}

#[test]
fn generic_length_called_with_and_without_turbofish() {
    check!(by_turbofish(&[0.4, -1.2, 0.9]));
}

#[differentiate]
fn midpoint<T: Real, const N: usize>(a: [T; N], b: [T; N]) -> [T; N] {
    let half = T::one() / (T::one() + T::one());
    let mut middle = a;
    for i in 0..N {
        middle[i] = half * (a[i] + b[i]) * b[i];
    }
    middle
}

#[differentiate]
fn midpoints(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    midpoint(midpoint(a, b), b)
}

#[test]
fn generic_scalar_and_length() {
    check_vjp!(midpoints([0.4, -1.2], [0.9, 2.1]));
}

#[differentiate]
fn chosen<const SQUARE: bool>(x: f64) -> f64 {
    if SQUARE { x * x } else { x.sin() }
}

#[differentiate]
fn both(x: f64) -> f64 {
    chosen::<true>(x) * chosen::<false>(x)
}

#[test]
fn generic_flag() {
    check!(both(0.7));
}

#[differentiate]
fn with_lifetime<'a>(x: &'a [f64], y: &'a [f64], n: &'a [usize]) -> f64 {
    x[n[0]] * y[n[1]]
}

#[test]
fn named_lifetimes() {
    check!(with_lifetime(&[0.4, -1.2], &[0.9, 2.1], const &[1, 0]));
}

#[test]
fn negative_control() {
    check_rejects!(by_turbofish(&[0.4, -1.2, 0.9]));
}
