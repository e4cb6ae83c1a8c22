//! Arrays of fixed length, by value and by reference.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_vjp};

#[differentiate]
fn elements(x: [f64; 3]) -> f64 {
    x[0] * x[1] + x[2].sin()
}

#[test]
fn elements_of_an_array_by_value() {
    check!(elements([0.7, -1.3, 0.4]));
}

#[differentiate]
fn elements_by_reference(x: &[f64; 3], scale: f64) -> f64 {
    scale * x[0] / x[1] + x[2] * x[2]
}

#[test]
fn elements_of_an_array_by_reference() {
    check!(elements_by_reference(&[0.7, -1.3, 0.4], 2.5));
}

#[differentiate]
fn literal(a: f64, b: f64) -> f64 {
    let v = [a, a * b, b.exp()];
    v[0] * v[2] - v[1] * v[1]
}

#[test]
fn array_literal() {
    check!(literal(1.2, -0.3));
}

#[differentiate]
fn repeated(x: f64, y: f64) -> f64 {
    let mut v = [x; 4];
    v[1] *= y;
    v[3] = v[1] * v[2];
    v[0] + v[3] * v[3]
}

#[test]
fn array_of_a_repeated_element() {
    check!(repeated(0.8, 1.7));
}

#[differentiate]
fn zeros(x: &[f64; 3]) -> f64 {
    let mut squares = [0.0; 3];
    for i in 0..3 {
        squares[i] = x[i] * x[i];
    }
    squares[0] * squares[1] + squares[2]
}

#[test]
fn array_of_zeros_written_in_a_loop() {
    check!(zeros(&[0.5, -1.5, 2.0]));
}

#[differentiate]
fn determinant(m: &[[f64; 2]; 2]) -> f64 {
    m[0][0] * m[1][1] - m[0][1] * m[1][0]
}

#[test]
fn nested_array_read() {
    check!(determinant(&[[1.5, 0.2], [-0.7, 2.0]]));
}

#[differentiate]
fn multiplied(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let mut c = [[0.0; 2]; 2];
    for i in 0..2 {
        for j in 0..2 {
            for k in 0..2 {
                c[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    c
}

#[test]
fn nested_array_written_and_returned() {
    check_vjp!(multiplied(&[[1.5, 0.2], [-0.7, 2.0]], &[[0.3, -1.1], [0.9, 0.4]]));
}

#[differentiate]
fn with_row_replaced(m: [[f64; 2]; 2], row: [f64; 2]) -> f64 {
    let mut m = m;
    let old = m[0];
    m[0] = row;
    m[0][0] * m[1][1] + old[1] * m[0][1]
}

#[test]
fn row_of_a_nested_array_replaced() {
    check!(with_row_replaced([[1.5, 0.2], [-0.7, 2.0]], [0.6, -0.9]));
}

#[differentiate]
fn rotated(v: [f64; 2], angle: f64) -> [f64; 2] {
    let (sin, cos) = angle.sin_cos();
    [cos * v[0] - sin * v[1], sin * v[0] + cos * v[1]]
}

#[test]
fn array_returned() {
    check_vjp!(rotated([1.0, 2.0], 0.4));
}

#[differentiate]
fn by_pattern(x: &[f64; 3]) -> f64 {
    let [a, b, c] = *x;
    a * b + b * c * c
}

#[test]
fn array_taken_apart_by_a_pattern() {
    check!(by_pattern(&[0.2, 1.1, -0.6]));
}

#[differentiate]
fn parameter_pattern([x, y]: [f64; 2]) -> f64 {
    x * y.cos()
}

#[test]
fn array_taken_apart_in_the_parameter() {
    check!(parameter_pattern([0.2, 1.1]));
}

#[differentiate]
fn iterated(x: f64, k: f64, steps: usize) -> f64 {
    let mut state = [x, 0.5];
    for _ in 0..steps {
        state = [state[1], -k * state[0] * state[1]];
    }
    state[0] + 2.0 * state[1]
}

#[test]
fn whole_array_assigned_in_a_loop() {
    check!(iterated(0.9, 1.3, const 0), iterated(0.9, 1.3, const 5));
}

#[differentiate]
fn copied_before_write(x: [f64; 2]) -> f64 {
    let mut v = x;
    let old = v;
    v[0] = v[0] * v[1];
    v[1] = v[0].sin();
    old[0] * v[0] + old[1] * v[1]
}

#[test]
fn copy_of_an_array_survives_the_write() {
    check!(copied_before_write([1.1, 0.6]));
}

#[differentiate]
fn of_pairs(points: &[(f64, f64); 3]) -> f64 {
    let mut area = 0.0;
    for i in 0..points.len() {
        let (x, y) = points[i];
        let (next_x, next_y) = points[(i + 1) % points.len()];
        area += x * next_y - next_x * y;
    }
    0.5 * area * area
}

#[test]
fn array_of_tuples() {
    check!(of_pairs(&[(0.1, 0.2), (1.3, 0.1), (0.7, 1.9)]));
}

#[differentiate]
fn local_tables(x: f64) -> f64 {
    const WEIGHTS: [f64; 3] = [0.5, -1.0, 2.0];
    let powers = [1, 3, 2];
    let mut sum = 0.0;
    for i in 0..WEIGHTS.len() {
        sum += WEIGHTS[i] * x.powi(powers[i]);
    }
    sum
}

#[test]
fn arrays_of_constants() {
    check!(local_tables(1.4));
}

#[differentiate]
fn swapped(x: [f64; 3]) -> f64 {
    let mut v = x;
    v.swap(0, 2);
    v[0] *= v[1];
    v.swap(1, 1);
    v[0] - v[2].exp()
}

#[test]
fn array_elements_swapped() {
    check!(swapped([0.4, 1.2, 0.9]));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_forgotten_element_is_rejected() {
    check_gradient("literal", |x| literal(x[0], x[1]), |x| vec![x[1].exp(), x[0] * x[1].exp()], &[1.2, -0.3]);
}
