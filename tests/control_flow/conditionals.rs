use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn leaky_ramp(x: f64) -> f64 {
    if x > 0.0 { x * x } else { 0.1 * x }
}

#[test]
fn if_as_value() {
    check!(leaky_ramp(0.6), leaky_ramp(-0.6));
}

#[differentiate]
fn damped(x: f64, y: f64) -> f64 {
    let mut z = x * y;
    if z > 1.0 {
        z = 1.0 + (z - 1.0).sin();
    }
    z * x
}

#[test]
fn if_without_else() {
    check!(damped(1.4, 1.2), damped(0.4, 1.2));
}

#[differentiate]
fn updated_either_way(x: f64, y: f64) -> f64 {
    let mut a = x;
    let mut b = y;
    if a < b {
        a *= b;
        b = a.sin();
    } else {
        b *= b;
        a += b * y;
    }
    a * b
}

#[test]
fn if_as_statement() {
    check!(updated_either_way(0.6, 1.4), updated_either_way(1.4, 0.6));
}

#[differentiate]
fn four_pieces(x: f64) -> f64 {
    if x < -1.0 {
        x * x
    } else if x < 0.0 {
        x.exp()
    } else if x < 1.0 {
        x.sin() * x
    } else {
        1.0 / x
    }
}

#[test]
fn else_if() {
    check!(four_pieces(-1.5), four_pieces(-0.5), four_pieces(0.5), four_pieces(1.5));
}

#[differentiate]
fn quadrants(x: f64, y: f64) -> f64 {
    if x > 0.0 {
        let s = x.sqrt();
        if y > 0.0 { s * y } else { s - y * y }
    } else {
        if y > 0.0 { x * y * y } else { x.exp() * y }
    }
}

#[test]
fn nested_ifs() {
    check!(quadrants(0.6, 1.4), quadrants(0.6, -1.4), quadrants(-0.6, 1.4), quadrants(-0.6, -1.4));
}

#[differentiate]
fn branches_of_branches(x: f64, y: f64, flag: bool) -> f64 {
    let a = if flag { x } else { y };
    let b = if a > 1.0 { a * y } else { a + x };
    let sum = a + if b > 1.0 { b.ln() } else { b * b };
    sum * (if flag { b } else { 2.0 * a })
}

#[test]
fn branch_on_the_outcome_of_a_branch() {
    check!(branches_of_branches(0.6, 1.4, const true), branches_of_branches(0.6, 1.4, const false));
    check!(branches_of_branches(1.6, 0.3, const true), branches_of_branches(0.2, 0.3, const false));
}

#[differentiate]
fn switched_by_an_integer(x: f64, mode: u32) -> f64 {
    if mode == 0 {
        x.sin()
    } else if mode > 5 {
        x.cos()
    } else {
        x.tan()
    }
}

#[test]
fn condition_without_derivative() {
    check!(switched_by_an_integer(0.6, const 0), switched_by_an_integer(0.6, const 7));
    check!(switched_by_an_integer(0.6, const 3));
}

#[differentiate]
fn tuple_from_branches(x: f64, y: f64) -> f64 {
    let (a, n, b) = if x > y { (x * y, 2, y.exp()) } else { (y - x, 3, x) };
    a.powi(n) * b
}

#[test]
fn tuple_as_value() {
    check!(tuple_from_branches(1.4, 0.6), tuple_from_branches(0.6, 1.4));
}

#[differentiate]
fn vector_from_branches(x: f64, y: f64) -> f64 {
    let v = if x > y { vec![x * y, y] } else { vec![y, x, x * x] };
    v[0] * v[v.len() - 1]
}

#[test]
fn vector_as_value() {
    check!(vector_from_branches(1.4, 0.6), vector_from_branches(0.6, 1.4));
}

#[test]
fn negative_control() {
    check_rejects!(four_pieces(-1.5), quadrants(0.6, 1.4), updated_either_way(0.6, 1.4));
}
