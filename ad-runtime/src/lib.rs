//! The runtime of `pullback`: what the code that its attributes generate is made of.
//!
//! Users depend on `pullback`, which re-exports the public part of this crate:
//! [`Differentiable`] and [`Real`], [`linalg`], [`check_gradient()`] and [`stop_gradient`].
//! Generated code names the [`generated`] module only.

mod add_to;
mod check_gradient;
mod differentiable;
mod functions;
#[doc(hidden)]
pub mod generated;
pub mod linalg;
mod matrix;
#[doc(hidden)]
pub mod ops;
mod perturb;
mod real;
#[doc(hidden)]
pub mod scratch;
mod shape;
mod std_types;

pub use add_to::AddTo;
pub use check_gradient::{GradientEntry, GradientReport, check_gradient};
pub use differentiable::{Cotangent, Differentiable};
pub use functions::stop_gradient;
pub use ops::Operand;
pub use perturb::Perturb;
pub use real::Real;
