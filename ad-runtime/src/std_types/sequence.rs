//! Slices and `Vec<T>`, whose cotangent is `Vec<T̄>`, and arrays `[T; N]`, whose cotangent is `[T̄; N]`.

use crate::differentiable::Extent;
use crate::{AddTo, Cotangent, Differentiable};

impl<T: Differentiable> Differentiable for [T] {
    type Cotangent = Vec<T::Cotangent>;
    const RIGID: bool = false;

    #[inline]
    fn zero_cotangent(&self) -> Vec<T::Cotangent> {
        self.iter().map(T::zero_cotangent).collect()
    }

    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        report(Extent::Length(self.len()));
        if !T::RIGID {
            self.iter().for_each(|element| element.extents(report));
        }
    }
}

impl<T: Differentiable> Differentiable for Vec<T> {
    type Cotangent = Vec<T::Cotangent>;
    const RIGID: bool = false;

    #[inline]
    fn zero_cotangent(&self) -> Vec<T::Cotangent> {
        self.as_slice().zero_cotangent()
    }

    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        self.as_slice().extents(report);
    }
}

impl<T: Differentiable, const N: usize> Differentiable for [T; N] {
    type Cotangent = [T::Cotangent; N];
    const RIGID: bool = T::RIGID;

    #[inline]
    fn zero_cotangent(&self) -> [T::Cotangent; N] {
        self.each_ref().map(T::zero_cotangent)
    }

    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        if !T::RIGID {
            self.iter().for_each(|element| element.extents(report));
        }
    }
}

impl<C: Cotangent> Cotangent for Vec<C> {
    #[inline]
    fn same_shape(&self, other: &Self) -> bool {
        self.len() == other.len()
            && (C::RIGID || self.iter().zip(other).all(|(mine, theirs)| mine.same_shape(theirs)))
    }

    #[inline]
    fn accumulate(&mut self, other: &Self) {
        assert_same_length(self.len(), other.len());
        assert!(self.same_shape(other), "cotangents of different shapes were added");
        self.iter_mut().zip(other).for_each(|(mine, theirs)| mine.accumulate(theirs));
    }

    #[inline]
    fn clear(&mut self) {
        self.iter_mut().for_each(C::clear);
    }
}

impl<C: Cotangent, const N: usize> Cotangent for [C; N] {
    #[inline]
    fn same_shape(&self, other: &Self) -> bool {
        C::RIGID || self.iter().zip(other).all(|(mine, theirs)| mine.same_shape(theirs))
    }

    #[inline]
    fn accumulate(&mut self, other: &Self) {
        assert!(self.same_shape(other), "cotangents of different shapes were added");
        self.iter_mut().zip(other).for_each(|(mine, theirs)| mine.accumulate(theirs));
    }

    #[inline]
    fn clear(&mut self) {
        self.iter_mut().for_each(C::clear);
    }
}

/// The length check of every addition to a sequence.
#[inline]
#[track_caller]
fn assert_same_length(shadow: usize, contribution: usize) {
    assert!(
        shadow == contribution,
        "a cotangent of length {contribution} was added to a shadow of length {shadow}"
    );
}

#[inline]
#[track_caller]
fn add_each<D>(shadow: &mut [D], contributions: impl ExactSizeIterator<Item: AddTo<D>>) {
    assert_same_length(shadow.len(), contributions.len());
    shadow.iter_mut().zip(contributions).for_each(|(shadow, contribution)| contribution.add_to(shadow));
}

/// Contributions by value into slices, vectors, arrays and `()`.
macro_rules! owned_sequence {
    ($([$($generics:tt)*] $source:ty;)*) => {$(
        impl<C: AddTo<D>, D, $($generics)*> AddTo<[D]> for $source {
            #[inline]
            fn add_to(self, shadow: &mut [D]) {
                add_each(shadow, self.into_iter());
            }
        }

        impl<C: AddTo<D>, D, $($generics)*> AddTo<Vec<D>> for $source {
            #[inline]
            fn add_to(self, shadow: &mut Vec<D>) {
                add_each(shadow, self.into_iter());
            }
        }

        impl<C, $($generics)*> AddTo<()> for $source {
            #[inline]
            fn add_to(self, (): &mut ()) {}
        }
    )*};
}

owned_sequence! {
    [] Vec<C>;
    [const N: usize] [C; N];
}

/// Contributions by reference into slices, vectors and `()`.
macro_rules! borrowed_sequence {
    ($([$($generics:tt)*] $source:ty;)*) => {$(
        impl<'a, C, D, $($generics)*> AddTo<[D]> for &'a $source
        where
            &'a C: AddTo<D>,
        {
            #[inline]
            fn add_to(self, shadow: &mut [D]) {
                add_each(shadow, self.iter());
            }
        }

        impl<'a, C, D, $($generics)*> AddTo<Vec<D>> for &'a $source
        where
            &'a C: AddTo<D>,
        {
            #[inline]
            fn add_to(self, shadow: &mut Vec<D>) {
                add_each(shadow, self.iter());
            }
        }

        impl<C, $($generics)*> AddTo<()> for &$source {
            #[inline]
            fn add_to(self, (): &mut ()) {}
        }

        impl<'a, C, D, $($generics)*> AddTo<[D]> for &'a mut $source
        where
            &'a C: AddTo<D>,
        {
            #[inline]
            fn add_to(self, shadow: &mut [D]) {
                add_each(shadow, self.iter());
            }
        }

        impl<'a, C, D, $($generics)*> AddTo<Vec<D>> for &'a mut $source
        where
            &'a C: AddTo<D>,
        {
            #[inline]
            fn add_to(self, shadow: &mut Vec<D>) {
                add_each(shadow, self.iter());
            }
        }

        impl<C, $($generics)*> AddTo<()> for &mut $source {
            #[inline]
            fn add_to(self, (): &mut ()) {}
        }
    )*};
}

borrowed_sequence! {
    [] [C];
    [] Vec<C>;
    [const N: usize] [C; N];
}

impl<C: AddTo<D>, D, const N: usize> AddTo<[D; N]> for [C; N] {
    #[inline]
    fn add_to(self, shadow: &mut [D; N]) {
        add_each(shadow, self.into_iter());
    }
}

impl<'a, C, D, const N: usize> AddTo<[D; N]> for &'a [C; N]
where
    &'a C: AddTo<D>,
{
    #[inline]
    fn add_to(self, shadow: &mut [D; N]) {
        add_each(shadow, self.iter());
    }
}
