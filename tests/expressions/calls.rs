use crate::common::{Case, check, check_rejects};
use pullback::differentiate;

mod library {
    use pullback::differentiate;

    #[differentiate]
    pub fn softplus(x: f64) -> f64 {
        x.exp().ln_1p()
    }

    pub mod inner {
        use pullback::differentiate;

        #[differentiate]
        pub fn cube(x: f64) -> f64 {
            super::square(x) * x
        }
    }

    #[differentiate]
    pub(super) fn square(x: f64) -> f64 {
        x * x
    }
}

use library::inner;
use library::softplus as smooth_ramp;

#[differentiate]
fn blend(x: f64, y: f64, t: f64) -> f64 {
    x * (1.0 - t) + y * t
}

#[differentiate]
fn length(v: &[f64]) -> f64 {
    (v[0] * v[0] + v[1] * v[1]).sqrt()
}

#[differentiate]
fn scale(v: &mut [f64], s: f64) {
    v[0] *= s;
    v[1] *= s * v[0];
}

#[differentiate]
fn at_several_paths(x: f64) -> f64 {
    let cube = inner::cube(x) + library::inner::cube(2.0 * x);
    cube * smooth_ramp(x) + self::library::softplus(-x) * library::square(x)
}

#[test]
fn paths_of_functions() {
    check!(at_several_paths(0.6));
}

#[differentiate]
fn calls_in_calls(x: f64, y: f64) -> f64 {
    blend(blend(x, y, x), blend(y, x, 0.5), blend(0.0, x, y))
}

#[test]
fn calls_as_arguments() {
    check!(calls_in_calls(0.6, 1.4));
}

/// What `f_grad` returns is what `f::grad` returns.
#[test]
fn gradient_as_a_free_function() {
    Case::new("calls_in_calls", (0.6, 1.4), |(x, y)| calls_in_calls(*x, *y))
        .grad(&|(x, y)| calls_in_calls_grad(*x, *y));
    assert_eq!(at_several_paths_grad(0.6), at_several_paths::grad(0.6));
}

#[differentiate]
fn all_the_same(x: f64) -> f64 {
    blend(x, x, x) + blend(x * x, 2.0, x)
}

#[test]
fn one_variable_as_every_argument() {
    check!(all_the_same(0.6));
}

#[differentiate]
fn normalised(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    let before = length(&v);
    scale(&mut v, 1.0 / before);
    scale(&mut v[1..], before);
    v[1] * length(x) + length(&v[1..])
}

#[test]
fn arguments_by_reference() {
    check!(normalised(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn through_paths(x: f64, y: f64) -> f64 {
    f64::max(x, y) * f64::sin(x) + f64::powi(y, 3) * std::primitive::f64::exp(-x) + <f64>::hypot(x, y)
}

#[test]
fn paths_of_standard_functions() {
    check!(through_paths(0.6, 1.4), through_paths(1.4, 0.6));
}

#[test]
fn negative_control() {
    check_rejects!(calls_in_calls(0.6, 1.4), normalised(&[0.6, 1.4, -0.5]));
}
