//! Products that are methods: `tr_mul`, `cross`, `kronecker`. The operator `*` is among the operators.
//!
//! | `Y` | `Ā +=` | `B̄ +=` |
//! |---|---|---|
//! | `tr_mul`: `Aᵀ B` | `B Ȳᵀ` | `A Ȳ` |
//! | `cross`: `a × b` | `b × ȳ` | `ȳ × a` |
//! | `kronecker`: `A ⊗ B` | `Āᵢⱼ += sum(Ȳ₍ᵢⱼ₎ ∘ B)` | `B̄ += sum over i, j of Aᵢⱼ Ȳ₍ᵢⱼ₎` |
//!
//! `Ȳ₍ᵢⱼ₎` is the block of `Ȳ` that belongs to `Aᵢⱼ`.

use super::MatrixShadow;
use super::update::{add_a_b, add_a_bt, add_scaled};
use crate::Real;
use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, DimMul, DimProd, Matrix, OMatrix, Storage};

/// The Kronecker product of two matrices.
type Kronecker<T, R, C, R2, C2> = OMatrix<T, DimProd<R, R2>, DimProd<C, C2>>;

/// The rules of this family.
pub trait ProductRules<T: Real, R: Dim, C: Dim> {
    /// `Y = Aᵀ B`
    fn tr_mul__forward<C2: Dim, S2>(&self, other: &Matrix<T, R, C2, S2>) -> (OMatrix<T, C, C2>, ())
    where
        S2: Storage<T, R, C2>,
        DefaultAllocator: Allocator<C, C2>;
    /// `Ā += B Ȳᵀ`, `B̄ += A Ȳ`
    fn tr_mul__reverse<C2: Dim, S2, D, E>(
        &self,
        back: (),
        self_bar: &mut D,
        other: &Matrix<T, R, C2, S2>,
        other_bar: &mut E,
        seed: OMatrix<T, C, C2>,
    ) where
        S2: Storage<T, R, C2>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C2> + ?Sized,
        DefaultAllocator: Allocator<C, C2> + Allocator<C2, C>;

    /// `y = a × b`
    fn cross__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (OMatrix<T, R, C>, ())
    where
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>;
    /// `ā += b × ȳ`, `b̄ += ȳ × a`
    fn cross__reverse<S2, D, E>(
        &self,
        back: (),
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        seed: OMatrix<T, R, C>,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>;

    /// `Y = A ⊗ B`
    fn kronecker__forward<R2, C2, S2>(
        &self,
        other: &Matrix<T, R2, C2, S2>,
    ) -> (Kronecker<T, R, C, R2, C2>, ())
    where
        R: DimMul<R2>,
        C: DimMul<C2>,
        R2: Dim,
        C2: Dim,
        S2: Storage<T, R2, C2>,
        DefaultAllocator: Allocator<DimProd<R, R2>, DimProd<C, C2>>;
    /// `Āᵢⱼ += sum(Ȳ₍ᵢⱼ₎ ∘ B)`, `B̄ += sum over i, j of Aᵢⱼ Ȳ₍ᵢⱼ₎`
    fn kronecker__reverse<R2, C2, S2, D, E>(
        &self,
        back: (),
        self_bar: &mut D,
        other: &Matrix<T, R2, C2, S2>,
        other_bar: &mut E,
        seed: Kronecker<T, R, C, R2, C2>,
    ) where
        R: DimMul<R2>,
        C: DimMul<C2>,
        R2: Dim,
        C2: Dim,
        S2: Storage<T, R2, C2>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R2, C2> + ?Sized,
        DefaultAllocator: Allocator<DimProd<R, R2>, DimProd<C, C2>>;
}

impl<T: Real, R: Dim, C: Dim, S: Storage<T, R, C>> ProductRules<T, R, C> for Matrix<T, R, C, S> {
    #[inline]
    fn tr_mul__forward<C2: Dim, S2>(&self, other: &Matrix<T, R, C2, S2>) -> (OMatrix<T, C, C2>, ())
    where
        S2: Storage<T, R, C2>,
        DefaultAllocator: Allocator<C, C2>,
    {
        (self.tr_mul(other), ())
    }

    #[inline]
    fn tr_mul__reverse<C2: Dim, S2, D, E>(
        &self,
        (): (),
        self_bar: &mut D,
        other: &Matrix<T, R, C2, S2>,
        other_bar: &mut E,
        seed: OMatrix<T, C, C2>,
    ) where
        S2: Storage<T, R, C2>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C2> + ?Sized,
        DefaultAllocator: Allocator<C, C2> + Allocator<C2, C>,
    {
        if let Some(self_bar) = self_bar.active() {
            add_a_bt(self_bar, T::one(), other, &seed);
        }
        if let Some(other_bar) = other_bar.active() {
            add_a_b(other_bar, T::one(), self, &seed);
        }
    }

    #[inline]
    fn cross__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (OMatrix<T, R, C>, ())
    where
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        (self.cross(other), ())
    }

    #[inline]
    fn cross__reverse<S2, D, E>(
        &self,
        (): (),
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        seed: OMatrix<T, R, C>,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>,
    {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, T::one(), &other.cross(&seed));
        }
        if let Some(other_bar) = other_bar.active() {
            add_scaled(other_bar, T::one(), &seed.cross(self));
        }
    }

    #[inline]
    fn kronecker__forward<R2, C2, S2>(
        &self,
        other: &Matrix<T, R2, C2, S2>,
    ) -> (Kronecker<T, R, C, R2, C2>, ())
    where
        R: DimMul<R2>,
        C: DimMul<C2>,
        R2: Dim,
        C2: Dim,
        S2: Storage<T, R2, C2>,
        DefaultAllocator: Allocator<DimProd<R, R2>, DimProd<C, C2>>,
    {
        (self.kronecker(other), ())
    }

    #[inline]
    fn kronecker__reverse<R2, C2, S2, D, E>(
        &self,
        (): (),
        self_bar: &mut D,
        other: &Matrix<T, R2, C2, S2>,
        other_bar: &mut E,
        seed: Kronecker<T, R, C, R2, C2>,
    ) where
        R: DimMul<R2>,
        C: DimMul<C2>,
        R2: Dim,
        C2: Dim,
        S2: Storage<T, R2, C2>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R2, C2> + ?Sized,
        DefaultAllocator: Allocator<DimProd<R, R2>, DimProd<C, C2>>,
    {
        let (rows, columns) = other.shape_generic();
        let block =
            |i: usize, j: usize| seed.generic_view((i * rows.value(), j * columns.value()), (rows, columns));
        if let Some(self_bar) = self_bar.active() {
            for j in 0..self.ncols() {
                for i in 0..self.nrows() {
                    self_bar[(i, j)] += other.dot(&block(i, j));
                }
            }
        }
        if let Some(other_bar) = other_bar.active() {
            for j in 0..self.ncols() {
                for i in 0..self.nrows() {
                    add_scaled(other_bar, self[(i, j)], &block(i, j));
                }
            }
        }
    }
}
