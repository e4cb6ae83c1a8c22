use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn sine_of_square(x: f64) -> f64 {
    let square = x * x;
    square.sin()
}

#[test]
fn let_binding() {
    check!(sine_of_square(0.7), sine_of_square(-1.3));
}

#[differentiate]
fn used_three_times(x: f64, y: f64) -> f64 {
    let product: f64 = x * y;
    product * product.cos() + product
}

#[test]
fn let_with_a_type() {
    check!(used_three_times(0.7, 1.2));
}

#[differentiate]
fn horner(x: f64) -> f64 {
    let mut value = 0.5;
    value = value * x - 1.5;
    value = value * x + 2.0;
    value * x
}

#[test]
fn let_mut() {
    check!(horner(0.8));
}

#[differentiate]
fn three_layers(x: f64, w: f64) -> f64 {
    let x = (w * x).tanh();
    let x = (w * x).tanh();
    let x = (w * x).tanh();
    x * w
}

#[test]
fn shadowing() {
    check!(three_layers(0.4, 1.1));
}

#[differentiate]
fn hidden_for_a_while(x: f64, y: f64) -> f64 {
    let inner = {
        let x = y.exp();
        let y = x * 2.0;
        x * y
    };
    inner * x + y
}

#[test]
fn shadowing_in_an_inner_scope() {
    check!(hidden_for_a_while(0.4, 0.3));
}

#[differentiate]
fn square_or_sine(x: f64) -> f64 {
    let value;
    let slope;
    if x > 0.0 {
        value = x * x;
        slope = 2.0 * value;
    } else {
        slope = x.cos();
        value = slope * x.sin();
    }
    value * slope
}

#[test]
fn deferred_initialisation() {
    check!(square_or_sine(0.9), square_or_sine(-0.9));
}

#[differentiate]
fn declared_ahead(x: f64, steps: usize) -> f64 {
    let (first, last): (f64, f64);
    let mut y = x;
    first = y.exp();
    for _ in 0..steps {
        y = y.sin();
    }
    last = y;
    first * last
}

#[test]
fn deferred_initialisation_of_a_tuple() {
    check!(declared_ahead(0.9, const 3));
}

#[differentiate]
fn evaluated_and_dropped(x: f64, y: f64) -> f64 {
    let _ = x.exp() * y;
    let _unused = y.sin();
    let (kept, _) = (x * y, x.ln());
    kept * kept
}

#[test]
fn wildcard_binds_nothing() {
    check!(evaluated_and_dropped(0.6, 1.4));
}

#[differentiate]
fn squared(mut x: f64, mut values: [f64; 2]) -> f64 {
    x *= x;
    values[0] *= x;
    values[0] * values[1]
}

#[test]
fn mutable_parameters_by_value() {
    check!(squared(0.6, [1.4, -0.5]));
}

#[differentiate]
fn conditional_tuple(x: f64, y: f64) -> f64 {
    let (large, small) = if x.abs() > y.abs() { (x, y) } else { (y, x) };
    large * large * small
}

#[test]
fn tuple_out_of_a_branch() {
    check!(conditional_tuple(2.0, 0.5), conditional_tuple(0.5, -2.0));
}

#[test]
fn negative_control() {
    check_rejects!(three_layers(0.4, 1.1), square_or_sine(-0.9), conditional_tuple(2.0, 0.5));
}
