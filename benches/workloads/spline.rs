//! A quadratic spline through given points: a recurrence, then a search and a few loads at every evaluation.

use super::inputs::spread;
use super::support::{Active, Workload};
use pullback::{differentiate, no_grad};

/// The sum over `x` of the quadratic spline through the values `u` at the knots `t`.
#[differentiate]
pub fn sum_of_spline(u: &[f64], t: &[f64], x: &[f64]) -> f64 {
    let z = slopes(u, t);
    x.iter().map(|&x| spline(u, t, &z, x)).sum()
}

/// The slopes at the knots: z₀ = 0, zᵢ₋₁ + zᵢ = 2 (uᵢ − uᵢ₋₁)/(tᵢ − tᵢ₋₁).
#[differentiate]
fn slopes(u: &[f64], t: &[f64]) -> Vec<f64> {
    let mut z = vec![0.0; u.len()];
    for i in 1..u.len() {
        z[i] = 2.0 * (u[i] - u[i - 1]) / (t[i] - t[i - 1]) - z[i - 1];
    }
    z
}

/// The spline at `x`.
#[differentiate]
fn spline(u: &[f64], t: &[f64], z: &[f64], x: f64) -> f64 {
    let i = interval(t, x);
    let h = x - t[i - 1];
    z[i - 1] * h + 0.5 * (z[i] - z[i - 1]) / (t[i] - t[i - 1]) * h * h + u[i - 1]
}

/// The i ≥ 1 for which x is in (tᵢ₋₁, tᵢ]; beyond the ends, the first or the last.
#[no_grad]
fn interval(t: &[f64], x: f64) -> usize {
    t.partition_point(|&knot| knot < x).clamp(1, t.len() - 1)
}

/// One search for each point, its value and its adjoint together.
fn by_hand(knots: &Knots, bar: &mut Knots, seed: f64) -> f64 {
    let Knots { u, t, x } = knots;
    let z = slopes(u, t);
    let mut z_bar = vec![0.0; z.len()];
    let mut sum = 0.0;
    for (&x, x_bar) in x.iter().zip(&mut bar.x) {
        let i = interval(t, x);
        let (h, width) = (x - t[i - 1], t[i] - t[i - 1]);
        let curvature = 0.5 * (z[i] - z[i - 1]) / width;
        sum += z[i - 1] * h + curvature * h * h + u[i - 1];

        let h_bar = (z[i - 1] + 2.0 * curvature * h) * seed;
        let curvature_bar = h * h / width * seed;
        let width_bar = curvature * curvature_bar;
        *x_bar += h_bar;
        bar.u[i - 1] += seed;
        bar.t[i] -= width_bar;
        bar.t[i - 1] += width_bar - h_bar;
        z_bar[i] += 0.5 * curvature_bar;
        z_bar[i - 1] += h * seed - 0.5 * curvature_bar;
    }
    for i in (1..u.len()).rev() {
        let quotient_bar = 2.0 * z_bar[i] / (t[i] - t[i - 1]);
        let width_bar = quotient_bar * (u[i] - u[i - 1]) / (t[i] - t[i - 1]);
        bar.u[i] += quotient_bar;
        bar.u[i - 1] -= quotient_bar;
        bar.t[i] -= width_bar;
        bar.t[i - 1] += width_bar;
        z_bar[i - 1] -= z_bar[i];
    }
    sum
}

struct Knots {
    u: Vec<f64>,
    t: Vec<f64>,
    x: Vec<f64>,
}

/// 64 knots on [0, 1], evaluated at 640 points of [0, 2].
pub struct Spline {
    knots: Knots,
    gradient: Knots,
}

impl Workload for Spline {
    fn new() -> Self {
        let (n, points) = (64, 640);
        let mut t: Vec<f64> = (1..n - 1).map(spread).chain([0.0, 1.0]).collect();
        t.sort_by(f64::total_cmp);
        Spline {
            knots: Knots {
                u: t.iter().map(|t| (6.0 * t).sin()).collect(),
                t,
                x: (0..points).map(|i| 2.0 * i as f64 / (points - 1) as f64).collect(),
            },
            gradient: Knots { u: vec![0.0; n], t: vec![0.0; n], x: vec![0.0; points] },
        }
    }

    fn primal(&self) -> f64 {
        sum_of_spline(&self.knots.u, &self.knots.t, &self.knots.x)
    }

    fn generated(&mut self) -> f64 {
        let (at, bar) = (&self.knots, &mut self.gradient);
        sum_of_spline::adjoint(&at.u, &mut bar.u, &at.t, &mut bar.t, &at.x, &mut bar.x, 1.0)
    }

    fn hand_written(&mut self) -> f64 {
        by_hand(&self.knots, &mut self.gradient, 1.0)
    }

    fn active(&mut self) -> Vec<Active<'_>> {
        let (at, bar) = (&mut self.knots, &mut self.gradient);
        vec![
            Active { value: &mut at.u, gradient: &mut bar.u },
            Active { value: &mut at.t, gradient: &mut bar.t },
            Active { value: &mut at.x, gradient: &mut bar.x },
        ]
    }
}
