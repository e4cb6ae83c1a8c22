//! `Vec`: made, grown, shrunk, copied, moved.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_vjp};

const X: [f64; 4] = [0.4, -1.2, 0.9, 2.1];

#[differentiate]
fn literal(x: f64, y: f64) -> f64 {
    let v = vec![x, x * y, y.sin()];
    v[0] * v[1] + v[2]
}

#[test]
fn vec_literal() {
    check!(literal(0.7, 1.9));
}

#[differentiate]
fn repeated(x: f64, n: usize) -> f64 {
    let mut v = vec![x * x; n];
    v[0] *= x;
    let mut product = 1.0;
    for i in 0..v.len() {
        product *= v[i];
    }
    product
}

#[test]
fn vec_of_a_repeated_element() {
    check!(repeated(1.3, const 1), repeated(1.3, const 4));
}

#[differentiate]
#[allow(clippy::vec_init_then_push, reason = "`Vec::new` is the subject")]
fn new_and_push(x: f64) -> f64 {
    let mut v = Vec::new();
    v.push(x);
    v.push(x * v[0]);
    v.push(v[0] * v[1]);
    v[2] - v[0]
}

#[test]
fn vec_new_and_push() {
    check!(new_and_push(1.3));
}

#[differentiate]
fn with_capacity(x: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(x.len());
    let mut sum = 0.0;
    for v in x {
        sum += v * v;
        sums.push(sum);
    }
    sums
}

#[test]
fn vec_with_capacity_and_push_in_a_loop() {
    check_vjp!(with_capacity(&X));
}

#[differentiate]
fn conditional_push(x: &[f64]) -> f64 {
    let mut positive = vec![];
    for &v in x {
        if v > 0.0 {
            positive.push(v.ln());
        }
    }
    let mut product = 1.0;
    for i in 0..positive.len() {
        product *= positive[i];
    }
    product
}

#[test]
fn push_in_a_branch() {
    check!(conditional_push(&X), conditional_push(&[-1.0, 2.0]));
}

#[differentiate]
fn popped(x: f64, y: f64) -> f64 {
    let mut stack = vec![x, y, x * y];
    let top = stack.pop().unwrap();
    stack.push(top * top);
    let top = stack.pop().unwrap();
    let next = stack.pop().unwrap();
    top * next + stack[0]
}

#[test]
fn pop() {
    check!(popped(0.8, -1.4));
}

#[differentiate]
fn drained(x: &[f64]) -> f64 {
    let mut stack = x.to_vec();
    let mut sum = 1.0;
    while let Some(top) = stack.pop() {
        sum = sum * top + 1.0;
    }
    sum
}

#[test]
fn pop_until_empty() {
    check!(drained(&X));
}

#[differentiate]
fn calculator(x: f64, program: &[u8]) -> f64 {
    let mut stack = Vec::new();
    for &instruction in program {
        match instruction {
            b'x' => stack.push(x),
            b'+' => {
                let (b, a) = (stack.pop().unwrap(), stack.pop().unwrap());
                stack.push(a + b);
            }
            b'*' => {
                let (b, a) = (stack.pop().unwrap(), stack.pop().unwrap());
                stack.push(a * b);
            }
            _ => stack.push(f64::from(instruction)),
        }
    }
    stack.pop().unwrap()
}

#[test]
fn stack_machine() {
    check!(calculator(1.3, const b"xx*x+"), calculator(1.3, const b"xxx**x*"), calculator(0.1, const b"xA*"));
}

#[differentiate]
fn extended(x: &[f64], y: &[f64]) -> f64 {
    let mut all = x.to_vec();
    all.extend_from_slice(y);
    all.extend(x);
    all.extend([y[0] * y[0], x[0]]);
    let mut sum = 0.0;
    for i in 1..all.len() {
        sum += all[i - 1] * all[i];
    }
    sum
}

#[test]
fn extend() {
    check!(extended(&X, &[0.5, -0.7]));
}

#[differentiate]
fn cloned(x: Vec<f64>) -> f64 {
    let mut copy = x.clone();
    copy[0] *= x[1];
    copy[1] = copy[0].sin();
    copy[0] * x[0] + copy[1] * x[1]
}

#[test]
fn clone_is_independent() {
    check!(cloned(vec![0.6, 1.7]));
}

#[differentiate]
fn moved(x: Vec<f64>, scale: f64) -> Vec<f64> {
    let mut y = x;
    for v in y.iter_mut() {
        *v *= scale;
    }
    let mut z = y;
    z[0] *= z[1];
    z
}

#[test]
fn vec_moved_from_name_to_name() {
    check_vjp!(moved(vec![0.6, 1.7], 0.3));
}

#[differentiate]
fn assigned_anew(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    for _ in 0..3 {
        let mut next = vec![0.0; v.len()];
        for i in 0..v.len() {
            next[i] = v[i] * v[(i + 1) % v.len()];
        }
        v = next;
    }
    v[0] + v[1]
}

#[test]
fn vec_assigned_anew_in_a_loop() {
    check!(assigned_anew(&X));
}

#[differentiate]
fn cleared(x: &[f64]) -> f64 {
    let mut v = Vec::new();
    let mut sum = 0.0;
    for round in 0..3 {
        v.clear();
        for i in round..x.len() {
            v.push(x[i] * x[i]);
        }
        sum += v[0] * v[v.len() - 1];
    }
    sum
}

#[test]
fn clear_and_refill() {
    check!(cleared(&X));
}

#[differentiate]
fn exchanged(x: &[f64]) -> f64 {
    let mut v = x.to_vec();
    v.swap(0, 3);
    v[0] *= 2.0;
    v.swap(0, 1);
    v[0] * v[1] + v[3]
}

#[test]
fn vec_elements_swapped() {
    check!(exchanged(&X));
}

#[differentiate]
fn filled(x: f64, n: usize) -> f64 {
    let mut v = vec![0.0; n];
    v.fill(x);
    v[1] = v[0] * v[0];
    v[0] + v[1] + v[n - 1]
}

#[test]
fn vec_filled() {
    check!(filled(0.9, const 2), filled(0.9, const 3));
}

#[differentiate]
fn pieces(x: &[f64], n: usize) -> f64 {
    let v = if n > 0 { x.to_vec() } else { vec![1.0; 2] };
    if v.is_empty() { 0.0 } else { v[0] * v[v.len() - 1] / v.len() as f64 }
}

#[test]
fn vec_chosen_by_a_branch() {
    check!(pieces(&X, const 1));
    assert_eq!(pieces::value_and_grad(&[], 1), (0.0, vec![]));
    assert_eq!(pieces::value_and_grad(&X, 0), (0.5, vec![0.0; 4]));
}

#[differentiate]
fn of_pairs(x: &[f64]) -> f64 {
    let mut pairs = Vec::new();
    for i in 0..x.len() {
        pairs.push((x[i], x[i] * x[0]));
    }
    let mut sum = 0.0;
    for (a, b) in &pairs {
        sum += a * b;
    }
    sum + pairs[1].0 * pairs[2].1
}

#[test]
fn vec_of_tuples() {
    check!(of_pairs(&X));
}

#[differentiate]
fn of_indices(x: &[f64]) -> f64 {
    let mut positive = Vec::new();
    for i in 0..x.len() {
        if x[i] > 0.0 {
            positive.push(i);
        }
    }
    let mut product = 1.0;
    for &i in &positive {
        product *= x[i];
    }
    product
}

#[test]
fn vec_of_integers() {
    check!(of_indices(&X));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_clone_that_shares_its_shadow_is_rejected() {
    // With one shadow for `x` and `copy` the assignment to `copy[1]` loses what `x[1]` is owed.
    let wrong = |x: &[f64]| {
        let product = x[0] * x[1];
        vec![2.0 * product + x[1] * x[1] * product.cos(), 0.0]
    };
    check_gradient("cloned", |x| cloned(x.to_vec()), wrong, &[0.6, 1.7]);
}
