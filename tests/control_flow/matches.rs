use crate::common::{check, check_in_place, check_rejects};
use pullback::differentiate;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Activation {
    Identity,
    Tanh,
    Power(i32),
    Clipped { below: i32, above: i32 },
}

#[differentiate]
fn legendre(x: f64, n: usize) -> f64 {
    match n {
        0 => x,
        1 => (3.0 * x * x - 1.0) / 2.0,
        2 => {
            let square = x * x;
            (5.0 * square - 3.0) * x / 2.0
        }
        _ => x.powi(n as i32),
    }
}

#[test]
fn on_integers() {
    check!(legendre(0.6, const 0), legendre(0.6, const 1), legendre(0.6, const 2), legendre(0.6, const 5));
}

const LAST: i32 = 20;

#[differentiate]
fn by_size(x: f64, n: i32) -> f64 {
    match n {
        i32::MIN..0 => -x.sin(),
        0 | 1 => x,
        small @ 2..=9 => x.powi(small),
        LAST => x.exp(),
        other => x / f64::from(other),
    }
}

#[test]
fn on_ranges_constants_and_alternatives() {
    check!(by_size(0.6, const -3), by_size(0.6, const 1), by_size(0.6, const 4));
    check!(by_size(0.6, const 20), by_size(0.6, const 30));
}

#[differentiate]
fn by_letter(x: f64, y: f64, op: char) -> f64 {
    match op {
        '+' => x * x + y,
        '-' => x - y * y,
        '*' | 'x' => x * y,
        _ => unreachable!("an operator"),
    }
}

#[test]
fn on_characters() {
    check!(by_letter(0.6, 1.4, const '+'), by_letter(0.6, 1.4, const '-'), by_letter(0.6, 1.4, const 'x'));
}

#[differentiate]
fn by_name(x: f64, y: f64, name: &str) -> f64 {
    match name {
        "product" => x * y,
        "quotient" => x / y,
        other => panic!("no operation is called {other}"),
    }
}

#[test]
fn on_strings() {
    check!(by_name(0.6, 1.4, const "product"), by_name(0.6, 1.4, const "quotient"));
}

#[differentiate]
fn by_flags(x: f64, y: f64, swap: bool) -> f64 {
    let (a, b) = match swap {
        true => (y, x),
        false => (x, y),
    };
    match (a > 1.0, b > 1.0) {
        (true, true) => a * b,
        (true, false) => a - b * b,
        (false, _) => a.exp() * b,
    }
}

#[test]
fn on_booleans_and_tuples_of_them() {
    check!(by_flags(1.6, 1.4, const false), by_flags(1.6, 0.4, const false));
    check!(by_flags(0.6, 1.4, const false), by_flags(0.6, 1.4, const true));
}

#[differentiate]
fn activated(x: f64, #[no_grad] activation: Activation) -> f64 {
    match activation {
        Activation::Identity => x,
        Activation::Tanh => x.tanh(),
        Activation::Power(n) if n < 0 => 1.0 / x.powi(-n),
        Activation::Power(n) => x.powi(n),
        Activation::Clipped { below, above } => {
            let y = x * x;
            if y < f64::from(below) {
                0.1 * y
            } else if y > f64::from(above) {
                0.2 * y
            } else {
                y
            }
        }
    }
}

#[test]
fn on_an_enum() {
    check!(activated(0.6, const Activation::Identity), activated(0.6, const Activation::Tanh));
    check!(activated(0.6, const Activation::Power(3)), activated(0.6, const Activation::Power(-2)));
    let clipped = Activation::Clipped { below: 1, above: 4 };
    check!(activated(0.6, const clipped), activated(1.6, const clipped), activated(2.6, const clipped));
}

#[differentiate]
fn by_sign(x: f64, y: f64) -> f64 {
    match x * y {
        product if product > 1.0 => product.ln() * x,
        product if product < 0.0 && x < y => product * product,
        product if product < 0.0 => product * x,
        product => product * y,
    }
}

#[test]
fn on_a_real_with_guards() {
    check!(by_sign(1.4, 1.2), by_sign(-0.6, 1.2), by_sign(0.6, -1.2), by_sign(0.6, 1.2));
}

#[differentiate]
fn of_a_pair(x: f64, y: f64, n: usize) -> f64 {
    match (x * y, y.sin(), n) {
        (a, _, 0) => a * a,
        (a, b, 1) => a * b,
        (a, b, n) if a > b => a - b * n as f64,
        (a, b, _) => a / b,
    }
}

#[test]
fn on_a_tuple_of_reals() {
    check!(of_a_pair(0.6, 1.4, const 0), of_a_pair(0.6, 1.4, const 1));
    check!(of_a_pair(1.6, 1.4, const 2), of_a_pair(0.6, 1.4, const 2));
}

#[differentiate]
fn accumulated(x: f64, y: f64, steps: &[i32]) -> f64 {
    let mut total = x;
    for step in steps {
        match step {
            0 => total *= y,
            1 => total += y * total,
            n if *n < 0 => {}
            n => {
                let power = total.powi(*n);
                total = power - y;
            }
        }
    }
    total
}

#[test]
fn as_statement() {
    check!(accumulated(0.6, 1.4, const &[0, 1, -1, 2, 0]), accumulated(0.6, 1.4, const &[3, 1]));
}

#[differentiate]
fn scaled_in_place(x: &mut [f64], pair: &mut (f64, f64)) {
    match x {
        [] => {}
        [only] => *only *= pair.0,
        [first, .., last] => {
            *first *= *last;
            *last = first.sin();
        }
    }
    let (a, b) = pair;
    *a *= *b;
    *b += *a;
}

#[test]
fn on_mutable_places() {
    check_in_place!(scaled_in_place(&mut [0.6], &mut (1.4, 0.8)));
    check_in_place!(scaled_in_place(&mut [0.6, 0.3, -0.5], &mut (1.4, 0.8)));
}

#[differentiate]
fn marked(x: f64, #[no_grad] activation: Activation) -> f64 {
    if matches!(activation, Activation::Power(n) if n > 1) { x * x } else { x.sin() }
}

#[test]
fn matches_as_a_condition() {
    check!(marked(0.6, const Activation::Power(2)), marked(0.6, const Activation::Tanh));
}

#[test]
fn negative_control() {
    check_rejects!(by_sign(1.4, 1.2), of_a_pair(1.6, 1.4, const 2), legendre(0.6, const 2));
}
