//! Views of a part of a buffer, read and written.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_in_place, check_vjp};

const X: [f64; 6] = [0.4, -1.2, 0.9, 2.1, -0.3, 1.6];

#[differentiate]
fn product(x: &[f64]) -> f64 {
    let mut product = 1.0;
    for v in x {
        product *= v;
    }
    product
}

#[differentiate]
fn ranges(x: &[f64], i: usize) -> f64 {
    product(&x[i..]) + 2.0 * product(&x[..i]) - product(&x[1..=i]) * product(&x[..=2]) + product(&x[..])
}

#[test]
fn every_kind_of_range() {
    check!(ranges(&X, const 2), ranges(&X, const 4));
}

#[differentiate]
fn named_view(x: &[f64], start: usize, len: usize) -> f64 {
    let window = &x[start..start + len];
    let mut sum = 0.0;
    for i in 0..window.len() {
        sum += window[i] * window[window.len() - 1 - i];
    }
    sum
}

#[test]
fn view_bound_to_a_name() {
    check!(named_view(&X, const 1, const 3), named_view(&X, const 0, const 6));
}

#[differentiate]
fn view_of_a_view(x: &[f64]) -> f64 {
    let inner = &x[1..5];
    let innermost = &inner[1..3];
    innermost[0] * innermost[1] * inner[0] + inner[3]
}

#[test]
fn view_within_a_view() {
    check!(view_of_a_view(&X));
}

#[differentiate]
fn moving_window(x: &[f64], width: usize) -> f64 {
    let mut sum = 0.0;
    for start in 0..=x.len() - width {
        sum += product(&x[start..start + width]);
    }
    sum
}

#[test]
fn view_that_moves_in_a_loop() {
    check!(moving_window(&X, const 2), moving_window(&X, const 6));
}

#[differentiate]
fn shrinking(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for start in 0..x.len() - 1 {
        let rest = &x[start..];
        sum += rest[0] * rest[rest.len() - 1];
    }
    sum
}

#[test]
fn view_made_anew_in_a_loop() {
    check!(shrinking(&X));
}

#[differentiate]
fn halves(x: &[f64]) -> f64 {
    let (head, tail) = x.split_at(x.len() / 2);
    let mut sum = 0.0;
    for i in 0..head.len() {
        sum += head[i] * tail[i].exp();
    }
    sum
}

#[test]
fn split_at() {
    check!(halves(&X));
}

#[differentiate]
fn halves_mixed(x: &mut [f64]) {
    let (left, right) = x.split_at_mut(3);
    for i in 0..3 {
        let old = left[i];
        left[i] = old * right[i];
        right[2 - i] += old.sin();
    }
}

#[test]
fn split_at_mut() {
    check_in_place!(halves_mixed(&mut X));
}

#[differentiate]
fn written_through_a_view(x: &mut [f64]) -> f64 {
    {
        let middle = &mut x[2..4];
        middle[0] = middle[0] * middle[1];
        middle[1] += middle[0] * middle[0];
    }
    x[1] * x[2] + x[3]
}

#[test]
fn mutable_view() {
    check!(written_through_a_view(&mut X));
}

#[differentiate]
fn squared_in_place(x: &mut [f64]) {
    for v in x.iter_mut() {
        *v *= *v;
    }
}

#[differentiate]
fn tail_squared(x: &mut [f64], from: usize) {
    squared_in_place(&mut x[from..]);
    squared_in_place(&mut x[from + 1..from + 3]);
}

#[test]
fn mutable_view_passed_on() {
    check_in_place!(tail_squared(&mut X, const 2));
}

#[differentiate]
fn leading(x: &[f64]) -> f64 {
    let a = x.first_chunk::<3>().unwrap();
    a[0] * a[1] * a[2]
}

#[test]
fn first_chunk() {
    check!(leading(&X));
}

#[differentiate]
fn leading_by_pattern(x: &[f64]) -> f64 {
    let Some([a, b]) = x.first_chunk::<2>() else { return 0.0 };
    a * b * b
}

#[test]
fn first_chunk_by_pattern() {
    check!(leading_by_pattern(&X));
    assert_eq!(leading_by_pattern::value_and_grad(&[1.0]), (0.0, vec![0.0]));
}

#[differentiate]
fn converted(x: &[f64]) -> f64 {
    let head: [f64; 3] = x[..3].try_into().unwrap();
    let [a, b, c] = head;
    a * b + b * c
}

#[test]
fn slice_converted_to_an_array() {
    check!(converted(&X));
}

#[differentiate]
fn converted_by_reference(x: &[f64]) -> f64 {
    let block: &[f64; 2] = x[2..4].try_into().unwrap();
    block[0] * block[1] + x[2]
}

#[test]
fn slice_converted_to_a_reference_to_an_array() {
    check!(converted_by_reference(&X));
}

#[differentiate]
fn packed(parameters: &[f64]) -> Vec<f64> {
    let (scales, shifts) = parameters.split_at(3);
    let [a, b, c]: [f64; 3] = scales.try_into().expect("three scales");
    vec![a * shifts[0], b * shifts[1], c * shifts[2] + a * b]
}

#[test]
fn packed_parameters() {
    check_vjp!(packed(&X));
}

#[differentiate]
fn blocks(x: &mut [f64], width: usize) {
    for block in 0..x.len() / width {
        let block = &mut x[block * width..(block + 1) * width];
        for i in 1..block.len() {
            block[i] *= block[i - 1];
        }
    }
}

#[test]
fn mutable_blocks_in_a_loop() {
    check_in_place!(blocks(&mut X, const 2), blocks(&mut X, const 3));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_view_at_the_wrong_offset_is_rejected() {
    let wrong = |x: &[f64]| vec![x[1] * x[2], x[0] * x[2], x[0] * x[1], 0.0, 0.0, 0.0];
    check_gradient("product of x[1..4]", |x| product(&x[1..4]), wrong, &X);
}
