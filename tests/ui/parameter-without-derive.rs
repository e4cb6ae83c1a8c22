// A parameter of a struct that does not derive `Differentiable`.

use pullback::differentiate;

struct Body {
    mass: f64,
    speed: f64,
}

#[differentiate]
fn kinetic_energy(body: &Body) -> f64 {
    0.5 * body.mass * body.speed * body.speed
}

fn main() {}
