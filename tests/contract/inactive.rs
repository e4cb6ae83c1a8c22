//! Parameters that carry no derivative stand alone and have no place in `G`.

use std::ops::{Range, RangeInclusive};

use pullback::differentiate;

#[differentiate]
#[expect(clippy::too_many_arguments, reason = "one of each kind")]
fn of_every_kind(
    n: usize,
    x: f64,
    sign: i32,
    flag: bool,
    letter: char,
    name: &str,
    text: String,
    range: Range<usize>,
    inclusive: RangeInclusive<i32>,
) -> f64 {
    let count = name.len() + text.len() + range.len() + inclusive.count();
    let scale = if flag && letter == 'a' { n as f64 } else { f64::from(sign) };
    x * scale * count as f64
}

#[test]
fn plain_types() {
    type Parameters<G> =
        fn(usize, f64, i32, bool, char, &str, String, Range<usize>, RangeInclusive<i32>) -> G;
    let f_grad: Parameters<f64> = of_every_kind_grad;
    let grad: Parameters<f64> = of_every_kind::grad;
    let value_and_grad: Parameters<(f64, f64)> = of_every_kind::value_and_grad;
    let text = || String::from("de");
    assert_eq!(f_grad(2, 5.0, -1, true, 'a', "bc", text(), 0..3, 1..=2), 18.0);
    assert_eq!(grad(2, 5.0, -1, false, 'a', "bc", text(), 0..3, 1..=2), -9.0);
    assert_eq!(value_and_grad(2, 5.0, -1, true, 'a', "bc", text(), 0..3, 1..=2), (90.0, 18.0));

    let mut x_bar = 1.0;
    let value = of_every_kind::adjoint(2, 5.0, &mut x_bar, -1, true, 'a', "bc", text(), 0..3, 1..=2, 10.0);
    assert_eq!((value, x_bar), (90.0, 181.0));

    let (value, pullback) = of_every_kind::vjp(2, 5.0, -1, true, 'a', "bc", text(), 0..3, 1..=2);
    let gradient: f64 = pullback(10.0);
    assert_eq!((value, gradient), (90.0, 180.0));
}

#[differentiate]
fn of_compounds(
    x: f64,
    order: &[usize],
    names: Vec<String>,
    pairs: &[(i32, char)],
    table: [[u8; 2]; 2],
    maybe: Option<&str>,
    outcome: Result<usize, String>,
) -> f64 {
    let count = order.len() + names.len() + pairs.len() + usize::from(table[1][1]);
    let more = match maybe {
        Some(text) => text.len(),
        None => 0,
    };
    match outcome {
        Ok(n) => x * (count + more + n) as f64,
        Err(_) => x * (count + more) as f64,
    }
}

#[test]
fn compounds_of_them() {
    type Parameters<G> = fn(
        f64,
        &[usize],
        Vec<String>,
        &[(i32, char)],
        [[u8; 2]; 2],
        Option<&str>,
        Result<usize, String>,
    ) -> G;
    let f_grad: Parameters<f64> = of_compounds_grad;
    let value_and_grad: Parameters<(f64, f64)> = of_compounds::value_and_grad;
    let names = || vec![String::from("a")];
    assert_eq!(f_grad(5.0, &[1, 2], names(), &[(1, 'x')], [[0, 0], [0, 3]], Some("ab"), Ok(4)), 13.0);
    let outcome = Err(String::from("none"));
    assert_eq!(value_and_grad(5.0, &[], names(), &[], [[0; 2]; 2], None, outcome), (5.0, 1.0));
}

#[differentiate]
fn counting(x: f64, count: &mut usize, seen: &mut Vec<bool>) -> f64 {
    *count += 1;
    seen.push(x > 0.0);
    x * x
}

#[test]
fn mutable_references() {
    let f_grad: fn(f64, &mut usize, &mut Vec<bool>) -> f64 = counting_grad;
    let adjoint: fn(f64, &mut f64, &mut usize, &mut Vec<bool>, f64) -> f64 = counting::adjoint;
    let (mut count, mut seen, mut x_bar) = (1, vec![], 1.0);
    assert_eq!(f_grad(3.0, &mut count, &mut seen), 6.0);
    assert_eq!(adjoint(3.0, &mut x_bar, &mut count, &mut seen, 2.0), 9.0);
    assert_eq!((x_bar, count, seen), (13.0, 3, vec![true, true]));
}

struct Settings {
    scale: f64,
}

#[differentiate]
fn marked(#[no_grad] settings: &Settings, x: f64, #[no_grad] weights: &[f64], #[no_grad] y: f64) -> f64 {
    settings.scale * x * weights[0] * y
}

#[test]
fn marked_no_grad() {
    let f_grad: fn(&Settings, f64, &[f64], f64) -> f64 = marked_grad;
    let value_and_grad: fn(&Settings, f64, &[f64], f64) -> (f64, f64) = marked::value_and_grad;
    let adjoint: fn(&Settings, f64, &mut f64, &[f64], f64, f64) -> f64 = marked::adjoint;
    let settings = Settings { scale: 2.0 };
    assert_eq!(f_grad(&settings, 3.0, &[5.0], 7.0), 70.0);
    assert_eq!(value_and_grad(&settings, 3.0, &[5.0], 7.0), (210.0, 70.0));
    let mut x_bar = 1.0;
    assert_eq!(adjoint(&settings, 3.0, &mut x_bar, &[5.0], 7.0, 10.0), 210.0);
    assert_eq!(x_bar, 701.0);
}

#[differentiate]
fn constant(n: usize) -> f64 {
    n as f64 * 0.5
}

#[test]
fn no_active_parameter() {
    let f_grad: fn(usize) = constant_grad;
    let value_and_grad: fn(usize) -> (f64, ()) = constant::value_and_grad;
    let adjoint: fn(usize, f64) -> f64 = constant::adjoint;
    f_grad(3);
    assert_eq!((value_and_grad(3), adjoint(3, 1.0)), ((1.5, ()), 1.5));
}
