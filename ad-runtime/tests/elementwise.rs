//! The rules of entrywise methods.

#[macro_use]
mod common;

use ad_runtime::generated::rules::*;
use common::{Random, SHAPES};
use nalgebra::Vector3;

#[test]
fn dynamic_dimensions() {
    let random = &mut Random::new(1);
    for (rows, columns) in SHAPES {
        let pair =
            &(random.matrix(rows, columns), random.matrix(rows, columns).map(|z| z + 2.0 * z.signum()));
        check_binary!(random, pair, component_mul, component_mul__forward, component_mul__reverse);
        check_binary!(random, pair, component_div, component_div__forward, component_div__reverse);
        let pair = &(random.matrix(rows, columns), random.away_from_zero());
        check_scalar_argument!(random, pair, scale, scale__forward, scale__reverse);
        check_scalar_argument!(random, pair, unscale, unscale__forward, unscale__reverse);
        check_scalar_argument!(random, pair, add_scalar, add_scalar__forward, add_scalar__reverse);
        let x = &random.matrix(rows, columns).map(|x| x + 0.1 * x.signum());
        check_unary!(random, x, abs, abs__forward, abs__reverse);
        // the direction of a single number is its sign, which does not move
        if (rows, columns) != (1, 1) {
            check_unary!(random, x, normalize, normalize__forward, normalize__reverse);
        }
    }
}

#[test]
fn static_dimensions() {
    let random = &mut Random::new(2);
    let pair = &(random.fixed::<2, 3>(), random.fixed::<2, 3>().add_scalar(2.0));
    check_binary!(random, pair, component_mul, component_mul__forward, component_mul__reverse);
    check_binary!(random, pair, component_div, component_div__forward, component_div__reverse);
    let pair = &(random.fixed::<2, 3>(), 0.7);
    check_scalar_argument!(random, pair, scale, scale__forward, scale__reverse);
    check_scalar_argument!(random, pair, unscale, unscale__forward, unscale__reverse);
    check_scalar_argument!(random, pair, add_scalar, add_scalar__forward, add_scalar__reverse);
    check_unary!(random, &pair.0, abs, abs__forward, abs__reverse);
    check_unary!(random, &pair.0, normalize, normalize__forward, normalize__reverse);
}

#[test]
fn the_absolute_value_at_zero() {
    let x = Vector3::new(-2.0, 0.0, -0.0);
    let mut x_bar = Vector3::zeros();
    x.abs__reverse((), &mut x_bar, Vector3::repeat(1.0));
    assert_eq!(x_bar, Vector3::new(-1.0, 0.0, 0.0));
}

#[test]
fn constants() {
    let x = Vector3::new(1.0, 2.0, 4.0);
    let mut z_bar = Vector3::zeros();
    x.component_mul__reverse((), &mut (), &x, &mut z_bar, Vector3::repeat(1.0));
    assert_eq!(z_bar, x);
    assert_eq!(x.scale__reverse(2.0, &mut (), Vector3::repeat(1.0)), (7.0,));
}
