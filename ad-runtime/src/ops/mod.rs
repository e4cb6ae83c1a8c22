//! Operators on operands whose types the macro does not know.
//!
//! The forward sweep applies the user's own operator to [`operand`]s: scalars and integers by value,
//! matrices by reference. The reverse sweep calls one function per operand that is active,
//!
//! ```text
//! ops::mul_lhs(&a, &b, &out_bar, &mut a_bar);   // a_bar += ∂(a * b)/∂a · out_bar
//! ops::mul_rhs(&a, &b, &out_bar, &mut b_bar);   // b_bar += ∂(a * b)/∂b · out_bar
//! ```
//!
//! each of which is a trait, implemented by type, in `scalar` and `matrix`.

mod matrix;
mod scalar;

/// A value that can stand beside an arithmetic operator.
pub trait Operand {
    /// The type behind all references.
    type Base: ?Sized;

    /// What stands beside the operator: the value of a scalar, a reference to a matrix.
    type Of<'a>
    where
        Self: 'a;

    /// The value behind all references.
    fn base(&self) -> &Self::Base;

    /// The operand.
    fn operand(&self) -> Self::Of<'_>;
}

/// The operand that stands for `value` beside an arithmetic operator.
#[inline]
pub fn operand<V: Operand + ?Sized>(value: &V) -> V::Of<'_> {
    value.operand()
}

macro_rules! pointer_operand {
    ($($pointer:ty),*) => {$(
        impl<V: Operand + ?Sized> Operand for $pointer {
            type Base = V::Base;
            type Of<'a>
                = V::Of<'a>
            where
                Self: 'a;

            #[inline]
            fn base(&self) -> &V::Base {
                (**self).base()
            }

            #[inline]
            fn operand(&self) -> V::Of<'_> {
                (**self).operand()
            }
        }
    )*};
}

pointer_operand! { &V, &mut V, Box<V> }

/// The traits and functions of a binary operator.
macro_rules! binary {
    ($($symbol:literal $lhs_trait:ident $lhs:ident $rhs_trait:ident $rhs:ident;)*) => {$(
        #[doc = concat!("The rule of the left operand of `a ", $symbol, " b`, for the shadow `AB` of `a`.")]
        pub trait $lhs_trait<B: ?Sized, O: ?Sized, AB: ?Sized> {
            #[doc = concat!("`a_bar += ` the contribution of `out = a ", $symbol, " b`")]
            fn $lhs(&self, b: &B, out_bar: &O, a_bar: &mut AB);
        }

        #[doc = concat!("The rule of the right operand of `a ", $symbol, " b`, for the shadow `BB` of `b`.")]
        pub trait $rhs_trait<B: ?Sized, O: ?Sized, BB: ?Sized> {
            #[doc = concat!("`b_bar += ` the contribution of `out = a ", $symbol, " b`")]
            fn $rhs(&self, b: &B, out_bar: &O, b_bar: &mut BB);
        }

        #[doc = concat!("`a_bar += ` the contribution of `out = a ", $symbol, " b`")]
        #[inline]
        #[track_caller]
        pub fn $lhs<A, B, O, AB>(a: &A, b: &B, out_bar: &O, a_bar: &mut AB)
        where
            A: Operand + ?Sized,
            B: Operand + ?Sized,
            O: ?Sized,
            AB: ?Sized,
            A::Base: $lhs_trait<B::Base, O, AB>,
        {
            a.base().$lhs(b.base(), out_bar, a_bar);
        }

        #[doc = concat!("`b_bar += ` the contribution of `out = a ", $symbol, " b`")]
        #[inline]
        #[track_caller]
        pub fn $rhs<A, B, O, BB>(a: &A, b: &B, out_bar: &O, b_bar: &mut BB)
        where
            A: Operand + ?Sized,
            B: Operand + ?Sized,
            O: ?Sized,
            BB: ?Sized,
            A::Base: $rhs_trait<B::Base, O, BB>,
        {
            a.base().$rhs(b.base(), out_bar, b_bar);
        }
    )*};
}

binary! {
    "+" AddLhs add_lhs AddRhs add_rhs;
    "-" SubLhs sub_lhs SubRhs sub_rhs;
    "*" MulLhs mul_lhs MulRhs mul_rhs;
    "/" DivLhs div_lhs DivRhs div_rhs;
    "%" RemLhs rem_lhs RemRhs rem_rhs;
}

/// The rule of `-a`, for the shadow `AB` of `a`.
pub trait NegLhs<O: ?Sized, AB: ?Sized> {
    /// `a_bar += ` the contribution of `out = -a`
    fn neg_lhs(&self, out_bar: &O, a_bar: &mut AB);
}

/// `a_bar += ` the contribution of `out = -a`
#[inline]
#[track_caller]
pub fn neg_lhs<A, O, AB>(a: &A, out_bar: &O, a_bar: &mut AB)
where
    A: Operand + ?Sized,
    O: ?Sized,
    AB: ?Sized,
    A::Base: NegLhs<O, AB>,
{
    a.base().neg_lhs(out_bar, a_bar);
}
