//! Operators between matrices, and between a matrix and a scalar.
//!
//! | `out` | `Ā +=` | `B̄ +=` |
//! |---|---|---|
//! | `A + B` | `Ō` | `Ō` |
//! | `A - B` | `Ō` | `-Ō` |
//! | `A B` | `Ō Bᵀ` | `Aᵀ Ō` |
//! | `A s` | `s Ō` | `sum(A ∘ Ō)` |
//! | `s B` | `sum(B ∘ Ō)` | `s Ō` |
//! | `A / s` | `Ō / s` | `-sum(A ∘ Ō) / s²` |
//! | `-A` | `-Ō` | |
//!
//! The product: M. B. Giles, *Collected matrix derivative results for forward and reverse mode algorithmic
//! differentiation*, 2008. Everything is added in place, in any storage.

use super::{AddLhs, AddRhs, DivLhs, DivRhs, MulLhs, MulRhs, NegLhs, SubLhs, SubRhs};
use crate::matrix::MatrixShadow;
use crate::matrix::update::{add_a_bt, add_at_b, add_scaled};
use crate::{AddTo, Real};
use nalgebra::allocator::Allocator;
use nalgebra::constraint::{DimEq, SameNumberOfColumns, SameNumberOfRows, ShapeConstraint};
use nalgebra::{DefaultAllocator, Dim, Matrix, Storage};

/// Sums and differences: one contribution `± Ō`. The dimensions `$r`, `$c` are those of the shadow's operand.
macro_rules! sum {
    ($($rule:ident $function:ident ($r:ident $c:ident) $sign:expr;)*) => {$(
        impl<T, R1, C1, R2, C2, RO, CO, SA, SB, SO, D> $rule<Matrix<T, R2, C2, SB>, Matrix<T, RO, CO, SO>, D>
            for Matrix<T, R1, C1, SA>
        where
            T: Real,
            R1: Dim,
            C1: Dim,
            R2: Dim,
            C2: Dim,
            RO: Dim,
            CO: Dim,
            SO: Storage<T, RO, CO>,
            D: MatrixShadow<T, $r, $c> + ?Sized,
            ShapeConstraint: SameNumberOfRows<$r, RO> + SameNumberOfColumns<$c, CO>,
        {
            #[inline]
            fn $function(&self, _: &Matrix<T, R2, C2, SB>, out_bar: &Matrix<T, RO, CO, SO>, shadow: &mut D) {
                if let Some(shadow) = shadow.active() {
                    add_scaled(shadow, $sign, out_bar);
                }
            }
        }
    )*};
}

sum! {
    AddLhs add_lhs (R1 C1) T::one();
    AddRhs add_rhs (R2 C2) T::one();
    SubLhs sub_lhs (R1 C1) T::one();
    SubRhs sub_rhs (R2 C2) -T::one();
}

impl<T, R, C, RO, CO, SA, SO, D> NegLhs<Matrix<T, RO, CO, SO>, D> for Matrix<T, R, C, SA>
where
    T: Real,
    R: Dim,
    C: Dim,
    RO: Dim,
    CO: Dim,
    SO: Storage<T, RO, CO>,
    D: MatrixShadow<T, R, C> + ?Sized,
    ShapeConstraint: SameNumberOfRows<R, RO> + SameNumberOfColumns<C, CO>,
{
    #[inline]
    fn neg_lhs(&self, out_bar: &Matrix<T, RO, CO, SO>, shadow: &mut D) {
        if let Some(shadow) = shadow.active() {
            add_scaled(shadow, -T::one(), out_bar);
        }
    }
}

impl<T, R1, C1, R2, C2, RO, CO, SA, SB, SO, D> MulLhs<Matrix<T, R2, C2, SB>, Matrix<T, RO, CO, SO>, D>
    for Matrix<T, R1, C1, SA>
where
    T: Real,
    R1: Dim,
    C1: Dim,
    R2: Dim,
    C2: Dim,
    RO: Dim,
    CO: Dim,
    SB: Storage<T, R2, C2>,
    SO: Storage<T, RO, CO>,
    D: MatrixShadow<T, R1, C1> + ?Sized,
    ShapeConstraint: SameNumberOfRows<R1, RO> + SameNumberOfColumns<C1, R2> + DimEq<CO, C2>,
    DefaultAllocator: Allocator<C2, R2>,
{
    #[inline]
    fn mul_lhs(&self, b: &Matrix<T, R2, C2, SB>, out_bar: &Matrix<T, RO, CO, SO>, a_bar: &mut D) {
        if let Some(a_bar) = a_bar.active() {
            add_a_bt(a_bar, T::one(), out_bar, b);
        }
    }
}

impl<T, R1, C1, R2, C2, RO, CO, SA, SB, SO, D> MulRhs<Matrix<T, R2, C2, SB>, Matrix<T, RO, CO, SO>, D>
    for Matrix<T, R1, C1, SA>
where
    T: Real,
    R1: Dim,
    C1: Dim,
    R2: Dim,
    C2: Dim,
    RO: Dim,
    CO: Dim,
    SA: Storage<T, R1, C1>,
    SO: Storage<T, RO, CO>,
    D: MatrixShadow<T, R2, C2> + ?Sized,
    ShapeConstraint: SameNumberOfRows<R2, C1> + SameNumberOfColumns<C2, CO> + DimEq<R1, RO>,
    DefaultAllocator: Allocator<C1, R1>,
{
    #[inline]
    fn mul_rhs(&self, _: &Matrix<T, R2, C2, SB>, out_bar: &Matrix<T, RO, CO, SO>, b_bar: &mut D) {
        if let Some(b_bar) = b_bar.active() {
            add_at_b(b_bar, T::one(), self, out_bar);
        }
    }
}

impl<T, R, C, SA, SO, D> MulLhs<T, Matrix<T, R, C, SO>, D> for Matrix<T, R, C, SA>
where
    T: Real,
    R: Dim,
    C: Dim,
    SO: Storage<T, R, C>,
    D: MatrixShadow<T, R, C> + ?Sized,
{
    #[inline]
    fn mul_lhs(&self, s: &T, out_bar: &Matrix<T, R, C, SO>, a_bar: &mut D) {
        if let Some(a_bar) = a_bar.active() {
            add_scaled(a_bar, *s, out_bar);
        }
    }
}

impl<T, R, C, SA, SO, D> MulRhs<T, Matrix<T, R, C, SO>, D> for Matrix<T, R, C, SA>
where
    T: Real + AddTo<D>,
    R: Dim,
    C: Dim,
    SA: Storage<T, R, C>,
    SO: Storage<T, R, C>,
    D: ?Sized,
{
    #[inline]
    fn mul_rhs(&self, _: &T, out_bar: &Matrix<T, R, C, SO>, s_bar: &mut D) {
        self.dot(out_bar).add_to(s_bar);
    }
}

impl<T, R, C, SB, SO, D> MulLhs<Matrix<T, R, C, SB>, Matrix<T, R, C, SO>, D> for T
where
    T: Real + AddTo<D>,
    R: Dim,
    C: Dim,
    SB: Storage<T, R, C>,
    SO: Storage<T, R, C>,
    D: ?Sized,
{
    #[inline]
    fn mul_lhs(&self, b: &Matrix<T, R, C, SB>, out_bar: &Matrix<T, R, C, SO>, s_bar: &mut D) {
        b.dot(out_bar).add_to(s_bar);
    }
}

impl<T, R, C, SB, SO, D> MulRhs<Matrix<T, R, C, SB>, Matrix<T, R, C, SO>, D> for T
where
    T: Real,
    R: Dim,
    C: Dim,
    SO: Storage<T, R, C>,
    D: MatrixShadow<T, R, C> + ?Sized,
{
    #[inline]
    fn mul_rhs(&self, _: &Matrix<T, R, C, SB>, out_bar: &Matrix<T, R, C, SO>, b_bar: &mut D) {
        if let Some(b_bar) = b_bar.active() {
            add_scaled(b_bar, *self, out_bar);
        }
    }
}

impl<T, R, C, SA, SO, D> DivLhs<T, Matrix<T, R, C, SO>, D> for Matrix<T, R, C, SA>
where
    T: Real,
    R: Dim,
    C: Dim,
    SO: Storage<T, R, C>,
    D: MatrixShadow<T, R, C> + ?Sized,
{
    #[inline]
    fn div_lhs(&self, s: &T, out_bar: &Matrix<T, R, C, SO>, a_bar: &mut D) {
        if let Some(a_bar) = a_bar.active() {
            let s = *s;
            a_bar.zip_apply(out_bar, |a_bar, out_bar| *a_bar += out_bar / s);
        }
    }
}

impl<T, R, C, SA, SO, D> DivRhs<T, Matrix<T, R, C, SO>, D> for Matrix<T, R, C, SA>
where
    T: Real + AddTo<D>,
    R: Dim,
    C: Dim,
    SA: Storage<T, R, C>,
    SO: Storage<T, R, C>,
    D: ?Sized,
{
    #[inline]
    fn div_rhs(&self, s: &T, out_bar: &Matrix<T, R, C, SO>, s_bar: &mut D) {
        (-(self.dot(out_bar) / *s / *s)).add_to(s_bar);
    }
}
