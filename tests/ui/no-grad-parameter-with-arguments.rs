// `#[no_grad]` on a parameter takes no arguments either.

use pullback::differentiate;

#[differentiate]
fn energy(#[no_grad(always)] stiffness: f64, x: f64) -> f64 {
    0.5 * stiffness * x * x
}

fn main() {}
