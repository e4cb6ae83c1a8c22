// What a trait object calls is not known when the derivative is generated.

use pullback::differentiate;

trait Potential {
    fn energy(&self, r: f64) -> f64;
}

#[differentiate]
fn pair(potential: &dyn Potential, r: f64) -> f64 {
    2.0 * potential.energy(r)
}

fn main() {}
