//! `#[differentiate(crate = some::path)]`: the library under another name.

use crate::common::{check, check_rejects};

pub mod vendored {
    pub use pullback as ad;

    pub mod exports {
        pub use pullback::*;
    }
}

#[vendored::ad::differentiate(crate = crate::crate_path::vendored::ad)]
fn square(x: f64) -> f64 {
    x * x
}

#[vendored::exports::differentiate(crate = vendored::ad)]
fn by_a_relative_path(x: f64, y: f64) -> f64 {
    square(x) * y.sin()
}

#[pullback::differentiate(crate = ::pullback)]
fn by_the_root(x: f64, y: f64) -> f64 {
    by_a_relative_path(x, y) / x
}

#[test]
fn re_routed() {
    check!(square(0.7), by_a_relative_path(0.7, -1.2), by_the_root(0.7, -1.2));
}

#[pullback::differentiate(boxed, crate = self::vendored::ad)]
fn first(x: f64, n: u32) -> f64 {
    if n == 0 { x } else { x * second(x, n - 1) }
}

#[pullback::differentiate]
fn second(x: f64, n: u32) -> f64 {
    if n == 0 { x } else { x + first(x, n - 1) }
}

#[test]
fn together_with_another_argument() {
    check!(first(0.7, const 3));
}

mod without_the_name {
    //! Here `pullback` and `core` are something else.

    use super::vendored::exports as library;

    mod pullback {}
    mod core {}
    mod std {}

    #[library::differentiate(crate = library)]
    pub fn local(x: f64, v: &[f64]) -> f64 {
        let mut sum = 0.0;
        for v in v {
            sum += x * v * v;
        }
        sum
    }
}

#[test]
fn names_of_the_surroundings_do_not_matter() {
    use without_the_name::local;
    check!(local(0.7, &[0.4, -1.2]));
}

#[test]
fn negative_control() {
    check_rejects!(by_a_relative_path(0.7, -1.2));
}
