// A field that borrows: the cotangent of a struct owns its fields.

use pullback::Differentiable;

#[derive(Differentiable)]
struct Observations<'a> {
    scale: f64,
    values: &'a [f64],
}

fn main() {}
