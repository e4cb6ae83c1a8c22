//! What a rule may be given as the shadow of a matrix.

use crate::Real;
use nalgebra::allocator::Allocator;
use nalgebra::storage::Owned;
use nalgebra::{DefaultAllocator, Dim, Matrix, StorageMut};

/// A shadow of a matrix with entries of type `T` and dimensions `R` and `C`: a matrix or a mutable view of one,
/// or `()` if the matrix was declared constant.
pub trait MatrixShadow<T: Real, R: Dim, C: Dim> {
    /// The storage of the shadow.
    type Storage: StorageMut<T, R, C>;

    /// The matrix to add contributions to, if there is one.
    fn active(&mut self) -> Option<&mut Matrix<T, R, C, Self::Storage>>;
}

impl<T: Real, R: Dim, C: Dim, S: StorageMut<T, R, C>> MatrixShadow<T, R, C> for Matrix<T, R, C, S> {
    type Storage = S;

    #[inline]
    fn active(&mut self) -> Option<&mut Matrix<T, R, C, S>> {
        Some(self)
    }
}

impl<T: Real, R: Dim, C: Dim, D: MatrixShadow<T, R, C> + ?Sized> MatrixShadow<T, R, C> for &mut D {
    type Storage = D::Storage;

    #[inline]
    fn active(&mut self) -> Option<&mut Matrix<T, R, C, D::Storage>> {
        (**self).active()
    }
}

impl<T: Real, R: Dim, C: Dim> MatrixShadow<T, R, C> for ()
where
    DefaultAllocator: Allocator<R, C>,
{
    type Storage = Owned<T, R, C>;

    #[inline]
    fn active(&mut self) -> Option<&mut Matrix<T, R, C, Owned<T, R, C>>> {
        None
    }
}
