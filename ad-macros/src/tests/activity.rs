//! Activity alone: which variables carry a derivative.

use super::analysed;
use crate::ir::VarId;

/// The names of the active variables, in order of declaration.
fn active(source: &str) -> Vec<String> {
    let (func, activity) = analysed(source);
    let ids = (0..func.vars.len() as u32).map(VarId);
    ids.filter(|v| activity.is_active(*v)).map(|v| func.var(v).ident.to_string()).collect()
}

#[test]
fn what_lies_between_parameter_and_result_is_active() {
    assert_eq!(
        active("fn f(x: f64, y: f64) -> f64 { let a = x * y; let b = a.sin(); b }"),
        ["x", "y", "a", "b"]
    );
}

#[test]
fn what_the_result_does_not_depend_on_is_not() {
    assert_eq!(active("fn f(x: f64, y: f64) -> f64 { let dead = x.sin(); let a = x * x; a }"), ["x", "a"]);
}

#[test]
fn what_depends_on_no_parameter_is_not() {
    assert_eq!(
        active("fn f(x: f64) -> f64 { let two = 2.0; let four = two * two; let y = x * four; y }"),
        ["x", "y"]
    );
}

#[test]
fn integers_conditions_and_casts_to_integers_are_not() {
    assert_eq!(
        active("fn f(x: f64, n: usize) -> f64 { let i = x as usize + n; let c = x > 1.0; if c { x } else { i as f64 } }"),
        ["x", "value"]
    );
}

#[test]
fn step_functions_end_a_dependence() {
    assert_eq!(
        active("fn f(x: f64) -> f64 { let a = x.floor(); let b = x.signum(); let c = a * b; c }"),
        [""; 0]
    );
    assert_eq!(
        active("fn f(x: f64) -> f64 { let a = x.floor(); let b = x.abs(); let c = a * b; c }"),
        ["x", "b", "c"]
    );
}

#[test]
fn marks_make_constants() {
    let source = "fn f(x: f64, y: f64) -> f64 { let c = x * 2.0; let z = c * y; z }";
    assert_eq!(active(source), ["x", "y", "c", "z"]);
    assert_eq!(active(&source.replace("let c", "#[no_grad] let c")), ["y", "z"]);
    assert_eq!(active(&source.replace("y: f64", "#[no_grad] y: f64")), ["x", "c", "z"]);
    assert!(!active(&source.replace("x * 2.0", "stop_gradient(x)")).contains(&"c".to_string()));
}

#[test]
fn an_exclusive_parameter_is_a_result() {
    assert_eq!(
        active("fn f(x: f64, out: &mut f64, other: &[f64]) { let t = x * x; let dead = other[0] * x; *out = t; }"),
        ["x", "out", "t"]
    );
    assert_eq!(active("fn f(x: f64, out: &f64) { let t = x * x; }"), [""; 0]);
}

#[test]
fn a_loop_is_followed_until_nothing_changes() {
    // `c` depends on `x` only from the second iteration on, `d` from the third.
    let source = "fn f(x: f64, n: usize) -> f64 {
        let (mut b, mut c, mut d) = (0.0, 0.0, 0.0);
        for _ in 0..n { d = c; c = b; b = x; }
        d
    }";
    assert_eq!(active(source), ["x", "b", "c", "d"]);
    assert_eq!(active(&source.replace("b = x;", "b = 1.0;")), [""; 0]);
}

#[test]
fn an_unknown_result_of_a_call_is_active_and_a_length_is_not() {
    let found = active("fn f(x: &[f64]) -> f64 { let y = g(x); let n = x.len(); let z = h(&y, n); z }");
    assert_eq!(found, ["x", "y", "z"]);
}

#[test]
fn writing_one_element_makes_the_whole_active() {
    let source = "fn f(x: f64) -> f64 { let mut a = [0.0; 2]; a[0] = x; a[1] }";
    assert_eq!(active(source), ["x", "a"]);
    assert_eq!(active(&source.replace("a[0] = x", "a[0] = 3.0")), [""; 0]);
}
