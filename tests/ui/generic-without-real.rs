// A generic scalar without the bound `Real`.

use pullback::differentiate;
use std::ops::Mul;

#[differentiate]
fn square<T: Mul<Output = T> + Copy>(x: T) -> T {
    x * x
}

fn main() {}
