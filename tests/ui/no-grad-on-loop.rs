// `#[no_grad]` on a statement that is not a `let`.

use pullback::differentiate;

#[differentiate]
fn square_root(x: f64) -> f64 {
    let mut root = x;
    #[no_grad]
    for _ in 0..5 {
        root = 0.5 * (root + x / root);
    }
    root
}

fn main() {}
