use crate::common::{check, check_in_place, check_rejects};
use pullback::differentiate;

#[differentiate]
fn dot_product(x: &[f64], y: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in x.iter().zip(y) {
        sum += a * b;
    }
    sum
}

#[test]
fn zip() {
    check!(dot_product(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7]));
}

#[test]
fn zip_ends_with_the_shorter() {
    check!(dot_product(&[0.6, 1.4, -0.5], &[1.1, 0.9]), dot_product(&[0.6], &[1.1, 0.9]));
}

#[differentiate]
fn zipped_thrice(x: &[f64], y: &[f64], z: &[f64]) -> f64 {
    let mut sum = 1.0;
    for ((a, b), c) in x.iter().zip(y.iter()).zip(z.iter()) {
        sum = sum * a + b * c;
    }
    sum
}

#[test]
fn zip_of_zip() {
    check!(zipped_thrice(&[0.6, 1.4], &[1.1, 0.9], &[-0.5, 0.7]));
}

#[differentiate]
fn axpy(a: f64, x: &[f64], y: &mut [f64]) {
    for (x, y) in x.iter().zip(y.iter_mut()) {
        *y += a * x * *y;
    }
}

#[test]
fn zip_of_shared_and_mutable() {
    check_in_place!(axpy(0.8, &[0.6, 1.4], &mut [1.1, 0.9]));
}

#[differentiate]
fn rotated(x: &mut [f64], y: &mut [f64], angle: f64) {
    let (s, c) = angle.sin_cos();
    for (x, y) in x.iter_mut().zip(y) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

#[test]
fn zip_of_two_mutable() {
    check_in_place!(rotated(&mut [0.6, 1.4], &mut [1.1, 0.9], 0.3));
}

#[differentiate]
fn by_place(x: &[f64]) -> f64 {
    let mut value = 0.5;
    for (i, x) in x.iter().enumerate() {
        value = value * x + (i + 1) as f64 * x;
    }
    value
}

#[test]
fn enumerate() {
    check!(by_place(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn scaled_by_place(x: &mut [f64], weights: &[f64]) {
    for (i, x) in x.iter_mut().enumerate() {
        *x *= weights[i % weights.len()] * x.exp();
    }
}

#[test]
fn enumerate_of_iter_mut() {
    check_in_place!(scaled_by_place(&mut [0.6, 1.4, -0.5], &[1.1, 0.9]));
}

#[differentiate]
fn numbered_pairs(x: &[f64], y: &[f64]) -> f64 {
    let mut z = 0.5;
    for (i, (a, b)) in x.iter().zip(y.iter()).enumerate() {
        z = z * a + b.powi(i as i32 + 1);
    }
    for ((i, a), b) in x.iter().enumerate().zip(y) {
        z += a * b * x[i];
    }
    z
}

#[test]
fn enumerate_and_zip() {
    check!(numbered_pairs(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7]));
}

#[differentiate]
fn from_the_end(x: &[f64]) -> f64 {
    let mut y = 1.0;
    for x in x.iter().rev() {
        y = (y + x).sin() * x;
    }
    y
}

#[test]
fn rev() {
    check!(from_the_end(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn reversed_in_place(x: &mut [f64]) {
    let mut carry = 1.0;
    for x in x.iter_mut().rev() {
        *x *= carry;
        carry += *x;
    }
}

#[test]
fn rev_of_iter_mut() {
    check_in_place!(reversed_in_place(&mut [0.6, 1.4, -0.5]));
}

#[differentiate]
fn numbered_both_ways(x: &[f64]) -> f64 {
    let mut y = 0.5;
    for (i, x) in x.iter().enumerate().rev() {
        y = y * x + (i + 1) as f64;
    }
    for (i, x) in x.iter().rev().enumerate() {
        y = y * x + (i + 1) as f64;
    }
    y
}

#[test]
fn rev_and_enumerate() {
    check!(numbered_both_ways(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn convolved_at_zero(x: &[f64], kernel: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in x.iter().zip(kernel.iter().rev()) {
        sum += a * b * a;
    }
    for (a, b) in x.iter().zip(kernel).rev() {
        sum *= a + b;
    }
    sum
}

#[test]
fn rev_and_zip() {
    check!(convolved_at_zero(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7]));
}

#[differentiate]
fn inner_part(x: &[f64]) -> f64 {
    let mut y: f64 = 1.0;
    for x in x.iter().skip(1).take(2) {
        y = y.sin() * x;
    }
    for x in x.iter().take(3).skip(2) {
        y += x * x;
    }
    y
}

#[test]
fn skip_and_take() {
    check!(inner_part(&[0.6, 1.4, -0.5, 0.8]), inner_part(&[0.6, 1.4]));
}

#[differentiate]
fn neighbours(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in x.iter().zip(x.iter().skip(1)) {
        sum += (b - a) * (b - a) * a;
    }
    sum
}

#[test]
fn zip_with_itself_skipped() {
    check!(neighbours(&[0.6, 1.4, -0.5, 0.8]));
}

#[differentiate]
fn every_second(x: &mut [f64], y: &[f64]) {
    for (x, y) in x.iter_mut().step_by(2).zip(y.iter().skip(1).step_by(2)) {
        *x *= y * x.cos();
    }
}

#[test]
fn step_by() {
    check_in_place!(every_second(&mut [0.6, 1.4, -0.5], &[1.1, 0.9, 0.7, 0.2]));
}

#[differentiate]
fn second_differences(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for w in x.windows(3) {
        let bend = w[0] - 2.0 * w[1] + w[2];
        sum += bend * bend;
    }
    for (i, w) in x.windows(2).enumerate() {
        sum += w[0] * w[1] * i as f64;
    }
    sum
}

#[test]
fn windows() {
    check!(second_differences(&[0.6, 1.4, -0.5, 0.8]), second_differences(&[0.6, 1.4, 0.3]));
}

#[differentiate]
fn trapezoids(t: &[f64], y: &[f64]) -> f64 {
    let mut area = 0.0;
    for (t, y) in t.windows(2).zip(y.windows(2)) {
        let [a, b] = [t[0], t[1]];
        area += (b - a) * (y[0] + y[1]) / 2.0;
    }
    area
}

#[test]
fn windows_zipped() {
    check!(trapezoids(&[0.1, 0.4, 1.2], &[0.6, 1.4, -0.5]));
}

#[differentiate]
fn sum_of_block_products(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for chunk in x.chunks(2) {
        let mut product = 1.0;
        for value in chunk {
            product *= value;
        }
        sum += product * product;
    }
    sum
}

#[test]
fn chunks() {
    check!(sum_of_block_products(&[0.6, 1.4, -0.5, 0.8]), sum_of_block_products(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn cross_products(points: &[f64]) -> f64 {
    let mut area = 0.0;
    for point in points.chunks_exact(4) {
        area += point[0] * point[3] - point[1] * point[2];
    }
    area * area
}

#[test]
fn chunks_exact() {
    check!(cross_products(&[0.6, 1.4, -0.5, 0.8]), cross_products(&[0.6, 1.4, -0.5, 0.8, 3.0]));
}

#[differentiate]
fn softmax_of_rows(logits: &mut [f64], width: usize) {
    for row in logits.chunks_exact_mut(width) {
        let mut total = 0.0;
        for value in row.iter_mut() {
            *value = value.exp();
            total += *value;
        }
        for value in row {
            *value /= total;
        }
    }
}

#[test]
fn chunks_exact_mut() {
    check_in_place!(softmax_of_rows(&mut [0.6, 1.4, -0.5, 0.8, 0.3], const 2));
}

#[differentiate]
fn scaled_blocks(x: &mut [f64], scales: &[f64]) {
    for (block, scale) in x.chunks_mut(2).zip(scales) {
        for value in block {
            *value = (*value * scale).tanh();
        }
    }
}

#[test]
fn chunks_mut() {
    check_in_place!(scaled_blocks(&mut [0.6, 1.4, -0.5], &[1.1, 0.9]));
}

#[differentiate]
fn matrix_vector(matrix: &[f64], x: &[f64], y: &mut [f64]) {
    for (y, row) in y.iter_mut().zip(matrix.chunks_exact(x.len())) {
        *y = 0.0;
        for (a, x) in row.iter().zip(x) {
            *y += a * x;
        }
    }
}

#[test]
fn chunks_exact_zipped_with_iter_mut() {
    check_in_place!(matrix_vector(&[0.6, 1.4, -0.5, 0.8], &[1.1, 0.9], &mut [0.3, 0.2]));
}

#[differentiate]
fn by_copies(x: &[f64], y: &[f64]) -> f64 {
    let mut z = 0.5;
    for (a, b) in x.iter().copied().zip(y.iter().cloned().rev()) {
        z = z * a + b;
    }
    z
}

#[test]
fn copied_and_cloned() {
    check!(by_copies(&[0.6, 1.4, -0.5], &[1.1, 0.9, 0.7]));
}

#[differentiate]
fn all_at_once(x: &[f64], y: &[f64], s: f64) -> f64 {
    let mut z = s;
    for (i, (w, (y, k))) in x.windows(2).zip(y.iter().copied().zip(1..)).enumerate().skip(1).step_by(2) {
        z = z.sin() * w[0] + w[1] * y.powi(k) * (i + 1) as f64;
    }
    for (j, ((a, b), c)) in x.iter().rev().zip(y.iter().skip(1)).zip(x).take(3).enumerate() {
        z += a * b * c / (j + 2) as f64;
    }
    z
}

#[test]
fn many_together() {
    check!(all_at_once(&[0.6, 1.4, -0.5, 0.8, 0.3, 1.2], &[1.1, 0.9, 0.7, 0.2, 0.4], 0.5));
}

#[differentiate]
fn bound_first(x: &[f64], y: &[f64]) -> f64 {
    let pairs = x.iter().zip(y.iter());
    let mut z = 1.0;
    for (a, b) in pairs {
        z = z * a + b * b;
    }
    z
}

#[test]
fn iterator_in_a_variable() {
    check!(bound_first(&[0.6, 1.4], &[1.1, 0.9]));
}

#[test]
fn negative_control() {
    check_rejects!(zipped_thrice(&[0.6, 1.4], &[1.1, 0.9], &[-0.5, 0.7]), by_place(&[0.6, 1.4, -0.5]));
    check_rejects!(second_differences(&[0.6, 1.4, -0.5, 0.8]));
}
