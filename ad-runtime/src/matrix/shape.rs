//! Dimensions: `nrows`, `ncols`, `len`, `shape`, `is_empty`, `is_square`. They carry no derivative.

use crate::Differentiable;
use nalgebra::{Dim, Matrix, RawStorage, Scalar};

macro_rules! constants {
    ($($method:ident $forward:ident $reverse:ident -> $result:ty;)*) => {
        /// The rules of this family.
        pub trait ShapeRules {
            $(
                #[doc = concat!("The value of `", stringify!($method), "`.")]
                fn $forward(&self) -> ($result, ());

                /// Adds nothing.
                #[inline]
                fn $reverse<D: ?Sized>(&self, (): (), _: &mut D, _: <$result as Differentiable>::Cotangent) {}
            )*
        }

        impl<T: Scalar, R: Dim, C: Dim, S: RawStorage<T, R, C>> ShapeRules for Matrix<T, R, C, S> {
            $(
                #[inline]
                fn $forward(&self) -> ($result, ()) {
                    (self.$method(), ())
                }
            )*
        }
    };
}

constants! {
    nrows nrows__forward nrows__reverse -> usize;
    ncols ncols__forward ncols__reverse -> usize;
    len len__forward len__reverse -> usize;
    shape shape__forward shape__reverse -> (usize, usize);
    is_empty is_empty__forward is_empty__reverse -> bool;
    is_square is_square__forward is_square__reverse -> bool;
}
