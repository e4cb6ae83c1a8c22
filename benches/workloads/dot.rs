//! A dot product: the least work per element that an adjoint can have.

use super::inputs::spread;
use super::support::{Active, Workload};
use pullback::differentiate;

/// Σ xᵢ yᵢ.
#[differentiate]
pub fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// One pass: the additions to the gradients hide behind the chain of additions to the sum.
fn by_hand(x: &[f64], x_bar: &mut [f64], y: &[f64], y_bar: &mut [f64], seed: f64) -> f64 {
    let mut sum = 0.0;
    for (((x, x_bar), y), y_bar) in x.iter().zip(x_bar).zip(y).zip(y_bar) {
        sum += x * y;
        *x_bar += y * seed;
        *y_bar += x * seed;
    }
    sum
}

/// 10,000 elements.
pub struct Dot {
    x: Vec<f64>,
    x_bar: Vec<f64>,
    y: Vec<f64>,
    y_bar: Vec<f64>,
}

impl Workload for Dot {
    fn new() -> Self {
        let n = 10_000;
        Dot {
            x: (0..n).map(spread).collect(),
            x_bar: vec![0.0; n],
            y: (n..2 * n).map(|i| spread(i) - 0.25).collect(),
            y_bar: vec![0.0; n],
        }
    }

    fn primal(&self) -> f64 {
        dot(&self.x, &self.y)
    }

    fn generated(&mut self) -> f64 {
        dot::adjoint(&self.x, &mut self.x_bar, &self.y, &mut self.y_bar, 1.0)
    }

    fn hand_written(&mut self) -> f64 {
        by_hand(&self.x, &mut self.x_bar, &self.y, &mut self.y_bar, 1.0)
    }

    fn active(&mut self) -> Vec<Active<'_>> {
        vec![
            Active { value: &mut self.x, gradient: &mut self.x_bar },
            Active { value: &mut self.y, gradient: &mut self.y_bar },
        ]
    }
}
