//! Problems that people posted because their tool for automatic differentiation failed them.

#![allow(clippy::needless_range_loop, reason = "indexing is natural in numerical code")]

#[path = "../common/mod.rs"]
mod common;

mod analytical_gradient;
mod lecture;
mod matrix_functions;
mod rational_fit;
mod spline;
mod variable_projection;

/// `found` and `expected` differ by no more than `tolerance`, relative to the largest entry.
fn assert_close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    let scale = expected.iter().fold(0.0, |scale: f64, x| scale.max(x.abs()));
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        let error = (found - expected).abs();
        assert!(error <= tolerance * scale, "entry {i}: {found:e}, expected {expected:e}");
    }
}

/// Approximately normal, of mean 0 and variance 1.
fn normal(random: &mut common::Random) -> f64 {
    (0..12).map(|_| random.uniform(-0.5, 0.5)).sum()
}
