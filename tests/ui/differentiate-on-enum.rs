// `#[differentiate]` on an enum.

use pullback::differentiate;

#[differentiate]
enum Method {
    Euler,
    Midpoint,
}

fn main() {}
