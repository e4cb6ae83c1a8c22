//! `Option` as parameter, local and result.

use pullback::differentiate;

use crate::common::{Case, check, check_vjp};

#[differentiate]
fn by_match(x: f64, weight: Option<f64>) -> f64 {
    match weight {
        Some(w) => w * x * x,
        None => x,
    }
}

#[test]
fn option_matched() {
    check!(by_match(0.7, Some(1.9)), by_match(0.7, None));
}

#[differentiate]
fn by_if_let(x: f64, weight: Option<f64>) -> f64 {
    if let Some(w) = weight { w.sin() * x } else { x * x }
}

#[test]
fn option_by_if_let() {
    check!(by_if_let(0.7, Some(1.9)), by_if_let(0.7, None));
}

#[differentiate]
fn by_let_else(x: f64, weight: Option<f64>) -> f64 {
    let Some(w) = weight else {
        return x.exp();
    };
    w * x
}

#[test]
fn option_by_let_else() {
    check!(by_let_else(0.7, Some(1.9)), by_let_else(0.7, None));
}

#[differentiate]
fn by_question_mark(x: Option<f64>, y: Option<f64>) -> Option<f64> {
    Some(x? * y?.exp())
}

#[test]
fn option_by_question_mark() {
    check_vjp!(by_question_mark(Some(0.7), Some(1.9)));
    let (value, pullback) = by_question_mark::vjp(Some(0.7), None);
    assert_eq!((value, pullback(None)), (None, (Some(0.0), None)));
}

#[differentiate]
fn unwrapped(x: Option<f64>, y: Option<f64>) -> f64 {
    x.unwrap() * y.unwrap_or(3.0)
}

#[test]
fn option_unwrapped() {
    check!(unwrapped(Some(0.7), Some(1.9)), unwrapped(Some(0.7), None));
}

#[differentiate]
fn root(x: f64) -> Option<f64> {
    if x < 0.0 {
        return None;
    }
    Some(x.sqrt())
}

#[test]
fn option_returned() {
    check_vjp!(root(0.7));
    let (value, pullback) = root::vjp(-0.7);
    assert_eq!((value, pullback(None)), (None, 0.0));
}

#[differentiate]
fn first_root(x: &[f64]) -> f64 {
    for &x in x {
        if let Some(root) = root(x - 1.0) {
            return root * x;
        }
    }
    x[0]
}

#[test]
fn option_from_a_callee() {
    check!(first_root(&[0.4, 2.3, 5.0]), first_root(&[0.4, -1.0]), first_root(&[1.5]));
}

#[differentiate]
fn sum_of_roots(x: &[f64]) -> Option<f64> {
    let mut sum = 0.0;
    for v in x {
        sum += root(*v)?;
    }
    Some(sum * sum)
}

#[test]
fn question_mark_on_a_callee_in_a_loop() {
    check_vjp!(sum_of_roots(&[0.4, 2.3, 5.0]));
    assert_eq!(sum_of_roots::vjp(&[0.4, -2.3]).0, None);
}

#[differentiate]
fn tuple_inside(p: Option<(f64, f64)>, x: f64) -> f64 {
    match p {
        Some((a, b)) if a > 0.0 => a * b * x,
        Some((a, _)) => a * a * x,
        None => x,
    }
}

#[test]
fn option_of_a_tuple() {
    check!(
        tuple_inside(Some((0.3, 1.1)), 0.7),
        tuple_inside(Some((-0.3, 1.1)), 0.7),
        tuple_inside(None, 0.7)
    );
}

#[differentiate]
fn vec_inside(v: Option<Vec<f64>>, x: &[f64]) -> f64 {
    let v = match v {
        Some(v) => v,
        None => x.to_vec(),
    };
    v[0] * x[1] + v[1] * v[1]
}

#[test]
fn option_of_a_vec() {
    check!(vec_inside(Some(vec![0.3, 1.1]), &[0.5, 0.8]), vec_inside(None, &[0.5, 0.8]));
}

#[differentiate]
fn set_in_a_loop(x: &[f64]) -> f64 {
    let mut last = None;
    let mut sum = 0.0;
    for &v in x {
        if let Some(before) = last {
            sum += before * v;
        }
        last = Some(v * v);
    }
    sum
}

#[test]
fn option_set_in_a_loop() {
    check!(set_in_a_loop(&[0.4, -1.2, 0.9]));
}

#[differentiate]
fn of_an_integer(x: f64, n: Option<i32>) -> f64 {
    match n {
        Some(n) => x.powi(n),
        None => 2.0 * x,
    }
}

#[test]
fn option_without_a_derivative() {
    check!(of_an_integer(0.7, const Some(3)), of_an_integer(0.7, const None));
    assert_eq!(of_an_integer_grad(3.0, Some(2)), 6.0);
}

#[test]
fn shape_of_the_cotangent() {
    assert_eq!(by_match_grad(2.0, Some(3.0)), (12.0, Some(4.0)));
    assert_eq!(by_match_grad(2.0, None), (1.0, None));
}

#[test]
#[should_panic(expected = "by differences")]
fn the_other_branch_is_rejected() {
    let primal = |(x, w): &mut (f64, Option<f64>)| by_match(*x, *w);
    Case::new("by_match", (0.7, Some(1.9)), &primal).grad(&|_| (1.0, Some(0.0)));
}
