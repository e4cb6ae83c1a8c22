//! A gradient that belongs to another parameter must not pass.

use pullback::differentiate;

use crate::common::{Case, check, check_rejects};

#[differentiate]
fn ratio(x: f64, y: &[f64]) -> f64 {
    x / y[0] * y[1]
}

#[test]
fn altered_entries_are_rejected() {
    check!(ratio(3.0, &[2.0, 0.7]));
    check_rejects!(ratio(3.0, &[2.0, 0.7]));
}

#[test]
#[should_panic(expected = "by differences")]
fn parameters_in_another_order_are_rejected() {
    let case = Case::new("ratio", (3.0, vec![2.0, 0.7]), |(x, y): &mut (f64, Vec<f64>)| ratio(*x, y));
    case.grad(&|(x, y)| {
        let (x_bar, y_bar) = ratio_grad(*x, y);
        (y_bar, x_bar)
    });
}
