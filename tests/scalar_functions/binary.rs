use crate::common::{check, check_rejects, check_single};
use pullback::differentiate;

macro_rules! table {
    ($($name:ident: $(($x:literal, $y:literal)),+;)+) => { $(
        mod $name {
            use super::*;

            #[differentiate]
            fn method(x: f64, y: f64) -> f64 {
                x.$name(y)
            }

            #[differentiate]
            fn path(x: f64, y: f64) -> f64 {
                f64::$name(x, y)
            }

            #[differentiate]
            fn of_one_variable(x: f64) -> f64 {
                (x * x + 1.0).$name(x)
            }

            #[differentiate]
            fn single(x: f32, y: f32) -> f32 {
                x.$name(y)
            }

            #[test]
            fn as_a_method() {
                $( check!(method($x, $y)); )+
            }

            #[test]
            fn by_its_path() {
                $( check!(path($x, $y)); )+
            }

            #[test]
            fn of_one_variable_twice() {
                check!(of_one_variable(1.7), of_one_variable(0.6));
            }

            #[test]
            fn in_single_precision() {
                $( check_single!(single($x, $y), |x| x[0].$name(x[1])); )+
            }

            #[test]
            fn negative_control() {
                check_rejects!(of_one_variable(1.7), of_one_variable(0.6));
            }
        }
    )+ };
}

table! {
    powf: (0.6, 1.4), (1.6, -2.3), (1.6, 2.0);
    log: (0.6, 2.0), (5.2, 0.3);
    atan2: (0.6, 1.4), (0.6, -1.4), (-0.6, -1.4), (-0.6, 1.4), (1.4, 0.0);
    hypot: (0.6, 1.4), (-0.6, 1.4), (0.0, 1.4);
    max: (0.6, 1.4), (1.4, 0.6), (-0.6, -1.4);
    min: (0.6, 1.4), (1.4, 0.6), (-0.6, -1.4);
    copysign: (0.6, 1.4), (-0.6, 1.4), (0.6, -1.4), (-0.6, -1.4);
    rem_euclid: (5.2, 1.4), (-5.2, 1.4), (5.2, -1.4), (-5.2, -1.4);
    midpoint: (0.6, 1.4), (-0.6, 1.4);
}

#[differentiate]
fn remainder(x: f64, y: f64) -> f64 {
    x % y
}

#[differentiate]
fn single_remainder(x: f32, y: f32) -> f32 {
    x % y
}

#[test]
fn remainder_operator() {
    check!(remainder(5.2, 1.4), remainder(-5.2, 1.4), remainder(5.2, -1.4), remainder(-5.2, -1.4));
    check!(remainder(0.6, 1.4));
    check_single!(single_remainder(5.2, 1.4), |v| v[0] % v[1]);
}

#[differentiate]
fn euclidean_quotient(x: f64, y: f64) -> f64 {
    x.div_euclid(y)
}

#[differentiate]
fn scaled_by_a_quotient(x: f64, y: f64) -> f64 {
    x * y * x.div_euclid(y)
}

#[test]
fn div_euclid() {
    assert_eq!(euclidean_quotient::value_and_grad(5.2, 1.4), (3.0, (0.0, 0.0)));
    check!(scaled_by_a_quotient(5.2, 1.4), scaled_by_a_quotient(-5.2, 1.4));
}

#[differentiate]
fn with_constants(x: f64) -> f64 {
    x.max(0.5) * x.powf(2.5) + 2.0_f64.powf(x) + x.min(2.0).atan2(1.0) + f64::hypot(3.0, x) + x.log(3.0)
}

#[test]
fn with_one_constant_argument() {
    check!(with_constants(0.3), with_constants(0.8), with_constants(3.1));
}

#[differentiate]
fn even_power(x: f64) -> f64 {
    x.powf(2.0)
}

#[test]
fn power_of_a_negative_number() {
    check!(even_power(-1.5));
}
