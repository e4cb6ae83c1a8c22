//! Places named by any integer expression.

use pullback::{differentiate, no_grad};

use crate::common::{check, check_gradient, check_in_place};

const X: [f64; 5] = [0.4, -1.2, 0.9, 2.1, -0.3];

#[differentiate]
fn neighbours(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..x.len() - 1 {
        sum += x[i - 1] * x[i] * x[i + 1];
    }
    sum
}

#[test]
fn offset_of_the_loop_variable() {
    check!(neighbours(&X));
}

#[differentiate]
fn from_both_ends(x: &[f64]) -> f64 {
    let n = x.len();
    let mut sum = 0.0;
    for i in 0..n / 2 {
        sum += x[i] * x[n - 1 - i];
    }
    sum
}

#[test]
fn counted_from_the_end() {
    check!(from_both_ends(&X));
}

#[differentiate]
fn scrambled(x: &[f64]) -> f64 {
    let n = x.len();
    let mut sum = 0.0;
    for i in 0..2 * n {
        sum += x[(7 * i + 3) % n] * x[i / 2] * (i as f64);
    }
    sum
}

#[test]
fn product_remainder_and_quotient() {
    check!(scrambled(&X));
}

#[differentiate]
fn gathered(x: &[f64], order: &[usize]) -> f64 {
    let mut product = 1.0;
    for k in 0..order.len() {
        product *= x[order[k]] + 2.0;
    }
    product
}

#[test]
fn index_read_from_a_slice() {
    check!(gathered(&X, const &[3, 0, 0, 4]));
}

#[differentiate]
fn scattered(x: &[f64], bins: &[usize; 5]) -> f64 {
    let mut histogram = [0.0; 3];
    for (i, &bin) in bins.iter().enumerate() {
        histogram[bin] += x[i] * x[i];
    }
    histogram[0] * histogram[1] + histogram[2]
}

#[test]
fn accumulation_at_a_read_index() {
    check!(scattered(&X, const &[0, 2, 1, 0, 1]));
}

#[differentiate]
fn chosen(x: &[f64], last: bool) -> f64 {
    x[if last { x.len() - 1 } else { 0 }] * x[usize::from(last)] * x[1]
}

#[test]
fn index_from_a_condition() {
    check!(chosen(&X, const false), chosen(&X, const true));
}

#[differentiate]
fn by_sign(x: f64, table: &[f64; 2]) -> f64 {
    x * table[(x > 0.0) as usize]
}

#[test]
fn index_from_a_comparison_of_reals() {
    check!(by_sign(0.7, &[-2.0, 3.0]), by_sign(-0.7, &[-2.0, 3.0]));
}

#[differentiate]
fn of_other_types(x: &[f64], first: u32, offset: i64) -> f64 {
    x[first as usize] * x[(i64::from(first) + offset) as usize]
}

#[test]
fn index_cast_from_other_integers() {
    check!(of_other_types(&X, const 3, const -2));
}

#[differentiate]
fn clamped(x: &[f64], i: usize) -> f64 {
    let left = x[i.saturating_sub(1)];
    let right = x[(i + 1).min(x.len() - 1)];
    left * right - x[i] * x[i]
}

#[test]
fn index_by_integer_methods() {
    check!(clamped(&X, const 0), clamped(&X, const 2), clamped(&X, const 4));
}

#[differentiate]
fn row_major(grid: &[f64], columns: usize) -> f64 {
    let rows = grid.len() / columns;
    let mut sum = 0.0;
    for i in 0..rows {
        for j in 1..columns {
            let slope = grid[i * columns + j] - grid[i * columns + j - 1];
            sum += slope * slope;
        }
    }
    sum
}

#[test]
fn row_major_index() {
    check!(row_major(&[0.1, 0.5, -0.2, 0.9, 1.4, 0.3], const 3));
}

#[differentiate]
fn cell(x: f64, grid: &[f64]) -> f64 {
    let i = (x * (grid.len() - 1) as f64).floor() as usize;
    let weight = x * (grid.len() - 1) as f64 - i as f64;
    (1.0 - weight) * grid[i] + weight * grid[i + 1]
}

#[test]
fn index_computed_from_a_real() {
    check!(cell(0.3, &X), cell(0.9, &X));
}

#[no_grad]
fn advance(cursor: &mut usize) -> usize {
    *cursor += 1;
    *cursor - 1
}

#[differentiate]
fn with_side_effects(x: &mut [f64]) {
    let mut cursor = 0;
    x[advance(&mut cursor)] += x[advance(&mut cursor)] * x[advance(&mut cursor)];
    x[advance(&mut cursor)] *= x[0];
}

#[test]
fn index_with_side_effects() {
    // The right-hand side reads 0 and 1, and the place on the left is 2.
    let mut x = X;
    with_side_effects(&mut x);
    assert_eq!(x[2], X[2] + X[0] * X[1]);
    check_in_place!(with_side_effects(&mut X));
}

#[differentiate]
fn overwritten_index(x: &[f64]) -> f64 {
    let mut i = 0;
    let mut product = 1.0;
    while i < x.len() {
        product *= x[i];
        i = 2 * i + 1;
        product += x[i / 2];
    }
    product
}

#[test]
fn index_changed_between_two_reads() {
    check!(overwritten_index(&X));
}

#[differentiate]
fn written_at_an_overwritten_index(x: &mut [f64]) {
    let mut i = 0;
    for _ in 0..4 {
        x[i] = x[i] * x[(i + 1) % x.len()];
        i = (i + 3) % x.len();
    }
}

#[test]
fn index_of_a_write_changed_in_the_loop() {
    check_in_place!(written_at_an_overwritten_index(&mut X));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_neighbour_off_by_one_is_rejected() {
    let wrong = |x: &[f64]| {
        let mut shifted = vec![0.0; x.len()];
        for i in 1..x.len() - 1 {
            shifted[i - 1] += x[i - 1] * x[i + 1];
            shifted[i] += x[i] * x[i + 1];
            shifted[i + 1] += x[i - 1] * x[i];
        }
        shifted
    };
    check_gradient("neighbours", neighbours, wrong, &X);
}
