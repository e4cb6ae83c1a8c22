use crate::common::{check, check_rejects, check_single};
use pullback::differentiate;

/// Functions without slope: a zero gradient, and no contribution to a product.
macro_rules! table {
    ($($name:ident)+) => { $(
        mod $name {
            use super::*;

            #[differentiate]
            fn alone(x: f64) -> f64 {
                x.$name()
            }

            #[differentiate]
            fn in_a_product(x: f64) -> f64 {
                x * x.$name() + f64::$name(x)
            }

            #[differentiate]
            fn single(x: f32) -> f32 {
                x * x.$name()
            }

            #[test]
            fn has_no_slope() {
                for x in [2.7, 1.2, -0.8, -2.4, 0.0, 1.0, 2.5, -3.0] {
                    assert_eq!(alone::value_and_grad(x), (x.$name(), 0.0), "at {x}");
                }
            }

            #[test]
            fn is_a_factor() {
                check!(in_a_product(2.7), in_a_product(1.2), in_a_product(-1.8), in_a_product(-2.4));
            }

            #[test]
            fn in_single_precision() {
                check_single!(single(2.7), |x| x[0] * x[0].$name());
                check_single!(single(-1.8), |x| x[0] * x[0].$name());
            }

            #[test]
            fn negative_control() {
                check_rejects!(in_a_product(2.7), in_a_product(-1.8));
            }
        }
    )+ };
}

table! { signum floor ceil round trunc round_ties_even }
