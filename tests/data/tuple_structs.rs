//! Structs with numbered fields.

use pullback::{Differentiable, differentiate};

use crate::common::{Case, check, check_in_place, check_vjp};

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Interval(pub f64, pub f64);

flat!(Interval { 0, 1 });

#[derive(Clone, Debug, Differentiable)]
pub struct Weights(pub Vec<f64>);

flat!(Weights { 0 });

#[differentiate]
fn width(interval: Interval) -> f64 {
    (interval.1 - interval.0) / (interval.0 * interval.1)
}

#[test]
fn fields_of_a_tuple_struct() {
    check!(width(Interval(0.5, 2.0)));
}

#[differentiate]
fn product(a: &Interval, b: &Interval) -> Interval {
    Interval(a.0 * b.0, a.1 * b.1)
}

#[test]
fn tuple_struct_returned() {
    check_vjp!(product(&Interval(0.5, 2.0), &Interval(0.7, 1.1)));
}

#[differentiate]
fn narrowed(interval: &mut Interval) {
    let Interval(low, high) = *interval;
    interval.0 = (low * high).sqrt();
    interval.1 -= interval.0 * low;
}

#[test]
fn tuple_struct_taken_apart_and_written() {
    check_in_place!(narrowed(&mut Interval(0.5, 2.0)));
}

#[differentiate]
fn polynomial(weights: &Weights, x: f64) -> f64 {
    let mut y = 0.0;
    for w in weights.0.iter().rev() {
        y = y * x + w;
    }
    y
}

#[test]
fn wrapped_vec() {
    check!(polynomial(&Weights(vec![0.3, -1.2, 0.8]), 1.4));
}

#[differentiate]
fn normalised(weights: Weights) -> Weights {
    let mut total = 0.0;
    for w in &weights.0 {
        total += w;
    }
    let mut weights = weights;
    for w in weights.0.iter_mut() {
        *w /= total;
    }
    weights
}

#[test]
fn wrapped_vec_by_value() {
    check_vjp!(normalised(Weights(vec![0.3, 1.2, 0.8])));
}

#[test]
#[should_panic(expected = "by differences")]
fn numbered_fields_exchanged_are_rejected() {
    let primal = |(interval,): &mut (Interval,)| width(*interval);
    Case::new("width", (Interval(0.5, 2.0),), &primal).grad(&|(x,)| (1.0 / (x.1 * x.1), -1.0 / (x.0 * x.0)));
}
