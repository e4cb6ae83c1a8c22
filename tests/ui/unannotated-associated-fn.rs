// A call of an associated function that has no rules.

use pullback::{Differentiable, differentiate};

#[derive(Differentiable)]
struct Circle {
    radius: f64,
}

impl Circle {
    fn with_area(area: f64) -> Circle {
        Circle { radius: (area / std::f64::consts::PI).sqrt() }
    }
}

#[differentiate]
fn diameter(area: f64) -> f64 {
    2.0 * Circle::with_area(area).radius
}

fn main() {}
