// State that outlives the call.

use pullback::differentiate;

static mut CALLS: u64 = 0;

#[differentiate]
fn counted_square(x: f64) -> f64 {
    unsafe { CALLS += 1 };
    x * x
}

fn main() {}
