/// Compares every reverse mode of a scalar function with difference quotients, at each of the given calls:
/// `check!(f(0.3, &[1.0, 2.0], const 3))`.
///
/// The arguments are values (moved in as the function wants them), `&value`, `&mut value`, or
/// `const value` for a parameter that has no derivative.
macro_rules! check {
    ($($function:ident ($($arguments:tt)*)),+ $(,)?) => {
        $( $crate::common::macros::call! { scalar $function [] [] [] $($arguments)* } )+
    };
}

/// As [`check!`], for a result of any differentiable type: `f::vjp` and `f::adjoint` with random seeds.
macro_rules! check_vjp {
    ($($function:ident ($($arguments:tt)*)),+ $(,)?) => {
        $( $crate::common::macros::call! { vector $function [] [] [] $($arguments)* } )+
    };
}

/// As [`check!`], for a function that returns nothing: `f::adjoint`.
macro_rules! check_in_place {
    ($($function:ident ($($arguments:tt)*)),+ $(,)?) => {
        $( $crate::common::macros::call! { unit $function [] [] [] $($arguments)* } )+
    };
}

/// As [`check!`], for a function in single precision: the quotients are those of `reference`, a function of
/// the flat inputs in double precision.
macro_rules! check_single {
    ($function:ident ($($arguments:tt)*), $reference:expr) => {
        $crate::common::macros::call! { (single $reference) $function [] [] [] $($arguments)* }
    };
}

/// A negative control: the harness notices when one entry of the gradient of this call is altered.
macro_rules! check_rejects {
    ($($function:ident ($($arguments:tt)*)),+ $(,)?) => {
        $( $crate::common::macros::call! { altered $function [] [] [] $($arguments)* } )+
    };
}

/// Goes through the arguments of a call one by one and collects, in this order: the active ones as
/// `(name shadow value is_mut)`, what `f` is called with, and what `f::adjoint` is called with.
/// Every step makes a fresh `x` and `x_bar`.
macro_rules! call {
    ($kind:tt $f:ident [$($active:tt)*] [$($primal:tt)*] [$($adjoint:tt)*]) => {
        $crate::common::macros::compare! { $kind $f [$($active)*] [$($primal)*] [$($adjoint)*] }
    };
    ($kind:tt $f:ident $active:tt [$($primal:tt)*] [$($adjoint:tt)*]
     const $value:expr $(, $($rest:tt)*)?) => {
        $crate::common::macros::call! {
            $kind $f $active [$($primal)* $value,] [$($adjoint)* $value,] $($($rest)*)?
        }
    };
    ($kind:tt $f:ident [$($active:tt)*] [$($primal:tt)*] [$($adjoint:tt)*]
     &mut $value:expr $(, $($rest:tt)*)?) => {
        $crate::common::macros::call! {
            $kind $f [$($active)* (x x_bar $value, true)] [$($primal)* x,] [$($adjoint)* x, x_bar,]
            $($($rest)*)?
        }
    };
    ($kind:tt $f:ident [$($active:tt)*] [$($primal:tt)*] [$($adjoint:tt)*]
     &$value:expr $(, $($rest:tt)*)?) => {
        $crate::common::macros::call! {
            $kind $f [$($active)* (x x_bar $value, false)] [$($primal)* &*x,] [$($adjoint)* &*x, x_bar,]
            $($($rest)*)?
        }
    };
    ($kind:tt $f:ident [$($active:tt)*] [$($primal:tt)*] [$($adjoint:tt)*]
     $value:expr $(, $($rest:tt)*)?) => {
        $crate::common::macros::call! {
            $kind $f [$($active)* (x x_bar $value, false)]
            [$($primal)* Clone::clone(x),] [$($adjoint)* Clone::clone(x), x_bar,]
            $($($rest)*)?
        }
    };
}

/// Makes a [`Case`](super::Case) of a call that [`call!`] took apart, and compares the modes that fit.
macro_rules! compare {
    ($kind:tt $f:ident [$(($x:ident $x_bar:ident $value:expr, $is_mut:literal))+]
     [$($primal:tt)*] [$($adjoint:tt)*]) => {{
        let case = $crate::common::Case::new(stringify!($f), ($($value,)+), |($($x,)+)| $f($($primal)*))
            .leaving_behind(&[$($is_mut),+]);
        $crate::common::macros::modes! { $kind case $f [$($x)+] [$($x_bar)+] [$($primal)*] [$($adjoint)*] }
    }};
}

macro_rules! modes {
    (scalar $case:ident $f:ident [$($x:ident)+] [$($x_bar:ident)+] [$($primal:tt)*] [$($adjoint:tt)*]) => {
        $case.grad(&|($($x,)+)| $f::grad($($primal)*));
        $case.value_and_grad(&|($($x,)+)| $f::value_and_grad($($primal)*));
        $crate::common::macros::modes! {
            vector $case $f [$($x)+] [$($x_bar)+] [$($primal)*] [$($adjoint)*]
        }
    };
    (vector $case:ident $f:ident [$($x:ident)+] [$($x_bar:ident)+] [$($primal:tt)*] [$($adjoint:tt)*]) => {
        $case.vjp(&|($($x,)+), seed| {
            let (value, pullback) = $f::vjp($($primal)*);
            (value, pullback(seed))
        });
        $case.adjoint(&|($($x,)+), ($($x_bar,)+), seed| $f::adjoint($($adjoint)* seed));
    };
    ((single $reference:expr) $case:ident $($call:tt)*) => {
        let $case = $case.against($reference, 1e-5);
        $crate::common::macros::modes! { scalar $case $($call)* }
    };
    (altered $case:ident $f:ident [$($x:ident)+] [$($x_bar:ident)+] [$($primal:tt)*] [$($adjoint:tt)*]) => {
        $case.rejects_altered(&|($($x,)+)| $f::grad($($primal)*));
    };
    (unit $case:ident $f:ident [$($x:ident)+] [$($x_bar:ident)+] [$($primal:tt)*] [$($adjoint:tt)*]) => {
        $case.adjoint(&|($($x,)+), ($($x_bar,)+), ()| $f::adjoint($($adjoint)*));
    };
}

pub(crate) use {call, check, check_in_place, check_rejects, check_single, check_vjp, compare, modes};
