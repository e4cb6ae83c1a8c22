// A boxed closure as a parameter.

use pullback::differentiate;

#[differentiate]
fn residual(model: Box<dyn Fn(f64) -> f64>, t: f64, y: f64) -> f64 {
    model(t) - y
}

fn main() {}
