use crate::common::{check, check_rejects};
use crate::{Point, Polar, Segment};
use pullback::differentiate;

#[differentiate]
fn complex_square(re: f64, im: f64) -> f64 {
    let (a, b) = (re * re - im * im, 2.0 * re * im);
    a * b
}

#[test]
fn tuple() {
    check!(complex_square(0.6, 1.4));
}

#[differentiate]
fn nested(x: f64, y: f64) -> f64 {
    let ((a, b), (c, n)) = ((x.sin(), y), (x * y, 3));
    a * b + c.powi(n)
}

#[test]
fn nested_tuple() {
    check!(nested(0.6, 1.4));
}

#[differentiate]
fn triple_product([a, b, c]: [f64; 3], (d, k): (f64, i32)) -> f64 {
    a * b * c * d.powi(k)
}

#[test]
fn patterns_in_the_parameters() {
    check!(triple_product([0.6, 1.4, -0.5], (0.8, 3)));
}

#[differentiate]
fn cross(u: &[f64; 3], v: &[f64; 3]) -> f64 {
    let [a, b, c] = *u;
    let [d, e, f] = v;
    (b * f - c * e) * (c * d - a * f) + (a * e - b * d)
}

#[test]
fn array() {
    check!(cross(&[0.6, 1.4, -0.5], &[1.1, -0.3, 0.7]));
}

#[differentiate]
fn ends(x: &[f64]) -> f64 {
    match x {
        [] => 0.0,
        [only] => only * only,
        [first, .., last] => first * last.exp(),
    }
}

#[test]
fn slice() {
    check!(ends(&[0.8]), ends(&[0.8, 0.4]), ends(&[0.8, 7.0, 0.4]));
    assert_eq!(ends::grad(&[]), [0.0; 0]);
}

#[differentiate]
fn head_and_tail(x: &[f64]) -> f64 {
    let [head, tail @ ..] = x else {
        return 0.0;
    };
    let mut sum = 0.0;
    for t in tail {
        sum += head * t * t;
    }
    sum
}

#[test]
fn slice_with_the_rest_bound() {
    check!(head_and_tail(&[0.8, 0.4, -1.1]));
    assert_eq!(head_and_tail::grad(&[]), [0.0; 0]);
}

#[differentiate]
fn area(width: f64, height: f64) -> f64 {
    let corner = Point { x: width.exp(), y: height };
    let Point { x, y: up } = corner;
    x * up * up
}

#[test]
fn structure() {
    check!(area(0.3, 1.2));
}

#[differentiate]
fn first_coordinates(a: f64, b: f64) -> f64 {
    let segment = Segment { from: Point { x: a, y: b }, to: Point { x: a * b, y: 1.0 } };
    let Segment { from: Point { x: left, .. }, to } = segment;
    let Point { x: right, .. } = to;
    (right - left).sin()
}

#[test]
fn nested_structure_with_a_rest() {
    check!(first_coordinates(0.3, 1.2));
}

#[differentiate]
fn to_cartesian(radius: f64, angle: f64) -> f64 {
    let Polar(r, phi) = Polar(radius * radius, angle);
    r * phi.cos()
}

#[test]
fn tuple_structure() {
    check!(to_cartesian(1.3, 0.4));
}

#[differentiate]
fn whole_and_parts(x: f64, y: f64) -> f64 {
    let pair @ (a, b) = (x * y, y.sin());
    pair.0 * b + a * pair.1 * a
}

#[test]
fn at_binding() {
    check!(whole_and_parts(0.6, 1.4));
}

#[differentiate]
fn by_reference(x: f64, y: f64) -> f64 {
    let pair = (x * y, x.sin());
    let (ref a, b) = pair;
    a * b + pair.0
}

#[test]
fn ref_binding() {
    check!(by_reference(0.6, 1.4));
}

#[differentiate]
fn by_mutable_reference(x: f64, y: f64) -> f64 {
    let mut pair = (x * y, x.sin());
    let (ref mut a, b) = pair;
    *a *= b;
    *a += y;
    pair.0 * pair.1
}

#[test]
fn ref_mut_binding() {
    check!(by_mutable_reference(0.6, 1.4));
}

#[differentiate]
fn square_root_or_zero(x: f64) -> f64 {
    let root = if x > 0.0 { Some(x.sqrt()) } else { None };
    let Some(root) = root else {
        return -x * x;
    };
    root * x
}

#[test]
fn let_else() {
    check!(square_root_or_zero(2.0), square_root_or_zero(-2.0));
}

#[test]
fn negative_control() {
    check_rejects!(triple_product([0.6, 1.4, -0.5], (0.8, 3)), by_mutable_reference(0.6, 1.4));
}
