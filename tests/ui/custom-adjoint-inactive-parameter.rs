// An adjoint that returns a cotangent for a parameter marked `#[no_grad]`.

use pullback::custom_adjoint;

#[custom_adjoint(product_adjoint)]
fn product(#[no_grad] x: f64, y: f64) -> f64 {
    x * y
}

fn product_adjoint(x: f64, y: f64, _value: &f64, seed: f64) -> (f64, f64) {
    (y * seed, x * seed)
}

fn main() {}
