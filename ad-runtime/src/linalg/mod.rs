//! Functions of linear algebra that nalgebra lacks, each differentiable.
//!
//! Beside every function stands a type of the same name, which holds its derivative rules: one `use`
//! brings both, and a call in a differentiated function finds the rules at the path of the function.

mod tridiagonal;

pub use tridiagonal::tridiagonal_solve;
