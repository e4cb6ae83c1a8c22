// A value behind a lock.

use pullback::differentiate;
use std::sync::Mutex;

static GAIN: Mutex<f64> = Mutex::new(2.0);

#[differentiate]
fn amplify(x: f64) -> f64 {
    let gain = *GAIN.lock().unwrap();
    gain * x
}

fn main() {}
