use crate::common::{check, check_rejects, check_single};
use pullback::differentiate;

use std::f64::consts;
use std::f64::consts::TAU;

const SCALE: f64 = 1.7;
const EXPONENT: i32 = 3;
const WIDTH: usize = 3;
const WEIGHTS: [f64; WIDTH] = [0.2, 0.5, 0.3];
static OFFSET: f64 = 0.4;
static TABLE: &[f64] = &[1.0, -2.0, 0.5];

#[differentiate]
fn of_constants(x: f64) -> f64 {
    const SHIFT: f64 = 0.25;
    SCALE * (x - SHIFT).powi(EXPONENT) + self::SCALE * x
}

#[test]
fn constants() {
    check!(of_constants(0.6));
}

#[differentiate]
fn of_statics(x: f64) -> f64 {
    (x + OFFSET) * x * TABLE[1]
}

#[test]
fn statics() {
    check!(of_statics(0.6));
}

#[differentiate]
fn weighted(x: [f64; WIDTH]) -> f64 {
    let mut powers = [1.0; WIDTH];
    for i in 0..WIDTH {
        powers[i] = WEIGHTS[i] * x[i] * x[i];
    }
    powers[0] * powers[1] + powers[2]
}

#[test]
fn constant_arrays_and_lengths() {
    check!(weighted([0.6, 1.4, -0.5]));
}

#[differentiate]
fn of_standard_constants(x: f64) -> f64 {
    let turn = (x * std::f64::consts::PI).sin() + (TAU * x).cos() * consts::SQRT_2;
    turn * consts::E + x * f64::EPSILON + x.min(f64::MAX)
}

#[test]
fn standard_constants() {
    check!(of_standard_constants(0.6));
}

#[differentiate]
#[allow(clippy::excessive_precision)]
fn of_literals(x: f64) -> f64 {
    let small = 1e-3 * x + 2. * x * x;
    let large = 1_000.5 * x - 2.5E2;
    let suffixed = 3f64 * x + 0.5_f64 + 7_f64 * x;
    let integer = x.powi(2i32) + x.powi(0x3) + x * (0b101 as f64) + 0.1234567890123456789 * x;
    small * large + suffixed * integer
}

#[test]
fn literals() {
    check!(of_literals(0.6));
}

#[differentiate]
fn of_single_literals(x: f32) -> f32 {
    (1.5_f32 * x + 2.0) * x - 3f32
}

#[test]
fn literals_in_f32() {
    check_single!(of_single_literals(0.5), |v| (1.5 * v[0] + 2.0) * v[0] - 3.0);
}

#[test]
fn negative_control() {
    check_rejects!(of_constants(0.6), weighted([0.6, 1.4, -0.5]));
}
