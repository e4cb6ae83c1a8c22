//! `determinant` of a square matrix.
//!
//! `d = det A`: `Ā += d̄ cof(A)`, where the cofactor matrix is `d A⁻ᵀ` for an invertible `A` (M. B. Giles,
//! *Collected matrix derivative results for forward and reverse mode algorithmic differentiation*, 2008).
//!
//! It exists for a singular `A` too. Up to 3×3 it is written out. Above, if elimination met a zero pivot, it is
//! computed from `P A Q = L U` with complete pivoting: `cof` is multiplicative, so
//! `cof(A) = det(P) det(Q) Pᵀ L⁻ᵀ cof(U) Qᵀ`. If the last pivot alone is zero, `cof(U) = u e zᵀ` with the product
//! `u` of the other pivots, the last unit vector `e` and the null vector `z` of `U` whose last entry is 1. If more
//! pivots are zero, it vanishes.

use super::MatrixShadow;
use super::triangular::tr_solve_unit_lower_mut;
use crate::Real;
use nalgebra::allocator::Allocator;
use nalgebra::linalg::{FullPivLU, LU};
use nalgebra::{DefaultAllocator, Dim, DimMin, Matrix, OMatrix, OVector, Storage, StorageMut, U1};

/// The rule of `determinant`.
pub trait DeterminantRule<T: Real, N: DimMin<N, Output = N>>
where
    DefaultAllocator: Allocator<N, N> + Allocator<N>,
{
    /// `d = det A`; above 3×3 the factors are kept
    fn determinant__forward(&self) -> (T, Option<LU<T, N, N>>);
    /// `Ā += d̄ cof(A)`
    fn determinant__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        factors: Option<LU<T, N, N>>,
        self_bar: &mut D,
        seed: T,
    );
}

impl<T: Real, N: DimMin<N, Output = N>, S: Storage<T, N, N>> DeterminantRule<T, N> for Matrix<T, N, N, S>
where
    DefaultAllocator: Allocator<N, N> + Allocator<N>,
{
    fn determinant__forward(&self) -> (T, Option<LU<T, N, N>>) {
        if self.nrows() <= 3 {
            return (self.determinant(), None);
        }
        assert!(self.is_square(), "Unable to compute the determinant of a non-square matrix.");
        let factors = LU::new(self.clone_owned());
        (factors.determinant(), Some(factors))
    }

    fn determinant__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        factors: Option<LU<T, N, N>>,
        self_bar: &mut D,
        seed: T,
    ) {
        let Some(self_bar) = self_bar.active() else { return };
        match factors {
            None => add_small_cofactors(self_bar, seed, self),
            Some(factors) => add_determinant(self_bar, seed, &factors, || self.clone_owned()),
        }
    }
}

/// `Ā += d̄ cof(A)` up to 3×3.
fn add_small_cofactors<T, N, S1, S2>(a_bar: &mut Matrix<T, N, N, S1>, seed: T, a: &Matrix<T, N, N, S2>)
where
    T: Real,
    N: Dim,
    S1: StorageMut<T, N, N>,
    S2: Storage<T, N, N>,
{
    match a.nrows() {
        0 => {}
        1 => a_bar[(0, 0)] += seed,
        2 => {
            a_bar[(0, 0)] += seed * a[(1, 1)];
            a_bar[(0, 1)] -= seed * a[(1, 0)];
            a_bar[(1, 0)] -= seed * a[(0, 1)];
            a_bar[(1, 1)] += seed * a[(0, 0)];
        }
        _ => {
            for i in 0..3 {
                for j in 0..3 {
                    // cyclic indices carry the sign
                    let (i1, i2, j1, j2) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3);
                    a_bar[(i, j)] += seed * (a[(i1, j1)] * a[(i2, j2)] - a[(i1, j2)] * a[(i2, j1)]);
                }
            }
        }
    }
}

/// `Ā += d̄ cof(A)` from `P A = L U`; asks for `A` itself if a pivot is zero.
pub(super) fn add_determinant<T, N, S>(
    a_bar: &mut Matrix<T, N, N, S>,
    seed: T,
    factors: &LU<T, N, N>,
    a: impl FnOnce() -> OMatrix<T, N, N>,
) where
    T: Real,
    N: DimMin<N, Output = N>,
    S: StorageMut<T, N, N>,
    DefaultAllocator: Allocator<N, N> + Allocator<N>,
{
    match factors.try_inverse() {
        Some(inverse) => add_scaled_transpose(a_bar, seed * factors.determinant(), &inverse),
        None => add_singular_cofactors(a_bar, seed, a()),
    }
}

/// `Ā += α Xᵀ`
fn add_scaled_transpose<T, N, S>(a_bar: &mut Matrix<T, N, N, S>, alpha: T, x: &OMatrix<T, N, N>)
where
    T: Real,
    N: Dim,
    S: StorageMut<T, N, N>,
    DefaultAllocator: Allocator<N, N>,
{
    for j in 0..x.ncols() {
        for i in 0..x.nrows() {
            a_bar[(j, i)] += alpha * x[(i, j)];
        }
    }
}

/// `Ā += d̄ cof(A)` by complete pivoting.
fn add_singular_cofactors<T, N, S>(a_bar: &mut Matrix<T, N, N, S>, seed: T, a: OMatrix<T, N, N>)
where
    T: Real,
    N: DimMin<N, Output = N>,
    S: StorageMut<T, N, N>,
    DefaultAllocator: Allocator<N, N> + Allocator<N>,
{
    let (order, _) = a.shape_generic();
    let last = order.value() - 1;
    let factors = FullPivLU::new(a);
    if let Some(inverse) = factors.try_inverse() {
        // complete pivoting met no zero: singular in the rounding of partial pivoting only
        return add_scaled_transpose(a_bar, seed * factors.determinant(), &inverse);
    }
    let (lower, upper) = (factors.l(), factors.u());
    let pivots = (0..last).fold(T::one(), |product, i| product * upper[(i, i)]);
    if pivots.is_zero() {
        return;
    }
    let sign: T = factors.p().determinant::<T>() * factors.q().determinant::<T>();

    let mut left: OVector<T, N> = OVector::zeros_generic(order, U1);
    left[last] = T::one();
    tr_solve_unit_lower_mut(&lower, &mut left);
    factors.p().inv_permute_rows(&mut left);

    let mut null = -upper.column(last);
    null[last] = T::one();
    for i in (0..last).rev() {
        let known = (i + 1..last).fold(T::zero(), |sum, k| sum + upper[(i, k)] * null[k]);
        null[i] = (null[i] - known) / upper[(i, i)];
    }
    factors.q().inv_permute_rows(&mut null);

    a_bar.ger(seed * sign * pivots, &left, &null, T::one());
}
