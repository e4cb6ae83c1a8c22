//! `#[custom_adjoint(adj)]`.

use pullback::{custom_adjoint, differentiate};

use crate::common::{check, check_rejects, check_vjp};

#[custom_adjoint(cube_adjoint)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_adjoint(x: f64, _value: &f64, seed: f64) -> f64 {
    3.0 * x * x * seed
}

#[differentiate]
fn of_a_scalar(x: f64, y: f64) -> f64 {
    cube(x * y) + cube(y).sin()
}

#[test]
fn scalar() {
    check!(of_a_scalar(0.7, -1.2));
}

#[custom_adjoint(marked_adjoint)]
fn marked(x: f64) -> f64 {
    x * x
}

fn marked_adjoint(_x: f64, value: &f64, seed: f64) -> f64 {
    1000.0 * value * seed
}

#[differentiate]
fn of_a_marked(x: f64) -> f64 {
    2.0 * marked(x)
}

#[test]
fn the_given_adjoint_is_what_is_used() {
    assert_eq!(of_a_marked::value_and_grad(3.0), (18.0, 18000.0));
}

#[custom_adjoint(weighted_adjoint)]
fn weighted(x: &[f64], y: f64, n: usize) -> f64 {
    x[n] * y.exp() + x[0]
}

fn weighted_adjoint(x: &[f64], y: f64, n: usize, value: &f64, seed: f64) -> (Vec<f64>, f64) {
    let mut x_bar = vec![0.0; x.len()];
    x_bar[n] += seed * y.exp();
    x_bar[0] += seed;
    (x_bar, seed * (value - x[0]))
}

#[differentiate]
fn of_several(x: &[f64], y: f64) -> f64 {
    weighted(x, y, 1) * weighted(&x[1..], x[0], 0)
}

#[test]
fn several_parameters_and_an_index() {
    check!(of_several(&[0.4, -1.2, 0.9], 0.7));
}

#[custom_adjoint(softmax_adjoint)]
fn softmax(x: &[f64]) -> Vec<f64> {
    let total: f64 = x.iter().map(|x| x.exp()).sum();
    x.iter().map(|x| x.exp() / total).collect()
}

#[allow(clippy::ptr_arg, reason = "the adjoint takes a reference to the result")]
fn softmax_adjoint(_x: &[f64], value: &Vec<f64>, seed: Vec<f64>) -> Vec<f64> {
    let mean: f64 = value.iter().zip(&seed).map(|(p, s)| p * s).sum();
    value.iter().zip(&seed).map(|(p, s)| p * (s - mean)).collect()
}

#[differentiate]
fn of_a_vec(x: &[f64], weights: &[f64]) -> f64 {
    let p = softmax(x);
    let mut sum = 0.0;
    for i in 0..p.len() {
        sum += p[i] * p[i] * weights[i];
    }
    sum
}

#[test]
fn vec_result() {
    check!(of_a_vec(&[0.4, -1.2, 0.9], &[1.0, 2.0, -0.5]));
}

#[custom_adjoint(polar_adjoint)]
fn polar((x, y): (f64, f64)) -> (f64, f64) {
    (x.hypot(y), y.atan2(x))
}

fn polar_adjoint((x, y): (f64, f64), value: &(f64, f64), seed: (f64, f64)) -> (f64, f64) {
    let (r, (r_bar, angle_bar)) = (value.0, seed);
    ((r_bar * x - angle_bar * y / r) / r, (r_bar * y + angle_bar * x / r) / r)
}

#[differentiate]
fn of_tuples(x: f64, y: f64) -> f64 {
    let (r, angle) = polar((x, y));
    r * angle
}

#[test]
fn tuple_parameter_and_result() {
    check!(of_tuples(0.7, -1.2));
}

#[custom_adjoint(rotation_adjoint)]
fn rotation(angle: f64) -> [[f64; 2]; 2] {
    [[angle.cos(), -angle.sin()], [angle.sin(), angle.cos()]]
}

fn rotation_adjoint(_angle: f64, value: &[[f64; 2]; 2], seed: [[f64; 2]; 2]) -> f64 {
    let (sin, cos) = (value[1][0], value[0][0]);
    -sin * (seed[0][0] + seed[1][1]) + cos * (seed[1][0] - seed[0][1])
}

#[differentiate]
fn of_arrays(angle: f64, x: [f64; 2]) -> [f64; 2] {
    let q = rotation(angle);
    [q[0][0] * x[0] + q[0][1] * x[1], q[1][0] * x[0] + q[1][1] * x[1]]
}

#[test]
fn array_result() {
    check_vjp!(of_arrays(0.3, [0.7, -1.2]));
}

#[custom_adjoint(self::rules::scaled_adjoint)]
fn scaled(x: f64, #[no_grad] scale: f64) -> f64 {
    scale * x
}

mod rules {
    pub fn scaled_adjoint(_x: f64, scale: f64, _value: &f64, seed: f64) -> f64 {
        scale * seed
    }
}

#[differentiate]
fn of_a_path(x: f64) -> f64 {
    scaled(x, x)
}

#[test]
fn adjoint_by_path_and_a_parameter_without_derivative() {
    assert_eq!(of_a_path::value_and_grad(3.0), (9.0, 3.0));
}

#[custom_adjoint(clipped_adjoint)]
fn clipped_gradient(x: f64) -> f64 {
    x
}

fn clipped_adjoint(_x: f64, _value: &f64, seed: f64) -> f64 {
    seed.clamp(-1.0, 1.0)
}

#[differentiate]
fn of_clipped(x: f64, factor: f64) -> f64 {
    factor * clipped_gradient(x)
}

#[test]
fn gradient_clipped_on_its_way() {
    assert_eq!(of_clipped_grad(2.0, 5.0), (1.0, 2.0));
    assert_eq!(of_clipped_grad(2.0, 0.5), (0.5, 2.0));
}

#[test]
fn negative_control() {
    check_rejects!(of_a_scalar(0.7, -1.2), of_several(&[0.4, -1.2], 0.7));
}

#[custom_adjoint(wrong_adjoint)]
fn wrong(x: f64) -> f64 {
    x * x
}

fn wrong_adjoint(x: f64, _value: &f64, seed: f64) -> f64 {
    3.0 * x * seed
}

#[differentiate]
fn of_a_wrong_rule(x: f64) -> f64 {
    wrong(x) + x
}

#[test]
#[should_panic(expected = "by differences")]
fn a_wrong_rule_is_rejected() {
    check!(of_a_wrong_rule(0.7));
}
