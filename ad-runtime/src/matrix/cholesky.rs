//! `cholesky` and what the factorisation offers: `solve`, `inverse`, `determinant`, `ln_determinant`, `l`, `unpack`.
//!
//! A `Cholesky` stands for the matrix it was made of: its cotangent `G` is that matrix's, entries of a full matrix
//! whose symmetry is left to the end. `cholesky` reads the lower triangle of its matrix only, so it sends
//! `G + Gᵀ` there, with the diagonal counted once, and nothing to the upper triangle. With `A = L Lᵀ`:
//!
//! | `y` | `G +=` | of the argument |
//! |---|---|---|
//! | `solve`: `X = A⁻¹ B` | `-B̄ₓ Xᵀ` | `B̄ += B̄ₓ`, `B̄ₓ = A⁻¹ X̄` with the primal's factor |
//! | `inverse`: `Y = A⁻¹` | `-Y Ȳ Y` | |
//! | `determinant`: `d` | `d̄ d A⁻¹` | |
//! | `ln_determinant`: `l` | `l̄ A⁻¹` | |
//! | `l`, `unpack`: `L` | `L⁻ᵀ Φ(Lᵀ L̄) L⁻¹` | |
//!
//! `Φ` takes the lower triangle and halves the diagonal. Sources: M. B. Giles, *Collected matrix derivative results
//! for forward and reverse mode algorithmic differentiation*, 2008; I. Murray, *Differentiation of the Cholesky
//! decomposition*, 2016, arXiv:1602.07527. A matrix that is not positive definite gives `None`, which has no
//! derivative.

use super::MatrixShadow;
use super::inverse::add_inverse;
use super::update::{add_a_bt, add_at_b, add_scaled};
use crate::Differentiable;
use crate::Real;
use crate::differentiable::Extent;
use nalgebra::allocator::Allocator;
use nalgebra::linalg::Cholesky;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

impl<T: Real, N: Dim> Differentiable for Cholesky<T, N>
where
    DefaultAllocator: Allocator<N, N>,
{
    type Cotangent = OMatrix<T, N, N>;
    const RIGID: bool = false;

    #[inline]
    fn zero_cotangent(&self) -> OMatrix<T, N, N> {
        self.l_dirty().zero_cotangent()
    }

    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        self.l_dirty().extents(report);
    }
}

/// The rule of `cholesky`.
pub trait CholeskyFactorRule<T: Real, N: Dim>
where
    DefaultAllocator: Allocator<N, N>,
{
    /// `A = L Lᵀ`, if `A` is positive definite
    fn cholesky__forward(&self) -> (Option<Cholesky<T, N>>, ());
    /// `Ā += tril(G + Gᵀ)`, the diagonal counted once
    fn cholesky__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        back: (),
        self_bar: &mut D,
        seed: Option<OMatrix<T, N, N>>,
    );
}

impl<T: Real, N: Dim, S: Storage<T, N, N>> CholeskyFactorRule<T, N> for Matrix<T, N, N, S>
where
    DefaultAllocator: Allocator<N, N>,
{
    fn cholesky__forward(&self) -> (Option<Cholesky<T, N>>, ()) {
        (Cholesky::new(self.clone_owned()), ())
    }

    fn cholesky__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        (): (),
        self_bar: &mut D,
        seed: Option<OMatrix<T, N, N>>,
    ) {
        let (Some(self_bar), Some(seed)) = (self_bar.active(), seed) else { return };
        for j in 0..seed.ncols() {
            self_bar[(j, j)] += seed[(j, j)];
            for i in j + 1..seed.nrows() {
                self_bar[(i, j)] += seed[(i, j)] + seed[(j, i)];
            }
        }
    }
}

/// The rules of the methods of `Cholesky`.
pub trait CholeskyRules<T: Real, N: Dim>
where
    DefaultAllocator: Allocator<N, N>,
{
    /// `X = A⁻¹ B`
    fn solve__forward<C: Dim, S: Storage<T, N, C>>(
        &self,
        b: &Matrix<T, N, C, S>,
    ) -> (OMatrix<T, N, C>, OMatrix<T, N, C>)
    where
        DefaultAllocator: Allocator<N, C>;
    /// `B̄ += A⁻¹ X̄`, `G -= A⁻¹ X̄ Xᵀ`
    fn solve__reverse<C: Dim, S: Storage<T, N, C>, D, E>(
        &self,
        solution: OMatrix<T, N, C>,
        self_bar: &mut D,
        b: &Matrix<T, N, C, S>,
        b_bar: &mut E,
        seed: OMatrix<T, N, C>,
    ) where
        D: MatrixShadow<T, N, N> + ?Sized,
        E: MatrixShadow<T, N, C> + ?Sized,
        DefaultAllocator: Allocator<N, C> + Allocator<C, N>;

    /// `Y = A⁻¹`
    fn inverse__forward(&self) -> (OMatrix<T, N, N>, OMatrix<T, N, N>);
    /// `G -= Y Ȳ Y`
    fn inverse__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        inverse: OMatrix<T, N, N>,
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    );

    /// `d = det A`
    fn determinant__forward(&self) -> (T, T);
    /// `G += d̄ d A⁻¹`
    fn determinant__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        determinant: T,
        self_bar: &mut D,
        seed: T,
    );

    /// `l = ln det A`
    fn ln_determinant__forward(&self) -> (T, ());
    /// `G += l̄ A⁻¹`
    fn ln_determinant__reverse<D: MatrixShadow<T, N, N> + ?Sized>(&self, back: (), self_bar: &mut D, seed: T);

    /// `L`
    fn l__forward(&self) -> (OMatrix<T, N, N>, ());
    /// `G += L⁻ᵀ Φ(Lᵀ L̄) L⁻¹`
    fn l__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        back: (),
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    );

    /// `L`
    fn unpack__forward(&self) -> (OMatrix<T, N, N>, ());
    /// `G += L⁻ᵀ Φ(Lᵀ L̄) L⁻¹`
    fn unpack__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        back: (),
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    );
}

impl<T: Real, N: Dim> CholeskyRules<T, N> for Cholesky<T, N>
where
    DefaultAllocator: Allocator<N, N>,
{
    fn solve__forward<C: Dim, S: Storage<T, N, C>>(
        &self,
        b: &Matrix<T, N, C, S>,
    ) -> (OMatrix<T, N, C>, OMatrix<T, N, C>)
    where
        DefaultAllocator: Allocator<N, C>,
    {
        let solution = self.solve(b);
        (solution.clone(), solution)
    }

    fn solve__reverse<C: Dim, S: Storage<T, N, C>, D, E>(
        &self,
        solution: OMatrix<T, N, C>,
        self_bar: &mut D,
        _: &Matrix<T, N, C, S>,
        b_bar: &mut E,
        mut seed: OMatrix<T, N, C>,
    ) where
        D: MatrixShadow<T, N, N> + ?Sized,
        E: MatrixShadow<T, N, C> + ?Sized,
        DefaultAllocator: Allocator<N, C> + Allocator<C, N>,
    {
        self.solve_mut(&mut seed);
        if let Some(self_bar) = self_bar.active() {
            add_a_bt(self_bar, -T::one(), &seed, &solution);
        }
        if let Some(b_bar) = b_bar.active() {
            add_scaled(b_bar, T::one(), &seed);
        }
    }

    fn inverse__forward(&self) -> (OMatrix<T, N, N>, OMatrix<T, N, N>) {
        let inverse = self.inverse();
        (inverse.clone(), inverse)
    }

    fn inverse__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        inverse: OMatrix<T, N, N>,
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    ) {
        if let Some(self_bar) = self_bar.active() {
            add_inverse(self_bar, &inverse, &seed);
        }
    }

    fn determinant__forward(&self) -> (T, T) {
        let determinant = self.determinant();
        (determinant, determinant)
    }

    fn determinant__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        determinant: T,
        self_bar: &mut D,
        seed: T,
    ) {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, seed * determinant, &self.inverse());
        }
    }

    fn ln_determinant__forward(&self) -> (T, ()) {
        (self.ln_determinant(), ())
    }

    fn ln_determinant__reverse<D: MatrixShadow<T, N, N> + ?Sized>(&self, (): (), self_bar: &mut D, seed: T) {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, seed, &self.inverse());
        }
    }

    fn l__forward(&self) -> (OMatrix<T, N, N>, ()) {
        (self.l(), ())
    }

    fn l__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        (): (),
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    ) {
        let Some(self_bar) = self_bar.active() else { return };
        let (rows, columns) = seed.shape_generic();
        let mut phi = OMatrix::zeros_generic(rows, columns);
        add_at_b(&mut phi, T::one(), &self.l(), &seed);
        phi.fill_upper_triangle(T::zero(), 1);
        for i in 0..phi.nrows() {
            phi[(i, i)] *= nalgebra::convert(0.5);
        }
        // L⁻ᵀ Φ L⁻¹ = (L⁻ᵀ (L⁻ᵀ Φ)ᵀ)ᵀ; the transpose of all is as good, as only the symmetric part counts
        self.l_dirty().tr_solve_lower_triangular_unchecked_mut(&mut phi);
        let mut transposed = phi.transpose();
        self.l_dirty().tr_solve_lower_triangular_unchecked_mut(&mut transposed);
        add_scaled(self_bar, T::one(), &transposed);
    }

    fn unpack__forward(&self) -> (OMatrix<T, N, N>, ()) {
        self.l__forward()
    }

    fn unpack__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        (): (),
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    ) {
        self.l__reverse((), self_bar, seed);
    }
}
