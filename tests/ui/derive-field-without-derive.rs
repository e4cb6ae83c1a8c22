// A field of a struct that does not derive `Differentiable`.

use pullback::Differentiable;

struct Spring {
    stiffness: f64,
}

#[derive(Differentiable)]
struct Oscillator {
    mass: f64,
    spring: Spring,
}

fn main() {}
