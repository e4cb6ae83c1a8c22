// Two calls without rules: a function and a method.

use pullback::{Differentiable, differentiate};

#[derive(Differentiable)]
struct Spring {
    stiffness: f64,
}

impl Spring {
    fn force(&self, x: f64) -> f64 {
        -self.stiffness * x
    }
}

fn damping(v: f64) -> f64 {
    -0.5 * v
}

#[differentiate]
fn acceleration(spring: &Spring, x: f64, v: f64) -> f64 {
    let own = spring.force(x);
    let friction = damping(v);
    own + friction
}

fn main() {}
