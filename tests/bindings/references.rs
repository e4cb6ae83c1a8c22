use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn read_twice(x: f64, y: f64) -> f64 {
    let product = x * y;
    let view = &product;
    *view * view.sin()
}

#[test]
fn shared_reference_to_a_local() {
    check!(read_twice(0.6, 1.4));
}

#[differentiate]
fn written_through(x: f64, y: f64) -> f64 {
    let mut value = x;
    let place = &mut value;
    *place *= y;
    *place = place.sin();
    value * x
}

#[test]
fn mutable_reference_to_a_local() {
    check!(written_through(0.6, 1.4));
}

#[differentiate]
fn scaled_middle(x: &[f64], s: f64) -> f64 {
    let mut copy = x.to_vec();
    let middle = &mut copy[1..3];
    middle[0] *= s;
    middle[1] *= middle[0];
    copy[2] * copy[0] + copy[1]
}

#[test]
fn mutable_reference_to_a_part() {
    check!(scaled_middle(&[0.6, 1.4, -0.5, 0.2], 0.9));
}

#[differentiate]
fn larger_squared(x: f64, y: f64) -> f64 {
    let larger = if x > y { &x } else { &y };
    larger * larger
}

#[test]
fn reference_out_of_a_branch() {
    check!(larger_squared(1.4, 0.3), larger_squared(0.3, 1.4));
}

#[test]
fn negative_control() {
    check_rejects!(written_through(0.6, 1.4));
}
