use crate::common::{check, check_rejects, check_single};
use pullback::differentiate;

/// For each function, inputs at which all its forms are compared with difference quotients.
macro_rules! table {
    ($($name:ident: $($x:literal),+;)+) => { $(
        mod $name {
            use super::*;

            #[differentiate]
            fn method(x: f64) -> f64 {
                x.$name()
            }

            #[differentiate]
            fn path(x: f64) -> f64 {
                f64::$name(x)
            }

            #[differentiate]
            fn single(x: f32) -> f32 {
                x.$name()
            }

            #[test]
            fn as_a_method() {
                $( check!(method($x)); )+
            }

            #[test]
            fn by_its_path() {
                $( check!(path($x)); )+
            }

            #[test]
            fn in_single_precision() {
                $( check_single!(single($x), |x| x[0].$name()); )+
            }

            #[test]
            fn negative_control() {
                $( check_rejects!(method($x)); )+
            }
        }
    )+ };
}

table! {
    sin: 0.6, -2.3, 4.1;
    cos: 0.6, -2.3, 4.1;
    tan: 0.6, -1.2, 2.5;
    asin: 0.6, -0.3;
    acos: 0.6, -0.3;
    atan: 0.6, -2.3;
    sinh: 0.6, -1.7;
    cosh: 0.6, -1.7;
    tanh: 0.6, -1.7;
    asinh: 0.6, -2.3;
    acosh: 1.6, 5.2;
    atanh: 0.6, -0.3;
    exp: 0.6, -2.3;
    exp2: 0.6, -2.3;
    exp_m1: 0.6, -2.3, 1e-3;
    ln: 0.6, 5.2;
    ln_1p: 0.6, -0.3, 1e-3;
    log2: 0.6, 5.2;
    log10: 0.6, 5.2;
    sqrt: 0.6, 5.2;
    cbrt: 0.6, -2.3;
    recip: 0.6, -2.3;
    abs: 0.6, -2.3;
    fract: 0.6, 5.2, -2.3;
    to_degrees: 0.6, -2.3;
    to_radians: 0.6, -2.3;
}
