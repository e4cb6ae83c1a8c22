use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn halved_until_small(x: f64, limit: f64) -> f64 {
    let mut y = x;
    while y > limit {
        y = y * y / (y + 1.0);
    }
    y * limit
}

#[test]
fn while_loop() {
    check!(halved_until_small(3.0, 0.6), halved_until_small(9.0, 0.6));
}

#[test]
fn while_loop_without_a_trip() {
    check!(halved_until_small(0.3, 0.6));
}

#[differentiate]
fn newton_square_root(x: f64) -> f64 {
    let mut y = x;
    let mut iterations = 0;
    while (y * y - x).abs() > 1e-12 && iterations < 20 {
        y = (y + x / y) / 2.0;
        iterations += 1;
    }
    y
}

#[test]
fn while_loop_with_two_conditions() {
    check!(newton_square_root(2.0), newton_square_root(0.3));
}

#[differentiate]
fn by_uneven_steps(x: &[f64]) -> f64 {
    let mut i = 0;
    let mut y = 1.0;
    while i < x.len() {
        y = y * x[i] + 0.5;
        i += if y > 1.0 { 2 } else { 1 };
        y = y.sin();
    }
    y
}

#[test]
fn while_loop_with_a_moving_index() {
    check!(by_uneven_steps(&[0.6, 1.4, 0.5, 0.8, 0.3]), by_uneven_steps(&[0.9, 1.4, 0.5]));
}

#[differentiate]
fn merged(x: &[f64], y: &[f64]) -> f64 {
    let (mut i, mut j) = (0, 0);
    let mut z = 0.5;
    while i < x.len() && j < y.len() {
        if x[i] < y[j] {
            z = z * z + x[i];
            i += 1;
        } else {
            z = z.sin() * y[j];
            j += 1;
        }
    }
    z
}

#[test]
fn while_loop_with_two_indices() {
    check!(merged(&[0.3, 0.7, 1.4], &[0.5, 0.6, 1.1]));
}

#[differentiate]
fn collapsed(x: &[f64]) -> f64 {
    let mut stack = x.to_vec();
    let mut y = 1.0;
    while let Some(top) = stack.pop() {
        y = y * top + top.sin();
        if top > 1.0 {
            stack.push(top / 2.0);
        }
    }
    y
}

#[test]
fn while_let() {
    check!(collapsed(&[0.6, 3.0, -0.5]));
}

#[differentiate]
fn first_large_power(x: f64) -> f64 {
    let mut power = x;
    loop {
        power *= x;
        if power > 10.0 {
            break;
        }
    }
    power
}

#[test]
fn endless_loop() {
    check!(first_large_power(1.7), first_large_power(4.0));
}

#[differentiate]
fn iterated_cosine(x: f64, y: f64) -> f64 {
    let mut z = x;
    let mut steps = 0;
    let fixed_point = loop {
        z = (z * y).cos();
        steps += 1;
        if steps == 5 {
            break z * x;
        }
        if z < 0.2 {
            break z.exp();
        }
    };
    fixed_point * y
}

#[test]
fn loop_with_a_value() {
    check!(iterated_cosine(0.6, 0.8), iterated_cosine(1.0, 1.5));
}

#[test]
fn negative_control() {
    check_rejects!(halved_until_small(9.0, 0.6), newton_square_root(2.0));
    check_rejects!(iterated_cosine(0.6, 0.8), collapsed(&[0.6, 3.0, -0.5]));
}
