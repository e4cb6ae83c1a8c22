//! Reductions to a number.
//!
//! | `y` | `X̄ +=` |
//! |---|---|
//! | `sum(X)` | `ȳ 1` |
//! | `mean(X)`, `n` entries | `ȳ / n 1` |
//! | `dot(X, Z)` | `ȳ Z`, and `Z̄ += ȳ X` |
//! | `‖X‖²` | `2 ȳ X` |
//! | `‖X‖` | `ȳ X / ‖X‖`, and 0 at `X = 0` |
//! | `‖X - Z‖` | `ȳ (X - Z) / ‖X - Z‖`, `Z̄` its negative, and 0 at `X = Z` |
//! | `max(X)`, `min(X)` | `ȳ` at the first entry that attains it |
//! | `trace(X)` | `ȳ I` |
//!
//! The norm is Frobenius', the Euclidean one of a vector. At its kink the zero of the subdifferential is used,
//! and at a tie of `max` or `min` the vertex of the subdifferential that belongs to the first entry.

use super::MatrixShadow;
use super::update::add_scaled;
use crate::Real;
use nalgebra::{Dim, Matrix, Storage};

/// The rules of this family.
pub trait ReductionRules<T: Real, R: Dim, C: Dim> {
    /// `y = sum(X)`
    fn sum__forward(&self) -> (T, ());
    /// `X̄ += ȳ 1`
    fn sum__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, back: (), self_bar: &mut D, seed: T);

    /// `y = mean(X)`
    fn mean__forward(&self) -> (T, ());
    /// `X̄ += ȳ / n 1`
    fn mean__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, back: (), self_bar: &mut D, seed: T);

    /// `y = sum(X ∘ Z)`
    fn dot__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (T, ())
    where
        S2: Storage<T, R, C>;
    /// `X̄ += ȳ Z`, `Z̄ += ȳ X`
    fn dot__reverse<S2, D, E>(
        &self,
        back: (),
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        seed: T,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized;

    /// `y = ‖X‖²`
    fn norm_squared__forward(&self) -> (T, ());
    /// `X̄ += 2 ȳ X`
    fn norm_squared__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, back: (), self_bar: &mut D, seed: T);

    /// `y = ‖X‖`
    fn norm__forward(&self) -> (T, T);
    /// `X̄ += ȳ X / y`, nothing at `y = 0`
    fn norm__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, norm: T, self_bar: &mut D, seed: T);

    /// `y = ‖X - Z‖`
    fn metric_distance__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (T, T)
    where
        S2: Storage<T, R, C>;
    /// `X̄ += ȳ (X - Z) / y`, `Z̄ -= ȳ (X - Z) / y`, nothing at `y = 0`
    fn metric_distance__reverse<S2, D, E>(
        &self,
        distance: T,
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        seed: T,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized;

    /// `y = max(X)`
    fn max__forward(&self) -> (T, T);
    /// `X̄ += ȳ` at the first entry equal to `y`
    fn max__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, max: T, self_bar: &mut D, seed: T);

    /// `y = min(X)`
    fn min__forward(&self) -> (T, T);
    /// `X̄ += ȳ` at the first entry equal to `y`
    fn min__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, min: T, self_bar: &mut D, seed: T);
}

impl<T: Real, R: Dim, C: Dim, S: Storage<T, R, C>> ReductionRules<T, R, C> for Matrix<T, R, C, S> {
    #[inline]
    fn sum__forward(&self) -> (T, ()) {
        (self.sum(), ())
    }

    #[inline]
    fn sum__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, (): (), self_bar: &mut D, seed: T) {
        if let Some(self_bar) = self_bar.active() {
            self_bar.add_scalar_mut(seed);
        }
    }

    #[inline]
    fn mean__forward(&self) -> (T, ()) {
        (self.mean(), ())
    }

    #[inline]
    fn mean__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, (): (), self_bar: &mut D, seed: T) {
        if let Some(self_bar) = self_bar.active() {
            self_bar.add_scalar_mut(seed / nalgebra::convert(self.len() as f64));
        }
    }

    #[inline]
    fn dot__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (T, ())
    where
        S2: Storage<T, R, C>,
    {
        (self.dot(other), ())
    }

    #[inline]
    fn dot__reverse<S2, D, E>(
        &self,
        (): (),
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        seed: T,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized,
    {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, seed, other);
        }
        if let Some(other_bar) = other_bar.active() {
            add_scaled(other_bar, seed, self);
        }
    }

    #[inline]
    fn norm_squared__forward(&self) -> (T, ()) {
        (self.norm_squared(), ())
    }

    #[inline]
    fn norm_squared__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, (): (), self_bar: &mut D, seed: T) {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, seed + seed, self);
        }
    }

    #[inline]
    fn norm__forward(&self) -> (T, T) {
        let norm = self.norm();
        (norm, norm)
    }

    #[inline]
    fn norm__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, norm: T, self_bar: &mut D, seed: T) {
        if norm.is_zero() {
            return;
        }
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, seed / norm, self);
        }
    }

    #[inline]
    fn metric_distance__forward<S2>(&self, other: &Matrix<T, R, C, S2>) -> (T, T)
    where
        S2: Storage<T, R, C>,
    {
        let distance = self.metric_distance(other);
        (distance, distance)
    }

    #[inline]
    fn metric_distance__reverse<S2, D, E>(
        &self,
        distance: T,
        self_bar: &mut D,
        other: &Matrix<T, R, C, S2>,
        other_bar: &mut E,
        seed: T,
    ) where
        S2: Storage<T, R, C>,
        D: MatrixShadow<T, R, C> + ?Sized,
        E: MatrixShadow<T, R, C> + ?Sized,
    {
        if distance.is_zero() {
            return;
        }
        let slope = seed / distance;
        if let Some(self_bar) = self_bar.active() {
            self_bar.zip_zip_apply(self, other, |x_bar, x, z| *x_bar += slope * (x - z));
        }
        if let Some(other_bar) = other_bar.active() {
            other_bar.zip_zip_apply(self, other, |z_bar, x, z| *z_bar += slope * (z - x));
        }
    }

    #[inline]
    fn max__forward(&self) -> (T, T) {
        let max = self.max();
        (max, max)
    }

    #[inline]
    fn max__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, max: T, self_bar: &mut D, seed: T) {
        add_at_first(self, max, self_bar, seed);
    }

    #[inline]
    fn min__forward(&self) -> (T, T) {
        let min = self.min();
        (min, min)
    }

    #[inline]
    fn min__reverse<D: MatrixShadow<T, R, C> + ?Sized>(&self, min: T, self_bar: &mut D, seed: T) {
        add_at_first(self, min, self_bar, seed);
    }
}

/// Adds `seed` at the first entry of `x` that is equal to `value`.
#[inline]
fn add_at_first<T, R, C, S, D>(x: &Matrix<T, R, C, S>, value: T, x_bar: &mut D, seed: T)
where
    T: Real,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    D: MatrixShadow<T, R, C> + ?Sized,
{
    if let (Some(first), Some(x_bar)) = (x.iter().position(|entry| *entry == value), x_bar.active()) {
        x_bar[first] += seed;
    }
}

/// The rule of `trace`, for square matrices.
pub trait TraceRule<T: Real, N: Dim> {
    /// `y = trace(X)`
    fn trace__forward(&self) -> (T, ());
    /// `X̄ += ȳ I`
    fn trace__reverse<D: MatrixShadow<T, N, N> + ?Sized>(&self, back: (), self_bar: &mut D, seed: T);
}

impl<T: Real, N: Dim, S: Storage<T, N, N>> TraceRule<T, N> for Matrix<T, N, N, S> {
    #[inline]
    fn trace__forward(&self) -> (T, ()) {
        (self.trace(), ())
    }

    #[inline]
    fn trace__reverse<D: MatrixShadow<T, N, N> + ?Sized>(&self, (): (), self_bar: &mut D, seed: T) {
        if let Some(self_bar) = self_bar.active() {
            for i in 0..self.nrows() {
                self_bar[(i, i)] += seed;
            }
        }
    }
}
