//! `tangent = …`, beside an adjoint or alone.

use pullback::{custom_adjoint, differentiate};

use crate::common::{check, check_rejects};

#[custom_adjoint(exponential_adjoint, tangent = exponential_tangent)]
fn exponential(x: f64, rate: f64) -> f64 {
    (rate * x).exp()
}

fn exponential_adjoint(x: f64, rate: f64, value: &f64, seed: f64) -> (f64, f64) {
    (seed * value * rate, seed * value * x)
}

fn exponential_tangent(x: f64, x_dot: f64, rate: f64, rate_dot: f64) -> (f64, f64) {
    let value = (rate * x).exp();
    (value, value * (rate * x_dot + x * rate_dot))
}

#[custom_adjoint(forward = logistic_forward, reverse = logistic_reverse, tangent = logistic_tangent)]
fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn logistic_forward(x: f64) -> (f64, f64) {
    let y = logistic(x);
    (y, y * (1.0 - y))
}

fn logistic_reverse(slope: f64, _x: f64, seed: f64) -> f64 {
    slope * seed
}

fn logistic_tangent(x: f64, x_dot: f64) -> (f64, f64) {
    let (y, slope) = logistic_forward(x);
    (y, slope * x_dot)
}

#[custom_adjoint(tangent = tangent_alone_tangent)]
fn tangent_alone(x: f64) -> f64 {
    x.sin() * x
}

fn tangent_alone_tangent(x: f64, x_dot: f64) -> (f64, f64) {
    (x.sin() * x, (x.cos() * x + x.sin()) * x_dot)
}

#[differentiate]
fn of_all(x: f64, y: f64) -> f64 {
    exponential(x, y) * logistic(x) + tangent_alone(y)
}

#[test]
fn reverse_mode_does_without_the_tangent() {
    check!(of_all(0.7, -1.2));
}

#[differentiate]
fn in_a_loop(x: f64, n: usize) -> f64 {
    let mut y = x;
    for k in 0..n {
        y = if k % 2 == 0 { logistic(y) } else { tangent_alone(exponential(y, x)) };
    }
    y
}

#[test]
fn all_forms_in_a_loop() {
    check!(in_a_loop(0.7, const 1), in_a_loop(0.7, const 5));
}

#[test]
fn negative_control() {
    check_rejects!(of_all(0.7, -1.2));
}
