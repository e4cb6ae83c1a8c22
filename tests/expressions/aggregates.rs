use crate::common::{Case, check, check_in_place, check_rejects, check_vjp};
use pullback::{Differentiable, differentiate};

#[derive(Clone, Debug, Differentiable)]
struct Sphere {
    centre: [f64; 3],
    radius: f64,
}

#[differentiate]
fn tuple_fields(x: f64, y: f64) -> f64 {
    let t = (x * y, (x.sin(), y));
    t.0 * t.1.0 + t.1.1 * t.0
}

#[test]
fn tuple() {
    check!(tuple_fields(0.6, 1.4));
}

#[differentiate]
fn array_elements(x: f64, y: f64, i: usize) -> f64 {
    let a = [x * y, x, y.exp()];
    let b = [x * x; 3];
    a[i] * a[2] + b[i] * b[0]
}

#[test]
fn array_and_repetition() {
    check!(array_elements(0.6, 1.4, const 0), array_elements(0.6, 1.4, const 2));
}

#[differentiate]
fn matrix_elements(x: f64, y: f64) -> f64 {
    let m = [[x, y], [x * y, 1.0]];
    m[0][0] * m[1][1] - m[0][1] * m[1][0]
}

#[test]
fn array_of_arrays() {
    check!(matrix_elements(0.6, 1.4));
}

#[differentiate]
fn vector_elements(x: f64, y: f64, n: usize) -> f64 {
    let mut a = vec![x, y, x * y];
    let mut b = vec![y; n];
    b[0] *= a.pop().unwrap();
    b.push(a[0] * b[0]);
    b[0] * b[1] * b[n] * b.len() as f64
}

#[test]
fn vector() {
    check!(vector_elements(0.6, 1.4, const 2));
}

#[differentiate]
fn distance(x: f64, y: f64) -> f64 {
    let radius = x * y;
    let sphere = Sphere { centre: [x, y, 0.5], radius };
    let larger = Sphere { radius: sphere.radius * 2.0, ..sphere };
    let [a, b, c] = larger.centre;
    (a * a + b * b + c * c).sqrt() - larger.radius
}

#[test]
fn structure() {
    check!(distance(0.6, 1.4));
}

#[differentiate]
fn sub_slices(x: &[f64]) -> f64 {
    let n = x.len();
    let (left, right) = (&x[..n / 2], &x[n / 2..]);
    let inner = &x[1..=2];
    left[0] * right[1] + inner[0] * inner[1] * right[0]
}

#[test]
fn ranges_of_a_slice() {
    check!(sub_slices(&[0.6, 1.4, -0.5, 0.8]));
}

#[differentiate]
fn split_in_two(x: &[f64]) -> f64 {
    let (left, right) = x.split_at(1);
    left[0] * right[0] * right[1].exp()
}

#[test]
fn split_of_a_slice() {
    check!(split_in_two(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn split_and_written(x: &mut [f64], factor: f64) {
    let (left, right) = x.split_at_mut(2);
    left[0] *= right[0] * factor;
    right[0] += left[0] * left[1];
}

#[test]
fn mutable_split_of_a_slice() {
    check_in_place!(split_and_written(&mut [0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn ends(x: &[f64]) -> f64 {
    let product = x.first().unwrap() * x.last().unwrap();
    product + x[x.len() - 1].sin()
}

#[test]
fn first_and_last() {
    check!(ends(&[0.6, 1.4, -0.5]), ends(&[0.6]));
}

#[differentiate]
fn filled(x: &mut [f64], value: f64) {
    let first = x[0];
    x.fill(value * first);
    x[1] *= first;
}

#[test]
fn fill() {
    check_in_place!(filled(&mut [0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn overwritten_by(x: &mut [f64], y: &[f64]) {
    let first = x[0];
    x.copy_from_slice(y);
    x[1] *= first;
}

#[test]
fn copy_from_slice() {
    check_in_place!(overwritten_by(&mut [0.6, 1.4, -0.5], &[0.2, 1.1, 0.7]));
}

#[differentiate]
fn powers(x: f64, n: usize) -> Vec<f64> {
    let mut powers = Vec::with_capacity(n);
    let mut power = 1.0;
    for _ in 0..n {
        power *= x;
        powers.push(power);
    }
    powers
}

#[test]
fn vector_as_result() {
    check_vjp!(powers(1.1, const 4));
}

#[differentiate]
fn polar(x: f64, y: f64) -> (f64, f64) {
    (x.hypot(y), y.atan2(x))
}

#[test]
fn tuple_as_result() {
    check_vjp!(polar(0.6, 1.4));
}

#[differentiate]
fn rotated(p: [f64; 2], angle: f64) -> [f64; 2] {
    let (s, c) = angle.sin_cos();
    [c * p[0] - s * p[1], s * p[0] + c * p[1]]
}

#[test]
fn array_as_result() {
    check_vjp!(rotated([0.6, 1.4], 0.3));
}

#[differentiate]
fn largest(x: &[f64]) -> (f64, usize) {
    let mut at = 0;
    for i in 1..x.len() {
        if x[i] > x[at] {
            at = i;
        }
    }
    (x[at] * x[at], at)
}

#[test]
fn result_with_a_part_without_derivative() {
    check_vjp!(largest(&[0.6, 1.4, -0.5]));
}

#[test]
fn negative_control() {
    check_rejects!(distance(0.6, 1.4), sub_slices(&[0.6, 1.4, -0.5, 0.8]));
}

#[test]
#[should_panic(expected = "vjp, entry 1 of the gradient")]
fn negative_control_of_results_with_parts() {
    Case::new("polar", (0.6, 1.4), |(x, y)| polar(*x, *y)).vjp(&|(x, y), (radius_bar, angle_bar)| {
        let radius = x.hypot(*y);
        let x_bar = radius_bar * *x / radius - angle_bar * *y / (radius * radius);
        let y_bar = radius_bar * *y / radius - angle_bar * *x / (radius * radius);
        (polar(*x, *y), (x_bar, y_bar))
    });
}
