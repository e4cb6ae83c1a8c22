//! Derivatives of ordinary Rust functions, by source transformation, on the stable compiler.

pub use ad_macros::{Differentiable, custom_adjoint, differentiate, no_grad};
pub use ad_runtime::{Differentiable, Real, check_gradient, linalg, stop_gradient};

#[doc(hidden)]
pub use ad_runtime::generated as __private;
