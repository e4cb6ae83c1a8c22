// `#[differentiate]` on a method of a trait: its derivative functions are no members of the trait.

use pullback::{Differentiable, differentiate};

trait Potential {
    fn energy(&self, r: &[f64]) -> f64;
}

#[derive(Differentiable)]
struct Spring {
    stiffness: f64,
}

impl Potential for Spring {
    #[differentiate]
    fn energy(&self, r: &[f64]) -> f64 {
        0.5 * self.stiffness * r[0] * r[0]
    }
}

fn main() {}
