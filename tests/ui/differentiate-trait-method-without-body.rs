// `#[differentiate]` on a method that a trait only declares.

use pullback::differentiate;

trait Potential {
    #[differentiate]
    fn energy(&self, r: f64) -> f64;
}

fn main() {}
