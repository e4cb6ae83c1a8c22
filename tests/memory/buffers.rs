//! Scratch buffers: allocated once, overwritten over and over.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_vjp};

const X: [f64; 4] = [0.4, -1.2, 0.9, 2.1];

#[differentiate]
fn scratch_rewritten(x: &[f64]) -> f64 {
    let mut scratch = vec![0.0; x.len()];
    let mut sum = 0.0;
    for k in 1..4 {
        for i in 0..x.len() {
            scratch[i] = x[i] * k as f64 + x[(i + k) % x.len()];
        }
        for i in 0..x.len() {
            sum += scratch[i] * scratch[i] * scratch[0];
        }
    }
    sum
}

#[test]
fn rewritten_in_every_iteration() {
    check!(scratch_rewritten(&X));
}

#[differentiate]
fn scratch_zeroed(x: &[f64]) -> f64 {
    let mut scratch = [0.0; 4];
    let mut sum = 0.0;
    for k in 0..3 {
        scratch.fill(0.0);
        for i in 0..x.len() {
            scratch[(i + k) % 4] += x[i];
            scratch[k] += x[i] * x[i];
        }
        sum += scratch[0] * scratch[1] + scratch[2];
    }
    sum
}

#[test]
fn zeroed_and_accumulated_into() {
    check!(scratch_zeroed(&X));
}

#[differentiate]
fn scratch_carried(x: &[f64]) -> f64 {
    let mut scratch = vec![1.0; 2];
    let mut sum = 0.0;
    for i in 0..x.len() {
        // The other slot is what an earlier iteration left.
        scratch[i % 2] = x[i] * scratch[(i + 1) % 2];
        sum += scratch[0] * scratch[1];
    }
    sum
}

#[test]
fn partly_rewritten_in_every_iteration() {
    check!(scratch_carried(&X));
}

#[differentiate]
fn scratch_written_in_a_branch(x: &[f64]) -> f64 {
    let mut last_positive = 1.0;
    let mut sum = 0.0;
    for i in 0..x.len() {
        if x[i] > 0.0 {
            last_positive = x[i] * x[i];
        }
        sum += last_positive * x[i];
    }
    sum
}

#[test]
fn rewritten_in_a_branch() {
    check!(scratch_written_in_a_branch(&X));
}

#[differentiate]
fn softmax_into(x: &[f64], out: &mut [f64]) {
    let mut total = 0.0;
    for i in 0..x.len() {
        out[i] = x[i].exp();
        total += out[i];
    }
    for v in out.iter_mut() {
        *v /= total;
    }
}

#[differentiate]
fn scratch_handed_to_a_callee(x: &[f64], rounds: usize) -> f64 {
    let mut probabilities = vec![0.0; x.len()];
    let mut sum = 0.0;
    for k in 0..rounds {
        softmax_into(&x[..x.len() - k], &mut probabilities[k..]);
        sum += probabilities[k] * probabilities[x.len() - 1];
    }
    sum
}

#[test]
fn rewritten_by_a_callee() {
    check!(scratch_handed_to_a_callee(&X, const 1), scratch_handed_to_a_callee(&X, const 3));
}

#[differentiate]
fn scratch_parameter(x: &[f64], scratch: &mut [f64]) -> f64 {
    scratch.copy_from_slice(x);
    for i in 1..scratch.len() {
        scratch[i] *= scratch[i - 1];
    }
    scratch[scratch.len() - 1]
}

#[differentiate]
fn scratch_lent_twice(x: &[f64], y: &[f64]) -> f64 {
    let mut scratch = vec![0.0; x.len()];
    scratch_parameter(x, &mut scratch) * scratch_parameter(y, &mut scratch) + scratch[0]
}

#[test]
fn lent_to_two_calls_of_one_expression() {
    check!(scratch_lent_twice(&X, &[0.3, 1.1, 0.7, -0.5]));
}

#[differentiate]
fn network(layers: &[Vec<Vec<f64>>], x: &[f64]) -> Vec<f64> {
    let mut input = x.to_vec();
    for layer in layers {
        let mut output = vec![0.0; layer.len()];
        for i in 0..layer.len() {
            for j in 0..input.len() {
                output[i] += layer[i][j] * input[j];
            }
            output[i] = output[i].tanh();
        }
        input = output;
    }
    input
}

#[test]
fn layers_of_a_network() {
    let w1 = vec![vec![0.4, -1.2], vec![0.9, 2.1], vec![0.1, 0.2]];
    let w2 = vec![vec![0.3, 0.8, -0.6], vec![1.3, -0.4, 0.5]];
    check_vjp!(network(&vec![w1, w2], &[0.7, -0.2]));
}

#[differentiate]
fn ring(x: &[f64], capacity: usize) -> f64 {
    let mut ring = vec![0.5; capacity];
    let mut sum = 0.0;
    for (i, v) in x.iter().enumerate() {
        let slot = i % capacity;
        sum += ring[slot] * v;
        ring[slot] = v * ring[(slot + 1) % capacity];
    }
    sum
}

#[test]
fn ring_buffer() {
    check!(ring(&X, const 1), ring(&X, const 3));
}

#[differentiate]
fn binomials(x: f64, n: usize) -> f64 {
    let mut row = vec![0.0; n + 1];
    row[0] = 1.0;
    for _ in 0..n {
        for j in (1..=n).rev() {
            row[j] = row[j] * x + row[j - 1];
        }
        row[0] *= x;
    }
    row[n / 2] * row[0]
}

#[test]
fn one_row_updated_from_the_end() {
    check!(binomials(1.2, const 1), binomials(1.2, const 5));
}

#[test]
#[should_panic(expected = "by differences")]
fn the_last_contents_taken_for_all_iterations_are_rejected() {
    let f = |x: &[f64]| scratch_zeroed(&[x[0], -1.2, 0.9, 2.1]);
    // Only the third iteration, where `x[0]` goes to `scratch[2]`.
    check_gradient("scratch_zeroed", f, |x| vec![1.0 + 2.0 * x[0]], &[0.4]);
}
