use crate::common::{check, check_in_place, check_rejects};
use pullback::differentiate;

#[differentiate]
fn line(x: f64, slope: f64, offset: f64) -> f64 {
    let steep = slope * slope;
    let line = |v: f64| steep * v + offset;
    line(line(x)) * slope
}

#[test]
fn by_reference() {
    check!(line(0.6, 1.4, -0.5));
}

#[differentiate]
fn copied_before_the_change(x: f64, s: f64) -> f64 {
    let mut factor = s * x;
    let scale = move |v: f64| v * factor;
    factor *= 2.0;
    scale(x) + factor * scale(s)
}

#[test]
fn by_copy() {
    check!(copied_before_the_change(0.6, 0.8));
}

#[differentiate]
fn polynomial(x: f64, y: f64) -> f64 {
    let coefficients = [x, y, x * y].to_vec();
    let evaluate = move |t: f64| coefficients[0] + t * (coefficients[1] + t * coefficients[2]);
    evaluate(x) * evaluate(2.0)
}

#[test]
fn by_move_of_a_vector() {
    check!(polynomial(0.6, 1.4));
}

#[differentiate]
fn accumulated(x: &[f64], s: f64) -> f64 {
    let mut total = s;
    let mut add = |v: f64| total += v * s;
    add(x[0]);
    add(x[1] * x[0]);
    total * total
}

#[test]
fn by_mutable_reference() {
    check!(accumulated(&[0.6, 1.4], 0.8));
}

#[differentiate]
fn generator(x: f64, rate: f64, steps: usize) -> f64 {
    let mut state = x;
    let mut next = || {
        state = rate * state * (1.0 - state);
        state * x
    };
    let mut sum = 0.0;
    for _ in 0..steps {
        sum += next();
    }
    sum * state
}

#[test]
fn of_state_that_is_carried_on() {
    check!(generator(0.3, 2.7, const 4), generator(0.3, 2.7, const 1));
}

#[differentiate]
fn pushed(x: &[f64]) -> f64 {
    let mut kept = Vec::new();
    let mut keep = |v: f64| {
        if v > 0.0 {
            kept.push(v * v);
        }
    };
    for &v in x {
        keep(v);
    }
    kept[0] * kept[1]
}

#[test]
fn of_a_vector_that_grows() {
    check!(pushed(&[0.6, -1.4, 0.5]));
}

#[differentiate]
fn written(x: &mut [f64], s: f64) {
    let mut scale = |i: usize, factor: f64| x[i] *= factor * s;
    scale(0, 2.0);
    scale(1, s);
    scale(0, s);
    x[1] *= x[0];
}

#[test]
fn of_a_mutable_parameter() {
    check_in_place!(written(&mut [0.6, 1.4], 0.8));
}

#[test]
fn negative_control() {
    check_rejects!(line(0.6, 1.4, -0.5), copied_before_the_change(0.6, 0.8));
    check_rejects!(generator(0.3, 2.7, const 4));
}
