//! The judge of every derivative in these tests: difference quotients of the primal, nothing else.
//!
//! A differentiated function is seen as a map of flat vectors. Its inputs are the active parameters; its
//! outputs are the result and whatever it leaves behind in its `&mut` parameters. For output weights `w`
//! each entry of the gradient `Jᵀw` is compared with the derivative of `x ↦ ⟨w, f(x)⟩` along that entry,
//! found by central differences with Richardson extrapolation.
//!
//! Most tests are one line of [`check!`], [`check_vjp!`] or [`check_in_place!`]:
//!
//! ```ignore
//! check!(f(0.3, &[1.0, 2.0]), f(-0.3, &[1.0, 2.0]));   // two inputs, one for each branch
//! check!(power(1.5, const 3));                         // `3` is a parameter without a derivative
//! check_in_place!(smooth(&mut vec![0.2, 0.5, -0.1]));  // a function that returns nothing
//! ```
//!
//! A gradient that is zero throughout is rejected: where zero is right, assert it. Every group of tests has
//! a negative control, mostly a [`check_rejects!`].
//!
//! What does not fit these (methods, `f_grad`, generic functions) uses [`Case`] directly; what does not
//! fit a `Case` uses [`check_gradient`] and [`check_pullback`] on flat slices.

// Every test binary compiles this file and uses a part of it.
#![allow(dead_code, unused_imports, unused_macros)]

mod case;
mod difference;
mod flat;
pub mod macros;
mod random;

pub use case::{Case, check_gradient, check_pullback};
pub use difference::{Derivative, compare, derivative_along};
pub use flat::{Flat, flatten};
pub(crate) use macros::{check, check_in_place, check_rejects, check_single, check_vjp};
pub use random::Random;
