//! The rules of linear maps that move entries, and of dimensions.

#[macro_use]
mod common;

use ad_runtime::generated::rules::*;
use common::{ORDERS, Random, SHAPES, check};

#[test]
fn dynamic_dimensions() {
    let random = &mut Random::new(1);
    for (rows, columns) in SHAPES {
        let x = &random.matrix(rows, columns);
        check_unary!(random, x, transpose, transpose__forward, transpose__reverse);
        check_unary!(random, x, clone_owned, clone_owned__forward, clone_owned__reverse);
        check_unary!(random, x, into_owned, into_owned__forward, into_owned__reverse);
        check_unary!(random, x, lower_triangle, lower_triangle__forward, lower_triangle__reverse);
        check_unary!(random, x, upper_triangle, upper_triangle__forward, upper_triangle__reverse);
        check_unary!(random, x, row_sum, row_sum__forward, row_sum__reverse);
        check_unary!(random, x, column_sum, column_sum__forward, column_sum__reverse);
    }
    for order in ORDERS {
        let x = &random.matrix(order, order);
        check_unary!(random, x, diagonal, diagonal__forward, diagonal__reverse);
    }
}

#[test]
fn static_dimensions() {
    let random = &mut Random::new(2);
    let x = &random.fixed::<2, 3>();
    check_unary!(random, x, transpose, transpose__forward, transpose__reverse);
    check_unary!(random, x, clone_owned, clone_owned__forward, clone_owned__reverse);
    check_unary!(random, x, lower_triangle, lower_triangle__forward, lower_triangle__reverse);
    check_unary!(random, x, row_sum, row_sum__forward, row_sum__reverse);
    check_unary!(random, x, column_sum, column_sum__forward, column_sum__reverse);
    check_unary!(random, &random.fixed::<3, 3>(), diagonal, diagonal__forward, diagonal__reverse);
}

#[test]
fn views() {
    let random = &mut Random::new(3);
    let x = &random.matrix(6, 5);
    check(
        random,
        x,
        |x| x.view((1, 2), (4, 3)).transpose(),
        |x, seed, x_bar| {
            x.view((1, 2), (4, 3)).transpose__reverse((), &mut x_bar.view_mut((1, 2), (4, 3)), seed);
        },
    );
    check(
        random,
        x,
        |x| x.row(2).into_owned(),
        |x, seed, x_bar| x.row(2).into_owned__reverse((), &mut x_bar.row_mut(2), seed),
    );
}

#[test]
fn dimensions() {
    let x = Random::new(4).matrix(2, 3);
    let mut x_bar = x.clone();
    assert_eq!(x.nrows__forward(), (2, ()));
    assert_eq!(x.ncols__forward(), (3, ()));
    assert_eq!(x.len__forward(), (6, ()));
    assert_eq!(x.shape__forward(), ((2, 3), ()));
    assert_eq!(x.is_empty__forward(), (false, ()));
    assert_eq!(x.is_square__forward(), (false, ()));
    x.nrows__reverse((), &mut x_bar, ());
    x.shape__reverse((), &mut x_bar, ((), ()));
    assert_eq!(x_bar, x);
}
