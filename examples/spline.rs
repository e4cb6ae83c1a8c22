//! Quadratic spline interpolation: a tridiagonal system, then a binary search at every evaluation.
//!
//! Derivatives with respect to the values, the knots and the points of evaluation, from the plain program.
//!
//! `cargo run --release --example spline`

use common::noise::Noise;
use common::report::{compare, finite_differences, print_times, time};
use pullback::{differentiate, linalg, no_grad};

mod common {
    pub mod noise;
    pub mod report;
}

/// The slopes z at the knots: z₀ = 0 and zᵢ₋₁ + zᵢ = 2 (uᵢ − uᵢ₋₁)/(tᵢ − tᵢ₋₁), a tridiagonal system.
#[differentiate]
fn slopes(u: &[f64], t: &[f64]) -> Vec<f64> {
    let n = u.len();
    let mut right = vec![0.0; n];
    for i in 1..n {
        right[i] = 2.0 * (u[i] - u[i - 1]) / (t[i] - t[i - 1]);
    }
    let (lower, diagonal, upper) = (vec![1.0; n - 1], vec![1.0; n], vec![0.0; n - 1]);
    linalg::tridiagonal_solve(&lower, &diagonal, &upper, &right)
}

/// The spline at `x`: a parabola on the interval (tᵢ₋₁, tᵢ] that holds x.
#[differentiate]
fn spline(u: &[f64], t: &[f64], z: &[f64], x: f64) -> f64 {
    let i = interval(t, x);
    let h = x - t[i - 1];
    z[i - 1] * h + 0.5 * (z[i] - z[i - 1]) / (t[i] - t[i - 1]) * h * h + u[i - 1]
}

/// The interval that holds x; beyond the ends, the first or the last.
#[no_grad]
fn interval(t: &[f64], x: f64) -> usize {
    t.partition_point(|&knot| knot < x).clamp(1, t.len() - 1)
}

/// The sum of the spline over all points.
#[differentiate]
fn sum_of_spline(u: &[f64], t: &[f64], x: &[f64]) -> f64 {
    let z = slopes(u, t);
    x.iter().map(|&x| spline(u, t, &z, x)).sum()
}

fn main() {
    let (n, points) = (64, 640);
    let mut noise = Noise::new(27);
    let mut t: Vec<f64> = (1..n - 1).map(|_| noise.uniform()).chain([0.0, 1.0]).collect();
    t.sort_by(f64::total_cmp);
    let u: Vec<f64> = t.iter().map(|t| (6.0 * t).sin()).collect();
    let x: Vec<f64> = (0..points).map(|i| 2.0 * i as f64 / (points - 1) as f64).collect();

    println!("the sum of a quadratic spline with {n} random knots in [0, 1] at {points} points of [0, 2]\n");
    let (u_bar, t_bar, x_bar) = sum_of_spline_grad(&u, &t, &x);
    compare("values u", &u_bar, &finite_differences(|u| sum_of_spline(u, &t, &x), &u));
    compare("knots t", &t_bar, &finite_differences(|t| sum_of_spline(&u, t, &x), &t));
    compare("points x", &x_bar, &finite_differences(|x| sum_of_spline(&u, &t, x), &x));
    print_times(
        time(|| sum_of_spline(&u, &t, &x)),
        &[("all three gradients", time(|| sum_of_spline::value_and_grad(&u, &t, &x)))],
    );
}
