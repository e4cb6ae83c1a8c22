//! Where a function with a rule of its own may be called.

use pullback::{custom_adjoint, differentiate};

use crate::common::{Case, check, check_in_place, check_rejects};

#[custom_adjoint(square_adjoint)]
pub fn square(x: f64) -> f64 {
    x * x
}

pub fn square_adjoint(x: f64, _value: &f64, seed: f64) -> f64 {
    2.0 * x * seed
}

mod elsewhere {
    pub use super::square as squared;
}

#[differentiate]
fn in_a_loop(x: &mut [f64], n: usize) {
    for k in 0..n {
        for i in 0..x.len() {
            x[i] = square(x[i]) - x[(i + k) % x.len()];
        }
    }
}

#[test]
fn loop_over_a_buffer() {
    check_in_place!(in_a_loop(&mut [0.4, -1.2, 0.9], const 3));
}

#[differentiate]
fn in_a_branch(x: f64) -> f64 {
    if x > 0.0 { square(x) * x } else { x.exp() }
}

#[test]
fn branch() {
    check!(in_a_branch(0.7), in_a_branch(-0.7));
}

#[differentiate]
fn by_path(x: f64) -> f64 {
    elsewhere::squared(x) + self::square(x) * crate::callers::square(x)
}

#[test]
fn re_export() {
    check!(by_path(0.7));
}

#[differentiate]
fn helper(x: f64, y: f64) -> f64 {
    square(x) * y
}

#[differentiate]
fn two_levels(x: f64, n: usize) -> f64 {
    let mut sum = 0.0;
    for i in 0..n {
        sum += helper(helper(x, sum + 1.0), i as f64);
    }
    sum
}

#[test]
fn through_another_function() {
    check!(two_levels(0.7, const 4));
}

#[differentiate]
fn recursive(x: f64, n: usize) -> f64 {
    if n == 0 { x } else { square(recursive(x, n - 1)) + x }
}

#[test]
fn recursion() {
    check!(recursive(0.3, const 3));
}

#[test]
fn the_rule_of_the_callee_agrees_with_plain_differentiation() {
    #[differentiate]
    fn plain(x: f64) -> f64 {
        x * x
    }

    #[differentiate]
    fn of_plain(x: f64) -> f64 {
        plain(x).sin() * plain(x)
    }

    #[differentiate]
    fn of_custom(x: f64) -> f64 {
        square(x).sin() * square(x)
    }

    assert_eq!(of_plain::value_and_grad(0.7), of_custom::value_and_grad(0.7));
    Case::new("of_custom", (0.7,), |(x,)| of_plain(*x)).grad(&|(x,)| of_custom_grad(*x));
}

#[test]
fn negative_control() {
    check_rejects!(by_path(0.7), two_levels(0.7, const 4));
}
