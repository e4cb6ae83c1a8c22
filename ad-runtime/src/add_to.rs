//! Contributions to shadows: `shadow += contribution`, for every pair of types that can meet.
//!
//! The contribution `()` adds nothing to any shadow, and a shadow `()` (an operand that was declared
//! constant) swallows any contribution.

use crate::Real;

/// A contribution that can be added to a shadow of type `S`.
pub trait AddTo<S: ?Sized> {
    /// `shadow += self`
    ///
    /// # Panics
    /// If the shapes differ, before anything is written to the level at which they differ.
    fn add_to(self, shadow: &mut S);
}

impl<S: ?Sized> AddTo<S> for () {
    #[inline]
    fn add_to(self, _: &mut S) {}
}

impl<S: ?Sized> AddTo<S> for &() {
    #[inline]
    fn add_to(self, _: &mut S) {}
}

impl<T: Real> AddTo<T> for &T {
    #[inline]
    fn add_to(self, shadow: &mut T) {
        *shadow += *self;
    }
}

impl<T: Real> AddTo<()> for &T {
    #[inline]
    fn add_to(self, (): &mut ()) {}
}
