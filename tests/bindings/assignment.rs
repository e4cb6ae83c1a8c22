use crate::common::{Case, check, check_in_place, check_rejects};
use crate::{Point, Segment};
use pullback::differentiate;

#[differentiate]
fn overwritten(x: f64) -> f64 {
    let mut y = x.sin();
    let early = y * y;
    y = x.exp();
    early * y
}

#[test]
fn a_value_read_before_it_is_overwritten() {
    check!(overwritten(0.6));
}

#[differentiate]
fn last_one_counts(x: f64, y: f64) -> f64 {
    let mut v = [x * y; 2];
    v[0] = y.sin();
    v[1] = v[0] * x;
    v[0] = x;
    v[0] * v[1]
}

#[test]
fn a_value_overwritten_before_it_is_read() {
    check!(last_one_counts(0.6, 1.4));
}

#[differentiate]
fn repeated_squaring(x: f64) -> f64 {
    let mut y = x;
    y = y * y;
    y = y * y + x;
    y = y * y;
    y
}

#[test]
fn a_variable_in_its_own_assignment() {
    check!(repeated_squaring(0.9));
}

#[differentiate]
fn one_side_only(x: f64, y: f64) -> f64 {
    let mut z = x * y;
    if x > 1.0 {
        z = z.sin();
    }
    z * z
}

#[test]
fn assignment_in_one_branch() {
    check!(one_side_only(1.2, 0.7), one_side_only(0.8, 0.7));
}

#[differentiate]
fn elements(x: &[f64], i: usize) -> f64 {
    let mut v = [0.0; 3];
    v[0] = x[0];
    v[i] = x[1] * v[0];
    v[2] = v[i] * v[0];
    v[0] * v[1] + v[2]
}

#[test]
fn to_an_element() {
    check!(elements(&[0.6, 1.4], const 1), elements(&[0.6, 1.4], const 0));
}

#[differentiate]
fn matrix_elements(x: f64, y: f64) -> f64 {
    let mut m = [[x, y], [0.0, 1.0]];
    m[1][0] = m[0][0] * m[0][1];
    m[0] = m[1];
    m[0][0] * m[1][0] + m[0][1] * x
}

#[test]
fn to_an_element_of_an_element() {
    check!(matrix_elements(0.6, 1.4));
}

#[differentiate]
fn fields(x: f64, y: f64) -> f64 {
    let mut p = Point { x, y };
    p.x *= p.y;
    p.y = p.x.sin();
    let mut segment = Segment { from: p, to: p };
    segment.to.x = segment.from.y * x;
    segment.from = Point { y: x, ..segment.to };
    segment.from.x * segment.from.y + segment.to.y
}

#[test]
fn to_a_field() {
    check!(fields(0.6, 1.4));
}

#[differentiate]
fn tuple_fields(x: f64, y: f64) -> f64 {
    let mut pair = (x, (y, 2));
    pair.0 *= pair.1.0;
    pair.1.0 = pair.0.powi(pair.1.1);
    pair.1.1 += 1;
    pair.1.0 * x.powi(pair.1.1)
}

#[test]
fn to_a_field_of_a_tuple() {
    check!(tuple_fields(0.6, 1.4));
}

#[differentiate]
fn fibonacci(a: f64, b: f64) -> f64 {
    let (mut a, mut b) = (a, b);
    for _ in 0..4 {
        (a, b) = (b, a * b);
    }
    a + b
}

#[test]
fn destructuring_a_tuple() {
    check!(fibonacci(1.1, 0.9));
}

#[differentiate]
fn rotated(x: &[f64; 3]) -> f64 {
    let [mut a, mut b, mut c] = *x;
    [a, b, c] = [b * c, c, a];
    [a, b, _] = [b * a, c, a];
    a * b.sin() + c
}

#[test]
fn destructuring_an_array() {
    check!(rotated(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn exchanged_elements(x: f64, y: f64) -> f64 {
    let mut v = [x, y, 0.0];
    (v[1], v[2]) = (v[0] * v[1], v[1]);
    (v[0], _) = (v[2].sin(), x);
    v[0] * v[1] * v[2]
}

#[test]
fn destructuring_into_elements() {
    check!(exchanged_elements(0.6, 1.4));
}

#[differentiate]
fn moved_out(x: f64, y: f64) -> f64 {
    let (mut a, mut b) = (x, y);
    Point { x: a, y: b } = Point { x: a * b, y: a };
    Point { x: b, .. } = Point { x: b * a, y: x };
    a * b
}

#[test]
fn destructuring_a_structure() {
    check!(moved_out(0.6, 1.4));
}

#[differentiate]
fn compound(x: f64, y: f64) -> f64 {
    let mut z = x;
    z += y * z;
    z -= x.sin();
    z *= z;
    z /= y + z;
    z
}

#[test]
fn compound_assignment() {
    check!(compound(0.6, 1.4));
}

#[differentiate]
fn wrapped(x: f64, period: f64) -> f64 {
    let mut phase = x * x;
    phase %= period;
    phase * x
}

#[test]
fn remainder_assignment() {
    check!(wrapped(2.1, 1.3), wrapped(-0.7, 1.3), wrapped(2.1, -1.3));
}

#[differentiate]
fn compound_places(x: &[f64], s: f64) -> f64 {
    let mut v = [x[0], x[1], s];
    let mut p = Point { x: x[2], y: s };
    v[0] += v[1] * v[2];
    v[1] *= v[0];
    p.x /= v[1];
    p.y -= p.x * p.x;
    v[2] += p.y * v[0];
    v[0] * v[1] * v[2]
}

#[test]
fn compound_assignment_to_places() {
    check!(compound_places(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn normalise(x: &mut [f64; 2], total: &mut f64) {
    *total = x[0] + x[1];
    x[0] /= *total;
    x[1] /= *total;
}

#[test]
fn through_mutable_parameters() {
    check_in_place!(normalise(&mut [0.6, 1.4], &mut 0.3));
}

#[test]
fn negative_control() {
    check_rejects!(compound(0.6, 1.4), fields(0.6, 1.4), compound_places(&[0.6, 1.4, -0.5], 0.8));
}

/// A shadow of a `&mut` parameter holds the cotangent of the value found, not the sum of both.
#[test]
#[should_panic(expected = "entry 0 of the gradient")]
fn negative_control_of_overwritten_parameters() {
    Case::new("overwrite", (0.7,), |(x,)| *x = *x * *x).leaving_behind(&[true]).adjoint(
        &|(x,), (x_bar,), ()| {
            *x_bar += 2.0 * *x * *x_bar;
            *x = *x * *x;
        },
    );
}

#[test]
#[should_panic(expected = "in its arguments")]
fn negative_control_of_values_left_behind() {
    Case::new("overwrite", (0.7,), |(x,)| *x = *x * *x)
        .leaving_behind(&[true])
        .adjoint(&|(x,), (x_bar,), ()| *x_bar *= 2.0 * *x);
}
