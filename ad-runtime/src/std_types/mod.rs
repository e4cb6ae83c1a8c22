//! Cotangents of the types of the standard library.

mod constant;
mod option;
mod pointer;
mod sequence;
mod tuple;
