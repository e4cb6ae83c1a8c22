//! Entries moved, copied or left out: linear maps, whose adjoint puts every entry back.
//!
//! | `Y` | `X̄ +=` |
//! |---|---|
//! | `transpose` | `Ȳᵀ` |
//! | `clone_owned`, `into_owned` | `Ȳ` |
//! | `lower_triangle`, `upper_triangle` | the same triangle of `Ȳ` |
//! | `diagonal` | `diag(ȳ)` |
//! | `row_sum`: the sum of the rows | `ȳ` in every row |
//! | `column_sum`: the sum of the columns | `ȳ` in every column |

use super::MatrixShadow;
use super::update::add_scaled;
use crate::Real;
use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, OVector, RowOVector, Storage, U1};

/// The rules of this family for matrices of any shape.
// The primal of `into_owned` consumes the matrix; its rule must not, for the reverse half comes later.
#[allow(clippy::wrong_self_convention)]
pub trait StructureRules<T: Real, R: Dim, C: Dim> {
    /// `Y = Xᵀ`
    fn transpose__forward(&self) -> (OMatrix<T, C, R>, ())
    where
        DefaultAllocator: Allocator<C, R>;
    /// `X̄ += Ȳᵀ`
    fn transpose__reverse<D>(&self, back: (), self_bar: &mut D, seed: OMatrix<T, C, R>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<C, R>;

    /// `Y = X`
    fn clone_owned__forward(&self) -> (OMatrix<T, R, C>, ())
    where
        DefaultAllocator: Allocator<R, C>;
    /// `X̄ += Ȳ`
    fn clone_owned__reverse<D>(&self, back: (), self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>;

    /// `Y = X`
    fn into_owned__forward(&self) -> (OMatrix<T, R, C>, ())
    where
        DefaultAllocator: Allocator<R, C>;
    /// `X̄ += Ȳ`
    fn into_owned__reverse<D>(&self, back: (), self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>;

    /// `Y = tril(X)`
    fn lower_triangle__forward(&self) -> (OMatrix<T, R, C>, ())
    where
        DefaultAllocator: Allocator<R, C>;
    /// `X̄ += tril(Ȳ)`
    fn lower_triangle__reverse<D>(&self, back: (), self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>;

    /// `Y = triu(X)`
    fn upper_triangle__forward(&self) -> (OMatrix<T, R, C>, ())
    where
        DefaultAllocator: Allocator<R, C>;
    /// `X̄ += triu(Ȳ)`
    fn upper_triangle__reverse<D>(&self, back: (), self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>;

    /// `yⱼ = sum over i of Xᵢⱼ`
    fn row_sum__forward(&self) -> (RowOVector<T, C>, ())
    where
        DefaultAllocator: Allocator<U1, C>;
    /// `X̄ᵢⱼ += ȳⱼ`
    fn row_sum__reverse<D>(&self, back: (), self_bar: &mut D, seed: RowOVector<T, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<U1, C>;

    /// `yᵢ = sum over j of Xᵢⱼ`
    fn column_sum__forward(&self) -> (OVector<T, R>, ())
    where
        DefaultAllocator: Allocator<R>;
    /// `X̄ᵢⱼ += ȳᵢ`
    fn column_sum__reverse<D>(&self, back: (), self_bar: &mut D, seed: OVector<T, R>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R>;
}

impl<T: Real, R: Dim, C: Dim, S: Storage<T, R, C>> StructureRules<T, R, C> for Matrix<T, R, C, S> {
    #[inline]
    fn transpose__forward(&self) -> (OMatrix<T, C, R>, ())
    where
        DefaultAllocator: Allocator<C, R>,
    {
        (self.transpose(), ())
    }

    #[inline]
    fn transpose__reverse<D>(&self, (): (), self_bar: &mut D, seed: OMatrix<T, C, R>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<C, R>,
    {
        let Some(self_bar) = self_bar.active() else { return };
        for j in 0..seed.ncols() {
            for i in 0..seed.nrows() {
                self_bar[(j, i)] += seed[(i, j)];
            }
        }
    }

    #[inline]
    fn clone_owned__forward(&self) -> (OMatrix<T, R, C>, ())
    where
        DefaultAllocator: Allocator<R, C>,
    {
        (self.clone_owned(), ())
    }

    #[inline]
    fn clone_owned__reverse<D>(&self, (): (), self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>,
    {
        if let Some(self_bar) = self_bar.active() {
            add_scaled(self_bar, T::one(), &seed);
        }
    }

    #[inline]
    fn into_owned__forward(&self) -> (OMatrix<T, R, C>, ())
    where
        DefaultAllocator: Allocator<R, C>,
    {
        self.clone_owned__forward()
    }

    #[inline]
    fn into_owned__reverse<D>(&self, (): (), self_bar: &mut D, seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>,
    {
        self.clone_owned__reverse((), self_bar, seed);
    }

    #[inline]
    fn lower_triangle__forward(&self) -> (OMatrix<T, R, C>, ())
    where
        DefaultAllocator: Allocator<R, C>,
    {
        (self.lower_triangle(), ())
    }

    #[inline]
    fn lower_triangle__reverse<D>(&self, (): (), self_bar: &mut D, mut seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>,
    {
        seed.fill_upper_triangle(T::zero(), 1);
        self.clone_owned__reverse((), self_bar, seed);
    }

    #[inline]
    fn upper_triangle__forward(&self) -> (OMatrix<T, R, C>, ())
    where
        DefaultAllocator: Allocator<R, C>,
    {
        (self.upper_triangle(), ())
    }

    #[inline]
    fn upper_triangle__reverse<D>(&self, (): (), self_bar: &mut D, mut seed: OMatrix<T, R, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R, C>,
    {
        seed.fill_lower_triangle(T::zero(), 1);
        self.clone_owned__reverse((), self_bar, seed);
    }

    #[inline]
    fn row_sum__forward(&self) -> (RowOVector<T, C>, ())
    where
        DefaultAllocator: Allocator<U1, C>,
    {
        (self.row_sum(), ())
    }

    #[inline]
    fn row_sum__reverse<D>(&self, (): (), self_bar: &mut D, seed: RowOVector<T, C>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<U1, C>,
    {
        let Some(self_bar) = self_bar.active() else { return };
        for (mut column, seed) in self_bar.column_iter_mut().zip(seed.iter()) {
            column.add_scalar_mut(*seed);
        }
    }

    #[inline]
    fn column_sum__forward(&self) -> (OVector<T, R>, ())
    where
        DefaultAllocator: Allocator<R>,
    {
        (self.column_sum(), ())
    }

    #[inline]
    fn column_sum__reverse<D>(&self, (): (), self_bar: &mut D, seed: OVector<T, R>)
    where
        D: MatrixShadow<T, R, C> + ?Sized,
        DefaultAllocator: Allocator<R>,
    {
        let Some(self_bar) = self_bar.active() else { return };
        for mut column in self_bar.column_iter_mut() {
            column += &seed;
        }
    }
}

/// The rules of this family for square matrices.
pub trait DiagonalRules<T: Real, N: Dim>
where
    DefaultAllocator: Allocator<N>,
{
    /// `yᵢ = Xᵢᵢ`
    fn diagonal__forward(&self) -> (OVector<T, N>, ());
    /// `X̄ᵢᵢ += ȳᵢ`
    fn diagonal__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        back: (),
        self_bar: &mut D,
        seed: OVector<T, N>,
    );
}

impl<T: Real, N: Dim, S: Storage<T, N, N>> DiagonalRules<T, N> for Matrix<T, N, N, S>
where
    DefaultAllocator: Allocator<N>,
{
    #[inline]
    fn diagonal__forward(&self) -> (OVector<T, N>, ()) {
        (self.diagonal(), ())
    }

    #[inline]
    fn diagonal__reverse<D: MatrixShadow<T, N, N> + ?Sized>(
        &self,
        (): (),
        self_bar: &mut D,
        seed: OVector<T, N>,
    ) {
        let Some(self_bar) = self_bar.active() else { return };
        for (i, seed) in seed.iter().enumerate() {
            self_bar[(i, i)] += *seed;
        }
    }
}
