//! The updates that adjoints are made of: `S += α X`, `S += α A B`, `S += α A Bᵀ` and `S += α Aᵀ B`, in any storage.
//!
//! Small, thin and statically sized products are sums of scaled columns, or inner products, in place.
//! For a large product one factor is copied into its transpose, which costs little beside the product
//! and lets the blocked kernel behind `gemm` do the work.
//!
//! `gemm` and its kin are called for large dynamic operands only: nalgebra's code for the others reads past the end
//! of a column whose entries are not adjacent.

use crate::Real;
use nalgebra::allocator::Allocator;
use nalgebra::constraint::{DimEq, SameNumberOfColumns, SameNumberOfRows, ShapeConstraint};
use nalgebra::{DefaultAllocator, Dim, Matrix, RawStorage, Storage, StorageMut};

/// Up to this dimension `gemm` of nalgebra does not use its blocked kernel.
const SMALL: usize = 5;

/// Whether `gemm` of nalgebra uses its blocked kernel for a product `A B` of these dimensions.
#[inline]
fn is_large<R: Dim, K: Dim, C: Dim>(rows: usize, inner: usize, columns: usize) -> bool {
    let dynamic = R::try_to_usize().is_none() || K::try_to_usize().is_none() || C::try_to_usize().is_none();
    dynamic && rows > SMALL && inner > SMALL && columns > SMALL
}

/// Checks the dimensions of `S += A B`.
#[inline]
#[track_caller]
fn check_dimensions(shadow: (usize, usize), left: (usize, usize), right: (usize, usize)) {
    assert!(
        left.1 == right.0 && shadow == (left.0, right.1),
        "a product of dimensions {}×{} and {}×{} was added to a shadow of dimensions {}×{}",
        left.0,
        left.1,
        right.0,
        right.1,
        shadow.0,
        shadow.1
    );
}

/// `S += sum over k of α aₖ b(k, j)` in every column `j`
#[inline]
fn add_columns<T, R1, C1, R2, C2, S1, S2>(
    shadow: &mut Matrix<T, R1, C1, S1>,
    a: &Matrix<T, R2, C2, S2>,
    coefficient: impl Fn(usize, usize) -> T,
) where
    T: Real,
    R1: Dim,
    C1: Dim,
    R2: Dim,
    C2: Dim,
    S1: StorageMut<T, R1, C1>,
    S2: RawStorage<T, R2, C2>,
    ShapeConstraint: SameNumberOfRows<R1, R2>,
{
    for (j, mut column) in shadow.column_iter_mut().enumerate() {
        for k in 0..a.ncols() {
            let coefficient = coefficient(k, j);
            column.zip_apply(&a.column(k), |shadow, a| *shadow += coefficient * a);
        }
    }
}

/// `S += α X`
///
/// # Panics
/// If the dimensions differ.
#[inline]
pub fn add_scaled<T, R1, C1, R2, C2, S1, S2>(
    shadow: &mut Matrix<T, R1, C1, S1>,
    alpha: T,
    x: &Matrix<T, R2, C2, S2>,
) where
    T: Real,
    R1: Dim,
    C1: Dim,
    R2: Dim,
    C2: Dim,
    S1: StorageMut<T, R1, C1>,
    S2: Storage<T, R2, C2>,
    ShapeConstraint: SameNumberOfRows<R1, R2> + SameNumberOfColumns<C1, C2>,
{
    shadow.zip_apply(x, |shadow, x| *shadow += alpha * x);
}

/// `S += α A B`
///
/// # Panics
/// If the dimensions do not fit.
#[inline]
#[track_caller]
pub fn add_a_b<T, R1, C1, R2, C2, R3, C3, S1, S2, S3>(
    shadow: &mut Matrix<T, R1, C1, S1>,
    alpha: T,
    a: &Matrix<T, R2, C2, S2>,
    b: &Matrix<T, R3, C3, S3>,
) where
    T: Real,
    R1: Dim,
    C1: Dim,
    R2: Dim,
    C2: Dim,
    R3: Dim,
    C3: Dim,
    S1: StorageMut<T, R1, C1>,
    S2: Storage<T, R2, C2>,
    S3: Storage<T, R3, C3>,
    ShapeConstraint: SameNumberOfRows<R1, R2> + SameNumberOfColumns<C1, C3> + DimEq<C2, R3>,
{
    check_dimensions(shadow.shape(), a.shape(), b.shape());
    if is_large::<R2, C2, C3>(a.nrows(), a.ncols(), b.ncols()) {
        shadow.gemm(alpha, a, b, T::one());
    } else {
        add_columns(shadow, a, |k, j| alpha * b[(k, j)]);
    }
}

/// `S += α A Bᵀ`
///
/// # Panics
/// If the dimensions do not fit.
#[inline]
#[track_caller]
pub fn add_a_bt<T, R1, C1, R2, C2, R3, C3, S1, S2, S3>(
    shadow: &mut Matrix<T, R1, C1, S1>,
    alpha: T,
    a: &Matrix<T, R2, C2, S2>,
    b: &Matrix<T, R3, C3, S3>,
) where
    T: Real,
    R1: Dim,
    C1: Dim,
    R2: Dim,
    C2: Dim,
    R3: Dim,
    C3: Dim,
    S1: StorageMut<T, R1, C1>,
    S2: Storage<T, R2, C2>,
    S3: Storage<T, R3, C3>,
    ShapeConstraint: SameNumberOfRows<R1, R2> + SameNumberOfColumns<C1, R3> + DimEq<C2, C3>,
    DefaultAllocator: Allocator<C3, R3>,
{
    check_dimensions(shadow.shape(), a.shape(), (b.ncols(), b.nrows()));
    if is_large::<R2, C2, R3>(a.nrows(), a.ncols(), b.nrows()) {
        shadow.gemm(alpha, a, &b.transpose(), T::one());
    } else {
        add_columns(shadow, a, |k, j| alpha * b[(j, k)]);
    }
}

/// `S += α Aᵀ B`
///
/// # Panics
/// If the dimensions do not fit.
#[inline]
#[track_caller]
pub fn add_at_b<T, R1, C1, R2, C2, R3, C3, S1, S2, S3>(
    shadow: &mut Matrix<T, R1, C1, S1>,
    alpha: T,
    a: &Matrix<T, R2, C2, S2>,
    b: &Matrix<T, R3, C3, S3>,
) where
    T: Real,
    R1: Dim,
    C1: Dim,
    R2: Dim,
    C2: Dim,
    R3: Dim,
    C3: Dim,
    S1: StorageMut<T, R1, C1>,
    S2: Storage<T, R2, C2>,
    S3: Storage<T, R3, C3>,
    ShapeConstraint: SameNumberOfRows<R1, C2> + SameNumberOfColumns<C1, C3> + DimEq<R2, R3>,
    DefaultAllocator: Allocator<C2, R2>,
{
    check_dimensions(shadow.shape(), (a.ncols(), a.nrows()), b.shape());
    if is_large::<C2, R2, C3>(a.ncols(), a.nrows(), b.ncols()) {
        shadow.gemm(alpha, &a.transpose(), b, T::one());
    } else {
        for (j, mut column) in shadow.column_iter_mut().enumerate() {
            for (i, shadow) in column.iter_mut().enumerate() {
                *shadow += alpha * a.column(i).dot(&b.column(j));
            }
        }
    }
}
