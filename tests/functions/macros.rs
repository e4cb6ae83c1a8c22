//! Annotated functions produced by a user's `macro_rules!`.

use pullback::differentiate;

use crate::common::{check, check_rejects, check_vjp};

macro_rules! unary {
    ($($name:ident => $method:ident),* $(,)?) => {
        $(
            #[differentiate]
            fn $name(x: f64) -> f64 {
                x * x.$method()
            }
        )*
    };
}

unary! { times_sine => sin, times_exponential => exp, times_root => sqrt }

#[test]
fn names_and_methods() {
    check!(times_sine(0.7), times_exponential(0.7), times_root(0.7));
}

macro_rules! with_body {
    ($name:ident, |$x:ident| $body:expr) => {
        #[differentiate]
        fn $name($x: f64) -> f64 {
            let y = $x * $x;
            let inner = $body;
            2.0 * $body * inner + y
        }
    };
}

with_body!(of_x, |x| x.sin() + 1.0);
// The macro's own `y` and `inner` are not these.
with_body!(of_y, |y| y.sin() + 1.0);
with_body!(of_inner, |inner| inner.sin() + 1.0);

#[test]
fn hygiene_of_local_variables() {
    check!(of_x(0.7), of_y(0.7), of_inner(0.7));
    assert_eq!(of_x(0.7), of_y(0.7));
    assert_eq!(of_x::grad(0.7), of_y::grad(0.7));
    assert_eq!(of_x::grad(0.7), of_inner::grad(0.7));
}

macro_rules! shadowing {
    ($name:ident, $x:ident, $e:expr) => {
        #[differentiate]
        fn $name($x: f64) -> f64 {
            let x = 3.0 * $e;
            let $x = x * $x;
            $x * $e + x
        }
    };
}

shadowing!(shadowed, x, x * x);

#[test]
fn hygiene_of_shadowing() {
    check!(shadowed(0.7));
}

macro_rules! precedence {
    ($name:ident, $x:ident, $a:expr, $b:expr) => {
        #[differentiate]
        fn $name($x: f64) -> f64 {
            $a * $b - -$a / $b
        }
    };
}

precedence!(grouped, x, x + 1.0, x - 2.0);

#[test]
fn expressions_stay_grouped() {
    assert_eq!(grouped(1.0), -4.0);
    check!(grouped(0.7));
}

macro_rules! typed {
    ($name:ident, $scalar:ty, $elements:ty, $count:ty) => {
        #[differentiate]
        fn $name(x: $scalar, v: &$elements, n: $count) -> $scalar {
            x * v[n as usize]
        }
    };
}

typed!(of_types, f64, [f64], u8);

#[test]
fn types_from_the_macro() {
    check!(of_types(0.7, &[0.4, -1.2], const 1));
    let gradient: (f64, Vec<f64>) = of_types_grad(0.5, &[1.0, 2.0], 1);
    assert_eq!(gradient, (2.0, vec![0.0, 0.5]));
}

macro_rules! whole_item {
    ($function:item) => {
        $function
    };
}

whole_item! {
    #[differentiate]
    fn item(x: f64) -> f64 {
        x.cos() * x
    }
}

#[test]
fn item_passed_through() {
    check!(item(0.7));
}

macro_rules! by_tokens {
    ($name:ident ($($x:ident),*) $op:tt $block:block $pattern:pat => $literal:literal) => {
        #[differentiate]
        fn $name($($x: f64),*) -> f64 {
            let mut result = $block;
            $( result = 1.0 $op result $op $x; )*
            if let $pattern = Some(result) { result * $literal } else { 0.0 }
        }
    };
}

by_tokens!(tokens(a, b, c) * { 0.5 + 1.0 } Some(_) => 3.0);

#[test]
fn tokens_blocks_patterns_and_literals() {
    check!(tokens(0.4, -1.2, 0.9));
}

macro_rules! pair {
    ($inner:ident, $outer:ident) => {
        #[differentiate]
        fn $inner(x: f64, y: f64) -> f64 {
            x * y.exp()
        }

        #[differentiate]
        fn $outer(x: f64) -> f64 {
            let y = $inner(x, x);
            $inner(y, x) + $crate::macros::times_sine(y)
        }
    };
}

pair!(inner_of_pair, outer_of_pair);

#[test]
fn functions_calling_each_other() {
    check!(outer_of_pair(0.3));
}

macro_rules! fixed_name {
    ($body:block) => {
        #[differentiate]
        pub fn fixed(x: f64, v: &mut [f64]) -> f64 {
            for v in v.iter_mut() {
                *v *= x;
            }
            let scale = $body;
            scale * v[0]
        }
    };
}

mod fixed {
    use pullback::differentiate;

    fixed_name!({ 2.0 });
}

#[test]
fn name_given_by_the_macro() {
    use fixed::fixed;
    check!(fixed(0.7, &mut [0.4, -1.2]));
}

macro_rules! sized {
    ($($name:ident $n:literal)*) => {
        $(
            #[differentiate]
            fn $name(x: [f64; $n]) -> [f64; $n] {
                let mut y = [0.0; $n];
                for i in 0..$n {
                    y[i] = x[i] * x[($n - 1) - i];
                }
                y
            }
        )*
    };
}

sized! { of_two 2 of_three 3 }

#[test]
fn lengths_from_the_macro() {
    check_vjp!(of_two([0.4, -1.2]), of_three([0.4, -1.2, 0.9]));
}

#[test]
fn negative_control() {
    check_rejects!(of_x(0.7), shadowed(0.7));
}
