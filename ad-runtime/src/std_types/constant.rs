//! Types that carry no derivative: their cotangent is `()`.

use crate::Differentiable;
use std::marker::PhantomData;
use std::ops::{Range, RangeInclusive};

macro_rules! constant {
    ($($constant:ty)*) => {$(
        impl Differentiable for $constant {
            type Cotangent = ();

            #[inline]
            fn zero_cotangent(&self) {}
        }
    )*};
}

macro_rules! integer {
    ($($integer:ty)*) => {$(
        constant! { $integer Range<$integer> RangeInclusive<$integer> }
    )*};
}

integer! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
constant! { bool char str String }

impl<T: ?Sized> Differentiable for PhantomData<T> {
    type Cotangent = ();

    #[inline]
    fn zero_cotangent(&self) {}
}
