//! The rules of products that are methods.

#[macro_use]
mod common;

use ad_runtime::generated::rules::*;
use common::{Random, SHAPES, check};

#[test]
fn transposed_products() {
    let random = &mut Random::new(1);
    for (rows, columns) in SHAPES {
        for inner in [1, 3, 8] {
            let pair = &(random.matrix(inner, rows), random.matrix(inner, columns));
            check_binary!(random, pair, tr_mul, tr_mul__forward, tr_mul__reverse);
        }
    }
    let x = &random.matrix(11, 11);
    check(
        random,
        x,
        |x| x.rows_with_step(0, 3, 1).clone_owned().tr_mul(&x.rows_with_step(3, 3, 1)),
        |x, seed, x_bar| {
            let (first, second) = (x.rows_with_step(0, 3, 1), x.rows_with_step(3, 3, 1));
            let mut first_bar = first.clone_owned() * 0.0;
            let mut second_bar = x_bar.rows_with_step_mut(3, 3, 1);
            first.tr_mul__reverse((), &mut first_bar, &second, &mut second_bar, seed);
            let mut x_bar = x_bar.rows_with_step_mut(0, 3, 1);
            x_bar += first_bar;
        },
    );
    let pair = &(random.fixed::<3, 2>(), random.fixed::<3, 4>());
    check_binary!(random, pair, tr_mul, tr_mul__forward, tr_mul__reverse);
}

#[test]
fn cross_products() {
    let random = &mut Random::new(2);
    let pair = &(random.fixed::<3, 1>(), random.fixed::<3, 1>());
    check_binary!(random, pair, cross, cross__forward, cross__reverse);
    let pair = &(random.fixed::<1, 3>(), random.fixed::<1, 3>());
    check_binary!(random, pair, cross, cross__forward, cross__reverse);
    let pair = &(random.vector(3), random.vector(3));
    check_binary!(random, pair, cross, cross__forward, cross__reverse);
}

#[test]
fn kronecker_products() {
    let random = &mut Random::new(3);
    for (rows, columns) in [(1, 1), (1, 3), (2, 2), (4, 3)] {
        let pair = &(random.matrix(rows, columns), random.matrix(2, 3));
        check_binary!(random, pair, kronecker, kronecker__forward, kronecker__reverse);
    }
    let pair = &(random.fixed::<2, 3>(), random.fixed::<3, 2>());
    check_binary!(random, pair, kronecker, kronecker__forward, kronecker__reverse);
}
