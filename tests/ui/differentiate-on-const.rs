// `#[differentiate]` on a constant.

use pullback::differentiate;

#[differentiate]
const GRAVITY: f64 = 9.81;

fn main() {
    println!("{GRAVITY}");
}
