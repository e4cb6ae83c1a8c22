//! The scalar types.

use crate::{AddTo, Cotangent, Differentiable, Operand};

/// The scalar of a generic differentiated function: `f32` or `f64`.
///
/// Everything of [`nalgebra::RealField`] is available: `T::zero()`, `T::one()`, `x.exp()`, `x * y`, …
/// The cotangent of a scalar is a scalar of the same type. The trait is sealed.
pub trait Real:
    nalgebra::RealField
    + Copy
    + Differentiable<Cotangent = Self>
    + Cotangent
    + AddTo<Self>
    + AddTo<()>
    + Operand<Base = Self>
    + for<'a> Operand<Of<'a> = Self>
    + sealed::Sealed
{
}

mod sealed {
    /// Keeps [`Real`](super::Real) closed: rules are tested for `f32` and `f64` only.
    pub trait Sealed {}
}

macro_rules! real {
    ($($scalar:ty)*) => {$(
        impl sealed::Sealed for $scalar {}

        impl Real for $scalar {}

        impl Differentiable for $scalar {
            type Cotangent = $scalar;

            #[inline]
            fn zero_cotangent(&self) -> $scalar {
                0.0
            }
        }

        impl Cotangent for $scalar {
            #[inline]
            fn accumulate(&mut self, other: &$scalar) {
                *self += *other;
            }

            #[inline]
            fn clear(&mut self) {
                *self = 0.0;
            }

            #[inline]
            fn take(&mut self) -> $scalar {
                std::mem::replace(self, 0.0)
            }
        }

        impl AddTo<$scalar> for $scalar {
            #[inline]
            fn add_to(self, shadow: &mut $scalar) {
                *shadow += self;
            }
        }

        impl AddTo<()> for $scalar {
            #[inline]
            fn add_to(self, (): &mut ()) {}
        }

        impl Operand for $scalar {
            type Base = $scalar;
            type Of<'a> = $scalar;

            #[inline]
            fn base(&self) -> &$scalar {
                self
            }

            #[inline]
            fn operand(&self) -> $scalar {
                *self
            }
        }
    )*};
}

real! { f32 f64 }
