use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn block_value(x: f64, y: f64) -> f64 {
    let product = {
        let sine = x.sin();
        let cosine = y.cos();
        sine * cosine
    };
    product * { x + y } + product
}

#[test]
fn block_as_value() {
    check!(block_value(0.6, 1.4));
}

#[differentiate]
fn changed_from_inside(x: f64, y: f64) -> f64 {
    let mut total = x * y;
    let factor = {
        total *= x;
        total.sin()
    };
    {
        total += factor * y;
    }
    total * factor
}

#[test]
fn block_that_assigns_outside() {
    check!(changed_from_inside(0.6, 1.4));
}

#[differentiate]
fn left_early(x: f64, y: f64) -> f64 {
    let value = 'choice: {
        if x < 0.0 {
            break 'choice x * x;
        }
        let root = x.sqrt();
        if root > y {
            break 'choice root * y;
        }
        root + y * y
    };
    value * y
}

#[test]
fn labelled_block() {
    check!(left_early(-0.6, 1.4), left_early(4.0, 1.4), left_early(0.6, 1.4));
}

#[differentiate]
fn with_a_helper(x: f64) -> f64 {
    #[differentiate]
    fn logistic(t: f64) -> f64 {
        1.0 / (1.0 + (-t).exp())
    }
    logistic(x) * logistic(2.0 * x)
}

#[test]
fn function_inside_a_function() {
    check!(with_a_helper(0.6));
}

#[differentiate]
fn with_an_import(x: f64) -> f64 {
    use std::f64::consts::FRAC_PI_2;
    (x * FRAC_PI_2).sin()
}

#[test]
fn import_inside_a_function() {
    check!(with_an_import(0.6));
}

#[differentiate]
fn guarded(x: &[f64], i: usize) -> f64 {
    assert!(i < x.len(), "index {i} out of {}", x.len());
    debug_assert!(x[i] > 0.0);
    assert_eq!(x.len(), 2);
    x[i].ln() * x[0]
}

#[test]
fn assertions() {
    check!(guarded(&[0.6, 1.4], const 1), guarded(&[0.6, 1.4], const 0));
}

#[test]
fn negative_control() {
    check_rejects!(changed_from_inside(0.6, 1.4), left_early(4.0, 1.4));
}
