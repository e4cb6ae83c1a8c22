//! The shape checks at the head of every adjoint: a shadow must have the shape of its parameter.

use crate::Differentiable;
use crate::differentiable::Extent;

/// Checks the length of a shadow.
///
/// # Panics
/// If `found` is not `expected`, in words that name the parameter.
#[inline]
#[track_caller]
pub fn check_len(param: &str, expected: usize, found: usize) {
    if expected != found {
        mismatch(param, Some(Extent::Length(expected)), Some(Extent::Length(found)));
    }
}

/// Checks that a shadow has the shape of its parameter: lengths of sequences, dimensions of matrices and
/// variants of options, at every level.
///
/// # Panics
/// If it has not, in words that name the parameter.
#[inline]
#[track_caller]
pub fn check_shadow<V, S>(param: &str, value: &V, shadow: &S)
where
    V: Differentiable + ?Sized,
    S: Differentiable + ?Sized,
{
    if V::RIGID && S::RIGID {
        return;
    }
    let (expected, found) = (Extents::of(value), Extents::of(shadow));
    if expected != found {
        let (expected, found) = (expected.into_vec(), found.into_vec());
        let level = expected.iter().zip(&found).take_while(|(expected, found)| expected == found).count();
        mismatch(param, expected.get(level).copied(), found.get(level).copied());
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn mismatch(param: &str, expected: Option<Extent>, found: Option<Extent>) -> ! {
    match (expected, found) {
        (Some(expected), Some(found)) => {
            panic!("shadow of `{param}` has {found}, `{param}` has {expected}")
        }
        _ => panic!("shadow of `{param}` has another nesting than `{param}`"),
    }
}

/// The extents of one value. The first is stored in place, so that flat values need no allocation.
#[derive(PartialEq)]
struct Extents {
    first: Option<Extent>,
    rest: Vec<Extent>,
}

impl Extents {
    #[inline]
    fn of<V: Differentiable + ?Sized>(value: &V) -> Self {
        let mut extents = Extents { first: None, rest: Vec::new() };
        value.extents(&mut |extent| match extents.first {
            None => extents.first = Some(extent),
            Some(_) => extents.rest.push(extent),
        });
        extents
    }

    fn into_vec(self) -> Vec<Extent> {
        self.first.into_iter().chain(self.rest).collect()
    }
}
