//! What a type must offer to take part in differentiation.

use std::fmt::{self, Debug, Display, Formatter};

/// A type whose values have a cotangent.
///
/// The cotangent of a value is owned and has the value's shape: a slice of `n` numbers has a `Vec` of
/// `n` numbers, a view of a matrix has an owned matrix, a `derive(Differentiable)` struct has a struct
/// with the same field names. Types that carry no derivative (integers, `bool`, `char`, strings, ranges
/// of integers) have the cotangent `()`, and everything done with `()` compiles to nothing.
///
/// ```
/// use ad_runtime::Differentiable;
///
/// let state = (vec![1.0, 2.0], 7_usize);
/// assert_eq!(state.zero_cotangent(), (vec![0.0, 0.0], ()));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no cotangent",
    label = "this type is not differentiable",
    note = "hint: `#[derive(Differentiable)]` for a struct, `#[no_grad]` for what counts as a constant"
)]
pub trait Differentiable {
    /// The type of derivatives with respect to a value of this type.
    type Cotangent: Cotangent;

    /// Whether all values of the type have one shape, so that shapes never need to be compared.
    #[doc(hidden)]
    const RIGID: bool = true;

    /// The zero of this value's shape.
    ///
    /// It is not called `zero`, so that `T::zero()` of a generic [`Real`](crate::Real) keeps meaning the number.
    fn zero_cotangent(&self) -> Self::Cotangent;

    /// Reports the lengths and dimensions that make up the shape of the value, outermost first.
    #[doc(hidden)]
    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        let _ = report;
    }
}

/// The cotangent of some type: an element of a vector space that knows its own shape.
///
/// A cotangent is itself [`Differentiable`], with cotangents of its own type. That is what second
/// derivatives are made of.
pub trait Cotangent: Clone + Debug + PartialEq + Differentiable<Cotangent = Self> {
    /// Whether both have the same shape, so that [`accumulate`](Self::accumulate) is defined.
    #[doc(hidden)]
    #[inline]
    fn same_shape(&self, other: &Self) -> bool {
        let _ = other;
        true
    }

    /// Adds `other` to `self`.
    ///
    /// # Panics
    /// If the shapes differ, before anything is written.
    fn accumulate(&mut self, other: &Self);

    /// Sets every number to zero, in place, keeping the shape.
    fn clear(&mut self);

    /// Returns the value and leaves a zero of the same shape behind.
    #[inline]
    #[must_use]
    fn take(&mut self) -> Self {
        let zero = self.zero_cotangent();
        std::mem::replace(self, zero)
    }
}

/// One component of the shape of a value.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The length of a sequence.
    Length(usize),
    /// The number of rows and columns of a matrix.
    Dimensions(usize, usize),
    /// The name of the variant of an `Option` or a `Result`.
    Variant(&'static str),
}

impl Display for Extent {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Extent::Length(length) => write!(f, "length {length}"),
            Extent::Dimensions(rows, columns) => write!(f, "dimensions {rows}×{columns}"),
            Extent::Variant(name) => write!(f, "variant {name}"),
        }
    }
}
