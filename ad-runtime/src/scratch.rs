//! A shadow for an argument whose type nobody knows to be differentiable.
//!
//! [`scratch!`](crate::__scratch) picks one of two methods by autoref: `Scratch<V>` has one if `V` is
//! [`Differentiable`], `&Scratch<V>` has another for every `V`, and method lookup tries them in this order.

use crate::Differentiable;

/// A borrowed value, waiting for its shadow.
pub struct Scratch<'a, V: ?Sized>(pub &'a V);

/// The shadow of a value whose type is [`Differentiable`].
pub trait ScratchCotangent {
    /// The cotangent of the value's type.
    type Shadow;

    /// The zero cotangent of the value.
    fn scratch(&self) -> Self::Shadow;
}

impl<V: Differentiable + ?Sized> ScratchCotangent for Scratch<'_, V> {
    type Shadow = V::Cotangent;

    #[inline]
    fn scratch(&self) -> V::Cotangent {
        self.0.zero_cotangent()
    }
}

/// The shadow of any other value.
pub trait ScratchUnit {
    /// Nothing.
    fn scratch(&self);
}

impl<V: ?Sized> ScratchUnit for &Scratch<'_, V> {
    #[inline]
    fn scratch(&self) {}
}

/// `scratch!(&value)`: the zero cotangent of the value if its type is `Differentiable`, `()` otherwise.
#[doc(hidden)]
#[macro_export]
macro_rules! __scratch {
    ($value:expr) => {{
        #[allow(unused_imports)] // a given value needs one of the two
        use $crate::generated::{ScratchCotangent as _, ScratchUnit as _};
        (&$crate::generated::Scratch($value)).scratch()
    }};
}
