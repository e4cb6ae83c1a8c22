//! A small random number generator: the same numbers in every run.

use std::f64::consts::TAU;

/// A stream of random numbers that depends on its seed only.
pub struct Noise {
    state: u64,
}

impl Noise {
    pub fn new(seed: u64) -> Self {
        Noise { state: seed }
    }

    /// Uniform on (0, 1): the upper 53 bits of SplitMix64.
    pub fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        ((z >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
}

/// Standard normal numbers, by the Box–Muller transform.
impl Iterator for Noise {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        Some(radius * (TAU * self.uniform()).cos())
    }
}
