// `#[no_grad]` takes no arguments: it is written on the parameter.

use pullback::no_grad;

#[no_grad(tolerance)]
fn close(x: f64, y: f64, tolerance: f64) -> bool {
    (x - y).abs() < tolerance
}

fn main() {}
