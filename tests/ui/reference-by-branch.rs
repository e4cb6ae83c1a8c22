// A reference to one place or another, as a branch decides.

use pullback::differentiate;

#[differentiate]
fn upwind(speed: f64, left: &[f64], right: &[f64]) -> f64 {
    let side = if speed > 0.0 { left } else { right };
    speed * (side[1] - side[0])
}

fn main() {}
