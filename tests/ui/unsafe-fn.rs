// Generated code is safe, so it cannot call an `unsafe fn`.

use pullback::differentiate;

/// # Safety
/// `x` is positive.
#[differentiate]
unsafe fn log_energy(x: f64) -> f64 {
    0.5 * x.ln()
}

fn main() {}
