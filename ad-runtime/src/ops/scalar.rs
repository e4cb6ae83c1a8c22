//! Operators between scalars, and between integers.
//!
//! | `out` | `ā +=` | `b̄ +=` |
//! |---|---|---|
//! | `a + b` | `ō` | `ō` |
//! | `a - b` | `ō` | `-ō` |
//! | `a * b` | `ō b` | `a ō` |
//! | `a / b` | `ō / b` | `-(ō / b) (a / b)` |
//! | `a % b` = `a - b trunc(a / b)` | `ō` | `-ō trunc(a / b)` |
//! | `-a` | `-ō` | |
//!
//! The remainder has jumps where `a / b` is an integer; the derivative is that of the branch it is on.
//! Integers have no derivative: all their cotangents and shadows are `()`.

use super::{
    AddLhs, AddRhs, DivLhs, DivRhs, MulLhs, MulRhs, NegLhs, Operand, RemLhs, RemRhs, SubLhs, SubRhs,
};
use crate::{AddTo, Real};

macro_rules! scalar_rule {
    ($($rule:ident $function:ident: |$a:ident, $b:ident, $out_bar:ident| $contribution:expr;)*) => {$(
        impl<T: Real + AddTo<D>, D: ?Sized> $rule<T, T, D> for T {
            #[inline]
            fn $function(&self, b: &T, out_bar: &T, shadow: &mut D) {
                let ($a, $b, $out_bar) = (*self, *b, *out_bar);
                $contribution.add_to(shadow);
            }
        }
    )*};
}

scalar_rule! {
    AddLhs add_lhs: |_a, _b, out_bar| out_bar;
    AddRhs add_rhs: |_a, _b, out_bar| out_bar;
    SubLhs sub_lhs: |_a, _b, out_bar| out_bar;
    SubRhs sub_rhs: |_a, _b, out_bar| -out_bar;
    MulLhs mul_lhs: |_a, b, out_bar| (out_bar * b);
    MulRhs mul_rhs: |a, _b, out_bar| (a * out_bar);
    DivLhs div_lhs: |_a, b, out_bar| (out_bar / b);
    DivRhs div_rhs: |a, b, out_bar| -((out_bar / b) * (a / b));
    RemLhs rem_lhs: |_a, _b, out_bar| out_bar;
    RemRhs rem_rhs: |a, b, out_bar| -(out_bar * (a / b).trunc());
}

impl<T: Real + AddTo<D>, D: ?Sized> NegLhs<T, D> for T {
    #[inline]
    fn neg_lhs(&self, out_bar: &T, a_bar: &mut D) {
        (-*out_bar).add_to(a_bar);
    }
}

macro_rules! integer {
    ($($integer:ty)*) => {$(
        impl Operand for $integer {
            type Base = $integer;
            type Of<'a> = $integer;

            #[inline]
            fn base(&self) -> &$integer {
                self
            }

            #[inline]
            fn operand(&self) -> $integer {
                *self
            }
        }

        integer_rules! {
            $integer: AddLhs add_lhs, AddRhs add_rhs, SubLhs sub_lhs, SubRhs sub_rhs, MulLhs mul_lhs,
            MulRhs mul_rhs, DivLhs div_lhs, DivRhs div_rhs, RemLhs rem_lhs, RemRhs rem_rhs
        }

        impl NegLhs<(), ()> for $integer {
            #[inline]
            fn neg_lhs(&self, (): &(), (): &mut ()) {}
        }
    )*};
}

macro_rules! integer_rules {
    ($integer:ty: $($rule:ident $function:ident),*) => {$(
        impl $rule<$integer, (), ()> for $integer {
            #[inline]
            fn $function(&self, _: &$integer, (): &(), (): &mut ()) {}
        }
    )*};
}

integer! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

impl Operand for bool {
    type Base = bool;
    type Of<'a> = bool;

    #[inline]
    fn base(&self) -> &bool {
        self
    }

    #[inline]
    fn operand(&self) -> bool {
        *self
    }
}
