//! The cotangent of a matrix, or of a view of one, is an owned matrix of the same dimensions.

use crate::differentiable::Extent;
use crate::{AddTo, Cotangent, Differentiable, Operand, Real};
use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RawStorage, Scalar, Storage, StorageMut};

impl<T: Real, R: Dim, C: Dim, S: Storage<T, R, C>> Differentiable for Matrix<T, R, C, S>
where
    DefaultAllocator: Allocator<R, C>,
{
    type Cotangent = OMatrix<T, R, C>;
    const RIGID: bool = false;

    #[inline]
    fn zero_cotangent(&self) -> OMatrix<T, R, C> {
        let (rows, columns) = self.shape_generic();
        OMatrix::zeros_generic(rows, columns)
    }

    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        report(Extent::Dimensions(self.nrows(), self.ncols()));
    }
}

impl<T: Real, R: Dim, C: Dim> Cotangent for OMatrix<T, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    #[inline]
    fn same_shape(&self, other: &Self) -> bool {
        self.shape() == other.shape()
    }

    #[inline]
    fn accumulate(&mut self, other: &Self) {
        add(self, other);
    }

    #[inline]
    fn clear(&mut self) {
        self.fill(T::zero());
    }
}

/// `shadow += contribution`, after a check of the dimensions.
#[inline]
#[track_caller]
fn add<T, R, C, SA, SB>(shadow: &mut Matrix<T, R, C, SA>, contribution: &Matrix<T, R, C, SB>)
where
    T: Real,
    R: Dim,
    C: Dim,
    SA: StorageMut<T, R, C>,
    SB: Storage<T, R, C>,
{
    let (found, expected) = (contribution.shape(), shadow.shape());
    assert!(
        found == expected,
        "a cotangent of dimensions {}×{} was added to a shadow of dimensions {}×{}",
        found.0,
        found.1,
        expected.0,
        expected.1
    );
    *shadow += contribution;
}

impl<T, R, C, SA, SB> AddTo<Matrix<T, R, C, SB>> for Matrix<T, R, C, SA>
where
    T: Real,
    R: Dim,
    C: Dim,
    SA: Storage<T, R, C>,
    SB: StorageMut<T, R, C>,
{
    #[inline]
    fn add_to(self, shadow: &mut Matrix<T, R, C, SB>) {
        add(shadow, &self);
    }
}

impl<T, R, C, SA, SB> AddTo<Matrix<T, R, C, SB>> for &Matrix<T, R, C, SA>
where
    T: Real,
    R: Dim,
    C: Dim,
    SA: Storage<T, R, C>,
    SB: StorageMut<T, R, C>,
{
    #[inline]
    fn add_to(self, shadow: &mut Matrix<T, R, C, SB>) {
        add(shadow, self);
    }
}

impl<T, R, C, S> AddTo<()> for Matrix<T, R, C, S> {
    #[inline]
    fn add_to(self, (): &mut ()) {}
}

impl<T, R, C, S> AddTo<()> for &Matrix<T, R, C, S> {
    #[inline]
    fn add_to(self, (): &mut ()) {}
}

impl<T: Scalar, R: Dim, C: Dim, S: RawStorage<T, R, C>> Operand for Matrix<T, R, C, S> {
    type Base = Self;
    type Of<'a>
        = &'a Self
    where
        Self: 'a;

    #[inline]
    fn base(&self) -> &Self {
        self
    }

    #[inline]
    fn operand(&self) -> &Self {
        self
    }
}
