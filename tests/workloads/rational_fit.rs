//! C.3. A rational function fitted to noisy data by gradient descent.

use pullback::differentiate;

use crate::common::{Random, check, check_gradient, check_vjp};
use crate::{assert_close, normal};

#[differentiate]
fn rational(x: f64, c: &[f64]) -> f64 {
    1.0 / (c[0] + c[1] * x + c[2] * x * x)
}

/// ½ ‖f − y‖².
#[differentiate]
fn loss(c: &[f64], #[no_grad] x: &[f64], #[no_grad] y: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        let residual = rational(x[i], c) - y[i];
        sum += residual * residual;
    }
    0.5 * sum
}

#[differentiate]
fn residuals(c: &[f64], #[no_grad] x: &[f64], #[no_grad] y: &[f64]) -> Vec<f64> {
    let mut residuals = Vec::with_capacity(x.len());
    for i in 0..x.len() {
        residuals.push(rational(x[i], c) - y[i]);
    }
    residuals
}

/// Runge's function with noise at 200 points of [−1, 1].
fn data() -> (Vec<f64>, Vec<f64>) {
    let mut random = Random::new(3);
    let x: Vec<f64> = (0..200).map(|i| -1.0 + 2.0 * f64::from(i) / 199.0).collect();
    let y = x.iter().map(|x| 1.0 / (1.0 + 10.0 * x * x) + 0.5 * normal(&mut random)).collect();
    (x, y)
}

fn by_hand(c: &[f64], x: &[f64], y: &[f64]) -> Vec<f64> {
    let mut gradient = vec![0.0; 3];
    for (x, y) in x.iter().zip(y) {
        let f = 1.0 / (c[0] + c[1] * x + c[2] * x * x);
        for (k, entry) in gradient.iter_mut().enumerate() {
            *entry -= (f - y) * f * f * x.powi(k as i32);
        }
    }
    gradient
}

const START: [f64; 3] = [1.0, 0.0, 10.0];

#[test]
fn the_gradient() {
    let (x, y) = data();
    for c in [START, [0.8, 0.2, 7.0], [2.0, -0.5, 3.0]] {
        assert_close(&loss_grad(&c, &x, &y), &by_hand(&c, &x, &y), 1e-12);
    }
    check!(loss(&[1.0, 0.1, 10.0], const &x, const &y));
}

#[test]
fn the_residuals() {
    let (x, y) = data();
    check_vjp!(residuals(&[1.0, 0.1, 10.0], const &x[..20], const &y[..20]));
    let (value, pullback) = residuals::vjp(&START, &x, &y);
    assert_close(&pullback(value), &loss_grad(&START, &x, &y), 1e-12);
}

#[test]
fn gradient_descent() {
    let (x, y) = data();
    let mut c = START.to_vec();
    let mut history = Vec::new();
    for _ in 0..500 {
        let (value, gradient) = loss::value_and_grad(&c, &x, &y);
        history.push(value);
        if gradient.iter().map(|g| g * g).sum::<f64>().sqrt() < 1e-5 {
            break;
        }
        for (c, g) in c.iter_mut().zip(&gradient) {
            *c -= 1e-2 * g;
        }
    }
    assert!(history.windows(2).all(|pair| pair[1] <= pair[0]), "the loss never rises");
    assert!(history[history.len() - 1] < history[0]);
    let norm = |g: Vec<f64>| g.iter().map(|g| g * g).sum::<f64>().sqrt();
    assert!(norm(loss_grad(&c, &x, &y)) < 0.5 * norm(loss_grad(&START, &x, &y)));
}

#[test]
#[should_panic(expected = "by differences")]
fn the_gradient_of_the_other_sign_is_rejected() {
    let (x, y) = data();
    let wrong = |c: &[f64]| by_hand(c, &x, &y).iter().map(|g| -g).collect();
    check_gradient("loss", |c| loss(c, &x, &y), wrong, &[1.0, 0.1, 10.0]);
}
