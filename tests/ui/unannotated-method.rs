// A call of a method that has no rules.

use pullback::{Differentiable, differentiate};

#[derive(Differentiable)]
struct Body {
    mass: f64,
    momentum: f64,
}

impl Body {
    fn speed(&self) -> f64 {
        self.momentum / self.mass
    }
}

#[differentiate]
fn kinetic_energy(body: &Body) -> f64 {
    0.5 * body.momentum * body.speed()
}

fn main() {}
