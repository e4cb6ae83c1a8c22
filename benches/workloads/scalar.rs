//! Scalar code: y ← cos(yᵖ)·ln y with p = π, twice.

use super::support::{Active, Workload};
use pullback::differentiate;
use std::f64::consts::PI;

/// f(x): y = x; twice y = cos(y^π)·ln y.
#[differentiate]
pub fn iterated(x: f64) -> f64 {
    let mut y = x;
    for _ in 0..2 {
        y = y.powf(PI).cos() * y.ln();
    }
    y
}

/// The value and the derivative: one power, one logarithm, one sine and cosine in each iteration.
fn by_hand(x: f64) -> (f64, f64) {
    let (mut y, mut slope) = (x, 1.0);
    for _ in 0..2 {
        let power = y.powf(PI);
        let (sin, cos) = power.sin_cos();
        let log = y.ln();
        slope *= (cos - PI * power * sin * log) / y;
        y = cos * log;
    }
    (y, slope)
}

/// At x = 1.9.
pub struct Scalar {
    x: f64,
    gradient: f64,
}

impl Workload for Scalar {
    fn new() -> Self {
        Scalar { x: 1.9, gradient: 0.0 }
    }

    fn primal(&self) -> f64 {
        iterated(self.x)
    }

    fn generated(&mut self) -> f64 {
        let (y, slope) = iterated::value_and_grad(self.x);
        self.gradient += slope;
        y
    }

    fn hand_written(&mut self) -> f64 {
        let (y, slope) = by_hand(self.x);
        self.gradient += slope;
        y
    }

    fn active(&mut self) -> Vec<Active<'_>> {
        vec![Active {
            value: std::slice::from_mut(&mut self.x),
            gradient: std::slice::from_mut(&mut self.gradient),
        }]
    }
}
