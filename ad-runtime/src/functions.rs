//! The small functions that generated code is written with.

use crate::{AddTo, Cotangent, Differentiable, Real};

/// The zero cotangent of the shape of `value`.
#[inline]
pub fn zero<V: Differentiable + ?Sized>(value: &V) -> V::Cotangent {
    value.zero_cotangent()
}

/// `shadow += contribution`
///
/// # Panics
/// If the shapes differ.
#[inline]
#[track_caller]
pub fn accumulate<D: ?Sized, S: AddTo<D>>(shadow: &mut D, contribution: S) {
    contribution.add_to(shadow);
}

/// Sets every number of a cotangent to zero, in place.
#[inline]
pub fn set_zero<C: Cotangent>(cotangent: &mut C) {
    cotangent.clear();
}

/// A copy of `value`. Unlike the method `clone` it never copies a mere reference to a `V` by mistake.
#[inline]
pub fn keep<V: Clone>(value: &V) -> V {
    value.clone()
}

/// The value of a cotangent, which is left zero.
#[inline]
pub fn take<C: Cotangent>(cotangent: &mut C) -> C {
    cotangent.take()
}

/// A literal as a scalar of type `R`.
#[inline]
pub fn lit<R: Real>(literal: f64) -> R {
    nalgebra::convert(literal)
}

/// Which branch was taken, and its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Either<A, B> {
    /// The branch of a condition that held.
    Left(A),
    /// The other branch.
    Right(B),
}

/// Treats the result of an expression as a constant.
///
/// The function returns its argument. Inside a differentiated function, no derivative flows through it:
///
/// ```
/// use ad_runtime::stop_gradient;
///
/// assert_eq!(stop_gradient(2.0), 2.0);
/// ```
#[inline]
pub fn stop_gradient<T>(x: T) -> T {
    x
}

/// Takes back the last element that was pushed onto a vector.
///
/// # Panics
/// If the vector is empty: a push that the forward sweep did not make.
#[inline]
pub fn popped<C>(shadow: &mut Vec<C>) -> C {
    shadow.pop().expect("the reverse of a push finds what was pushed")
}

/// Undoes a push.
#[inline]
pub fn unpush<T>(vec: &mut Vec<T>) {
    vec.pop();
}

/// Undoes a pop that returned `popped`.
#[inline]
pub fn unpop<T>(vec: &mut Vec<T>, popped: Option<T>) {
    vec.extend(popped);
}

/// An array of zeros.
#[inline]
pub fn zero_array<R: Real, const N: usize>() -> [R; N] {
    [R::zero(); N]
}

/// The sum of the entries of a sequence of cotangents, for a value that was repeated.
///
/// # Panics
/// If the sequence is empty and its entries have no zero known from their type.
#[inline]
pub fn sum_entries<C: Cotangent + EmptySum, S: AsRef<[C]> + ?Sized>(entries: &S) -> C {
    match entries.as_ref().split_first() {
        None => C::empty_sum(),
        Some((first, rest)) => {
            let mut sum = first.clone();
            rest.iter().for_each(|e| Cotangent::accumulate(&mut sum, e));
            sum
        }
    }
}

/// A cotangent whose sum over nothing is known.
pub trait EmptySum: Sized {
    /// Zero.
    fn empty_sum() -> Self;
}

macro_rules! empty_sum {
    ($($ty:ty => $zero:expr),*) => {$(
        impl EmptySum for $ty {
            #[inline]
            fn empty_sum() -> Self {
                $zero
            }
        }
    )*};
}

empty_sum!(f64 => 0.0, f32 => 0.0, () => ());

impl<C> EmptySum for Vec<C> {
    #[inline]
    fn empty_sum() -> Self {
        Vec::new()
    }
}

impl<C: EmptySum, const N: usize> EmptySum for [C; N] {
    #[inline]
    fn empty_sum() -> Self {
        std::array::from_fn(|_| C::empty_sum())
    }
}

/// Adds the cotangent of `value as S` to that of `value`, whatever its type.
pub trait AccumulateCast<S> {
    /// `self += seed`, converted.
    fn accumulate_cast(&mut self, seed: S);
}

macro_rules! accumulate_cast {
    ($($to:ty, $from:ty);*) => {$(
        impl AccumulateCast<$from> for $to {
            #[inline]
            fn accumulate_cast(&mut self, seed: $from) {
                // The conversion of the reverse direction, from one width of float to another.
                *self += seed as $to;
            }
        }
    )*};
}

accumulate_cast!(f64, f64; f64, f32; f32, f64; f32, f32);

impl<S> AccumulateCast<S> for () {
    #[inline]
    fn accumulate_cast(&mut self, _: S) {}
}

/// Adds the cotangent of a cast value to the shadow of what was cast.
#[inline]
pub fn accumulate_cast<S, C: AccumulateCast<S> + ?Sized>(shadow: &mut C, seed: S) {
    shadow.accumulate_cast(seed);
}
