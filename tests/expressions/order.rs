//! Operands are evaluated from left to right, except that an assignment evaluates its right-hand side first.

use crate::common::{check, check_rejects};
use pullback::{Differentiable, differentiate, no_grad};

#[no_grad]
fn advance(i: &mut usize) -> usize {
    *i += 1;
    *i - 1
}

#[differentiate]
fn double(value: &mut f64) -> f64 {
    *value *= 2.0;
    *value
}

#[differentiate]
fn indexed_twice(x: &[f64]) -> f64 {
    let mut a = [0.5, 1.5, 2.5];
    let mut i = 0;
    a[advance(&mut i)] += x[advance(&mut i)] * x[0];
    a[advance(&mut i)] *= x[i] * x[1];
    a[0] * a[1] * a[2]
}

#[test]
fn compound_assignment_with_effects_in_the_index() {
    check!(indexed_twice(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn assigned_last(x: &[f64]) -> f64 {
    let mut a = [x[0]; 3];
    let mut i = 0;
    a[advance(&mut i)] = x[advance(&mut i)] * x[i];
    a[0] * a[1] * a[1] * a[2]
}

#[test]
fn assignment_with_effects_in_the_index() {
    check!(assigned_last(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn left_to_right(x: &[f64]) -> f64 {
    let mut i = 0;
    let difference = x[advance(&mut i)] - x[advance(&mut i)] * x[advance(&mut i)];
    difference * x[i]
}

#[test]
fn operands() {
    check!(left_to_right(&[0.6, 1.4, -0.5, 0.8]));
}

#[differentiate]
fn doubled_on_the_way(x: f64) -> f64 {
    let mut y = x;
    let sum = y * y + double(&mut y) * y;
    sum * y.max(double(&mut y)) + y
}

#[test]
fn operands_that_change_what_was_read() {
    check!(doubled_on_the_way(0.6), doubled_on_the_way(-0.6));
}

#[differentiate]
fn block_operands(x: f64) -> f64 {
    let mut y = x;
    y * {
        y = y.sin();
        y * x
    } + y
}

#[test]
fn blocks_that_change_what_was_read() {
    check!(block_operands(0.6));
}

#[differentiate]
fn doubled_before_it_is_added_to(x: f64) -> f64 {
    let mut y = x * x;
    y += {
        y *= 3.0;
        y * x
    };
    y
}

#[test]
fn compound_assignment_reads_the_left_side_last() {
    check!(doubled_before_it_is_added_to(0.6));
}

#[derive(Clone, Copy, Debug, Differentiable)]
struct Pair {
    first: f64,
    second: f64,
}

#[differentiate]
fn in_order_of_writing(x: f64) -> f64 {
    let mut y = x;
    let pair = Pair { second: double(&mut y) * x, first: double(&mut y).sin() };
    let array = [double(&mut y), y * y];
    let (a, b) = (y, double(&mut y));
    pair.first * pair.second + array[0] * array[1] * a * a * b
}

#[test]
fn aggregates() {
    check!(in_order_of_writing(0.3));
}

#[differentiate]
fn weighted_difference(a: f64, b: f64, c: f64) -> f64 {
    a * a - b * c
}

#[differentiate]
fn arguments_in_order(x: f64) -> f64 {
    let mut y = x;
    weighted_difference(y, double(&mut y), double(&mut y) * x)
}

#[test]
fn arguments() {
    check!(arguments_in_order(0.6));
}

#[test]
fn negative_control() {
    check_rejects!(indexed_twice(&[0.6, 1.4, -0.5]), in_order_of_writing(0.3));
}
