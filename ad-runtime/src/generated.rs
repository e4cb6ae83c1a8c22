//! What generated code names. Not part of the public interface.

pub use crate::__perturb as perturb;
pub use crate::__scratch as scratch;
pub use crate::add_to::AddTo;
pub use crate::differentiable::{Cotangent, Differentiable, Extent};
pub use crate::functions::{
    Either, FixedRecord, Stacked, accumulate, accumulate_cast, accumulate_entries, accumulate_slice,
    array_like, items, keep, lit, lit_like, nth_of_range, popped, range_len, resized, set_zero,
    stop_gradient, sum_entries, take, unpop, unpush, wrapped, zero, zero_array,
};
pub use crate::linalg;
pub use crate::ops::{self, Operand, operand};
pub use crate::perturb::{Perturb, Probe, ProbeNothing, ProbePerturb};
pub use crate::real::Real;
pub use crate::scratch::{Scratch, ScratchCotangent, ScratchUnit};
pub use crate::shape::{check_len, check_shadow};

/// The extension traits that hold the rules of methods, for a glob import.
pub mod rules {
    pub use crate::matrix::rules::*;
}
