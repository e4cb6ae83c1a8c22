//! `lu` and what the factorisation offers: `solve`, `try_inverse`, `determinant`, `l`, `u`.
//!
//! An `LU` stands for the matrix it was made of: its cotangent is that matrix's, so `lu` itself passes the cotangent
//! on, and every use of the factors adds into it. With `P A = L U`:
//!
//! | `y` | `Ā +=` | of the argument |
//! |---|---|---|
//! | `solve`: `X = A⁻¹ B` | `-B̄ₓ Xᵀ` | `B̄ += B̄ₓ`, `B̄ₓ = A⁻ᵀ X̄` with the primal's factors |
//! | `try_inverse`: `Y = A⁻¹` | `-Yᵀ Ȳ Yᵀ` | |
//! | `determinant`: `d` | `d̄ cof(A)` | |
//! | `l` | `Pᵀ L⁻ᵀ tril(Lᵀ L̄, -1) U⁻ᵀ` | |
//! | `u` | `Pᵀ L⁻ᵀ triu(Ū Uᵀ) U⁻ᵀ` | |
//!
//! Sources: M. B. Giles, *Collected matrix derivative results for forward and reverse mode algorithmic
//! differentiation*, 2008; F. R. de Hoog, R. S. Anderssen, M. A. Lukas, *Differentiation of matrix functionals
//! using triangular factorization*, 2011. The pivots are locally constant. A singular matrix gives `None`, which
//! has no derivative; the rules of `l` and `u` ask for an invertible one.

use super::MatrixShadow;
use super::determinant::add_determinant;
use super::inverse::{Found, add_inverse};
use super::triangular::tr_solve_unit_lower_mut;
use super::update::{add_a_bt, add_at_b, add_scaled};
use crate::Differentiable;
use crate::Real;
use crate::differentiable::Extent;
use nalgebra::allocator::Allocator;
use nalgebra::linalg::LU;
use nalgebra::{DefaultAllocator, Dim, DimMin, DimMinimum, Matrix, OMatrix, Storage, StorageMut};

impl<T: Real, R: DimMin<C>, C: Dim> Differentiable for LU<T, R, C>
where
    DefaultAllocator: Allocator<R, C> + Allocator<DimMinimum<R, C>>,
{
    type Cotangent = OMatrix<T, R, C>;
    const RIGID: bool = false;

    #[inline]
    fn zero_cotangent(&self) -> OMatrix<T, R, C> {
        self.lu_internal().zero_cotangent()
    }

    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        self.lu_internal().extents(report);
    }
}

/// The rule of `lu`.
pub trait LuFactorRule<T: Real, R: DimMin<C>, C: Dim>
where
    DefaultAllocator: Allocator<R, C> + Allocator<DimMinimum<R, C>>,
{
    /// `P A = L U`
    fn lu__forward(&self) -> (LU<T, R, C>, ());
    /// Passes the cotangent of the factorisation on.
    fn lu__reverse<D: MatrixShadow<T, R, C> + ?Sized>(
        &self,
        back: (),
        self_bar: &mut D,
        seed: OMatrix<T, R, C>,
    );
}

impl<T: Real, R: DimMin<C>, C: Dim, S: Storage<T, R, C>> LuFactorRule<T, R, C> for Matrix<T, R, C, S>
where
    DefaultAllocator: Allocator<R, C> + Allocator<DimMinimum<R, C>>,
{
    fn lu__forward(&self) -> (LU<T, R, C>, ()) {
        (LU::new(self.clone_owned()), ())
    }

    #[inline]
    fn lu__reverse<D: MatrixShadow<T, R, C> + ?Sized>(
        &self,
        (): (),
        self_bar: &mut D,
        seed: OMatrix<T, R, C>,
    ) {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, T::one(), &seed);
        }
    }
}

/// The rules of the methods of `LU`, for square matrices.
pub trait LuRules<T: Real, N: DimMin<N, Output = N>>
where
    DefaultAllocator: Allocator<N, N> + Allocator<N>,
{
    /// `X = A⁻¹ B`, if `A` is invertible
    fn solve__forward<C: Dim, S: Storage<T, N, C>>(
        &self,
        b: &Matrix<T, N, C, S>,
    ) -> (Found<T, N, C>, Found<T, N, C>)
    where
        DefaultAllocator: Allocator<N, C>;
    /// `B̄ += A⁻ᵀ X̄`, `Ā -= A⁻ᵀ X̄ Xᵀ`
    fn solve__reverse<C: Dim, S: Storage<T, N, C>, D, E>(
        &self,
        solution: Option<OMatrix<T, N, C>>,
        self_bar: &mut D,
        b: &Matrix<T, N, C, S>,
        b_bar: &mut E,
        seed: Option<OMatrix<T, N, C>>,
    ) where
        D: MatrixShadow<T, N, N> + ?Sized,
        E: MatrixShadow<T, N, C> + ?Sized,
        DefaultAllocator: Allocator<N, C> + Allocator<C, N>;

    /// `Y = A⁻¹`, if there is one
    fn try_inverse__forward(&self) -> (Found<T, N, N>, Found<T, N, N>);
    /// `Ā -= Yᵀ Ȳ Yᵀ`
    fn try_inverse__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        inverse: Option<OMatrix<T, N, N>>,
        self_bar: &mut D,
        seed: Option<OMatrix<T, N, N>>,
    );

    /// `d = det A`
    fn determinant__forward(&self) -> (T, ());
    /// `Ā += d̄ cof(A)`
    fn determinant__reverse<D: MatrixShadow<T, N, N> + ?Sized>(&self, back: (), self_bar: &mut D, seed: T);

    /// Whether no pivot is zero.
    fn is_invertible__forward(&self) -> (bool, ());
    /// Adds nothing.
    fn is_invertible__reverse<D: ?Sized>(&self, back: (), self_bar: &mut D, seed: ());

    /// `L`
    fn l__forward(&self) -> (OMatrix<T, N, N>, ());
    /// `Ā += Pᵀ L⁻ᵀ tril(Lᵀ L̄, -1) U⁻ᵀ`
    ///
    /// # Panics
    /// If the matrix is singular.
    fn l__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        back: (),
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    );

    /// `U`
    fn u__forward(&self) -> (OMatrix<T, N, N>, ());
    /// `Ā += Pᵀ L⁻ᵀ triu(Ū Uᵀ) U⁻ᵀ`
    ///
    /// # Panics
    /// If the matrix is singular.
    fn u__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        back: (),
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    );
}

impl<T: Real, N: DimMin<N, Output = N>> LuRules<T, N> for LU<T, N, N>
where
    DefaultAllocator: Allocator<N, N> + Allocator<N>,
{
    fn solve__forward<C: Dim, S: Storage<T, N, C>>(
        &self,
        b: &Matrix<T, N, C, S>,
    ) -> (Found<T, N, C>, Found<T, N, C>)
    where
        DefaultAllocator: Allocator<N, C>,
    {
        let solution = self.solve(b);
        (solution.clone(), solution)
    }

    fn solve__reverse<C: Dim, S: Storage<T, N, C>, D, E>(
        &self,
        solution: Option<OMatrix<T, N, C>>,
        self_bar: &mut D,
        _: &Matrix<T, N, C, S>,
        b_bar: &mut E,
        seed: Option<OMatrix<T, N, C>>,
    ) where
        D: MatrixShadow<T, N, N> + ?Sized,
        E: MatrixShadow<T, N, C> + ?Sized,
        DefaultAllocator: Allocator<N, C> + Allocator<C, N>,
    {
        let (Some(solution), Some(mut adjoint)) = (solution, seed) else { return };
        tr_solve_mut(self, &mut adjoint);
        if let Some(self_bar) = self_bar.active() {
            add_a_bt(self_bar, -T::one(), &adjoint, &solution);
        }
        if let Some(b_bar) = b_bar.active() {
            add_scaled(b_bar, T::one(), &adjoint);
        }
    }

    fn try_inverse__forward(&self) -> (Found<T, N, N>, Found<T, N, N>) {
        let inverse = self.try_inverse();
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

    fn determinant__forward(&self) -> (T, ()) {
        (self.determinant(), ())
    }

    fn determinant__reverse<D: MatrixShadow<T, N, N> + ?Sized>(&self, (): (), self_bar: &mut D, seed: T) {
        if let Some(self_bar) = self_bar.active() {
            add_determinant(self_bar, seed, self, || {
                let mut a = self.l() * self.u();
                self.p().inv_permute_rows(&mut a);
                a
            });
        }
    }

    fn is_invertible__forward(&self) -> (bool, ()) {
        (self.is_invertible(), ())
    }

    #[inline]
    fn is_invertible__reverse<D: ?Sized>(&self, (): (), _: &mut D, (): ()) {}

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
        let mut inner = OMatrix::zeros_generic(rows, columns);
        add_at_b(&mut inner, T::one(), &self.l(), &seed);
        inner.fill_upper_triangle(T::zero(), 0);
        add_factor(self_bar, self, &inner);
    }

    fn u__forward(&self) -> (OMatrix<T, N, N>, ()) {
        (self.u(), ())
    }

    fn u__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        (): (),
        self_bar: &mut D,
        seed: OMatrix<T, N, N>,
    ) {
        let Some(self_bar) = self_bar.active() else { return };
        let (rows, columns) = seed.shape_generic();
        let mut inner = OMatrix::zeros_generic(rows, columns);
        add_a_bt(&mut inner, T::one(), &seed, &self.u());
        inner.fill_lower_triangle(T::zero(), 1);
        add_factor(self_bar, self, &inner);
    }
}

/// `B <- A⁻ᵀ B = Pᵀ L⁻ᵀ U⁻ᵀ B`; the pivots are not zero.
fn tr_solve_mut<T, N, C, S>(factors: &LU<T, N, N>, b: &mut Matrix<T, N, C, S>)
where
    T: Real,
    N: DimMin<N, Output = N>,
    C: Dim,
    S: StorageMut<T, N, C>,
    DefaultAllocator: Allocator<N, N> + Allocator<N>,
{
    let invertible = factors.lu_internal().tr_solve_upper_triangular_mut(b);
    debug_assert!(invertible, "the primal solved with the same factors");
    tr_solve_unit_lower_mut(factors.lu_internal(), b);
    factors.p().inv_permute_rows(b);
}

/// `Ā += Pᵀ L⁻ᵀ M U⁻ᵀ`
fn add_factor<T, N, S>(a_bar: &mut Matrix<T, N, N, S>, factors: &LU<T, N, N>, inner: &OMatrix<T, N, N>)
where
    T: Real,
    N: DimMin<N, Output = N>,
    S: StorageMut<T, N, N>,
    DefaultAllocator: Allocator<N, N> + Allocator<N>,
{
    // (M U⁻ᵀ)ᵀ = U⁻¹ Mᵀ
    let mut transposed = inner.transpose();
    let invertible = factors.lu_internal().solve_upper_triangular_mut(&mut transposed);
    assert!(invertible, "the factors of a singular matrix have no derivative");
    let mut outer = transposed.transpose();
    tr_solve_unit_lower_mut(factors.lu_internal(), &mut outer);
    factors.p().inv_permute_rows(&mut outer);
    add_scaled(a_bar, T::one(), &outer);
}
