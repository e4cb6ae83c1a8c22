// A call of a function of another language.

use pullback::differentiate;

unsafe extern "C" {
    safe fn cbrt(x: f64) -> f64;
}

#[differentiate]
fn radius(volume: f64) -> f64 {
    cbrt(0.75 * volume / std::f64::consts::PI)
}

fn main() {}
