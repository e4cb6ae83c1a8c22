use crate::common::{check, check_in_place, check_rejects};
use pullback::differentiate;

#[differentiate]
fn guard_clauses(x: f64, y: f64) -> f64 {
    if x < 0.0 {
        return x * y;
    }
    let root = x.sqrt();
    if root > y {
        return root * root * y;
    }
    root * y.exp()
}

#[test]
fn early() {
    check!(guard_clauses(-0.6, 1.4), guard_clauses(4.0, 1.4), guard_clauses(0.6, 1.4));
}

#[differentiate]
fn from_the_depths(x: f64, y: f64, n: u32) -> f64 {
    let mut z = x * y;
    if n > 0 {
        z *= x;
        if n > 1 {
            z = z.sin();
            if z > 0.5 {
                return z * y;
            }
            z += x;
        } else {
            z -= y;
        }
        z *= z;
    }
    z * x
}

#[test]
fn from_nested_blocks() {
    check!(from_the_depths(0.6, 1.4, const 0), from_the_depths(0.6, 1.4, const 1));
    check!(from_the_depths(0.6, 1.4, const 2), from_the_depths(0.9, 1.4, const 2));
}

#[differentiate]
fn out_of_a_match(x: f64, n: u32) -> f64 {
    let factor = match n {
        0 => return x,
        1 => x.sin(),
        _ => {
            let y = x * x;
            if y > 1.0 {
                return y;
            }
            y * x
        }
    };
    factor * x
}

#[test]
fn from_a_match_arm() {
    check!(out_of_a_match(0.6, const 0), out_of_a_match(0.6, const 1));
    check!(out_of_a_match(0.6, const 2), out_of_a_match(1.6, const 2));
}

#[differentiate]
fn inside_an_expression(x: f64, y: f64) -> f64 {
    let product = x * if y > 1.0 { y } else { return x * x };
    product * y
}

#[test]
fn from_inside_an_expression() {
    check!(inside_an_expression(0.6, 1.4), inside_an_expression(0.6, 0.4));
}

#[differentiate]
#[allow(clippy::needless_return)]
fn at_the_end(x: f64, y: f64) -> f64 {
    let product = x * y;
    return product * product.cos();
}

#[test]
fn as_last_statement() {
    check!(at_the_end(0.6, 1.4));
}

#[differentiate]
fn clipped(x: &mut [f64], limit: f64) {
    x[0] *= limit;
    if x[0] > 1.0 {
        x[0] = 1.0;
        return;
    }
    x[1] *= x[0];
}

#[test]
fn without_a_value() {
    check_in_place!(clipped(&mut [0.6, 1.4], 0.9), clipped(&mut [1.6, 1.4], 0.9));
}

#[differentiate]
#[allow(clippy::needless_return)]
fn in_both_arms(x: f64) -> f64 {
    if x > 1.0 {
        return x.ln();
    } else {
        return x * x;
    }
}

#[test]
fn on_every_path() {
    check!(in_both_arms(0.6), in_both_arms(1.6));
}

#[test]
fn negative_control() {
    check_rejects!(guard_clauses(4.0, 1.4), from_the_depths(0.9, 1.4, const 2));
}
