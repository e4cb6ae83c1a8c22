//! Matrices: cotangents, and one file of rules per family of methods.
//!
//! A rule is a pair of methods, found through an extension trait:
//!
//! ```text
//! let (y, back) = recv.m__forward(a, &b);
//! let (a_bar,)  = recv.m__reverse(back, &mut recv_bar, &b, &mut b_bar, y_bar);
//! ```
//!
//! The forward half takes the arguments of the primal and returns its result beside whatever the
//! reverse half needs. The reverse half takes that, the shadow of the receiver, each by-reference
//! argument again with its shadow, and the cotangent of the result; it adds (`+=`) into the shadows and
//! returns a tuple of the cotangents of the by-value arguments, `()` for one without a derivative.
//! An associated function has the same two halves without a receiver.
//!
//! In the mathematics, `X̄` is the cotangent of `X`, and `∘` is the entrywise product.

// The names of the two halves are the user's own with a suffix that no user's method can have.
#![allow(non_snake_case)]

mod cholesky;
mod construction;
mod cotangent;
mod determinant;
mod elementwise;
mod inverse;
mod lu;
mod product;
mod reduction;
mod shadow;
mod shape;
mod structure;
mod triangular;
pub(crate) mod update;

pub use shadow::MatrixShadow;

/// The extension traits of all families, without names: a glob import must not hide a user's type.
pub mod rules {
    pub use super::cholesky::{CholeskyFactorRule as _, CholeskyRules as _};
    pub use super::construction::new_rules::*;
    pub use super::construction::{
        AssemblyRules as _, DynamicColumnsConstructionRules as _, DynamicConstructionRules as _,
        DynamicRowsConstructionRules as _, FromDiagonalRule as _, StaticConstructionRules as _,
    };
    pub use super::determinant::DeterminantRule as _;
    pub use super::elementwise::ElementwiseRules as _;
    pub use super::inverse::InverseRule as _;
    pub use super::lu::{LuFactorRule as _, LuRules as _};
    pub use super::product::ProductRules as _;
    pub use super::reduction::{ReductionRules as _, TraceRule as _};
    pub use super::shape::ShapeRules as _;
    pub use super::structure::{DiagonalRules as _, StructureRules as _};
}
