//! What the transformation must know before it writes a derivative: types, activity, and what the reverse
//! sweep has to find again.

pub mod activity;
pub mod infer;
pub mod record;
