// A receiver that is a shared pointer.

use pullback::{Differentiable, differentiate};
use std::rc::Rc;

#[derive(Differentiable)]
struct Spring {
    stiffness: f64,
}

impl Spring {
    #[differentiate]
    fn energy(self: Rc<Self>, x: f64) -> f64 {
        0.5 * self.stiffness * x * x
    }
}

fn main() {}
