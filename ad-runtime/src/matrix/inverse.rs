//! `try_inverse` of a square matrix.
//!
//! `Y = A⁻¹`: `Ā += -Yᵀ Ȳ Yᵀ` (M. B. Giles, *Collected matrix derivative results for forward and reverse mode
//! algorithmic differentiation*, 2008). A matrix that is not invertible gives `None`, which has no derivative.

use super::MatrixShadow;
use super::update::{add_a_bt, add_at_b};
use crate::Real;
use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage, StorageMut};

/// A result, if the matrix is invertible.
pub(super) type Found<T, R, C> = Option<OMatrix<T, R, C>>;

/// The rule of `try_inverse`.
pub trait InverseRule<T: Real, N: Dim>
where
    DefaultAllocator: Allocator<N, N>,
{
    /// `Y = A⁻¹`, if there is one
    fn try_inverse__forward(&self) -> (Found<T, N, N>, Found<T, N, N>);
    /// `Ā -= Yᵀ Ȳ Yᵀ`
    fn try_inverse__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        inverse: Option<OMatrix<T, N, N>>,
        self_bar: &mut D,
        seed: Option<OMatrix<T, N, N>>,
    );
}

impl<T: Real, N: Dim, S: Storage<T, N, N>> InverseRule<T, N> for Matrix<T, N, N, S>
where
    DefaultAllocator: Allocator<N, N>,
{
    fn try_inverse__forward(&self) -> (Found<T, N, N>, Found<T, N, N>) {
        let inverse = self.clone_owned().try_inverse();
        (inverse.clone(), inverse)
    }

    fn try_inverse__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        inverse: Option<OMatrix<T, N, N>>,
        self_bar: &mut D,
        seed: Option<OMatrix<T, N, N>>,
    ) {
        if let (Some(inverse), Some(self_bar), Some(seed)) = (inverse, self_bar.active(), seed) {
            add_inverse(self_bar, &inverse, &seed);
        }
    }
}

/// `Ā -= Yᵀ Ȳ Yᵀ`
pub(super) fn add_inverse<T, N, S>(
    a_bar: &mut Matrix<T, N, N, S>,
    y: &OMatrix<T, N, N>,
    y_bar: &OMatrix<T, N, N>,
) where
    T: Real,
    N: Dim,
    S: StorageMut<T, N, N>,
    DefaultAllocator: Allocator<N, N>,
{
    let (rows, columns) = y.shape_generic();
    let mut left = OMatrix::zeros_generic(rows, columns);
    add_at_b(&mut left, T::one(), y, y_bar);
    add_a_bt(a_bar, -T::one(), &left, y);
}
