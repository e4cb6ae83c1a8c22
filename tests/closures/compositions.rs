use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn tower(x: f64, s: f64) -> f64 {
    let scale = |v: f64| v * s;
    let wave = |v: f64| scale(v).sin() + v;
    let both = |v: f64| wave(scale(v)) * wave(v);
    both(x) + wave(s)
}

#[test]
fn closures_that_call_closures() {
    check!(tower(0.6, 0.8));
}

#[differentiate]
fn closure_in_a_closure(x: f64, s: f64) -> f64 {
    let outer = |a: f64| {
        let inner = |b: f64| a * b * s;
        inner(a) + inner(x)
    };
    outer(x) * outer(s)
}

#[test]
fn closures_inside_closures() {
    check!(closure_in_a_closure(0.6, 0.8));
}

#[differentiate]
fn softplus(x: f64) -> f64 {
    x.exp().ln_1p()
}

#[differentiate]
fn with_functions(x: f64, y: f64) -> f64 {
    let gate = |v: f64| softplus(v * y) * v.tanh();
    gate(x) + softplus(gate(y))
}

#[test]
fn closures_that_call_functions() {
    check!(with_functions(0.6, 1.4));
}

#[differentiate]
fn in_nested_loops(x: &[f64], s: f64) -> f64 {
    let kernel = |a: f64, b: f64| (-(a - b) * (a - b) * s).exp();
    let mut sum = 0.0;
    for i in 0..x.len() {
        for j in 0..i {
            sum += kernel(x[i], x[j]) * sum + x[i];
        }
    }
    sum
}

#[test]
fn closures_called_in_loops() {
    check!(in_nested_loops(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn midpoint_rule(x: f64, y: f64) -> f64 {
    let slope = |t: f64, v: f64| t * y - v * v;
    let mut v = x;
    for k in 0..4 {
        let t = 0.25 * f64::from(k);
        let half = v + 0.125 * slope(t, v);
        v += 0.25 * slope(t + 0.125, half);
    }
    v
}

#[test]
fn closure_as_a_right_hand_side() {
    check!(midpoint_rule(0.6, 1.4));
}

#[differentiate]
fn redefined(x: f64) -> f64 {
    let f = |v: f64| v * x;
    let y = f(x);
    let f = |v: f64| v.sin() + f(v);
    f(y)
}

#[test]
fn closure_that_hides_another() {
    check!(redefined(0.6));
}

#[test]
fn negative_control() {
    check_rejects!(tower(0.6, 0.8), in_nested_loops(&[0.6, 1.4, -0.5], 0.8), midpoint_rule(0.6, 1.4));
}
