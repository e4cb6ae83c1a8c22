// `#[no_grad]` on a struct.

use pullback::no_grad;

#[no_grad]
struct Settings {
    tolerance: f64,
}

fn main() {}
