//! `Option<T>` and `Result<T, E>`: a cotangent is of the same variant as its value.
//!
//! Adding a cotangent of another variant is a mistake in the caller, and panics.

use crate::differentiable::Extent;
use crate::{AddTo, Cotangent, Differentiable};

const MISMATCH: &str = "a cotangent of one variant was added to a shadow of another variant";

impl<T: Differentiable> Differentiable for Option<T> {
    type Cotangent = Option<T::Cotangent>;
    const RIGID: bool = false;

    #[inline]
    fn zero_cotangent(&self) -> Option<T::Cotangent> {
        self.as_ref().map(T::zero_cotangent)
    }

    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        match self {
            Some(value) => {
                report(Extent::Variant("Some"));
                value.extents(report);
            }
            None => report(Extent::Variant("None")),
        }
    }
}

impl<C: Cotangent> Cotangent for Option<C> {
    #[inline]
    fn same_shape(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(mine), Some(theirs)) => mine.same_shape(theirs),
            (None, None) => true,
            _ => false,
        }
    }

    #[inline]
    fn accumulate(&mut self, other: &Self) {
        match (self, other) {
            (Some(mine), Some(theirs)) => mine.accumulate(theirs),
            (None, None) => {}
            _ => panic!("{MISMATCH}"),
        }
    }

    #[inline]
    fn clear(&mut self) {
        if let Some(mine) = self {
            mine.clear();
        }
    }
}

impl<C: AddTo<D>, D> AddTo<Option<D>> for Option<C> {
    #[inline]
    fn add_to(self, shadow: &mut Option<D>) {
        match (shadow, self) {
            (Some(shadow), Some(contribution)) => contribution.add_to(shadow),
            (None, None) => {}
            _ => panic!("{MISMATCH}"),
        }
    }
}

impl<'a, C, D> AddTo<Option<D>> for &'a Option<C>
where
    &'a C: AddTo<D>,
{
    #[inline]
    fn add_to(self, shadow: &mut Option<D>) {
        self.as_ref().add_to(shadow);
    }
}

impl<C> AddTo<()> for Option<C> {
    #[inline]
    fn add_to(self, (): &mut ()) {}
}

impl<C> AddTo<()> for &Option<C> {
    #[inline]
    fn add_to(self, (): &mut ()) {}
}

/// An error carries no derivative.
impl<T: Differentiable, E> Differentiable for Result<T, E> {
    type Cotangent = Result<T::Cotangent, ()>;
    const RIGID: bool = false;

    #[inline]
    fn zero_cotangent(&self) -> Result<T::Cotangent, ()> {
        self.as_ref().map(T::zero_cotangent).map_err(|_| ())
    }

    #[inline]
    fn extents(&self, report: &mut dyn FnMut(Extent)) {
        match self {
            Ok(value) => {
                report(Extent::Variant("Ok"));
                value.extents(report);
            }
            Err(_) => report(Extent::Variant("Err")),
        }
    }
}

impl<C: Cotangent> Cotangent for Result<C, ()> {
    #[inline]
    fn same_shape(&self, other: &Self) -> bool {
        match (self, other) {
            (Ok(mine), Ok(theirs)) => mine.same_shape(theirs),
            (Err(mine), Err(theirs)) => mine.same_shape(theirs),
            _ => false,
        }
    }

    #[inline]
    fn accumulate(&mut self, other: &Self) {
        match (self, other) {
            (Ok(mine), Ok(theirs)) => mine.accumulate(theirs),
            (Err(mine), Err(theirs)) => mine.accumulate(theirs),
            _ => panic!("{MISMATCH}"),
        }
    }

    #[inline]
    fn clear(&mut self) {
        match self {
            Ok(mine) => mine.clear(),
            Err(mine) => mine.clear(),
        }
    }
}

impl<C: AddTo<D>, D, E: AddTo<F>, F> AddTo<Result<D, F>> for Result<C, E> {
    #[inline]
    fn add_to(self, shadow: &mut Result<D, F>) {
        match (shadow, self) {
            (Ok(shadow), Ok(contribution)) => contribution.add_to(shadow),
            (Err(shadow), Err(contribution)) => contribution.add_to(shadow),
            _ => panic!("{MISMATCH}"),
        }
    }
}

impl<'a, C, D, E, F> AddTo<Result<D, F>> for &'a Result<C, E>
where
    &'a C: AddTo<D>,
    &'a E: AddTo<F>,
{
    #[inline]
    fn add_to(self, shadow: &mut Result<D, F>) {
        self.as_ref().add_to(shadow);
    }
}

impl<C, E> AddTo<()> for Result<C, E> {
    #[inline]
    fn add_to(self, (): &mut ()) {}
}

impl<C, E> AddTo<()> for &Result<C, E> {
    #[inline]
    fn add_to(self, (): &mut ()) {}
}
