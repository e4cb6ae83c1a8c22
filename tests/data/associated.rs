//! Associated functions.

use pullback::{Differentiable, differentiate};

use crate::common::{Case, check, check_rejects, check_vjp};

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

flat!(Complex { re, im });

impl Complex {
    const UNIT: f64 = 1.0;

    #[differentiate]
    fn polar(r: f64, angle: f64) -> Self {
        Self { re: r * angle.cos(), im: r * angle.sin() }
    }

    #[differentiate]
    fn product(a: &Self, b: &Self) -> Self {
        Self { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }
    }

    #[differentiate]
    fn distance(a: &Self, b: &Self) -> f64 {
        (a.re - b.re).hypot(a.im - b.im)
    }

    #[differentiate]
    fn power(self, n: usize) -> Self {
        let mut power = Self { re: Self::UNIT, im: 0.0 };
        for _ in 0..n {
            power = Self::product(&power, &self);
        }
        power
    }
}

const A: Complex = Complex { re: 0.7, im: -1.2 };
const B: Complex = Complex { re: 1.9, im: 0.4 };

#[test]
fn constructor() {
    let primal = |(r, angle): &mut (f64, f64)| Complex::polar(*r, *angle);
    Case::new("polar", (1.3, 0.6), &primal)
        .vjp(&|(r, angle), seed| {
            let (value, pullback) = Complex::polar_vjp(*r, *angle);
            (value, pullback(seed))
        })
        .adjoint(&|(r, angle), (r_bar, angle_bar), seed| {
            Complex::polar_adjoint(*r, r_bar, *angle, angle_bar, seed)
        });
}

#[test]
fn scalar_result() {
    let primal = |(a, b): &mut (Complex, Complex)| Complex::distance(a, b);
    Case::new("distance", (A, B), &primal)
        .grad(&|(a, b)| Complex::distance_grad(a, b))
        .value_and_grad(&|(a, b)| Complex::distance_value_and_grad(a, b))
        .vjp(&|(a, b), seed| {
            let (value, pullback) = Complex::distance_vjp(a, b);
            (value, pullback(seed))
        })
        .adjoint(&|(a, b), (a_bar, b_bar), seed| Complex::distance_adjoint(a, a_bar, b, b_bar, seed));
}

#[differentiate]
fn called(r: f64, angle: f64, b: &Complex) -> f64 {
    let a = Complex::polar(r, angle);
    Complex::distance(&Complex::product(&a, b), b)
}

#[test]
fn called_by_the_name_of_the_type() {
    check!(called(1.3, 0.6, &B));
}

#[differentiate]
fn powers(z: Complex) -> Complex {
    z.power(3)
}

#[test]
fn called_as_self_in_a_loop() {
    check_vjp!(powers(A));
}

type Alias = Complex;

#[differentiate]
fn by_alias(r: f64, angle: f64) -> f64 {
    Alias::polar(r, angle).re * Complex::polar(angle, r).im
}

#[test]
fn called_by_an_alias() {
    check!(by_alias(1.3, 0.6));
}

mod inner {
    use pullback::{Differentiable, differentiate};

    #[derive(Clone, Debug, Differentiable)]
    pub struct Scale {
        pub factor: f64,
    }

    impl Scale {
        #[differentiate]
        pub fn new(log: f64) -> Self {
            Scale { factor: log.exp() }
        }

        #[differentiate]
        pub(crate) fn applied(&self, x: f64) -> f64 {
            self.factor * x
        }
    }
}

#[differentiate]
fn from_another_module(log: f64, x: f64) -> f64 {
    inner::Scale::new(log).applied(x)
}

#[test]
fn visibility_is_that_of_the_method() {
    check!(from_another_module(0.3, 1.4));
    let scale = inner::Scale::new(0.0);
    assert_eq!(scale.applied_grad(3.0).1, 1.0);
}

#[test]
fn negative_control() {
    check_rejects!(called(1.3, 0.6, &B));
}
