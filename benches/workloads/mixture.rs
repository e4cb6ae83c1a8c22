//! The log posterior of a Gaussian mixture with a Wishart prior (the `gmm` objective of GradBench):
//! nested loops over data, scratch buffers that are used again and again, helpers that write through `&mut`.

use super::inputs::spread;
use super::support::{Active, Workload};
use pullback::{differentiate, no_grad};
use std::f64::consts::{LN_2, PI};

/// The log posterior of a mixture of k Gaussians in d dimensions, given n points.
///
/// Component c has the weight softmax(α)_c, the mean μ_c and the precision Q_cᵀQ_c, where Q_c is lower
/// triangular: the logarithms of its diagonal are in `log_diagonals`, what is below the diagonal is in
/// `lower`, column by column. All arrays hold one component, or one point, after the other.
#[differentiate]
pub fn log_posterior(
    alphas: &[f64],
    means: &[f64],
    log_diagonals: &[f64],
    lower: &[f64],
    #[no_grad] points: &[f64],
    #[no_grad] gamma: f64,
    freedom: usize,
) -> f64 {
    let k = alphas.len();
    let d = means.len() / k;
    let n = points.len() / d;
    let below = d * (d - 1) / 2;

    let diagonals: Vec<f64> = log_diagonals.iter().map(|q| q.exp()).collect();
    let log_determinants: Vec<f64> = log_diagonals.chunks_exact(d).map(|q| q.iter().sum()).collect();

    let mut centred = vec![0.0; d];
    let mut scaled = vec![0.0; d];
    let mut terms = vec![0.0; k];
    let mut likelihood = 0.0;
    for point in points.chunks_exact(d) {
        for c in 0..k {
            let (first, last) = (c * d, (c + 1) * d);
            subtract(point, &means[first..last], &mut centred);
            multiply(&diagonals[first..last], &lower[c * below..(c + 1) * below], &centred, &mut scaled);
            terms[c] = alphas[c] + log_determinants[c] - 0.5 * norm_squared(&scaled);
        }
        likelihood += log_sum_exp(&terms);
    }

    let penalty = 0.5 * gamma * gamma * (norm_squared(&diagonals) + norm_squared(lower))
        - freedom as f64 * log_determinants.iter().sum::<f64>();
    likelihood - n as f64 * log_sum_exp(alphas) - penalty + constant(n, d, k, gamma, freedom)
}

/// out = a − b.
#[differentiate]
fn subtract(a: &[f64], b: &[f64], out: &mut [f64]) {
    for i in 0..out.len() {
        out[i] = a[i] - b[i];
    }
}

/// out = Q x for the lower triangular Q with this diagonal and, column by column, these entries below it.
#[differentiate]
fn multiply(diagonal: &[f64], lower: &[f64], x: &[f64], out: &mut [f64]) {
    let d = x.len();
    for i in 0..d {
        let mut sum = diagonal[i] * x[i];
        // One past the entry of row i in column j.
        let mut next = i;
        for (j, x) in x[..i].iter().enumerate() {
            sum += lower[next - 1] * x;
            next += d - 2 - j;
        }
        out[i] = sum;
    }
}

#[differentiate]
fn norm_squared(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum()
}

#[differentiate]
fn log_sum_exp(x: &[f64]) -> f64 {
    // Taken out against overflow only: the result does not depend on it.
    #[no_grad]
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    x.iter().map(|x| (x - largest).exp()).sum::<f64>().ln() + largest
}

/// The normalisation of the n Gaussians and of the k Wishart priors.
#[no_grad]
fn constant(n: usize, d: usize, k: usize, gamma: f64, freedom: usize) -> f64 {
    let (points, dimensions) = (n as f64, d as f64);
    let degrees = d + freedom + 1;
    let log_gamma = dimensions * (dimensions - 1.0) / 4.0 * PI.ln()
        + (0..d).map(|j| log_gamma_of_half(degrees - j)).sum::<f64>();
    let prior = degrees as f64 * dimensions * (gamma.ln() - 0.5 * LN_2) - log_gamma;
    k as f64 * prior - 0.5 * points * dimensions * (2.0 * PI).ln()
}

/// ln Γ(j/2) for j ≥ 1, from Γ(½) = √π, Γ(1) = 1 and Γ(x + 1) = x Γ(x).
#[no_grad]
fn log_gamma_of_half(j: usize) -> f64 {
    let start = if j % 2 == 1 { 0.5 * PI.ln() } else { 0.0 };
    (1..j - 1).rev().step_by(2).fold(start, |sum, i| sum + (0.5 * i as f64).ln())
}

/// d = 10, k = 10, n = 1000.
pub struct Mixture {
    parameters: Parameters,
    gradient: Parameters,
    points: Vec<f64>,
    gamma: f64,
    freedom: usize,
}

/// The four active parameters, or their cotangents.
struct Parameters {
    alphas: Vec<f64>,
    means: Vec<f64>,
    log_diagonals: Vec<f64>,
    lower: Vec<f64>,
}

/// The reverse of each point runs right after its forward sweep: nothing is kept from point to point.
fn by_hand(
    at: &Parameters,
    bar: &mut Parameters,
    points: &[f64],
    gamma: f64,
    freedom: usize,
    seed: f64,
) -> f64 {
    let k = at.alphas.len();
    let d = at.means.len() / k;
    let n = points.len() / d;
    let below = d * (d - 1) / 2;

    let diagonals: Vec<f64> = at.log_diagonals.iter().map(|q| q.exp()).collect();
    let log_determinants: Vec<f64> = at.log_diagonals.chunks_exact(d).map(|q| q.iter().sum()).collect();
    let mut diagonals_bar = vec![0.0; k * d];
    let mut weights = vec![0.0; k];

    let mut centred = vec![0.0; k * d];
    let mut scaled = vec![0.0; k * d];
    let mut terms = vec![0.0; k];
    let mut likelihood = 0.0;
    for point in points.chunks_exact(d) {
        for c in 0..k {
            let own = c * d..(c + 1) * d;
            let (centred, scaled) = (&mut centred[own.clone()], &mut scaled[own.clone()]);
            subtract(point, &at.means[own.clone()], centred);
            multiply(&diagonals[own], &at.lower[c * below..(c + 1) * below], centred, scaled);
            terms[c] = at.alphas[c] + log_determinants[c] - 0.5 * norm_squared(scaled);
        }

        let (value, sum) = exponentials(&mut terms);
        likelihood += value;

        for c in 0..k {
            let own = c * d..(c + 1) * d;
            let weight = terms[c] / sum * seed;
            weights[c] += weight;
            let (centred, scaled_bar) = (&centred[own.clone()], &mut scaled[own.clone()]);
            for scaled in scaled_bar.iter_mut() {
                *scaled *= -weight;
            }
            let (diagonal, diagonal_bar) = (&diagonals[own.clone()], &mut diagonals_bar[own.clone()]);
            let mean_bar = &mut bar.means[own];
            let lower = &at.lower[c * below..(c + 1) * below];
            let lower_bar = &mut bar.lower[c * below..(c + 1) * below];
            let mut next = 0;
            for j in 0..d {
                let mut x_bar = diagonal[j] * scaled_bar[j];
                diagonal_bar[j] += centred[j] * scaled_bar[j];
                for &s_bar in &scaled_bar[j + 1..] {
                    x_bar += lower[next] * s_bar;
                    lower_bar[next] += centred[j] * s_bar;
                    next += 1;
                }
                mean_bar[j] -= x_bar;
            }
        }
    }

    terms.copy_from_slice(&at.alphas);
    let (prior, sum) = exponentials(&mut terms);
    for c in 0..k {
        bar.alphas[c] += weights[c] - n as f64 * seed * terms[c] / sum;
    }
    let (shrink, pull) = (gamma * gamma * seed, freedom as f64 * seed);
    for (l_bar, l) in bar.lower.iter_mut().zip(&at.lower) {
        *l_bar -= shrink * l;
    }
    for (i, q_bar) in bar.log_diagonals.iter_mut().enumerate() {
        *q_bar += diagonals[i] * (diagonals_bar[i] - shrink * diagonals[i]) + weights[i / d] + pull;
    }

    let penalty = 0.5 * gamma * gamma * (norm_squared(&diagonals) + norm_squared(&at.lower))
        - freedom as f64 * log_determinants.iter().sum::<f64>();
    likelihood - n as f64 * prior - penalty + constant(n, d, k, gamma, freedom)
}

/// Replaces every x by its exponential, up to a common factor; returns the log-sum-exp and the sum of
/// what is left behind.
fn exponentials(x: &mut [f64]) -> (f64, f64) {
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for x in x {
        *x = (*x - largest).exp();
        sum += *x;
    }
    (sum.ln() + largest, sum)
}

impl Workload for Mixture {
    fn new() -> Self {
        let (d, k, n) = (10, 10, 1000);
        let below = d * (d - 1) / 2;
        let uniform = |count: usize, seed: usize, low: f64, high: f64| -> Vec<f64> {
            (0..count).map(|i| low + (high - low) * spread(seed + i * i)).collect()
        };
        Mixture {
            parameters: Parameters {
                alphas: uniform(k, 1, -1.0, 1.0),
                means: uniform(k * d, 2, -1.0, 1.0),
                log_diagonals: uniform(k * d, 3, -1.0, 0.5),
                lower: uniform(k * below, 4, -0.5, 0.5),
            },
            gradient: Parameters {
                alphas: vec![0.0; k],
                means: vec![0.0; k * d],
                log_diagonals: vec![0.0; k * d],
                lower: vec![0.0; k * below],
            },
            points: uniform(n * d, 5, -2.0, 2.0),
            gamma: 1.0,
            freedom: 2,
        }
    }

    fn primal(&self) -> f64 {
        let at = &self.parameters;
        log_posterior(
            &at.alphas,
            &at.means,
            &at.log_diagonals,
            &at.lower,
            &self.points,
            self.gamma,
            self.freedom,
        )
    }

    fn generated(&mut self) -> f64 {
        let (at, bar) = (&self.parameters, &mut self.gradient);
        log_posterior::adjoint(
            &at.alphas,
            &mut bar.alphas,
            &at.means,
            &mut bar.means,
            &at.log_diagonals,
            &mut bar.log_diagonals,
            &at.lower,
            &mut bar.lower,
            &self.points,
            self.gamma,
            self.freedom,
            1.0,
        )
    }

    fn hand_written(&mut self) -> f64 {
        by_hand(&self.parameters, &mut self.gradient, &self.points, self.gamma, self.freedom, 1.0)
    }

    fn active(&mut self) -> Vec<Active<'_>> {
        let (at, bar) = (&mut self.parameters, &mut self.gradient);
        vec![
            Active { value: &mut at.alphas, gradient: &mut bar.alphas },
            Active { value: &mut at.means, gradient: &mut bar.means },
            Active { value: &mut at.log_diagonals, gradient: &mut bar.log_diagonals },
            Active { value: &mut at.lower, gradient: &mut bar.lower },
        ]
    }
}
