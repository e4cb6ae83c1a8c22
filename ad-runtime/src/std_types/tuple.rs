//! Tuples of up to twelve components; `()` is the cotangent of everything that has none.

use crate::differentiable::Extent;
use crate::{AddTo, Cotangent, Differentiable};

impl Differentiable for () {
    type Cotangent = ();

    #[inline]
    fn zero_cotangent(&self) {}
}

impl Cotangent for () {
    #[inline]
    fn accumulate(&mut self, (): &()) {}

    #[inline]
    fn clear(&mut self) {}
}

macro_rules! tuple {
    ($($component:ident $shadow:ident $index:tt),*) => {
        impl<$($component: Differentiable),*> Differentiable for ($($component,)*) {
            type Cotangent = ($($component::Cotangent,)*);
            const RIGID: bool = $($component::RIGID &&)* true;

            #[inline]
            fn zero_cotangent(&self) -> Self::Cotangent {
                ($(self.$index.zero_cotangent(),)*)
            }

            #[inline]
            fn extents(&self, report: &mut dyn FnMut(Extent)) {
                $(self.$index.extents(report);)*
            }
        }

        impl<$($component: Cotangent),*> Cotangent for ($($component,)*) {
            #[inline]
            fn same_shape(&self, other: &Self) -> bool {
                $(self.$index.same_shape(&other.$index) &&)* true
            }

            #[inline]
            fn accumulate(&mut self, other: &Self) {
                assert!(Self::RIGID || self.same_shape(other), "cotangents of different shapes were added");
                $(self.$index.accumulate(&other.$index);)*
            }

            #[inline]
            fn clear(&mut self) {
                $(self.$index.clear();)*
            }
        }

        impl<$($component: AddTo<$shadow>, $shadow),*> AddTo<($($shadow,)*)> for ($($component,)*) {
            #[inline]
            fn add_to(self, shadow: &mut ($($shadow,)*)) {
                $(self.$index.add_to(&mut shadow.$index);)*
            }
        }

        impl<'a, $($component, $shadow),*> AddTo<($($shadow,)*)> for &'a ($($component,)*)
        where
            $(&'a $component: AddTo<$shadow>,)*
        {
            #[inline]
            fn add_to(self, shadow: &mut ($($shadow,)*)) {
                $(self.$index.add_to(&mut shadow.$index);)*
            }
        }

        impl<$($component),*> AddTo<()> for ($($component,)*) {
            #[inline]
            fn add_to(self, (): &mut ()) {}
        }

        impl<$($component),*> AddTo<()> for &($($component,)*) {
            #[inline]
            fn add_to(self, (): &mut ()) {}
        }
    };
}

tuple!(A SA 0);
tuple!(A SA 0, B SB 1);
tuple!(A SA 0, B SB 1, C SC 2);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3, E SE 4);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3, E SE 4, F SF 5);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3, E SE 4, F SF 5, G SG 6);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3, E SE 4, F SF 5, G SG 6, H SH 7);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3, E SE 4, F SF 5, G SG 6, H SH 7, I SI 8);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3, E SE 4, F SF 5, G SG 6, H SH 7, I SI 8, J SJ 9);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3, E SE 4, F SF 5, G SG 6, H SH 7, I SI 8, J SJ 9, K SK 10);
tuple!(A SA 0, B SB 1, C SC 2, D SD 3, E SE 4, F SF 5, G SG 6, H SH 7, I SI 8, J SJ 9, K SK 10, L SL 11);
