// A macro that is expanded only after the attribute has run.

use pullback::differentiate;

macro_rules! square {
    ($x:expr) => {
        $x * $x
    };
}

#[differentiate]
fn energy(stiffness: f64, x: f64) -> f64 {
    0.5 * stiffness * square!(x)
}

fn main() {}
