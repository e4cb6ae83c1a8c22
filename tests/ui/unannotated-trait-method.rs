// A method of a user's trait, called on a generic parameter.

use pullback::differentiate;

trait Potential {
    fn energy(&self, r: f64) -> f64;
}

#[differentiate]
fn pair<P: Potential>(#[no_grad] potential: &P, r: f64) -> f64 {
    2.0 * potential.energy(r)
}

fn main() {}
