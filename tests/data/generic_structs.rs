//! Structs that are generic in their scalar or in a length.

use pullback::{Differentiable, Real, differentiate};

use crate::common::{check, check_rejects};

#[derive(Clone, Copy, Debug, Differentiable)]
struct Pair<T> {
    first: T,
    second: T,
}

#[differentiate]
fn product<T: Real>(pair: &Pair<T>) -> T {
    pair.first * pair.second
}

#[test]
fn generic_struct_in_a_generic_function() {
    let gradient = product_grad(&Pair { first: 2.0, second: 3.0 });
    assert_eq!((gradient.first, gradient.second), (3.0_f64, 2.0));
    let gradient = product_grad(&Pair { first: 2.0_f32, second: 3.0 });
    assert_eq!((gradient.first, gradient.second), (3.0_f32, 2.0));
}

#[differentiate]
fn exchanged<T: Real>(pair: Pair<T>) -> Pair<T> {
    Pair { first: pair.second * pair.second, second: pair.first.exp() }
}

#[differentiate]
fn instantiated(first: f64, second: f64) -> f64 {
    let pair = exchanged(Pair { first, second });
    product(&pair) + product(&Pair { first, ..pair })
}

#[test]
fn generic_struct_in_a_concrete_function() {
    check!(instantiated(0.7, -0.4));
}

impl<T: Real> Pair<T> {
    #[differentiate]
    fn ratio(&self, scale: T) -> T {
        scale * self.first / self.second
    }
}

#[differentiate]
fn method(first: f64, second: f64, scale: f64) -> f64 {
    let pair = Pair { first, second };
    pair.ratio(scale) * pair.ratio(2.0)
}

#[test]
fn method_of_a_generic_struct() {
    check!(method(0.7, -0.4, 1.3));
    assert_eq!(Pair { first: 3.0_f32, second: 2.0 }.ratio_grad(4.0).1, 1.5);
}

#[derive(Clone, Debug, Differentiable)]
pub struct Polynomial<const N: usize> {
    pub coefficients: [f64; N],
}

type Cubic = Polynomial<4>;
flat!(Cubic { coefficients });

impl<const N: usize> Polynomial<N> {
    #[differentiate]
    fn at(&self, x: f64) -> f64 {
        let mut y = 0.0;
        for i in (0..N).rev() {
            y = y * x + self.coefficients[i];
        }
        y
    }
}

#[differentiate]
fn cubic(p: &Polynomial<4>, x: f64) -> f64 {
    p.at(x) * p.at(0.5)
}

#[test]
fn struct_generic_in_a_length() {
    check!(cubic(&Polynomial { coefficients: [0.4, -1.2, 0.9, 2.1] }, 1.3));
}

#[test]
fn negative_control() {
    check_rejects!(method(0.7, -0.4, 1.3));
}
