// `#[differentiate]` on a trait.

use pullback::differentiate;

#[differentiate]
trait Potential {
    fn energy(&self, r: f64) -> f64;
}

fn main() {}
