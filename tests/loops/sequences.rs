use crate::common::{Case, check, check_in_place, check_rejects, check_single};
use pullback::differentiate;

#[differentiate]
fn sum_of_squares(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for value in x {
        sum += value * value;
    }
    sum
}

#[test]
fn slice() {
    check!(sum_of_squares(&[0.6, 1.4, -0.5]));
    assert_eq!(sum_of_squares::value_and_grad(&[]), (0.0, vec![]));
}

#[differentiate]
fn compounded(x: &[f64]) -> f64 {
    let mut y = 1.0;
    for &value in x.iter() {
        y = (y * value).sin() + value;
    }
    y
}

#[test]
fn iter() {
    check!(compounded(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn over_references(array: &[f64; 3], vector: &Vec<f64>, tuple: &(f64, f64)) -> f64 {
    let mut y = tuple.0;
    for a in array {
        y *= a;
    }
    for v in vector {
        y += v * tuple.1 * y;
    }
    y
}

#[test]
fn references_to_arrays_and_vectors() {
    check!(over_references(&[0.6, 1.4, -0.5], &vec![0.8, 0.3], &(1.1, 0.9)));
}

#[differentiate]
fn by_value(array: [f64; 3], vector: Vec<f64>) -> f64 {
    let mut y = 1.0;
    for a in array {
        y *= a;
    }
    for v in vector {
        y = y.cos() * v;
    }
    y
}

#[test]
fn arrays_and_vectors_by_value() {
    check!(by_value([0.6, 1.4, -0.5], vec![0.8, 0.3]));
}

#[differentiate]
fn into_iterators(array: [f64; 3], vector: Vec<f64>) -> f64 {
    let mut y = 1.0;
    for a in array.into_iter().rev() {
        y = y * a + 0.7;
    }
    for v in vector.into_iter() {
        y *= v;
    }
    y
}

#[test]
fn into_iter() {
    check!(into_iterators([0.6, 1.4, -0.5], vec![0.8, 0.3]));
}

#[differentiate]
fn damped_in_place(x: &mut [f64], factor: f64) {
    for value in x.iter_mut() {
        *value *= value.sin() * factor;
    }
}

#[test]
fn iter_mut() {
    check_in_place!(damped_in_place(&mut [0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn over_mutable_references(x: &mut [f64], array: &mut [f64; 2], vector: &mut Vec<f64>) {
    for value in x {
        *value = value.sin();
    }
    for value in &mut *array {
        *value += array_factor(*value);
    }
    for value in vector.iter_mut() {
        *value *= array[0];
    }
    for value in vector {
        *value += array[1];
    }
}

#[differentiate]
fn array_factor(x: f64) -> f64 {
    x.exp()
}

#[test]
fn mutable_references_to_slices_arrays_and_vectors() {
    check_in_place!(over_mutable_references(&mut [0.6, 1.4, -0.5], &mut [0.8, 0.3], &mut vec![1.1, 0.9]));
}

#[differentiate]
fn over_locals(x: &[f64], s: f64) -> f64 {
    let mut copy = x.to_vec();
    for value in &mut copy {
        *value *= s;
    }
    let mut y = 1.0;
    for value in &copy {
        y = y * value + s;
    }
    for value in copy {
        y *= value;
    }
    y
}

#[test]
fn local_vector_in_three_ways() {
    check!(over_locals(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn over_a_literal(x: f64, y: f64) -> f64 {
    let mut z: f64 = 0.5;
    for value in [x, y, x * y] {
        z = z.sin() * value + value;
    }
    for n in [1, 3, 2] {
        z *= x.powi(n);
    }
    z
}

#[test]
fn array_literal() {
    check!(over_a_literal(0.6, 1.4));
}

#[differentiate]
fn over_pairs(pairs: &[(f64, f64)]) -> f64 {
    let mut area = 0.0;
    for (width, height) in pairs {
        area += width * height * height;
    }
    for &(width, _) in pairs {
        area *= width;
    }
    area
}

#[test]
fn slice_of_tuples() {
    check!(over_pairs(&[(0.6, 1.4), (0.5, 0.8)]));
}

#[differentiate]
fn over_indexed_weights(terms: &[(usize, f64)], x: &[f64]) -> f64 {
    let mut y = 0.5;
    for &(index, weight) in terms {
        y = y * weight + x[index];
    }
    y
}

#[test]
fn slice_of_tuples_partly_without_derivative() {
    check!(over_indexed_weights(&[(1, 0.6), (0, 1.4), (1, -0.5)], &[0.8, 0.3]));
}

#[differentiate]
fn over_indices(x: &[f64], order: &[usize]) -> f64 {
    let mut y: f64 = 1.0;
    for &i in order {
        y = y.sin() + x[i];
    }
    y
}

#[test]
fn slice_of_integers() {
    check!(over_indices(&[0.6, 1.4, -0.5], const &[2, 0, 2, 1]));
}

#[differentiate]
fn over_rows(matrix: &[[f64; 2]], x: &[f64; 2]) -> f64 {
    let mut y = 1.0;
    for row in matrix {
        let mut product = 0.0;
        for (entry, value) in row.iter().zip(x) {
            product += entry * value;
        }
        y *= product;
    }
    for [a, b] in matrix {
        y += a * b * y;
    }
    y
}

#[test]
fn slice_of_arrays() {
    check!(over_rows(&[[0.6, 1.4], [-0.5, 0.8]], &[1.1, 0.9]));
}

#[differentiate]
fn over_rows_in_place(matrix: &mut [Vec<f64>], s: f64) {
    for row in matrix.iter_mut() {
        let first = row[0];
        for value in row {
            *value = *value * first + s;
        }
    }
}

#[test]
fn slice_of_vectors() {
    check_in_place!(over_rows_in_place(&mut [vec![0.6, 1.4], vec![0.5, -0.8, 0.3]], 1.1));
}

#[differentiate]
fn in_single_precision(x: &[f32], s: f32) -> f32 {
    let mut sum = 0.0;
    for (i, v) in x.iter().enumerate() {
        sum += v * v * s.powi(i as i32);
    }
    sum
}

#[test]
fn slice_of_f32() {
    check_single!(in_single_precision(&[0.6, 1.4, -0.5], 0.8), |v| {
        v[0] * v[0] + v[1] * v[1] * v[3] + v[2] * v[2] * v[3] * v[3]
    });
}

#[test]
fn negative_control() {
    check_rejects!(compounded(&[0.6, 1.4, -0.5]), over_locals(&[0.6, 1.4, -0.5], 0.8));
}

#[test]
#[should_panic(expected = "adjoint, entry 2 of the gradient")]
fn negative_control_in_place() {
    Case::new("damped_in_place", (vec![0.6, 1.4], 0.8), |(x, factor)| damped_in_place(x, *factor))
        .leaving_behind(&[true, false])
        .adjoint(&|(x, factor), (x_bar, factor_bar), ()| {
            for (value, value_bar) in x.iter_mut().zip(x_bar) {
                let (sine, cosine) = value.sin_cos();
                *factor_bar += *value_bar * *value;
                *value_bar *= (sine + *value * cosine) * *factor;
                *value *= sine * *factor;
            }
        });
}
