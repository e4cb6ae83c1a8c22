//! Functions that call themselves and each other.

use pullback::differentiate;

use crate::common::{check, check_in_place, check_rejects, check_vjp};

#[differentiate]
fn power(x: f64, n: u32) -> f64 {
    if n == 0 { 1.0 } else { x * power(x, n - 1) }
}

#[test]
fn direct() {
    check!(power(1.3, const 1), power(1.3, const 5));
    assert_eq!(power_grad(1.3, 0), 0.0);
}

#[differentiate]
fn power_by_squaring(x: f64, n: u32) -> f64 {
    match n {
        0 => 1.0,
        n if n % 2 == 0 => {
            let root = power_by_squaring(x, n / 2);
            root * root
        }
        n => x * power_by_squaring(x, n - 1),
    }
}

#[test]
fn direct_in_two_arms() {
    check!(power_by_squaring(1.1, const 13));
}

#[differentiate]
fn binary(x: f64, y: f64, depth: usize) -> f64 {
    if depth == 0 {
        return x * y;
    }
    binary(x, y.sin(), depth - 1) + binary(y, 0.5 * x, depth - 1) * x
}

#[test]
fn two_calls_of_itself() {
    check!(binary(0.7, 1.2, const 0), binary(0.7, 1.2, const 4));
}

#[differentiate]
fn pairwise_product(x: &[f64]) -> f64 {
    match x.len() {
        0 => 1.0,
        1 => x[0],
        n => {
            let (left, right) = x.split_at(n / 2);
            pairwise_product(left) * pairwise_product(right)
        }
    }
}

#[test]
fn over_halves_of_a_slice() {
    check!(pairwise_product(&[0.4]), pairwise_product(&[0.4, -1.2, 0.9, 2.1, 1.4]));
}

#[differentiate]
fn transform(x: &mut [f64], angle: f64) {
    let n = x.len();
    if n < 2 {
        return;
    }
    let (left, right) = x.split_at_mut(n / 2);
    for i in 0..n / 2 {
        let (a, b) = (left[i], right[i]);
        left[i] = a + b * b;
        right[i] = (a - b) * angle.cos();
    }
    transform(left, 2.0 * angle);
    transform(right, 2.0 * angle);
}

#[test]
fn in_place_over_halves() {
    check_in_place!(transform(&mut [0.4, -1.2, 0.9, 2.1], 0.3));
}

#[differentiate]
fn polynomial(x: f64, n: usize) -> Vec<f64> {
    if n == 0 {
        return vec![1.0];
    }
    let mut values = polynomial(x, n - 1);
    let last = values[n - 1];
    values.push(last * x + values[0]);
    values
}

#[test]
fn returning_a_vec() {
    check_vjp!(polynomial(1.3, const 3));
}

#[differentiate]
fn simpson(a: f64, b: f64, k: f64, depth: usize) -> f64 {
    #[differentiate]
    fn integrand(x: f64, k: f64) -> f64 {
        (k * x).sin() / (1.0 + x * x)
    }

    #[differentiate]
    fn rule(a: f64, b: f64, k: f64) -> f64 {
        (b - a) / 6.0 * (integrand(a, k) + 4.0 * integrand(0.5 * (a + b), k) + integrand(b, k))
    }

    let middle = 0.5 * (a + b);
    let (whole, halves) = (rule(a, b, k), rule(a, middle, k) + rule(middle, b, k));
    if depth == 0 || (whole - halves).abs() < 1e-3 {
        halves
    } else {
        simpson(a, middle, k, depth - 1) + simpson(middle, b, k, depth - 1)
    }
}

#[test]
fn adaptive_quadrature() {
    check!(simpson(0.1, 2.7, 3.0, const 6));
}

#[differentiate]
fn newton(x: f64, target: f64, steps: usize) -> f64 {
    let next = x - (x * x - target) / (2.0 * x);
    if steps == 0 {
        return next;
    }
    newton(next, target, steps - 1)
}

#[test]
fn in_tail_position() {
    check!(newton(2.5, 3.0, const 0), newton(9.0, 3.0, const 2));
}

#[differentiate(boxed)]
fn even(x: f64, n: u32) -> f64 {
    if n == 0 { x } else { x * odd(x + 0.1, n - 1) }
}

#[differentiate]
fn odd(x: f64, n: u32) -> f64 {
    if n == 0 { x.sin() } else { x + even(x * 0.9, n - 1) }
}

#[test]
fn mutual() {
    check!(even(1.3, const 0), even(1.3, const 1), even(1.3, const 6), odd(1.3, const 5));
}

#[differentiate]
fn expression(x: &[f64], text: &[u8], place: &mut usize) -> f64 {
    let mut sum = term(x, text, place);
    while *place < text.len() && text[*place] == b'+' {
        *place += 1;
        sum += term(x, text, place);
    }
    sum
}

#[differentiate]
fn term(x: &[f64], text: &[u8], place: &mut usize) -> f64 {
    let mut product = factor(x, text, place);
    while *place < text.len() && text[*place] == b'*' {
        *place += 1;
        product *= factor(x, text, place);
    }
    product
}

#[differentiate(boxed)]
fn factor(x: &[f64], text: &[u8], place: &mut usize) -> f64 {
    let byte = text[*place];
    *place += 1;
    if byte == b'(' {
        let value = expression(x, text, place);
        *place += 1;
        value
    } else {
        x[(byte - b'a') as usize]
    }
}

#[differentiate]
fn evaluated(x: &[f64], text: &[u8]) -> f64 {
    let mut place = 0;
    expression(x, text, &mut place)
}

#[test]
fn mutual_among_three() {
    check!(
        evaluated(&[0.4, -1.2, 0.9], const b"a*(b+c)*a+b*c"),
        evaluated(&[0.4, -1.2, 0.9], const b"(a+(b*(c+a)))*a+b+c")
    );
}

#[differentiate(boxed)]
fn downwards(x: &mut [f64], n: usize) {
    if n > 0 {
        x[n] *= x[n - 1];
        upwards(x, n - 1);
    }
}

#[differentiate]
fn upwards(x: &mut [f64], n: usize) {
    if n > 0 {
        x[n - 1] += x[n].sin();
        downwards(x, n);
    }
}

#[test]
fn mutual_in_place() {
    check_in_place!(downwards(&mut [0.4, -1.2, 0.9, 2.1], const 3));
}

#[test]
fn negative_control() {
    check_rejects!(power(1.3, const 5), even(1.3, const 6));
}
