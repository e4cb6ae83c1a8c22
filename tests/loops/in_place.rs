use crate::common::{check, check_in_place, check_rejects};
use pullback::differentiate;

#[differentiate]
#[allow(clippy::assign_op_pattern)]
fn running_product(x: &mut [f64]) {
    for i in 1..x.len() {
        x[i] = x[i - 1] * x[i];
    }
}

#[test]
fn scan() {
    check_in_place!(running_product(&mut [0.6, 1.4, -0.5, 0.8]));
}

#[test]
fn scan_without_a_trip() {
    check_in_place!(running_product(&mut [0.6]));
}

#[differentiate]
fn back_substitution(l: &[[f64; 3]; 3], b: &mut [f64]) {
    for i in (0..3).rev() {
        for j in i + 1..3 {
            b[i] -= l[i][j] * b[j];
        }
        b[i] /= l[i][i];
    }
}

#[test]
fn scan_from_the_end() {
    let l = [[1.1, 0.3, 0.2], [0.0, 0.9, 0.4], [0.0, 0.0, 1.3]];
    check_in_place!(back_substitution(&l, &mut [0.6, 1.4, -0.5]));
}

#[differentiate]
fn relaxed(x: &mut [f64], weight: f64, sweeps: usize) -> f64 {
    let mut change = 0.0;
    for _ in 0..sweeps {
        for i in 1..x.len() - 1 {
            let before = x[i];
            x[i] += weight * (x[i - 1] * x[i + 1] - x[i]);
            change += (x[i] - before) * before;
        }
    }
    change
}

#[test]
fn repeated_sweeps() {
    check!(relaxed(&mut [0.6, 1.4, -0.5, 0.8], 0.7, const 3));
}

#[differentiate]
fn gaussian_elimination(a: &mut [[f64; 3]; 3]) -> f64 {
    let mut determinant = 1.0;
    for k in 0..3 {
        for i in k + 1..3 {
            let factor = a[i][k] / a[k][k];
            for j in k..3 {
                a[i][j] -= factor * a[k][j];
            }
        }
        determinant *= a[k][k];
    }
    determinant
}

#[test]
fn elimination() {
    check!(gaussian_elimination(&mut [[1.1, 0.3, 0.2], [0.4, 0.9, 0.5], [-0.2, 0.1, 1.3]]));
}

#[differentiate]
fn sorted(x: &mut [f64]) {
    for i in 1..x.len() {
        let mut j = i;
        while j > 0 && x[j] < x[j - 1] {
            x.swap(j, j - 1);
            j -= 1;
        }
    }
    x[0] *= x[1];
}

#[test]
fn sorting_by_insertion() {
    check_in_place!(sorted(&mut [0.6, 1.4, -0.5, 0.8]));
}

#[differentiate]
fn counted_sums(x: &[f64], bins: &[usize], sums: &mut [f64]) {
    for (value, &bin) in x.iter().zip(bins) {
        sums[bin] += value * sums[0];
    }
}

#[test]
fn scattered_additions() {
    check_in_place!(counted_sums(&[0.6, 1.4, -0.5], const &[1, 0, 1], &mut [0.8, 0.3]));
}

#[differentiate]
fn overwritten_in_a_loop(x: &[f64]) -> f64 {
    let mut buffer = [0.0; 2];
    let mut y = 1.0;
    for value in x {
        buffer[0] = value * y;
        buffer[1] = buffer[0].sin();
        y += buffer[1] * buffer[0];
    }
    y * buffer[1]
}

#[test]
fn scratch_space() {
    check!(overwritten_in_a_loop(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn extended(x: &mut Vec<f64>, n: usize) {
    for _ in 0..n {
        let next = x[x.len() - 1] * x[x.len() - 2];
        x.push(next.sin());
    }
}

#[test]
fn vector_that_grows() {
    check_in_place!(extended(&mut vec![0.6, 1.4], const 3));
}

#[differentiate]
fn folded_up(x: &mut Vec<f64>) {
    while x.len() > 1 {
        let last = x.pop().unwrap();
        let place = x.len() / 2;
        x[place] *= last;
    }
}

#[test]
fn vector_that_shrinks() {
    check_in_place!(folded_up(&mut vec![0.6, 1.4, -0.5, 0.8]));
}

#[test]
fn negative_control() {
    check_rejects!(relaxed(&mut [0.6, 1.4, -0.5, 0.8], 0.7, const 3), overwritten_in_a_loop(&[0.6, 1.4]));
}
