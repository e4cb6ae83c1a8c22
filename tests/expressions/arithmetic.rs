use crate::common::{Case, check, check_rejects, check_single};
use pullback::differentiate;

#[differentiate]
fn four_operations(x: f64, y: f64) -> f64 {
    (x + y) * (x - y) / (x * y + 2.0)
}

#[test]
fn sum_difference_product_quotient() {
    check!(four_operations(0.6, 1.4), four_operations(-1.1, 0.3));
}

#[differentiate]
fn rational(x: f64, y: f64, z: f64) -> f64 {
    x / y / z - x / (y / z) + x * y - z - (y - x)
}

#[test]
fn precedence_and_association() {
    check!(rational(0.6, 1.4, -0.5));
}

#[differentiate]
fn negated(x: f64, y: f64) -> f64 {
    -x * -(y - x) - -y * y
}

#[test]
fn unary_minus() {
    check!(negated(0.6, 1.4));
}

#[differentiate]
fn fifth_power(x: f64) -> f64 {
    x * x * x * x * x
}

#[test]
fn one_variable_many_times() {
    check!(fifth_power(1.1), fifth_power(-0.4));
}

#[differentiate]
fn remainders(x: f64, y: f64) -> f64 {
    x % y + x * (y % 1.0)
}

#[test]
fn remainder() {
    check!(remainders(2.7, 1.2), remainders(-2.7, 1.2), remainders(2.7, -1.2));
}

#[differentiate]
fn nested(x: f64, y: f64) -> f64 {
    ((x * y.sin()).exp() + (1.0 + (x - y) * (x - y)).ln()).sqrt() / (1.0 + (-x * y).exp())
}

#[test]
fn deep_nesting() {
    check!(nested(0.6, 1.4), nested(-0.6, 0.2));
}

#[differentiate]
fn of_references(x: &f64, y: &f64) -> f64 {
    let product = x * y;
    product * *x - -y + 2.0 * x
}

#[test]
fn operands_by_reference() {
    check!(of_references(&0.6, &1.4));
}

#[differentiate]
fn with_integers(x: f64, n: i32, k: usize, offset: u8) -> f64 {
    let doubled = 2 * n - 1;
    let remainder = (k + 1) % 3;
    let bits = (offset >> 1 & 3) | 4;
    let sign = if (n ^ 1) & 1 == 0 { 1.0 } else { -1.0 };
    x.powi(doubled) * remainder as f64 + sign * x * f64::from(bits)
}

#[test]
fn integers_beside_reals() {
    check!(with_integers(1.3, const 2, const 4, const 7), with_integers(1.3, const -1, const 3, const 0));
}

#[differentiate]
fn with_flags(x: f64, y: f64, negate: bool) -> f64 {
    let ordered = x < y;
    let sign = if ordered ^ !negate { -1.0 } else { 1.0 };
    sign * x * y + f64::from(u8::from(ordered)) * x
}

#[test]
fn booleans_beside_reals() {
    check!(with_flags(0.6, 1.4, const true), with_flags(0.6, 1.4, const false));
    check!(with_flags(1.4, 0.6, const true));
}

#[differentiate]
fn number_of_larger(x: f64, y: f64, z: f64) -> f64 {
    let mut count = 1;
    if x > y {
        count += 1;
    }
    if x >= z {
        count += 2;
    }
    if x != y && y <= z && !(z == x) {
        count *= 3;
    }
    x.powi(count) * y
}

#[test]
fn comparisons() {
    check!(number_of_larger(0.6, 1.4, 2.0), number_of_larger(1.4, 0.6, 2.0));
    check!(number_of_larger(1.4, 2.0, 0.6), number_of_larger(2.0, 0.6, 1.4));
}

#[differentiate]
fn single_precision(x: f32, y: f32) -> f32 {
    let product = x * y;
    (product + 1.5) / (x - 2.0 * y) - product
}

#[test]
fn in_f32() {
    check_single!(single_precision(0.6, 1.4), |v| {
        let (x, y) = (v[0], v[1]);
        (x * y + 1.5) / (x - 2.0 * y) - x * y
    });
}

#[test]
fn negative_control() {
    check_rejects!(rational(0.6, 1.4, -0.5), nested(0.6, 1.4));
}

#[test]
#[should_panic(expected = "entry 0 of the gradient")]
fn negative_control_of_single_precision() {
    Case::new("square", (1.5_f32,), |(x,)| *x * *x)
        .against(|x| x[0] * x[0], 1e-5)
        .grad(&|(x,)| 1.9999_f32 * *x);
}

/// One unit in the last place is too much.
#[test]
#[should_panic(expected = "returns the value")]
fn negative_control_of_the_value() {
    Case::new("square", (1.5_f64,), |(x,)| *x * *x).value_and_grad(&|(x,)| ((*x * *x).next_up(), 2.0 * *x));
}

/// A shadow is added to, not overwritten.
#[test]
#[should_panic(expected = "adjoint, entry 0 of the gradient")]
fn negative_control_of_accumulation() {
    Case::new("square", (1.5,), |(x,)| *x * *x).adjoint(&|(x,), (x_bar,), seed| {
        *x_bar = 2.0 * *x * seed;
        *x * *x
    });
}

/// Zero is not close to a small derivative.
#[test]
#[should_panic(expected = "entry 1 of the gradient")]
fn negative_control_of_small_entries() {
    Case::new("sum", (1.5, 0.5), |(x, y)| *x + 1e-7 * *y).grad(&|_| (1.0, 0.0));
}
