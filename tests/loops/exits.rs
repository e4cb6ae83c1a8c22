use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn until_large(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for value in x {
        sum += value * value;
        if sum > 1.0 {
            break;
        }
        sum *= 1.5;
    }
    sum
}

#[test]
fn break_out_of_a_for_loop() {
    check!(until_large(&[0.6, 0.4, 1.5, 0.8]), until_large(&[0.3, 0.2]), until_large(&[1.6, 0.4]));
}

#[differentiate]
fn positive_only(x: &[f64]) -> f64 {
    let mut y: f64 = 1.0;
    for value in x {
        if *value < 0.0 {
            continue;
        }
        y = y.sin() * value;
        if y > 0.5 {
            y *= y;
            continue;
        }
        y += value;
    }
    y
}

#[test]
fn continue_in_a_for_loop() {
    check!(positive_only(&[0.6, -0.4, 1.5, 0.8]), positive_only(&[1.2, 0.3]));
}

#[differentiate]
fn odd_powers(x: f64, y: f64) -> f64 {
    let mut k = 0;
    let mut sum = y;
    while k < 7 {
        k += 1;
        if k % 3 == 0 {
            continue;
        }
        if sum > 2.0 {
            break;
        }
        sum += x.powi(k) * sum;
    }
    sum
}

#[test]
fn break_and_continue_in_a_while_loop() {
    check!(odd_powers(0.6, 0.4), odd_powers(0.9, 0.8));
}

#[differentiate]
fn first_positive(x: &[f64]) -> f64 {
    for (i, value) in x.iter().enumerate() {
        if *value > 0.0 {
            return value * value * x[0] + i as f64;
        }
    }
    x[0] * x[1]
}

#[test]
fn return_out_of_a_loop() {
    check!(first_positive(&[0.6, 1.4]), first_positive(&[-0.6, 1.4]), first_positive(&[-0.6, -1.4]));
}

#[differentiate]
fn first_close_pair(x: &[f64]) -> f64 {
    let mut product = 1.0;
    for i in 0..x.len() {
        for j in 0..i {
            let distance = x[i] - x[j];
            if distance * distance < 0.1 {
                return product * distance;
            }
            product *= distance;
        }
        product += x[i];
    }
    product
}

#[test]
fn return_out_of_nested_loops() {
    check!(first_close_pair(&[0.6, 1.4, 0.5, 0.8]), first_close_pair(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn labelled(x: &[f64], y: &[f64]) -> f64 {
    let mut z = 1.0;
    'rows: for a in x {
        for b in y {
            if a * b < 0.0 {
                continue 'rows;
            }
            z = z * a + b;
            if z > 5.0 {
                break 'rows;
            }
            if z > 3.0 {
                break;
            }
        }
        z = z.cos() + a;
    }
    z
}

#[test]
fn labels() {
    check!(labelled(&[0.6, 1.4], &[0.7, 0.2]));
    check!(labelled(&[0.6, 1.4], &[0.7, -0.2]));
    check!(labelled(&[2.0, 0.4], &[2.5, 0.7]));
    check!(labelled(&[0.6, 1.4], &[5.5, 0.7]));
}

#[differentiate]
fn labelled_values(x: f64, y: f64) -> f64 {
    let mut z = x;
    let found = 'outer: loop {
        z *= y;
        let mut k = 0;
        loop {
            k += 1;
            if k > 3 {
                continue 'outer;
            }
            z += x / f64::from(k);
            if z > 8.0 {
                break 'outer z * x;
            }
            if z > 4.0 {
                break;
            }
        }
        z -= y;
    };
    found.ln()
}

#[test]
fn labelled_loop_with_a_value() {
    check!(labelled_values(0.6, 1.4), labelled_values(1.6, 1.4));
}

#[differentiate]
fn checked_product(x: &[f64]) -> Option<f64> {
    let mut product = 1.0;
    for value in x {
        product *= reciprocal(*value)?;
    }
    Some(product)
}

#[differentiate]
fn reciprocal(x: f64) -> Option<f64> {
    if x.abs() < 0.1 { None } else { Some(1.0 / x) }
}

#[differentiate]
fn product_or_first(x: &[f64]) -> f64 {
    match checked_product(x) {
        Some(product) => product,
        None => x[0] * x[0],
    }
}

#[test]
fn question_mark_in_a_loop() {
    check!(product_or_first(&[0.6, 1.4]), product_or_first(&[0.6, 0.04, 1.4]));
}

#[differentiate]
fn broken_in_a_match(x: &[f64], codes: &[u8]) -> f64 {
    let mut y = 1.0;
    for (value, code) in x.iter().zip(codes) {
        match code {
            0 => continue,
            1 => y *= value,
            2 => y = y.sin() + value,
            _ => break,
        }
        y += 0.5;
    }
    y
}

#[test]
fn exits_from_a_match() {
    check!(broken_in_a_match(&[0.6, 1.4, -0.5, 0.8], const &[1, 0, 2, 1]));
    check!(broken_in_a_match(&[0.6, 1.4, -0.5, 0.8], const &[2, 1, 9, 1]));
}

#[test]
fn negative_control() {
    check_rejects!(until_large(&[0.6, 0.4, 1.5]), positive_only(&[0.6, 1.5, 0.8]));
    check_rejects!(labelled(&[0.6, 1.4], &[0.7, 0.2]));
}
