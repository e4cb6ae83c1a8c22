// `#[differentiate]` where `#[derive(Differentiable)]` is meant.

use pullback::differentiate;

#[differentiate]
struct Spring {
    stiffness: f64,
}

fn main() {}
