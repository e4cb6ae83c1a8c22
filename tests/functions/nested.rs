//! Functions defined inside functions.

use pullback::{differentiate, no_grad};

use crate::common::{check, check_rejects};

#[differentiate]
fn outer(x: f64) -> f64 {
    #[differentiate]
    fn inner(x: f64, y: f64) -> f64 {
        x * y.sin()
    }

    inner(x, 2.0) * inner(1.0, x)
}

#[test]
fn inside_a_differentiated_function() {
    check!(outer(0.7));
}

#[differentiate]
fn after_its_use(x: f64) -> f64 {
    let y = inner(x);
    return y * inner(y);

    #[differentiate]
    fn inner(x: f64) -> f64 {
        x.exp() - OFFSET
    }

    const OFFSET: f64 = 0.5;
}

#[test]
fn defined_after_its_use() {
    check!(after_its_use(0.7));
}

#[test]
fn inside_an_ordinary_function() {
    #[differentiate]
    fn local(x: f64, y: f64) -> f64 {
        x / y
    }

    assert_eq!(local_grad(3.0, 2.0), (0.5, -0.75));
    assert_eq!(local::value_and_grad(3.0, 2.0), (1.5, (0.5, -0.75)));
    check!(local(0.7, -1.2));
}

#[differentiate]
fn same_name(x: f64) -> f64 {
    #[differentiate]
    fn inside_an_ordinary_function(x: f64) -> f64 {
        2.0 * x * x
    }

    inside_an_ordinary_function(x) * x
}

#[test]
fn shadowing_an_outer_name() {
    check!(same_name(0.7));
}

#[differentiate]
fn two_levels(x: f64) -> f64 {
    #[differentiate]
    fn first(x: f64) -> f64 {
        #[differentiate]
        fn second(x: f64) -> f64 {
            x * x * x
        }

        second(x) + second(2.0 * x)
    }

    first(x).sin()
}

#[test]
fn two_levels_deep() {
    check!(two_levels(0.3));
}

#[differentiate]
fn with_a_constant_function(x: &[f64]) -> f64 {
    #[no_grad]
    fn largest(x: &[f64]) -> usize {
        let mut place = 0;
        for i in 0..x.len() {
            if x[i] > x[place] {
                place = i;
            }
        }
        place
    }

    let place = largest(x);
    x[place] * x[0]
}

#[test]
fn constant_function_inside() {
    check!(with_a_constant_function(&[0.4, 2.1, -1.2]));
}

#[differentiate]
fn in_a_block(x: f64) -> f64 {
    let y = {
        #[differentiate]
        fn helper(x: f64) -> f64 {
            x.cos() * x
        }

        helper(x) + 1.0
    };
    y * y
}

#[test]
fn inside_a_block() {
    check!(in_a_block(0.7));
}

#[test]
fn negative_control() {
    check_rejects!(outer(0.7));
}
