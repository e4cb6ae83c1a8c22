//! Where a call may stand and what may be passed.

use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};

#[differentiate]
fn f(x: f64, y: f64) -> f64 {
    x * y.sin()
}

#[differentiate]
fn mean(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in x {
        sum += v * v;
    }
    sum / x.len() as f64
}

#[differentiate]
fn nested_arguments(x: f64, y: f64) -> f64 {
    f(f(x, y), f(y, f(x, x))) + f(x + y, 2.0 * y)
}

#[test]
fn calls_as_arguments() {
    check!(nested_arguments(0.7, -1.2));
}

#[differentiate]
fn repeatedly(x: f64, y: f64, n: usize) -> f64 {
    let mut z = x;
    for i in 0..n {
        z = f(z, y) + f(y, z) * (i as f64);
    }
    z
}

#[test]
fn several_calls_in_a_loop() {
    check!(repeatedly(0.7, -1.2, const 0), repeatedly(0.7, -1.2, const 4));
}

#[differentiate]
fn in_branches(x: f64, y: f64) -> f64 {
    if x > 0.0 {
        f(x, y)
    } else if y > 0.0 {
        f(y, x) * x
    } else {
        x - y
    }
}

#[test]
fn calls_in_branches() {
    check!(in_branches(0.7, -1.2), in_branches(-0.7, 1.2), in_branches(-0.7, -1.2));
}

#[differentiate]
fn in_arms(x: f64, kind: u8) -> f64 {
    match kind {
        0 => f(x, 1.0),
        1 | 2 => f(2.0, x),
        n if n > 100 => f(x, x),
        _ => x,
    }
}

#[test]
fn calls_in_arms() {
    check!(in_arms(0.7, const 0), in_arms(0.7, const 2), in_arms(0.7, const 101), in_arms(0.7, const 3));
}

#[differentiate]
fn in_conditions(x: f64, y: f64) -> f64 {
    let mut z = x;
    while f(z, 1.0) < 2.0 {
        z += f(y, y) * f(y, y) + 0.5;
    }
    if f(z, y) > 0.0 && f(y, z) > 0.0 { z * y } else { z }
}

#[test]
fn calls_in_conditions() {
    check!(in_conditions(0.7, -1.2), in_conditions(0.7, 1.2));
}

#[differentiate]
#[allow(clippy::useless_vec, reason = "a temporary `Vec` is the subject")]
fn of_temporaries(x: f64, y: f64) -> f64 {
    mean(&[x, y, x * y]) * mean(&vec![x; 2]) + mean(&[f(x, y)])
}

#[test]
fn references_to_temporaries() {
    check!(of_temporaries(0.7, -1.2));
}

#[differentiate]
fn unused(x: f64, y: f64) -> f64 {
    let _ = f(x, y);
    let _unused = f(y, x);
    f(x, x);
    f(y, y)
}

#[test]
fn unused_results() {
    check!(unused(0.7, -1.2));
    assert_eq!(unused_grad(0.7, -1.2).0, 0.0);
}

#[differentiate]
fn pair(x: f64) -> (f64, f64) {
    (x.sin(), x.cos() * x)
}

#[differentiate]
fn part_of_a_result(x: f64) -> f64 {
    let (first, _) = pair(x);
    pair(first).1 * x
}

#[test]
fn part_of_a_result_used() {
    check!(part_of_a_result(0.7));
}

#[differentiate]
fn is_inside(x: f64, y: f64) -> bool {
    x * x + y * y < 1.0
}

#[differentiate]
fn cells(x: f64) -> usize {
    (x * 10.0) as usize
}

#[differentiate]
fn by_discrete_results(x: f64, y: f64) -> f64 {
    let weight = if is_inside(x, y) { 2.0 } else { 3.0 };
    weight * x * y + cells(x) as f64 * y
}

#[test]
fn callees_with_discrete_results() {
    check!(by_discrete_results(0.73, 0.2), by_discrete_results(0.73, 1.2));
}

#[differentiate]
fn tau() -> f64 {
    2.0 * std::f64::consts::PI
}

#[differentiate]
fn circumference(r: f64) -> f64 {
    tau() * r * r
}

#[test]
fn callee_without_parameters() {
    check!(circumference(0.7));
}

#[differentiate]
fn report(x: f64) {
    assert!(x < 100.0);
}

#[differentiate]
fn with_a_check(x: f64) -> f64 {
    report(x);
    let () = report(2.0 * x);
    x * x
}

#[test]
fn callee_without_a_result() {
    check!(with_a_check(0.7));
}

#[differentiate]
fn weighted(#[no_grad] weight: f64, x: f64, n: i32) -> f64 {
    weight * x.powi(n)
}

#[differentiate]
fn with_inactive_arguments(x: f64) -> f64 {
    weighted(x, x, 2) + weighted(2.0, x, if x > 0.0 { 3 } else { 1 })
}

#[test]
fn inactive_argument_of_a_callee() {
    // x · x², with the first factor held, and 2 x³.
    assert_eq!(with_inactive_arguments_grad(3.0), 2.0 * 9.0 + 6.0 * 9.0);
    assert_eq!(with_inactive_arguments_grad(-3.0), 2.0 * 9.0 + 2.0);
}

#[differentiate]
fn early(x: f64, v: &[f64]) -> f64 {
    for y in v {
        let z = f(x, *y);
        if z > 0.5 {
            return z * z;
        }
        if z < -0.5 {
            continue;
        }
        if *y == 0.0 {
            break;
        }
    }
    f(x, 0.3)
}

#[test]
fn calls_before_early_exits() {
    check!(early(1.4, &[0.1, -1.0, 1.3, 0.2]), early(1.4, &[0.1, -1.0]));
    assert_eq!(early::grad(1.4, &[0.0, 1.3]).1, [0.0; 2]);
}

#[differentiate]
fn three_deep(x: &[f64], y: f64) -> Vec<f64> {
    let mut result = Vec::new();
    for i in 0..x.len() {
        let head = mean(&x[..=i]);
        result.push(f(nested_arguments(head, y), repeatedly(x[i], head, i)));
    }
    result
}

#[test]
fn composition_three_deep() {
    check_vjp!(three_deep(&[0.4, -1.2, 0.9], 0.6));
}

#[differentiate]
fn through_operators(x: f64, y: f64) -> f64 {
    let mut z = -f(x, y);
    z += f(y, x);
    z *= f(x, x) / f(y, y).abs().max(0.1);
    z
}

#[test]
fn calls_as_operands() {
    check!(through_operators(0.7, -1.2));
}

#[differentiate]
fn shadowed(f: f64, mean: f64) -> f64 {
    let x = self::f(f, mean);
    let f = x * f;
    f * mean
}

#[test]
fn variables_named_like_functions() {
    check!(shadowed(0.7, -1.2));
}

#[test]
fn negative_control() {
    check_rejects!(nested_arguments(0.7, -1.2));
}
