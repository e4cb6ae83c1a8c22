//! Visibility, documentation and other attributes stay where they were.

#![deny(missing_docs, dead_code, unused_must_use)]

use pullback::differentiate;

use crate::common::{check, check_rejects};

pub mod visible {
    //! Functions seen from elsewhere as far as they say.

    use pullback::differentiate;

    /// The square.
    #[differentiate]
    pub fn public(x: f64) -> f64 {
        x * x
    }

    /// Twice the square.
    #[differentiate]
    pub(crate) fn in_the_crate(x: f64) -> f64 {
        2.0 * public(x)
    }

    /// Thrice the square.
    #[differentiate]
    pub(super) fn in_the_parent(x: f64) -> f64 {
        in_the_crate(x) + private(x)
    }

    #[differentiate]
    fn private(x: f64) -> f64 {
        x * x
    }
}

#[test]
fn visibility() {
    use visible::{in_the_crate, in_the_crate_grad, in_the_parent, in_the_parent_grad, public, public_grad};
    assert_eq!((public_grad(3.0), public::grad(3.0)), (6.0, 6.0));
    assert_eq!((in_the_crate_grad(3.0), in_the_crate::grad(3.0)), (12.0, 12.0));
    assert_eq!((in_the_parent_grad(3.0), in_the_parent::grad(3.0)), (18.0, 18.0));
}

/// A function with a doc comment of more than one line,
///
/// ```ignore
/// and_code();
/// ```
#[inline]
#[must_use]
#[differentiate]
fn attributes_above(x: f64, y: f64) -> f64 {
    x * y
}

#[test]
fn attributes_before() {
    check!(attributes_above(0.7, -1.2));
}

#[differentiate]
/// A doc comment below the attribute.
#[inline(always)]
#[must_use = "the value is all there is"]
#[allow(clippy::inline_always, reason = "kept on the function")]
fn attributes_below(x: f64, y: f64) -> f64 {
    x * y
}

#[test]
fn attributes_after() {
    check!(attributes_below(0.7, -1.2));
}

#[differentiate]
#[expect(clippy::too_many_arguments, reason = "kept on the function")]
fn eight(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64) -> f64 {
    a * b + c * d + e * f + g * h
}

#[test]
fn expected_lint() {
    check!(eight(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8));
}

#[cfg(test)]
#[differentiate]
fn conditional(x: f64) -> f64 {
    x * x
}

#[cfg(not(test))]
#[differentiate]
fn conditional(x: f64) -> f64 {
    not_compiled(x)
}

#[test]
fn conditional_compilation() {
    check!(conditional(0.7));
}

#[differentiate]
fn inside(x: f64) -> f64 {
    #[allow(clippy::let_and_return, reason = "an attribute on a statement")]
    let y = x * x;
    #[rustfmt::skip]
    let z = y  *  x;
    #[allow(clippy::needless_return, reason = "an attribute on an expression")]
    return z;
}

#[test]
fn attributes_in_the_body() {
    check!(inside(0.7));
}

#[track_caller]
#[differentiate]
fn tracked(x: &[f64], i: usize) -> f64 {
    x[i] * x[i]
}

#[test]
fn caller_tracked() {
    check!(tracked(&[0.4, -1.2], const 1));
}

#[cold]
#[pullback::differentiate]
fn by_full_path(x: f64, #[allow(unused_variables, reason = "kept on the parameter")] y: f64) -> f64 {
    x * x
}

#[test]
fn attribute_by_its_full_path() {
    check!(by_full_path(0.7, 1.0));
    assert_eq!(by_full_path_grad(3.0, 1.0), (6.0, 0.0));
}

#[test]
fn negative_control() {
    check_rejects!(attributes_above(0.7, -1.2));
}
