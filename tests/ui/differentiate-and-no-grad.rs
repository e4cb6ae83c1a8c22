// A function that is to be differentiated and to count as a constant.

use pullback::*;

#[differentiate]
#[no_grad]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {}
