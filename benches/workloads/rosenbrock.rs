//! Rosenbrock's function of many variables: neighbouring elements of a slice.

use super::inputs::spread;
use super::support::{Active, Workload};
use pullback::differentiate;

/// Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)².
#[differentiate]
pub fn rosenbrock(x: &[f64]) -> f64 {
    x.windows(2).map(|w| 100.0 * (w[1] - w[0] * w[0]).powi(2) + (1.0 - w[0]).powi(2)).sum()
}

/// One pass; what a term owes to its second variable is carried in a register to the next term.
fn by_hand(x: &[f64], x_bar: &mut [f64], seed: f64) -> f64 {
    let [mut left, ref rest @ ..] = *x else { return 0.0 };
    let (last_bar, head_bar) = x_bar.split_last_mut().expect("x_bar is as long as x");
    let (mut sum, mut carried) = (0.0, 0.0);
    for (&right, left_bar) in rest.iter().zip(head_bar) {
        let gap = right - left * left;
        let distance = 1.0 - left;
        sum += 100.0 * (gap * gap) + distance * distance;
        let gap_bar = 200.0 * gap * seed;
        *left_bar += carried - 2.0 * (left * gap_bar + distance * seed);
        carried = gap_bar;
        left = right;
    }
    *last_bar += carried;
    sum
}

/// 10,000 variables.
pub struct Rosenbrock {
    x: Vec<f64>,
    x_bar: Vec<f64>,
}

impl Workload for Rosenbrock {
    fn new() -> Self {
        let n = 10_000;
        Rosenbrock { x: (0..n).map(|i| 2.0 * spread(i) - 0.5).collect(), x_bar: vec![0.0; n] }
    }

    fn primal(&self) -> f64 {
        rosenbrock(&self.x)
    }

    fn generated(&mut self) -> f64 {
        rosenbrock::adjoint(&self.x, &mut self.x_bar, 1.0)
    }

    fn hand_written(&mut self) -> f64 {
        by_hand(&self.x, &mut self.x_bar, 1.0)
    }

    fn active(&mut self) -> Vec<Active<'_>> {
        vec![Active { value: &mut self.x, gradient: &mut self.x_bar }]
    }
}
