//! Bindings: `let` in all its forms, patterns, references, assignment, and moves through `std::mem`.

#[path = "../common/mod.rs"]
mod common;

mod assignment;
mod lets;
mod memory;
mod patterns;
mod references;

use pullback::Differentiable;

#[derive(Clone, Copy, Debug, Differentiable)]
struct Point {
    x: f64,
    y: f64,
}

#[derive(Clone, Copy, Debug, Differentiable)]
struct Segment {
    from: Point,
    to: Point,
}

#[derive(Clone, Copy, Debug, Differentiable)]
struct Polar(f64, f64);
