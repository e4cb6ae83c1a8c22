// References gathered in an array.

use pullback::differentiate;

#[differentiate]
fn upwind(speed: f64, left: &[f64], right: &[f64]) -> f64 {
    let sides = [left, right];
    speed * sides[usize::from(speed < 0.0)][0]
}

fn main() {}
