//! Values overwritten by functions of themselves.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_in_place};

const X: [f64; 4] = [0.4, -1.2, 0.9, 2.1];

#[differentiate]
fn every_element(x: &mut [f64]) {
    for i in 0..x.len() {
        x[i] = x[i].sin() * x[i];
    }
}

#[test]
fn element_overwritten_by_a_function_of_itself() {
    check_in_place!(every_element(&mut X));
}

#[differentiate]
fn compound(x: &mut [f64], a: f64) {
    for i in 0..x.len() {
        x[i] += a;
        x[i] *= a * x[i];
        x[i] -= a / (2.0 + x[i] * x[i]);
        x[i] /= a;
    }
}

#[test]
fn compound_assignments() {
    check_in_place!(compound(&mut X, 1.3));
}

#[differentiate]
fn self_reference(x: &mut [f64]) {
    x[0] += x[0] * x[1];
    x[1] *= x[1];
    x[2] -= x[2];
    x[3] /= x[3] + x[0];
}

#[test]
fn compound_assignment_of_the_place_itself() {
    check_in_place!(self_reference(&mut X));
}

#[differentiate]
fn prefix_products(x: &mut [f64]) {
    for i in 1..x.len() {
        x[i] *= x[i - 1];
    }
}

#[test]
fn recurrence_forwards() {
    check_in_place!(prefix_products(&mut X));
}

#[differentiate]
fn suffix_products(x: &mut [f64]) {
    for i in (0..x.len() - 1).rev() {
        x[i] = x[i] * x[i + 1] + x[i + 1];
    }
}

#[test]
fn recurrence_backwards() {
    check_in_place!(suffix_products(&mut X));
}

#[differentiate]
fn scalar(x: &mut f64, y: f64) {
    *x = *x * y;
    *x += x.sin();
}

#[test]
fn scalar_in_and_out() {
    check_in_place!(scalar(&mut 0.7, 1.9));
}

#[differentiate]
fn scalar_and_result(x: &mut f64, y: f64) -> f64 {
    let before = *x;
    *x = before * y;
    before * before + *x
}

#[test]
fn scalar_in_and_out_with_a_result() {
    check!(scalar_and_result(&mut 0.7, 1.9));
}

#[differentiate]
fn gauss_seidel(a: &[[f64; 3]; 3], b: &[f64; 3], x: &mut [f64; 3], sweeps: usize) {
    for _ in 0..sweeps {
        for i in 0..3 {
            let mut residual = b[i];
            for j in 0..3 {
                if j != i {
                    residual -= a[i][j] * x[j];
                }
            }
            x[i] = residual / a[i][i];
        }
    }
}

#[test]
fn gauss_seidel_sweeps() {
    let a = [[4.0, 1.0, -0.5], [0.3, 3.0, 0.7], [-0.2, 0.9, 5.0]];
    check_in_place!(gauss_seidel(&a, &[1.0, -2.0, 0.5], &mut [0.1, 0.2, 0.3], const 4));
}

#[differentiate]
fn overwritten_by_a_constant(x: &mut [f64]) -> f64 {
    let product = x[0] * x[1];
    x[0] = 0.0;
    x[1] = 2.0;
    product * x[2] + x[0] * x[3] + x[1] * x[3]
}

#[test]
fn element_overwritten_by_a_constant() {
    check!(overwritten_by_a_constant(&mut X));
}

#[differentiate]
fn conditional(x: &mut [f64]) {
    for i in 0..x.len() {
        if x[i] < 0.0 {
            x[i] = -x[i] * x[i];
        } else if x[i] > 1.0 {
            x[i] = x[i].ln();
        }
    }
}

#[test]
fn element_overwritten_in_a_branch() {
    check_in_place!(conditional(&mut X));
}

#[differentiate]
fn horner(coefficients: &[f64], x: f64) -> f64 {
    let mut y = 0.0;
    for c in coefficients.iter().rev() {
        y = y * x + c;
    }
    y
}

#[test]
fn local_overwritten_in_a_loop() {
    check!(horner(&X, 1.3));
}

#[differentiate]
fn parameter_reused(mut x: f64, mut y: f64) -> f64 {
    x *= y;
    y = x.exp() * y;
    x = x * y + x;
    x + y
}

#[test]
fn parameters_overwritten() {
    check!(parameter_reused(0.4, 0.9));
}

#[differentiate]
fn cholesky(a: &mut [Vec<f64>]) {
    let n = a.len();
    for j in 0..n {
        for k in 0..j {
            a[j][j] -= a[j][k] * a[j][k];
        }
        a[j][j] = a[j][j].sqrt();
        for i in j + 1..n {
            for k in 0..j {
                a[i][j] -= a[i][k] * a[j][k];
            }
            a[i][j] /= a[j][j];
        }
    }
}

#[test]
fn cholesky_in_place() {
    check_in_place!(cholesky(&mut vec![vec![4.0, 0.0, 0.0], vec![1.0, 3.0, 0.0], vec![-0.5, 0.7, 5.0]]));
}

#[differentiate]
fn eliminated(a: &mut [f64], n: usize) -> f64 {
    let mut determinant = 1.0;
    for k in 0..n {
        for i in k + 1..n {
            let factor = a[i * n + k] / a[k * n + k];
            for j in k..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
        }
        determinant *= a[k * n + k];
    }
    determinant
}

#[test]
fn gaussian_elimination_in_place() {
    check!(eliminated(&mut [2.0, 0.3, -1.0, 0.5, 1.5, 0.8, -0.7, 0.2, 3.0], const 3));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_derivative_at_the_overwritten_value_is_rejected() {
    let f = |x: &[f64]| {
        let mut x = x.to_vec();
        every_element(&mut x);
        x[0] + x[1]
    };
    let wrong = |x: &[f64]| {
        let mut x = x.to_vec();
        every_element(&mut x);
        x.iter().map(|x| x.cos() * x + x.sin()).collect()
    };
    check_gradient("every_element", f, wrong, &X[..2]);
}
