//! `T x = b` with a tridiagonal `T`.
//!
//! Adjoint: with `λ = T⁻ᵀ x̄`,
//!
//! ```text
//! b̄ += λ,  diagᵢ += -λᵢ xᵢ,  lowerᵢ += -λᵢ₊₁ xᵢ,  upperᵢ += -λᵢ xᵢ₊₁
//! ```
//!
//! which is `T̄ = -λ xᵀ` (M. B. Giles, *Collected matrix derivative results for forward and reverse mode algorithmic
//! differentiation*, 2008) on the pattern of `T`. The factors of the primal serve both solves. They are those of
//! LAPACK's `gttrf`: Gaussian elimination with partial pivoting, in which a swap of rows `i` and `i + 1` fills the
//! second upper diagonal.

/// Solves `T x = rhs` for a tridiagonal `T`, in time and memory proportional to its order `n`.
///
/// | argument | length | entries |
/// |---|---|---|
/// | `lower` | `n - 1` | `lower[i]` in row `i + 1`, column `i` |
/// | `diag` | `n` | `diag[i]` in row `i`, column `i` |
/// | `upper` | `n - 1` | `upper[i]` in row `i`, column `i + 1` |
/// | `rhs` | `n` | |
///
/// Partial pivoting keeps the solution stable for every regular `T`, diagonally dominant or not. Order 0 is allowed;
/// all four are empty then.
///
/// # Panics
/// If a length is wrong, or if `T` is singular: if elimination meets a pivot that is exactly zero.
///
/// ```
/// use ad_runtime::linalg::tridiagonal_solve;
///
/// // 2 1 0     1      4
/// // 1 2 1  ·  2  =   8
/// // 0 1 2     3      8
/// let x = tridiagonal_solve(&[1.0, 1.0], &[2.0; 3], &[1.0, 1.0], &[4.0, 8.0, 8.0]);
/// assert!(x.iter().zip([1.0, 2.0, 3.0]).all(|(x, exact)| (x - exact).abs() < 1e-12));
/// ```
#[must_use]
pub fn tridiagonal_solve(lower: &[f64], diag: &[f64], upper: &[f64], rhs: &[f64]) -> Vec<f64> {
    let mut x = rhs.to_vec();
    Factors::new(lower, diag, upper, rhs.len()).solve(&mut x);
    x
}

/// The rules of the function of the same name.
// It must have the name of the function: a differentiated call finds its rules there.
#[allow(non_camel_case_types)]
#[derive(Debug)]
pub enum tridiagonal_solve {}

/// What the reverse half of [`tridiagonal_solve`] needs: the factors and the solution.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Back {
    factors: Factors,
    solution: Vec<f64>,
}

impl tridiagonal_solve {
    /// The solution, and what the reverse half needs.
    #[doc(hidden)]
    #[must_use]
    pub fn __forward(lower: &[f64], diag: &[f64], upper: &[f64], rhs: &[f64]) -> (Vec<f64>, Back) {
        let factors = Factors::new(lower, diag, upper, rhs.len());
        let mut solution = rhs.to_vec();
        factors.solve(&mut solution);
        (solution.clone(), Back { factors, solution })
    }

    /// Adds the contributions of the solution's cotangent into the shadows.
    #[doc(hidden)]
    // Four arguments, four shadows.
    #[allow(clippy::too_many_arguments)]
    pub fn __reverse(
        back: Back,
        _lower: &[f64],
        lower_bar: &mut [f64],
        _diag: &[f64],
        diag_bar: &mut [f64],
        _upper: &[f64],
        upper_bar: &mut [f64],
        _rhs: &[f64],
        rhs_bar: &mut [f64],
        seed: Vec<f64>,
    ) {
        let Back { factors, solution: x } = back;
        let mut lambda = seed;
        factors.solve_transposed(&mut lambda);
        for (i, (x, lambda)) in x.iter().zip(&lambda).enumerate() {
            diag_bar[i] -= lambda * x;
            rhs_bar[i] += lambda;
        }
        for i in 0..x.len().saturating_sub(1) {
            lower_bar[i] -= lambda[i + 1] * x[i];
            upper_bar[i] -= lambda[i] * x[i + 1];
        }
    }
}

/// `P T = L U` as `gttrf` stores it.
#[derive(Clone, Debug)]
struct Factors {
    /// The multiplier of each step of the elimination.
    multipliers: Vec<f64>,
    /// Whether the step swapped its two rows first.
    swaps: Vec<bool>,
    /// The diagonal of `U`.
    diag: Vec<f64>,
    /// The first upper diagonal of `U`.
    upper: Vec<f64>,
    /// The second upper diagonal of `U`.
    second: Vec<f64>,
}

impl Factors {
    fn new(lower: &[f64], diag: &[f64], upper: &[f64], rhs: usize) -> Self {
        let order = diag.len();
        let off = order.saturating_sub(1);
        let check = |name: &str, expected: usize, found: usize| {
            assert!(
                expected == found,
                "tridiagonal_solve: `{name}` has length {found}, it must have length {expected} beside `diag` of length {order}"
            );
        };
        check("lower", off, lower.len());
        check("upper", off, upper.len());
        check("rhs", order, rhs);

        let mut factors = Factors {
            multipliers: lower.to_vec(),
            swaps: vec![false; off],
            diag: diag.to_vec(),
            upper: upper.to_vec(),
            second: vec![0.0; off.saturating_sub(1)],
        };
        let Factors { multipliers, swaps, diag, upper, second } = &mut factors;
        for i in 0..off {
            let (pivot, below) = (diag[i], multipliers[i]);
            if pivot.abs() >= below.abs() {
                assert_regular(pivot, i);
                multipliers[i] = below / pivot;
                diag[i + 1] -= multipliers[i] * upper[i];
            } else {
                swaps[i] = true;
                multipliers[i] = pivot / below;
                diag[i] = below;
                let above = std::mem::replace(&mut upper[i], diag[i + 1]);
                diag[i + 1] = above - multipliers[i] * upper[i];
                if i + 1 < off {
                    second[i] = upper[i + 1];
                    upper[i + 1] *= -multipliers[i];
                }
            }
        }
        if let Some(last) = diag.last() {
            assert_regular(*last, off);
        }
        factors
    }

    /// `b <- T⁻¹ b`
    fn solve(&self, b: &mut [f64]) {
        let order = self.diag.len();
        for (i, (multiplier, swap)) in self.multipliers.iter().zip(&self.swaps).enumerate() {
            if *swap {
                b.swap(i, i + 1);
            }
            b[i + 1] -= multiplier * b[i];
        }
        for i in (0..order).rev() {
            let mut entry = b[i];
            if i + 1 < order {
                entry -= self.upper[i] * b[i + 1];
            }
            if i + 2 < order {
                entry -= self.second[i] * b[i + 2];
            }
            b[i] = entry / self.diag[i];
        }
    }

    /// `b <- T⁻ᵀ b`
    fn solve_transposed(&self, b: &mut [f64]) {
        for i in 0..self.diag.len() {
            let mut entry = b[i];
            if i >= 1 {
                entry -= self.upper[i - 1] * b[i - 1];
            }
            if i >= 2 {
                entry -= self.second[i - 2] * b[i - 2];
            }
            b[i] = entry / self.diag[i];
        }
        for (i, (multiplier, swap)) in self.multipliers.iter().zip(&self.swaps).enumerate().rev() {
            b[i] -= multiplier * b[i + 1];
            if *swap {
                b.swap(i, i + 1);
            }
        }
    }
}

fn assert_regular(pivot: f64, i: usize) {
    assert!(pivot != 0.0, "tridiagonal_solve: the matrix is singular, pivot {i} is zero");
}
