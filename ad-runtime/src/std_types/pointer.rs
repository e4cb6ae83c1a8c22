//! References and boxes: the cotangent is that of the value behind them.

use crate::Differentiable;
use crate::differentiable::Extent;

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<T: Differentiable + ?Sized> Differentiable for $pointer {
            type Cotangent = T::Cotangent;
            const RIGID: bool = T::RIGID;

            #[inline]
            fn zero_cotangent(&self) -> T::Cotangent {
                (**self).zero_cotangent()
            }

            #[inline]
            fn extents(&self, report: &mut dyn FnMut(Extent)) {
                (**self).extents(report);
            }
        }
    )*};
}

pointer! { &T, &mut T, Box<T> }
