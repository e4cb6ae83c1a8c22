//! Input data that are the same in every run.

/// The `i`-th point of a low-discrepancy sequence in [0, 1): reproducible, spread out, in no order.
pub fn spread(i: usize) -> f64 {
    const GOLDEN_RATIO: f64 = 1.618_033_988_749_895;
    (i as f64 * GOLDEN_RATIO).fract()
}
