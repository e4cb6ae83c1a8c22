//! Type inference alone: which variables become real scalars, integers, sequences, and which stay open.

use super::{inferred, lowered};
use crate::ir::Func;

fn ty(func: &Func, name: &str) -> String {
    func.vars
        .iter()
        .find(|v| v.ident == name)
        .unwrap_or_else(|| panic!("no variable `{name}`"))
        .ty
        .to_string()
}

/// Each listed variable has the type beside it.
#[track_caller]
fn assert_types(source: &str, expected: &[(&str, &str)]) {
    let func = inferred(source);
    let found: Vec<(&str, String)> = expected.iter().map(|(name, _)| (*name, ty(&func, name))).collect();
    let expected: Vec<(&str, String)> = expected.iter().map(|(name, ty)| (*name, ty.to_string())).collect();
    assert_eq!(found, expected);
}

#[test]
fn signatures_and_literals_are_read() {
    assert_types(
        "fn f(x: f64, a: &[f32], m: [[f64; 3]; 2], k: &usize, p: &P, v: Vec<Option<f64>>, s: &str) -> f64 {
            let one = 1.0; let two = 2; let yes = true; let c = 'c'; x
        }",
        &[
            ("x", "f64"),
            ("a", "[f32]"),
            ("m", "[[f64; _]; _]"),
            ("k", "int"),
            ("p", "P"),
            ("v", "Vec<Option<f64>>"),
            ("s", "inert"),
            ("one", "real"),
            ("two", "int"),
            ("yes", "bool"),
            ("c", "inert"),
        ],
    );
}

#[test]
fn matrices_are_known_by_name() {
    assert_types(
        "fn f(a: &DMatrix<f64>, b: nalgebra::Vector3<f64>, c: Matrix2x3<f64>, d: MatrixOfMine) -> f64 { 0.0 }",
        &[("a", "matrix"), ("b", "matrix"), ("c", "matrix"), ("d", "MatrixOfMine")],
    );
}

#[test]
fn results_of_arithmetic_and_scalar_functions_are_real() {
    assert_types(
        "fn f(a: &[f64], n: usize) -> f64 {
            let p = a[0] * a[n]; let q = p.sin(); let r = (q, n); let s = r.0 + 1.0; let k = n + 1; s
        }",
        &[("p", "f64"), ("q", "f64"), ("s", "f64"), ("k", "int")],
    );
}

#[test]
fn a_cast_says_what_it_makes() {
    assert_types(
        "fn f(x: f64, n: usize) -> f64 { let r = n as f64; let i = x as i32; r * x }",
        &[("r", "f64"), ("i", "int")],
    );
}

#[test]
fn what_is_added_to_a_real_is_real() {
    assert_types(
        "fn f(x: f64) -> f64 { let y = g(x); let z = 2.0 * y; x + z }",
        &[("y", "f64"), ("z", "f64")],
    );
}

#[test]
fn the_result_type_reaches_back_through_variables() {
    let source = "fn f(p: &P) -> f64 { let a = g(p); let b = a * a; b }";
    assert_types(source, &[("a", "f64"), ("b", "f64")]);
    assert_types(&source.replace("f64", "Q"), &[("a", "?"), ("b", "?")]);
}

#[test]
fn elements_pushed_say_what_a_vector_holds() {
    assert_types(
        "fn f(x: f64) -> f64 { let mut v = Vec::new(); v.push(x * x); let y = v[0]; y }",
        &[("v", "Vec<f64>"), ("y", "f64")],
    );
}

#[test]
fn a_type_parameter_is_real_only_where_it_is_bounded() {
    assert_types("fn f<T: Real>(x: T) -> T { let y = x * x; y }", &[("x", "T"), ("y", "T")]);
    assert_types("fn f<T>(x: T) -> T where T: pullback::Real { let y = x * x; y }", &[("y", "T")]);
    let unbounded = "fn f<T: Clone>(x: T, y: f64) -> f64 { y }";
    assert!(!inferred(unbounded).vars[0].ty.is_real());
}

#[test]
fn before_inference_the_same_variable_is_open() {
    let source = "fn f(x: f64) -> f64 { let y = g(x); x + y }";
    assert_eq!(ty(&lowered(source), "y"), "?");
    assert_eq!(ty(&inferred(source), "y"), "f64");
}

#[test]
fn nothing_is_guessed_of_an_unknown_call() {
    assert_types("fn f(x: f64) -> f64 { let y = g(x); let z = h(&y); x }", &[("y", "?"), ("z", "?")]);
}
