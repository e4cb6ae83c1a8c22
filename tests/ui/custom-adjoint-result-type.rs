// An adjoint that returns an array where a tuple, one cotangent per active parameter, is due.

use pullback::custom_adjoint;

#[custom_adjoint(product_adjoint)]
fn product(x: f64, y: f64) -> f64 {
    x * y
}

fn product_adjoint(x: f64, y: f64, _value: &f64, seed: f64) -> [f64; 2] {
    [y * seed, x * seed]
}

fn main() {}
