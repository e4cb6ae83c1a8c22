// A thread in a differentiated function.

use pullback::differentiate;

#[differentiate]
fn sine(x: f64) -> f64 {
    std::thread::spawn(move || x.sin()).join().unwrap()
}

fn main() {}
