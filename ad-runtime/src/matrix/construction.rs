//! Construction of matrices from numbers, slices, vectors and other matrices.
//!
//! Every constructor only places its arguments, so its adjoint reads them off again:
//!
//! | constructor | cotangent of the argument |
//! |---|---|
//! | `from_element(s)`, `repeat(s)` | `sum(Ȳ)` |
//! | `from_diagonal_element(s)` | `trace(Ȳ)` |
//! | `from_diagonal(d)` | `diag(Ȳ)` |
//! | `from_vec`, `from_column_slice` | the entries of `Ȳ`, column by column |
//! | `from_row_slice` | the entries of `Ȳ`, row by row |
//! | `from_columns`, `from_rows` | the columns, the rows of `Ȳ` |
//! | `new(x11, x12, …)` of a statically sized matrix | the entries of `Ȳ` |
//! | `zeros`, `identity` | there is none |
//!
//! The arity follows the type, as in nalgebra: `DMatrix::zeros(m, n)`, `DVector::zeros(n)`, `Matrix3::zeros()`.

use super::MatrixShadow;
use super::update::add_scaled;
use crate::Real;
use nalgebra::allocator::Allocator;
use nalgebra::{
    DefaultAllocator, Dim, DimName, Dyn, Matrix, OMatrix, RawStorage, SMatrix, Storage, U1, Vector,
};

/// Constructors that take the dimensions which are not static: one trait for each combination.
macro_rules! sized_constructors {
    ($(
        $(#[$doc:meta])*
        $rules:ident for $rows:ty, $columns:ty $(, $name:ident)*;
        sizes ($($size:ident: $unit:ty),*), data ($($data_size:ident: $data_unit:ty),*);
    )*) => {$(
        $(#[$doc])*
        pub trait $rules<T: Real>: Sized {
            /// `Y = 0`
            fn zeros__forward($($size: usize),*) -> (Self, ());
            /// Nothing depends on anything.
            fn zeros__reverse(back: (), seed: Self) -> ($($unit,)*);

            /// `Y = I`
            fn identity__forward($($size: usize),*) -> (Self, ());
            /// Nothing depends on anything.
            fn identity__reverse(back: (), seed: Self) -> ($($unit,)*);

            /// `Y = s 1`
            fn from_element__forward($($size: usize,)* element: T) -> (Self, ());
            /// `s̄ = sum(Ȳ)`
            fn from_element__reverse(back: (), seed: Self) -> ($($unit,)* T,);

            /// `Y = s 1`
            fn repeat__forward($($size: usize,)* element: T) -> (Self, ());
            /// `s̄ = sum(Ȳ)`
            fn repeat__reverse(back: (), seed: Self) -> ($($unit,)* T,);

            /// `Y = s I`
            fn from_diagonal_element__forward($($size: usize,)* element: T) -> (Self, ());
            /// `s̄ = trace(Ȳ)`
            fn from_diagonal_element__reverse(back: (), seed: Self) -> ($($unit,)* T,);

            /// The entries of `Y`, column by column.
            fn from_vec__forward($($data_size: usize,)* data: Vec<T>) -> (Self, ());
            /// The entries of `Ȳ`, column by column.
            fn from_vec__reverse(back: (), seed: Self) -> ($($data_unit,)* Vec<T>,);

            /// The entries of `Y`, column by column.
            fn from_column_slice__forward($($data_size: usize,)* data: &[T]) -> (Self, ());
            /// Adds the entries of `Ȳ`, column by column.
            fn from_column_slice__reverse(back: (), data: &[T], data_bar: &mut [T], seed: Self) -> ($($data_unit,)*);

            /// The entries of `Y`, row by row.
            fn from_row_slice__forward($($data_size: usize,)* data: &[T]) -> (Self, ());
            /// Adds the entries of `Ȳ`, row by row.
            fn from_row_slice__reverse(back: (), data: &[T], data_bar: &mut [T], seed: Self) -> ($($data_unit,)*);
        }

        impl<T: Real $(, $name: DimName)*> $rules<T> for OMatrix<T, $rows, $columns>
        where
            DefaultAllocator: Allocator<$rows, $columns>,
        {
            #[inline]
            fn zeros__forward($($size: usize),*) -> (Self, ()) {
                (Self::zeros($($size),*), ())
            }

            #[inline]
            fn zeros__reverse((): (), _: Self) -> ($($unit,)*) {
                Default::default()
            }

            #[inline]
            fn identity__forward($($size: usize),*) -> (Self, ()) {
                (Self::identity($($size),*), ())
            }

            #[inline]
            fn identity__reverse((): (), _: Self) -> ($($unit,)*) {
                Default::default()
            }

            #[inline]
            fn from_element__forward($($size: usize,)* element: T) -> (Self, ()) {
                (Self::from_element($($size,)* element), ())
            }

            #[inline]
            fn from_element__reverse((): (), seed: Self) -> ($($unit,)* T,) {
                ($(<$unit>::default(),)* seed.sum(),)
            }

            #[inline]
            fn repeat__forward($($size: usize,)* element: T) -> (Self, ()) {
                (Self::repeat($($size,)* element), ())
            }

            #[inline]
            fn repeat__reverse((): (), seed: Self) -> ($($unit,)* T,) {
                ($(<$unit>::default(),)* seed.sum(),)
            }

            #[inline]
            fn from_diagonal_element__forward($($size: usize,)* element: T) -> (Self, ()) {
                (Self::from_diagonal_element($($size,)* element), ())
            }

            #[inline]
            fn from_diagonal_element__reverse((): (), seed: Self) -> ($($unit,)* T,) {
                let order = seed.nrows().min(seed.ncols());
                ($(<$unit>::default(),)* (0..order).fold(T::zero(), |sum, i| sum + seed[(i, i)]),)
            }

            #[inline]
            fn from_vec__forward($($data_size: usize,)* data: Vec<T>) -> (Self, ()) {
                (Self::from_vec($($data_size,)* data), ())
            }

            #[inline]
            fn from_vec__reverse((): (), seed: Self) -> ($($data_unit,)* Vec<T>,) {
                ($(<$data_unit>::default(),)* seed.as_slice().to_vec(),)
            }

            #[inline]
            fn from_column_slice__forward($($data_size: usize,)* data: &[T]) -> (Self, ()) {
                (Self::from_column_slice($($data_size,)* data), ())
            }

            #[inline]
            fn from_column_slice__reverse((): (), _: &[T], data_bar: &mut [T], seed: Self) -> ($($data_unit,)*) {
                for (data_bar, seed) in data_bar.iter_mut().zip(seed.iter()) {
                    *data_bar += *seed;
                }
                Default::default()
            }

            #[inline]
            fn from_row_slice__forward($($data_size: usize,)* data: &[T]) -> (Self, ()) {
                (Self::from_row_slice($($data_size,)* data), ())
            }

            #[inline]
            fn from_row_slice__reverse((): (), _: &[T], data_bar: &mut [T], seed: Self) -> ($($data_unit,)*) {
                let (rows, columns) = seed.shape();
                for i in 0..rows {
                    for j in 0..columns {
                        data_bar[i * columns + j] += seed[(i, j)];
                    }
                }
                Default::default()
            }
        }
    )*};
}

sized_constructors! {
    /// The rules of sized constructors, both dimensions static.
    StaticConstructionRules for R, C, R, C; sizes (), data ();

    /// The rules of sized constructors, static rows and dynamic columns.
    DynamicColumnsConstructionRules for R, Dyn, R; sizes (columns: ()), data ();

    /// The rules of sized constructors, dynamic rows and static columns.
    DynamicRowsConstructionRules for Dyn, C, C; sizes (rows: ()), data ();

    /// The rules of sized constructors, both dimensions dynamic.
    DynamicConstructionRules for Dyn, Dyn; sizes (rows: (), columns: ()), data (rows: (), columns: ());
}

/// The rules of constructors from other matrices.
pub trait AssemblyRules<T: Real, R: Dim, C: Dim>: Sized {
    /// `Y = [c₁ … cₙ]`
    fn from_columns__forward<S2: RawStorage<T, R>>(columns: &[Vector<T, R, S2>]) -> (Self, ());
    /// `c̄ⱼ += Ȳ eⱼ`
    fn from_columns__reverse<S2, D>(
        back: (),
        columns: &[Vector<T, R, S2>],
        columns_bar: &mut [D],
        seed: Self,
    ) where
        D: MatrixShadow<T, R, U1>;

    /// `Y = [r₁; …; rₙ]`
    fn from_rows__forward<S2: RawStorage<T, U1, C>>(rows: &[Matrix<T, U1, C, S2>]) -> (Self, ());
    /// `r̄ᵢ += eᵢᵀ Ȳ`
    fn from_rows__reverse<S2, D>(back: (), rows: &[Matrix<T, U1, C, S2>], rows_bar: &mut [D], seed: Self)
    where
        D: MatrixShadow<T, U1, C>;
}

impl<T: Real, R: Dim, C: Dim> AssemblyRules<T, R, C> for OMatrix<T, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    #[inline]
    fn from_columns__forward<S2: RawStorage<T, R>>(columns: &[Vector<T, R, S2>]) -> (Self, ()) {
        (Self::from_columns(columns), ())
    }

    #[inline]
    fn from_columns__reverse<S2, D>((): (), _: &[Vector<T, R, S2>], columns_bar: &mut [D], seed: Self)
    where
        D: MatrixShadow<T, R, U1>,
    {
        for (column_bar, seed) in columns_bar.iter_mut().zip(seed.column_iter()) {
            if let Some(column_bar) = column_bar.active() {
                add_scaled(column_bar, T::one(), &seed);
            }
        }
    }

    #[inline]
    fn from_rows__forward<S2: RawStorage<T, U1, C>>(rows: &[Matrix<T, U1, C, S2>]) -> (Self, ()) {
        (Self::from_rows(rows), ())
    }

    #[inline]
    fn from_rows__reverse<S2, D>((): (), _: &[Matrix<T, U1, C, S2>], rows_bar: &mut [D], seed: Self)
    where
        D: MatrixShadow<T, U1, C>,
    {
        for (row_bar, seed) in rows_bar.iter_mut().zip(seed.row_iter()) {
            if let Some(row_bar) = row_bar.active() {
                add_scaled(row_bar, T::one(), &seed);
            }
        }
    }
}

/// The rule of `from_diagonal`, for square matrices.
pub trait FromDiagonalRule<T: Real, N: Dim>: Sized {
    /// `Y = diag(d)`
    fn from_diagonal__forward<S2: RawStorage<T, N>>(diagonal: &Vector<T, N, S2>) -> (Self, ());
    /// `d̄ += diag(Ȳ)`
    fn from_diagonal__reverse<S2: Storage<T, N>, D: MatrixShadow<T, N, U1> + ?Sized>(
        back: (),
        diagonal: &Vector<T, N, S2>,
        diagonal_bar: &mut D,
        seed: Self,
    );
}

impl<T: Real, N: Dim> FromDiagonalRule<T, N> for OMatrix<T, N, N>
where
    DefaultAllocator: Allocator<N, N>,
{
    #[inline]
    fn from_diagonal__forward<S2: RawStorage<T, N>>(diagonal: &Vector<T, N, S2>) -> (Self, ()) {
        (Self::from_diagonal(diagonal), ())
    }

    #[inline]
    fn from_diagonal__reverse<S2: Storage<T, N>, D: MatrixShadow<T, N, U1> + ?Sized>(
        (): (),
        _: &Vector<T, N, S2>,
        diagonal_bar: &mut D,
        seed: Self,
    ) {
        let Some(diagonal_bar) = diagonal_bar.active() else { return };
        for (i, diagonal_bar) in diagonal_bar.iter_mut().enumerate() {
            *diagonal_bar += seed[(i, i)];
        }
    }
}

/// `new` of a statically sized matrix, whose arguments are the entries row by row.
macro_rules! new {
    ($($rule:ident $rows:literal $columns:literal: $($entry:ident $position:tt),*;)*) => {
        /// The rules of `new`, without names.
        pub mod new_rules {
            $(pub use super::$rule as _;)*
        }

        $(
            #[doc = concat!("The rule of `new`, ", $rows, "×", $columns, ".")]
            // As many arguments as the constructor has.
            #[allow(clippy::too_many_arguments)]
            pub trait $rule<T: Real>: Sized {
                /// The entries of `Y`, row by row.
                fn new__forward($($entry: T),*) -> (Self, ());
                /// The entries of `Ȳ`, row by row.
                fn new__reverse(back: (), seed: Self) -> ($(entry!($entry T),)*);
            }

            impl<T: Real> $rule<T> for SMatrix<T, $rows, $columns> {
                #[inline]
                fn new__forward($($entry: T),*) -> (Self, ()) {
                    (Self::new($($entry),*), ())
                }

                #[inline]
                fn new__reverse((): (), seed: Self) -> ($(entry!($entry T),)*) {
                    ($(seed[$position],)*)
                }
            }
        )*
    };
}

/// The type `T`, once for every entry.
macro_rules! entry {
    ($entry:ident $T:ident) => {
        $T
    };
}

new! {
    New1x1 1 1: x11 (0, 0);
    New2x1 2 1: x11 (0, 0), x21 (1, 0);
    New3x1 3 1: x11 (0, 0), x21 (1, 0), x31 (2, 0);
    New4x1 4 1: x11 (0, 0), x21 (1, 0), x31 (2, 0), x41 (3, 0);
    New5x1 5 1: x11 (0, 0), x21 (1, 0), x31 (2, 0), x41 (3, 0), x51 (4, 0);
    New6x1 6 1: x11 (0, 0), x21 (1, 0), x31 (2, 0), x41 (3, 0), x51 (4, 0), x61 (5, 0);
    New1x2 1 2: x11 (0, 0), x12 (0, 1);
    New1x3 1 3: x11 (0, 0), x12 (0, 1), x13 (0, 2);
    New1x4 1 4: x11 (0, 0), x12 (0, 1), x13 (0, 2), x14 (0, 3);
    New1x5 1 5: x11 (0, 0), x12 (0, 1), x13 (0, 2), x14 (0, 3), x15 (0, 4);
    New1x6 1 6: x11 (0, 0), x12 (0, 1), x13 (0, 2), x14 (0, 3), x15 (0, 4), x16 (0, 5);
    New2x2 2 2: x11 (0, 0), x12 (0, 1), x21 (1, 0), x22 (1, 1);
    New2x3 2 3: x11 (0, 0), x12 (0, 1), x13 (0, 2), x21 (1, 0), x22 (1, 1), x23 (1, 2);
    New2x4 2 4: x11 (0, 0), x12 (0, 1), x13 (0, 2), x14 (0, 3), x21 (1, 0), x22 (1, 1), x23 (1, 2), x24 (1, 3);
    New3x2 3 2: x11 (0, 0), x12 (0, 1), x21 (1, 0), x22 (1, 1), x31 (2, 0), x32 (2, 1);
    New3x3 3 3: x11 (0, 0), x12 (0, 1), x13 (0, 2), x21 (1, 0), x22 (1, 1), x23 (1, 2), x31 (2, 0), x32 (2, 1), x33 (2, 2);
    New3x4 3 4: x11 (0, 0), x12 (0, 1), x13 (0, 2), x14 (0, 3), x21 (1, 0), x22 (1, 1), x23 (1, 2), x24 (1, 3), x31 (2, 0), x32 (2, 1), x33 (2, 2), x34 (2, 3);
    New4x2 4 2: x11 (0, 0), x12 (0, 1), x21 (1, 0), x22 (1, 1), x31 (2, 0), x32 (2, 1), x41 (3, 0), x42 (3, 1);
    New4x3 4 3: x11 (0, 0), x12 (0, 1), x13 (0, 2), x21 (1, 0), x22 (1, 1), x23 (1, 2), x31 (2, 0), x32 (2, 1), x33 (2, 2), x41 (3, 0), x42 (3, 1), x43 (3, 2);
    New4x4 4 4: x11 (0, 0), x12 (0, 1), x13 (0, 2), x14 (0, 3), x21 (1, 0), x22 (1, 1), x23 (1, 2), x24 (1, 3), x31 (2, 0), x32 (2, 1), x33 (2, 2), x34 (2, 3), x41 (3, 0), x42 (3, 1), x43 (3, 2), x44 (3, 3);
}
