//! D. Quadratic spline interpolation.

use pullback::differentiate;
use pullback::linalg::tridiagonal_solve;

use crate::assert_close;
use crate::common::{Random, check, check_gradient, check_pullback};

/// The slopes at the knots: zᵢ₋₁ + zᵢ = dᵢ.
#[differentiate]
fn slopes(t: &[f64], u: &[f64]) -> Vec<f64> {
    let n = t.len();
    let mut d = vec![0.0; n];
    for i in 1..n {
        d[i] = 2.0 * (u[i] - u[i - 1]) / (t[i] - t[i - 1]);
    }
    tridiagonal_solve(&vec![1.0; n - 1], &vec![1.0; n], &vec![0.0; n - 1], &d)
}

/// The sum of the spline over the points `x`, extrapolating at both ends.
#[differentiate]
fn spline_sum(t: &[f64], u: &[f64], x: &[f64]) -> f64 {
    let z = slopes(t, u);
    let mut sum = 0.0;
    for &x in x {
        let i = t.partition_point(|&t| t < x).clamp(1, t.len() - 1);
        let e = x - t[i - 1];
        sum += z[i - 1] * e + 0.5 * (z[i] - z[i - 1]) / (t[i] - t[i - 1]) * e * e + u[i - 1];
    }
    sum
}

/// The same point by point, with the values returned and the search of another kind.
#[differentiate]
fn spline(t: &[f64], u: &[f64], x: &[f64]) -> Vec<f64> {
    let z = slopes(t, u);
    let mut values = Vec::with_capacity(x.len());
    for point in x {
        let i = match t.binary_search_by(|knot| knot.total_cmp(point)) {
            Ok(i) | Err(i) => i.clamp(1, t.len() - 1),
        };
        let width = t[i] - t[i - 1];
        let e = point - t[i - 1];
        values.push(z[i - 1] * e + 0.5 * (z[i] - z[i - 1]) / width * e * e + u[i - 1]);
    }
    values
}

/// The adjoint of [`spline_sum`] by hand.
fn by_hand(t: &[f64], u: &[f64], x: &[f64]) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let n = t.len();
    let z = slopes(t, u);
    let (mut t_bar, mut u_bar, mut z_bar) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
    let mut x_bar = Vec::new();
    for x in x {
        let i = t.partition_point(|t| t < x).clamp(1, n - 1);
        let (h, e) = (t[i] - t[i - 1], x - t[i - 1]);
        let curvature = (z[i] - z[i - 1]) / h;
        z_bar[i - 1] += e - 0.5 * e * e / h;
        z_bar[i] += 0.5 * e * e / h;
        u_bar[i - 1] += 1.0;
        let e_bar = z[i - 1] + curvature * e;
        let h_bar = -0.5 * curvature * e * e / h;
        x_bar.push(e_bar);
        t_bar[i - 1] -= e_bar + h_bar;
        t_bar[i] += h_bar;
    }
    // The transposed system, from the last row up.
    for i in (1..n).rev() {
        let h = t[i] - t[i - 1];
        let d_bar = z_bar[i];
        z_bar[i - 1] -= d_bar;
        u_bar[i] += 2.0 * d_bar / h;
        u_bar[i - 1] -= 2.0 * d_bar / h;
        let h_bar = -2.0 * d_bar * (u[i] - u[i - 1]) / (h * h);
        t_bar[i] += h_bar;
        t_bar[i - 1] -= h_bar;
    }
    (t_bar, u_bar, x_bar)
}

/// Knots from 0 to 1, values, and points of [0, 2].
fn data(n: usize, points: usize) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let mut random = Random::new(5);
    let mut t = vec![0.0; n];
    for i in 1..n {
        t[i] = t[i - 1] + random.uniform(0.2, 1.8);
    }
    let end = t[n - 1];
    t.iter_mut().for_each(|t| *t /= end);
    let u = random.vector(n, -1.0, 1.0);
    let mut x = random.vector(points, 0.0, 2.0);
    x[0] = 0.0;
    x[1] = 1.0;
    (t, u, x)
}

#[test]
fn the_spline_interpolates() {
    let (t, u, _) = data(64, 640);
    assert_close(&spline(&t, &u, &t), &u, 1e-12);
    assert_close(&[spline_sum(&t, &u, &t)], &[u.iter().sum()], 1e-11);
}

#[test]
fn full_size_against_the_adjoint_by_hand() {
    let (t, u, x) = data(64, 640);
    let (t_bar, u_bar, x_bar) = by_hand(&t, &u, &x);
    let (value, gradient) = spline_sum::value_and_grad(&t, &u, &x);
    assert_eq!(value, spline_sum(&t, &u, &x));
    assert_close(&gradient.0, &t_bar, 1e-10);
    assert_close(&gradient.1, &u_bar, 1e-10);
    assert_close(&gradient.2, &x_bar, 1e-10);

    let (values, pullback) = spline::vjp(&t, &u, &x);
    let gradient = pullback(vec![1.0; values.len()]);
    assert_close(&gradient.0, &t_bar, 1e-10);
    assert_close(&gradient.1, &u_bar, 1e-10);
    assert_close(&gradient.2, &x_bar, 1e-10);
}

#[test]
fn full_size_against_differences() {
    let (t, u, x) = data(64, 640);
    // Linear in u.
    check_gradient("spline_sum", |u| spline_sum(&t, u, &x), |u| spline_sum_grad(&t, u, &x).1, &u);
    let of_u = |u: &[f64], seed: &[f64]| {
        let (values, pullback) = spline::vjp(&t, u, &x);
        (values, pullback(seed.to_vec()).1)
    };
    check_pullback("spline", |u| spline(&t, u, &x), of_u, &u);
}

#[test]
fn a_few_knots_against_differences() {
    let (t, u, x) = data(6, 20);
    check!(spline_sum(&t.clone(), &u.clone(), &x[2..].to_vec()));
}

#[test]
fn the_adjoint_by_hand_against_differences() {
    let (t, u, x) = data(6, 20);
    let x = &x[2..];
    check_gradient("t", |t| spline_sum(t, &u, x), |t| by_hand(t, &u, x).0, &t);
    check_gradient("u", |u| spline_sum(&t, u, x), |u| by_hand(&t, u, x).1, &u);
    check_gradient("x", |x| spline_sum(&t, &u, x), |x| by_hand(&t, &u, x).2, x);
}

#[test]
#[should_panic(expected = "by differences")]
fn the_adjoint_without_the_solve_is_rejected() {
    let (t, u, x) = data(6, 20);
    let wrong = |u: &[f64]| {
        let mut u_bar = vec![0.0; u.len()];
        for x in &x {
            u_bar[t.partition_point(|t| t < x).clamp(1, t.len() - 1) - 1] += 1.0;
        }
        u_bar
    };
    check_gradient("spline_sum", |u| spline_sum(&t, u, &x), wrong, &u);
}
