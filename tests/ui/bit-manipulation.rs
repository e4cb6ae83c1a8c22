// The bits of an active number carry no derivative: never a silent zero.

use pullback::differentiate;

#[differentiate]
fn magnitude(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & !(1 << 63))
}

fn main() {}
