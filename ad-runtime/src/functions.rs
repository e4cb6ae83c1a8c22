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

/// The sum of the entries of a sequence of scalar cotangents, for a value that was repeated.
#[inline]
pub fn sum_entries<R: Real>(entries: &[R]) -> R {
    entries.iter().fold(R::zero(), |sum, e| sum + *e)
}

/// Adds every entry to the shadow of the value that was repeated.
#[inline]
#[track_caller]
pub fn accumulate_entries<C: Cotangent>(shadow: &mut C, entries: &[C]) {
    entries.iter().for_each(|e| Cotangent::accumulate(shadow, e));
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

/// `shadow += contribution`, element by element.
///
/// # Panics
/// If the lengths differ.
#[inline]
#[track_caller]
pub fn accumulate_slice<C: Cotangent>(shadow: &mut [C], contribution: &[C]) {
    assert_eq!(shadow.len(), contribution.len(), "cotangents of different lengths");
    for (s, c) in shadow.iter_mut().zip(contribution) {
        Cotangent::accumulate(s, c);
    }
}

/// A literal as a scalar of the type of `like`.
#[inline]
pub fn lit_like<R: Real>(_like: R, literal: f64) -> R {
    nalgebra::convert(literal)
}

/// An array of default values as long as another.
#[inline]
pub fn array_like<T, R: Default, const N: usize>(_like: &[T; N]) -> [R; N] {
    std::array::from_fn(|_| R::default())
}

/// Integers that a range can run over.
pub trait Index: Copy {
    /// `self + k`
    fn plus(self, k: usize) -> Self;
    /// Number of values from `self` up to `hi`.
    fn count_to(self, hi: Self) -> usize;
}

macro_rules! index {
    ($($int:ty)*) => {$(
        impl Index for $int {
            #[inline]
            fn plus(self, k: usize) -> Self {
                self + k as $int
            }

            #[inline]
            fn count_to(self, hi: Self) -> usize {
                if hi > self { (hi - self) as usize } else { 0 }
            }
        }
    )*};
}

index!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

/// Number `k` of a range that starts at `lo`.
#[inline]
pub fn nth_of_range<I: Index>(lo: I, k: usize) -> I {
    lo.plus(k)
}

/// Number of integers in `lo..hi`.
#[inline]
pub fn range_len<I: Index>(lo: I, hi: I) -> usize {
    lo.count_to(hi)
}

/// The items of an iterator without derivatives.
#[inline]
pub fn items<I: IntoIterator>(iterator: I) -> Vec<I::Item> {
    iterator.into_iter().collect()
}

/// The cotangent of an `Option` or `Result` from that of its payload.
pub trait Wrapped<C> {
    /// `Some` or `Ok` of the payload.
    fn wrapped(payload: C) -> Self;
}

impl<C> Wrapped<C> for Option<C> {
    #[inline]
    fn wrapped(payload: C) -> Self {
        Some(payload)
    }
}

impl<C> Wrapped<C> for Result<C, ()> {
    #[inline]
    fn wrapped(payload: C) -> Self {
        Ok(payload)
    }
}

/// The cotangent of something unwrapped, from that of its payload.
#[inline]
pub fn wrapped<C, W: Wrapped<C>>(payload: C) -> W {
    W::wrapped(payload)
}

/// Sequences whose contents are kept on a stack over a call that changes them.
pub trait Stacked {
    /// What holds the contents: flat, so that a save allocates nothing once the stack has grown.
    type Stack: Default;

    /// Appends the contents.
    fn save(&self, stack: &mut Self::Stack);

    /// Takes the contents back that were saved last.
    fn restore(&mut self, stack: &mut Self::Stack);
}

impl<T: Clone> Stacked for [T] {
    type Stack = Vec<T>;

    #[inline]
    fn save(&self, stack: &mut Vec<T>) {
        stack.extend_from_slice(self);
    }

    #[inline]
    fn restore(&mut self, stack: &mut Vec<T>) {
        let start = stack.len() - self.len();
        self.clone_from_slice(&stack[start..]);
        stack.truncate(start);
    }
}

impl<T: Clone, const N: usize> Stacked for [T; N] {
    type Stack = Vec<T>;

    #[inline]
    fn save(&self, stack: &mut Vec<T>) {
        stack.extend_from_slice(self);
    }

    #[inline]
    fn restore(&mut self, stack: &mut Vec<T>) {
        self[..].restore(stack);
    }
}

/// The contents of vectors, which may come back with another length.
#[derive(Debug)]
pub struct VecStack<T> {
    elements: Vec<T>,
    lengths: Vec<usize>,
}

impl<T> Default for VecStack<T> {
    fn default() -> Self {
        VecStack { elements: Vec::new(), lengths: Vec::new() }
    }
}

impl<T: Clone> Stacked for Vec<T> {
    type Stack = VecStack<T>;

    #[inline]
    fn save(&self, stack: &mut VecStack<T>) {
        stack.elements.extend_from_slice(self);
        stack.lengths.push(self.len());
    }

    #[inline]
    fn restore(&mut self, stack: &mut VecStack<T>) {
        let length = stack.lengths.pop().expect("a save per call");
        let start = stack.elements.len() - length;
        if self.len() == length {
            self.clone_from_slice(&stack.elements[start..]);
        } else {
            self.clear();
            self.extend_from_slice(&stack.elements[start..]);
        }
        stack.elements.truncate(start);
    }
}

/// Makes a buffer as long as `like`; what it holds does not matter.
#[inline]
pub fn resized<T: Clone>(buffer: &mut Vec<T>, like: &[T]) {
    if buffer.len() != like.len() {
        buffer.clear();
        buffer.extend_from_slice(like);
    }
}

/// The record of a loop with a small, fixed number of iterations: no allocation.
#[derive(Debug)]
pub struct FixedRecord<T, const N: usize> {
    items: [Option<T>; N],
    len: usize,
}

impl<T, const N: usize> FixedRecord<T, N> {
    /// An empty record.
    #[inline]
    pub fn new() -> Self {
        FixedRecord { items: [const { None }; N], len: 0 }
    }

    /// Adds the record of an iteration.
    #[inline]
    pub fn push(&mut self, item: T) {
        self.items[self.len] = Some(item);
        self.len += 1;
    }

    /// Takes the record of the last iteration back.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.len = self.len.checked_sub(1)?;
        self.items[self.len].take()
    }
}

impl<T, const N: usize> Default for FixedRecord<T, N> {
    fn default() -> Self {
        Self::new()
    }
}
