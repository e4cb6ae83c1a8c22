//! Access to the numbers that a value is made of, one by one, which is what finite differences need.

use crate::Real;
use nalgebra::{Dim, Matrix, StorageMut};
use std::marker::PhantomData;
use std::ops::{Range, RangeInclusive};

/// A value that owns the numbers it is made of.
///
/// Implemented for scalars, `Vec`, slices, arrays, tuples, `Option`, `Result`, boxes, matrices and every
/// `derive(Differentiable)` struct; for integers, strings and the like it visits nothing.
pub trait Perturb {
    /// Hands every number to `visit`, in order, and stores what `visit` makes of it.
    fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64));
}

macro_rules! scalar {
    ($($scalar:ty)*) => {$(
        impl Perturb for $scalar {
            fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
                let mut scalar = f64::from(*self);
                visit(&mut scalar);
                *self = nalgebra::convert(scalar);
            }
        }
    )*};
}

scalar! { f32 f64 }

macro_rules! constant {
    ($($constant:ty)*) => {$(
        impl Perturb for $constant {
            fn each_scalar(&mut self, _: &mut dyn FnMut(&mut f64)) {}
        }
    )*};
}

macro_rules! integer {
    ($($integer:ty)*) => {$(
        constant! { $integer Range<$integer> RangeInclusive<$integer> }
    )*};
}

integer! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
constant! { () bool char String }

impl<T: ?Sized> Perturb for PhantomData<T> {
    fn each_scalar(&mut self, _: &mut dyn FnMut(&mut f64)) {}
}

impl<T: Perturb> Perturb for [T] {
    fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
        self.iter_mut().for_each(|element| element.each_scalar(visit));
    }
}

impl<T: Perturb> Perturb for Vec<T> {
    fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
        self.as_mut_slice().each_scalar(visit);
    }
}

impl<T: Perturb, const N: usize> Perturb for [T; N] {
    fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
        self.as_mut_slice().each_scalar(visit);
    }
}

impl<T: Perturb + ?Sized> Perturb for Box<T> {
    fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
        (**self).each_scalar(visit);
    }
}

impl<T: Perturb> Perturb for Option<T> {
    fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
        if let Some(value) = self {
            value.each_scalar(visit);
        }
    }
}

impl<T: Perturb, E: Perturb> Perturb for Result<T, E> {
    fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
        match self {
            Ok(value) => value.each_scalar(visit),
            Err(error) => error.each_scalar(visit),
        }
    }
}

macro_rules! tuple {
    ($($component:ident $index:tt),*) => {
        impl<$($component: Perturb),*> Perturb for ($($component,)*) {
            fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
                $(self.$index.each_scalar(visit);)*
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

impl<T: Real + Perturb, R: Dim, C: Dim, S: StorageMut<T, R, C>> Perturb for Matrix<T, R, C, S> {
    fn each_scalar(&mut self, visit: &mut dyn FnMut(&mut f64)) {
        self.iter_mut().for_each(|entry| entry.each_scalar(visit));
    }
}

/// A field whose type nobody knows to be [`Perturb`].
pub struct Probe<'a, V: ?Sized>(pub &'a mut V);

/// Visits a field whose type is [`Perturb`].
pub trait ProbePerturb {
    /// See [`Perturb::each_scalar`].
    fn each_scalar_probed(&mut self, visit: &mut dyn FnMut(&mut f64));
}

impl<V: Perturb + ?Sized> ProbePerturb for Probe<'_, V> {
    fn each_scalar_probed(&mut self, visit: &mut dyn FnMut(&mut f64)) {
        self.0.each_scalar(visit);
    }
}

/// Visits nothing, in any other field.
pub trait ProbeNothing {
    /// Visits nothing.
    fn each_scalar_probed(&mut self, visit: &mut dyn FnMut(&mut f64));
}

impl<V: ?Sized> ProbeNothing for &mut Probe<'_, V> {
    fn each_scalar_probed(&mut self, _: &mut dyn FnMut(&mut f64)) {}
}

/// `perturb!(&mut field, visit)`: visits the numbers of the field if its type is `Perturb`, none otherwise.
#[doc(hidden)]
#[macro_export]
macro_rules! __perturb {
    ($field:expr, $visit:expr) => {{
        #[allow(unused_imports)] // a given field needs one of the two
        use $crate::generated::{ProbeNothing as _, ProbePerturb as _};
        (&mut $crate::generated::Probe($field)).each_scalar_probed($visit);
    }};
}
