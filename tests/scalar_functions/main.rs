//! Every differentiable function of `f64` and `f32` in the standard library: as a method and by its path,
//! in double and in single precision, on both sides of its kinks, and what holds on the kinks.

#[path = "../common/mod.rs"]
mod common;

mod binary;
mod kinks;
mod others;
mod piecewise_constant;
mod unary;
