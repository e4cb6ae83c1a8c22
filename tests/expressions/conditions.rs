use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn in_the_quadrant(x: f64, y: f64) -> f64 {
    if x > 0.0 && y > 0.0 { x.ln() * y.sqrt() } else { x * x * y }
}

#[test]
fn and() {
    check!(in_the_quadrant(0.6, 1.4), in_the_quadrant(-0.6, 1.4), in_the_quadrant(0.6, -1.4));
}

#[differentiate]
fn outside_a_strip(x: f64, y: f64) -> f64 {
    if x < -1.0 || y > 2.0 || x * y > 1.5 { x * y.exp() } else { x.cos() * y }
}

#[test]
fn or() {
    check!(outside_a_strip(-2.0, 1.0), outside_a_strip(2.0, 1.0));
    check!(outside_a_strip(0.3, 2.5), outside_a_strip(0.3, 1.0));
}

#[differentiate]
fn first_negative(x: &[f64]) -> f64 {
    let mut i = 0;
    while i < x.len() && x[i] >= 0.0 {
        i += 1;
    }
    if i == x.len() || x[i] > -1.0 && i != 0 { x[0] * x[0] } else { x[i] * x[0] }
}

#[test]
fn second_operand_only_when_needed() {
    check!(first_negative(&[0.6, 1.4]), first_negative(&[0.6, -1.4]), first_negative(&[0.6, -0.4]));
    check!(first_negative(&[-0.6, 1.4]));
}

#[differentiate]
fn stored(x: f64, y: f64) -> f64 {
    let inside = x * x + y * y < 1.0;
    let right = x > 0.0;
    let both = inside && right;
    let mut value = if both { x * y } else { x - y * y };
    if inside | right {
        value *= x;
    }
    value
}

#[test]
fn condition_in_a_variable() {
    check!(stored(0.6, 0.4), stored(-0.6, 0.4), stored(1.6, 0.4), stored(-1.6, 0.4));
}

/// Makes `value` smaller and says whether it is still large.
#[differentiate]
fn shrink(value: &mut f64, factor: f64) -> bool {
    *value *= factor;
    *value > 0.5
}

#[differentiate]
fn shrunk(x: f64, factor: f64) -> f64 {
    let mut y = x;
    let mut z = x * x;
    if shrink(&mut y, factor) && shrink(&mut z, factor) {
        z += y;
    }
    if shrink(&mut y, factor) || shrink(&mut z, y) {
        y *= z;
    }
    y * z
}

#[test]
fn operands_with_effects() {
    check!(shrunk(0.6, 0.7), shrunk(0.9, 0.7), shrunk(2.0, 0.7), shrunk(1.2, 0.6));
}

#[test]
fn negative_control() {
    check_rejects!(stored(0.6, 0.4), shrunk(0.9, 0.7));
}
