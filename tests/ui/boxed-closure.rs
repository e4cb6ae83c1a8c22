// A closure behind a trait object.

use pullback::differentiate;

#[differentiate]
fn work(stiffness: f64, x: f64) -> f64 {
    let force: &dyn Fn(f64) -> f64 = &move |x| stiffness * x;
    force(x) * x
}

fn main() {}
