// Two references that change places.

use pullback::differentiate;

#[differentiate]
fn diffuse<'a>(mut now: &'a mut [f64], mut next: &'a mut [f64], steps: usize) {
    for _ in 0..steps {
        for i in 1..now.len() - 1 {
            next[i] = 0.25 * now[i - 1] + 0.5 * now[i] + 0.25 * now[i + 1];
        }
        std::mem::swap(&mut now, &mut next);
    }
}

fn main() {}
