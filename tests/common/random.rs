/// A small deterministic generator (SplitMix64): the same numbers on every machine and in every run.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    pub fn new(seed: u64) -> Self {
        Random { state: seed }
    }

    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in `[low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.bits() >> 11) as f64 / (1u64 << 53) as f64;
        low + (high - low) * unit
    }

    /// Uniform in `[low, high)`, entry by entry.
    pub fn vector(&mut self, n: usize, low: f64, high: f64) -> Vec<f64> {
        (0..n).map(|_| self.uniform(low, high)).collect()
    }

    /// Numbers of either sign and of a size between one half and three halves, so that no term of a
    /// weighted sum can hide behind another. They have few binary digits: `f32` holds them exactly.
    pub fn weights(&mut self, n: usize) -> Vec<f64> {
        (0..n)
            .map(|_| {
                let size = 0.5 + (self.bits() >> 52) as f64 / 4096.0;
                if self.bits() & 1 == 0 { size } else { -size }
            })
            .collect()
    }
}
