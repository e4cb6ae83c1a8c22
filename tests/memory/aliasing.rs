//! The same buffer passed more than once to one call.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_in_place, check_vjp};

const V: [f64; 4] = [0.4, -1.2, 0.9, 2.1];

#[differentiate]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.len() {
        sum += a[i] * b[i].exp();
    }
    sum
}

#[differentiate]
fn with_itself(v: &[f64]) -> f64 {
    dot(v, v)
}

#[test]
fn slice_with_itself() {
    check!(with_itself(&V));
}

#[differentiate]
fn local_with_itself(v: &[f64], scale: f64) -> f64 {
    let mut w = v.to_vec();
    w[0] *= scale;
    dot(&w, &w) * dot(&w, v)
}

#[test]
fn local_vec_with_itself() {
    check!(local_with_itself(&V, 1.3));
}

#[differentiate]
fn array_with_itself(v: [f64; 4]) -> f64 {
    dot(&v, &v)
}

#[test]
fn array_by_value_with_itself() {
    check!(array_with_itself(V));
}

#[differentiate]
fn disjoint_parts(v: &[f64]) -> f64 {
    dot(&v[..2], &v[2..])
}

#[test]
fn two_disjoint_sub_slices() {
    check!(disjoint_parts(&V));
}

#[differentiate]
fn overlapping_parts(v: &[f64]) -> f64 {
    dot(&v[..3], &v[1..])
}

#[test]
fn two_overlapping_sub_slices() {
    check!(overlapping_parts(&V));
}

#[differentiate]
fn parts_decided_at_run_time(v: &[f64], i: usize, j: usize) -> f64 {
    dot(&v[i..i + 2], &v[j..j + 2])
}

#[test]
fn sub_slices_that_may_overlap() {
    check!(
        parts_decided_at_run_time(&V, const 0, const 2),
        parts_decided_at_run_time(&V, const 1, const 2),
        parts_decided_at_run_time(&V, const 1, const 1)
    );
}

#[differentiate]
fn whole_and_part(v: &[f64]) -> f64 {
    dot(&v[1..2], v) + dot(&v[..0], v)
}

#[test]
fn whole_and_sub_slice() {
    check!(whole_and_part(&V));
}

#[differentiate]
fn views_with_names(v: &[f64]) -> f64 {
    let left = &v[..3];
    let right = &v[1..];
    dot(left, right) + dot(left, left)
}

#[test]
fn overlapping_views_with_names() {
    check!(views_with_names(&V));
}

#[differentiate]
fn element_and_slice(x: f64, v: &[f64]) -> f64 {
    x * v[0] * v[1].sin()
}

#[differentiate]
fn buffer_and_its_element(v: &[f64]) -> f64 {
    element_and_slice(v[1], v)
}

#[test]
fn slice_and_its_element() {
    check!(buffer_and_its_element(&V));
}

#[differentiate]
fn three(a: f64, b: f64, c: f64) -> f64 {
    a * b * b + c.sin() * a
}

#[differentiate]
fn one_scalar_thrice(x: f64) -> f64 {
    three(x, x, x) + three(x, 1.0, x)
}

#[test]
fn scalar_passed_three_times() {
    check!(one_scalar_thrice(0.7));
}

#[differentiate]
fn gram(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut gram = vec![vec![0.0; rows.len()]; rows.len()];
    for i in 0..rows.len() {
        for j in 0..rows.len() {
            gram[i][j] = dot(&rows[i], &rows[j]);
        }
    }
    gram
}

#[test]
fn rows_of_one_nested_vec() {
    check_vjp!(gram(&vec![vec![0.4, -1.2], vec![0.9, 2.1], vec![0.1, 0.2]]));
}

#[differentiate]
fn pair_energy(a: &[f64; 2], b: &[f64; 2]) -> f64 {
    1.0 / (0.1 + (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2))
}

#[differentiate]
fn total_energy(particles: &[[f64; 2]]) -> f64 {
    let mut energy = 0.0;
    for i in 0..particles.len() {
        for j in 0..i {
            energy += pair_energy(&particles[i], &particles[j]);
        }
    }
    energy
}

#[test]
fn pairs_of_elements() {
    check!(total_energy(&vec![[0.1, 0.2], [1.4, -0.6], [-0.8, 0.9], [0.3, 2.0]]));
}

#[differentiate]
fn add_scaled(from: &[f64], to: &mut [f64]) {
    for i in 0..from.len() {
        to[i] += from[i] * to[i];
    }
}

#[differentiate]
fn from_half_to_half(v: &mut [f64]) {
    let (left, right) = v.split_at_mut(2);
    add_scaled(left, right);
    add_scaled(right, left);
}

#[test]
fn halves_read_and_written() {
    check_in_place!(from_half_to_half(&mut V));
}

#[differentiate]
fn own_copy(v: &mut [f64]) {
    let copy = v.to_vec();
    add_scaled(&copy, v);
}

#[test]
fn buffer_and_its_copy() {
    check_in_place!(own_copy(&mut V));
}

#[differentiate]
fn rotate(a: &mut f64, b: &mut f64, angle: f64) {
    let (sin, cos) = angle.sin_cos();
    (*a, *b) = (cos * *a - sin * *b, sin * *a + cos * *b);
}

#[differentiate]
fn rotations(v: &mut [f64; 3], angle: f64) {
    let [x, y, z] = v;
    rotate(x, y, angle);
    rotate(y, z, 2.0 * angle);
    rotate(x, z, *y);
}

#[test]
fn elements_borrowed_apart() {
    check_in_place!(rotations(&mut [0.4, -1.2, 0.9], 0.3));
}

#[differentiate]
fn result_into_the_argument(v: &[f64]) -> f64 {
    let mut w = v.to_vec();
    w[0] = dot(&w, &w);
    w[1] = dot(&w[..2], &w[1..3]);
    w[0] * w[1]
}

#[test]
fn result_written_into_the_argument() {
    check!(result_into_the_argument(&[0.4, -1.2, 0.9]));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_buffer_counted_once_is_rejected() {
    check_gradient("with_itself", with_itself, |v| v.iter().map(|v| v.exp()).collect(), &V);
}
