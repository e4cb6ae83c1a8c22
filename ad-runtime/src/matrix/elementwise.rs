//! Entry by entry.
//!
//! | `Y` | `X̄ +=` | of the other argument |
//! |---|---|---|
//! | `X ∘ Z` | `Ȳ ∘ Z` | `Z̄ += Ȳ ∘ X` |
//! | `X ⊘ Z` | `Ȳ ⊘ Z` | `Z̄ -= Ȳ ∘ X ⊘ Z ⊘ Z` |
//! | `scale`: `X s` | `s Ȳ` | `s̄ = sum(X ∘ Ȳ)` |
//! | `unscale`: `X / s` | `Ȳ / s` | `s̄ = -sum(X ∘ Ȳ) / s²` |
//! | `add_scalar`: `X + s 1` | `Ȳ` | `s̄ = sum(Ȳ)` |
//! | `abs(X)` | `Ȳ ∘ sign(X)`, 0 where `X` is 0 | |
//! | `normalize`: `X / ‖X‖` | `(Ȳ - Y sum(Y ∘ Ȳ)) / ‖X‖` | |

use super::MatrixShadow;
use super::update::add_scaled;
use crate::Real;
use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

/// The rules of this family.
pub trait ElementwiseRules<T: Real, R: Dim, C: Dim>
where
    DefaultAllocator: Allocator<R, C>,
{
    /// `Y = X ∘ Z`
    fn component_mul__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (OMatrix<T, R, C>, ())
    where
        S2: Storage<T, R, C>;
    /// `X̄ += Ȳ ∘ Z`, `Z̄ += Ȳ ∘ X`
    fn component_mul__reverse<S2, D, E>(
        &self,
        back: (),
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        seed: OMatrix<T, R, C>,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized;

    /// `Y = X ⊘ Z`
    fn component_div__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (OMatrix<T, R, C>, ())
    where
        S2: Storage<T, R, C>;
    /// `X̄ += Ȳ ⊘ Z`, `Z̄ -= Ȳ ∘ X ⊘ Z ⊘ Z`
    fn component_div__reverse<S2, D, E>(
        &self,
        back: (),
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        seed: OMatrix<T, R, C>,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized;

    /// `Y = X s`
    fn scale__forward(&self, factor: T) -> (OMatrix<T, R, C>, T);
    /// `X̄ += s Ȳ`; returns `s̄ = sum(X ∘ Ȳ)`
    fn scale__reverse<D>(&self, factor: T, self_bar: &mut D, seed: OMatrix<T, R, C>) -> (T,)
    where
        D: MatrixShadow<T, R, C> + ?Sized;

    /// `Y = X / s`
    fn unscale__forward(&self, divisor: T) -> (OMatrix<T, R, C>, T);
    /// `X̄ += Ȳ / s`; returns `s̄ = -sum(X ∘ Ȳ) / s²`
    fn unscale__reverse<D>(&self, divisor: T, self_bar: &mut D, seed: OMatrix<T, R, C>) -> (T,)
    where
        D: MatrixShadow<T, R, C> + ?Sized;

    /// `Y = X + s 1`
    fn add_scalar__forward(&self, scalar: T) -> (OMatrix<T, R, C>, ());
    /// `X̄ += Ȳ`; returns `s̄ = sum(Ȳ)`
    fn add_scalar__reverse<D>(&self, back: (), self_bar: &mut D, seed: OMatrix<T, R, C>) -> (T,)
    where
        D: MatrixShadow<T, R, C> + ?Sized;

    /// `Y = abs(X)`
    fn abs__forward(&self) -> (OMatrix<T, R, C>, ());
    /// `X̄ += Ȳ ∘ sign(X)`, nothing where `X` is 0
    fn abs__reverse<D>(&self, back: (), self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized;

    /// `Y = X / ‖X‖`
    fn normalize__forward(&self) -> (OMatrix<T, R, C>, T);
    /// `X̄ += (Ȳ - Y sum(Y ∘ Ȳ)) / ‖X‖`
    fn normalize__reverse<D>(&self, norm: T, self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized;
}

impl<T: Real, R: Dim, C: Dim, S: Storage<T, R, C>> ElementwiseRules<T, R, C> for Matrix<T, R, C, S>
where
    DefaultAllocator: Allocator<R, C>,
{
    #[inline]
    fn component_mul__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (OMatrix<T, R, C>, ())
    where
        S2: Storage<T, R, C>,
    {
        (self.component_mul(other), ())
    }

    #[inline]
    fn component_mul__reverse<S2, D, E>(
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
    {
        if let Some(self_bar) = self_bar.active() {
            self_bar.zip_zip_apply(other, &seed, |x_bar, z, y_bar| *x_bar += y_bar * z);
        }
        if let Some(other_bar) = other_bar.active() {
            other_bar.zip_zip_apply(self, &seed, |z_bar, x, y_bar| *z_bar += y_bar * x);
        }
    }

    #[inline]
    fn component_div__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (OMatrix<T, R, C>, ())
    where
        S2: Storage<T, R, C>,
    {
        (self.component_div(other), ())
    }

    #[inline]
    fn component_div__reverse<S2, D, E>(
        &self,
        (): (),
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        mut seed: OMatrix<T, R, C>,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized,
    {
        seed.component_div_assign(other);
        if let Some(other_bar) = other_bar.active() {
            // Z̄ -= (Ȳ ⊘ Z) ∘ (X ⊘ Z), in two steps: one apply has two arguments
            let mut quotient = self.component_div(other);
            quotient.component_mul_assign(&seed);
            add_scaled(other_bar, -T::one(), &quotient);
        }
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, T::one(), &seed);
        }
    }

    #[inline]
    fn scale__forward(&self, factor: T) -> (OMatrix<T, R, C>, T) {
        (self.scale(factor), factor)
    }

    #[inline]
    fn scale__reverse<D>(&self, factor: T, self_bar: &mut D, seed: OMatrix<T, R, C>) -> (T,)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
    {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, factor, &seed);
        }
        (self.dot(&seed),)
    }

    #[inline]
    fn unscale__forward(&self, divisor: T) -> (OMatrix<T, R, C>, T) {
        (self.unscale(divisor), divisor)
    }

    #[inline]
    fn unscale__reverse<D>(&self, divisor: T, self_bar: &mut D, seed: OMatrix<T, R, C>) -> (T,)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
    {
        if let Some(self_bar) = self_bar.active() {
            self_bar.zip_apply(&seed, |x_bar, y_bar| *x_bar += y_bar / divisor);
        }
        (-(self.dot(&seed) / divisor / divisor),)
    }

    #[inline]
    fn add_scalar__forward(&self, scalar: T) -> (OMatrix<T, R, C>, ()) {
        (self.add_scalar(scalar), ())
    }

    #[inline]
    fn add_scalar__reverse<D>(&self, (): (), self_bar: &mut D, seed: OMatrix<T, R, C>) -> (T,)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
    {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, T::one(), &seed);
        }
        (seed.sum(),)
    }

    #[inline]
    fn abs__forward(&self) -> (OMatrix<T, R, C>, ()) {
        (Matrix::abs(self), ())
    }

    #[inline]
    fn abs__reverse<D>(&self, (): (), self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
    {
        if let Some(self_bar) = self_bar.active() {
            self_bar.zip_zip_apply(self, &seed, |x_bar, x, y_bar| {
                if x > T::zero() {
                    *x_bar += y_bar;
                } else if x < T::zero() {
                    *x_bar -= y_bar;
                }
            });
        }
    }

    #[inline]
    fn normalize__forward(&self) -> (OMatrix<T, R, C>, T) {
        (self.normalize(), self.norm())
    }

    #[inline]
    fn normalize__reverse<D>(&self, norm: T, self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
    {
        if let Some(self_bar) = self_bar.active() {
            let along = self.dot(&seed) / norm / norm;
            self_bar.zip_zip_apply(self, &seed, |x_bar, x, y_bar| *x_bar += (y_bar - x * along) / norm);
        }
    }
}
