//! Panics of the primal in its derivatives, numbers that are not finite, and shadows of the wrong shape.

#![allow(clippy::needless_range_loop, reason = "indexing is natural in numerical code")]

mod common;

use pullback::differentiate;

use common::{check, check_gradient};

/// The message of the panic of `f`.
fn message<T>(f: impl FnOnce() -> T) -> String {
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).err().expect("a panic");
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => payload.downcast::<&str>().expect("a message").to_string(),
    }
}

/// Every mode of a scalar function panics as the function itself does, with a message that contains
/// `$part`: `same_panic!("part": f(x), f::adjoint(x, &mut x_bar, 1.0))`.
macro_rules! same_panic {
    ($part:literal: $f:ident($($x:expr),*), $adjoint:expr) => {{
        let expected = message(|| $f($($x),*));
        assert!(expected.contains($part), "{expected:?} does not contain {:?}", $part);
        assert_eq!(message(|| $f::grad($($x),*)), expected);
        assert_eq!(message(|| $f::value_and_grad($($x),*)), expected);
        assert_eq!(
            message(|| {
                let (value, pullback) = $f::vjp($($x),*);
                pullback(1.0);
                value
            }),
            expected
        );
        assert_eq!(message(|| $adjoint), expected);
    }};
}

mod of_the_primal {
    use nalgebra::{DMatrix, DVector, Matrix2, Vector2};

    use super::*;

    #[differentiate]
    fn element(x: &[f64], i: usize) -> f64 {
        x[i] * x[i]
    }

    #[test]
    fn index_out_of_bounds() {
        check!(element(&[0.4, -1.2], const 1));
        same_panic!("index out of bounds: the len is 2 but the index is 5":
            element(&[1.0, 2.0], 5), element::adjoint(&[1.0, 2.0], &mut [0.0; 2], 5, 1.0));
    }

    #[differentiate]
    #[allow(clippy::useless_vec, reason = "a `Vec` is the subject")]
    fn written(x: f64, i: usize) -> f64 {
        let mut buffer = vec![0.0; 3];
        buffer[i] = x * x;
        buffer[0] + x
    }

    #[test]
    fn write_out_of_bounds() {
        check!(written(0.7, const 0));
        same_panic!("the len is 3 but the index is 3": written(1.0, 3), written::adjoint(1.0, &mut 0.0, 3, 1.0));
    }

    #[differentiate]
    fn in_a_loop(x: &[f64], n: usize) -> f64 {
        let mut product = 1.0;
        for i in 0..n {
            product *= x[i] * x[i];
        }
        product
    }

    #[test]
    fn index_out_of_bounds_in_a_loop() {
        check!(in_a_loop(&[0.4, -1.2], const 2));
        same_panic!("the len is 2 but the index is 2":
            in_a_loop(&[1.0, 2.0], 4), in_a_loop::adjoint(&[1.0, 2.0], &mut [0.0; 2], 4, 1.0));
    }

    #[differentiate]
    fn sub_slice(x: &[f64], from: usize, to: usize) -> f64 {
        let part = &x[from..to];
        part[0] * part[part.len() - 1]
    }

    #[test]
    fn range_out_of_bounds() {
        check!(sub_slice(&[0.4, -1.2, 0.9], const 1, const 3));
        same_panic!("out of range":
            sub_slice(&[1.0, 2.0], 0, 5), sub_slice::adjoint(&[1.0, 2.0], &mut [0.0; 2], 0, 5, 1.0));
        let reversed = message(|| sub_slice(&[1.0, 2.0], 2, 1));
        assert_eq!(message(|| sub_slice_grad(&[1.0, 2.0], 2, 1)), reversed);
    }

    #[differentiate]
    fn split(x: &[f64], at: usize) -> f64 {
        let (left, right) = x.split_at(at);
        left[0] * right[0]
    }

    #[test]
    fn split_out_of_bounds() {
        check!(split(&[0.4, -1.2], const 1));
        same_panic!("mid": split(&[1.0, 2.0], 3), split::adjoint(&[1.0, 2.0], &mut [0.0; 2], 3, 1.0));
    }

    #[differentiate]
    fn copied(x: &[f64]) -> f64 {
        let mut buffer = [0.0; 2];
        buffer.copy_from_slice(x);
        buffer[0] * buffer[1]
    }

    #[test]
    fn copy_of_another_length() {
        check!(copied(&[0.4, -1.2]));
        same_panic!("length": copied(&[1.0; 3]), copied::adjoint(&[1.0; 3], &mut [0.0; 3], 1.0));
    }

    #[differentiate]
    fn converted(x: &[f64]) -> f64 {
        let [a, b]: [f64; 2] = x.try_into().unwrap();
        a * b
    }

    #[test]
    fn conversion_of_another_length() {
        check!(converted(&[0.4, -1.2]));
        same_panic!("TryFromSliceError": converted(&[1.0; 3]), converted::adjoint(&[1.0; 3], &mut [0.0; 3], 1.0));
    }

    #[differentiate]
    fn integer_division(x: f64, n: usize, by: usize) -> f64 {
        x * x * (n / by) as f64
    }

    #[test]
    fn division_of_integers_by_zero() {
        check!(integer_division(0.7, const 6, const 2));
        same_panic!("attempt to divide by zero":
            integer_division(1.0, 6, 0), integer_division::adjoint(1.0, &mut 0.0, 6, 0, 1.0));
    }

    #[differentiate]
    fn solved(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
        let x = a.clone().lu().solve(b).expect("the matrix is singular");
        x.dot(b)
    }

    #[test]
    fn solve_with_a_singular_matrix() {
        let b = DVector::from_column_slice(&[1.0, -0.5]);
        check!(solved(&DMatrix::from_row_slice(2, 2, &[2.0, 0.3, -0.4, 1.5]), &b.clone()));
        let singular = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, 4.0]);
        same_panic!("the matrix is singular": solved(&singular, &b),
            solved::adjoint(&singular, &mut DMatrix::zeros(2, 2), &b, &mut DVector::zeros(2), 1.0));
    }

    #[differentiate]
    fn inverted(a: Matrix2<f64>) -> f64 {
        let inverse = a.try_inverse().unwrap();
        inverse[(0, 0)] * inverse[(0, 1)]
    }

    #[test]
    fn unwrap_of_the_inverse_of_a_singular_matrix() {
        check!(inverted(Matrix2::new(2.0, 0.3, -0.4, 1.5)));
        let singular = Matrix2::new(1.0, 2.0, 2.0, 4.0);
        same_panic!("called `Option::unwrap()` on a `None` value": inverted(singular),
            inverted::adjoint(singular, &mut Matrix2::zeros(), 1.0));
    }

    #[differentiate]
    fn by_cholesky(a: &Matrix2<f64>, b: &Vector2<f64>) -> f64 {
        let factor = a.cholesky().expect("not positive definite");
        factor.solve(b).dot(b)
    }

    #[test]
    fn cholesky_of_an_indefinite_matrix() {
        let b = Vector2::new(1.0, -0.5);
        check!(by_cholesky(&Matrix2::new(2.0, 0.3, 0.3, 1.5), &b));
        let indefinite = Matrix2::new(1.0, 2.0, 2.0, 1.0);
        same_panic!("not positive definite": by_cholesky(&indefinite, &b),
            by_cholesky::adjoint(&indefinite, &mut Matrix2::zeros(), &b, &mut Vector2::zeros(), 1.0));
    }

    #[differentiate]
    fn of_dimensions(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
        let y = a * x;
        y[0] * y[1]
    }

    #[test]
    fn product_of_other_dimensions() {
        let a = DMatrix::from_row_slice(2, 2, &[2.0, 0.3, -0.4, 1.5]);
        check!(of_dimensions(&a.clone(), &DVector::from_column_slice(&[0.4, -1.2])));
        let x = DVector::zeros(3);
        same_panic!("imension": of_dimensions(&a, &x),
            of_dimensions::adjoint(&a, &mut DMatrix::zeros(2, 2), &x, &mut DVector::zeros(3), 1.0));
    }

    #[differentiate]
    fn deep(x: &[f64], i: usize) -> f64 {
        element(&x[1..], i) * x[0]
    }

    #[test]
    fn panic_in_a_callee() {
        check!(deep(&[0.4, -1.2], const 0));
        same_panic!("the len is 1 but the index is 1":
            deep(&[1.0, 2.0], 1), deep::adjoint(&[1.0, 2.0], &mut [0.0; 2], 1, 1.0));
    }
}

mod not_finite {
    use super::*;

    #[differentiate]
    fn root(x: f64) -> f64 {
        x.sqrt()
    }

    #[test]
    fn nan_from_outside_the_domain() {
        let (value, gradient) = root::value_and_grad(-1.0);
        assert!(value.is_nan() && gradient.is_nan());
        assert_eq!(root::value_and_grad(0.0), (0.0, f64::INFINITY));
        assert_eq!(root::value_and_grad(f64::INFINITY), (f64::INFINITY, 0.0));
        check!(root(0.7));
    }

    #[differentiate]
    fn reciprocal(x: f64) -> f64 {
        1.0 / x
    }

    #[test]
    fn pole() {
        assert_eq!(reciprocal::value_and_grad(0.0), (f64::INFINITY, f64::NEG_INFINITY));
        assert_eq!(reciprocal::value_and_grad(-0.0), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        check!(reciprocal(0.7));
    }

    #[differentiate]
    fn exponential(x: f64) -> f64 {
        x.exp()
    }

    #[test]
    fn overflow() {
        assert_eq!(exponential::value_and_grad(1000.0), (f64::INFINITY, f64::INFINITY));
        assert_eq!(exponential::value_and_grad(-1000.0), (0.0, 0.0));
        check!(exponential(0.7));
    }

    #[differentiate]
    fn logarithm(x: f64) -> f64 {
        x.ln()
    }

    #[test]
    fn logarithm_of_zero() {
        assert_eq!(logarithm::value_and_grad(0.0), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(logarithm::value_and_grad(-1.0).0.is_nan());
        check!(logarithm(0.7));
    }

    #[differentiate]
    fn separate(x: &[f64]) -> f64 {
        x[0] * x[1] + x[2] * x[2]
    }

    #[test]
    fn nan_in_one_entry() {
        let (value, gradient) = separate::value_and_grad(&[f64::NAN, 2.0, 3.0]);
        assert!(value.is_nan() && gradient[1].is_nan());
        assert_eq!((gradient[0], gradient[2]), (2.0, 6.0));
        let (value, gradient) = separate::value_and_grad(&[1.0, 2.0, f64::INFINITY]);
        assert_eq!((value, gradient), (f64::INFINITY, vec![2.0, 1.0, f64::INFINITY]));
        check!(separate(&[0.4, -1.2, 0.9]));
    }

    #[differentiate]
    fn guarded(x: f64, y: f64) -> f64 {
        let root = if x > 0.0 { x.sqrt() } else { 0.0 };
        let ratio = if y == 0.0 { 1.0 } else { y.sin() / y };
        root + ratio
    }

    #[test]
    fn nothing_comes_from_the_branch_not_taken() {
        assert_eq!(guarded::value_and_grad(0.0, 0.0), (1.0, (0.0, 0.0)));
        assert_eq!(guarded_grad(-1.0, 0.0), (0.0, 0.0));
        check!(guarded(0.7, -1.2));
    }

    #[differentiate]
    fn conditional(x: &[f64], limit: f64) -> f64 {
        let mut sum = 0.0;
        for &v in x {
            if v > limit {
                sum += v.ln();
            }
        }
        sum
    }

    #[test]
    fn comparison_with_nan_takes_the_branch_of_the_primal() {
        assert_eq!(conditional::value_and_grad(&[f64::NAN, 2.0], 1.0).1.0, [0.0, 0.5]);
        assert_eq!(conditional::value_and_grad(&[4.0, 2.0], f64::NAN), (0.0, (vec![0.0; 2], 0.0)));
    }

    #[differentiate]
    fn product(x: &[f64]) -> f64 {
        let mut product = 1.0;
        for v in x {
            product *= v;
        }
        product
    }

    #[test]
    fn product_with_a_zero() {
        // Not the product over the others by a division.
        assert_eq!(product::value_and_grad(&[0.0, 2.0, 3.0]), (0.0, vec![6.0, 0.0, 0.0]));
        assert_eq!(product_grad(&[0.0, 0.0, 3.0]), [0.0; 3]);
    }

    #[test]
    fn seed_that_is_not_finite() {
        let (_, pullback) = separate::vjp(&[1.0, 2.0, 3.0]);
        assert_eq!(pullback(f64::INFINITY), [f64::INFINITY; 3]);
        let (_, pullback) = separate::vjp(&[1.0, 2.0, 3.0]);
        assert!(pullback(f64::NAN).iter().all(|x| x.is_nan()));
    }

    #[test]
    #[should_panic(expected = "by differences")]
    fn nan_in_the_place_of_a_number_is_rejected() {
        check_gradient("separate", separate, |x| vec![x[1], f64::NAN, 2.0 * x[2]], &[0.4, -1.2, 0.9]);
    }
}

mod shapes_of_shadows {
    use nalgebra::{DMatrix, DVector};

    use super::*;

    /// The panic says that a shadow does not fit, which one, and both lengths.
    fn says(message: &str, parts: &[&str]) {
        assert!(message.contains("shadow"), "{message:?}");
        for part in parts {
            assert!(message.contains(part), "{message:?} does not contain {part:?}");
        }
    }

    #[differentiate]
    fn dot(left: &[f64], right: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..left.len() {
            sum += left[i] * right[i];
        }
        sum
    }

    #[test]
    fn slice() {
        let (left, right) = ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]);
        for length in [0, 2, 4] {
            let mut left_bar = [0.5; 3];
            let mut right_bar = vec![0.5; length];
            let failure = message(|| dot::adjoint(&left, &mut left_bar, &right, &mut right_bar, 1.0));
            says(&failure, &["right", "3", &length.to_string()]);
            assert_eq!(left_bar, [0.5; 3]);
            assert!(right_bar.iter().all(|x| *x == 0.5));

            let mut left_bar = vec![0.5; length];
            let mut right_bar = [0.5; 3];
            let failure = message(|| dot::adjoint(&left, &mut left_bar, &right, &mut right_bar, 1.0));
            says(&failure, &["left", "3", &length.to_string()]);
            assert!(left_bar.iter().all(|x| *x == 0.5));
            assert_eq!(right_bar, [0.5; 3]);
        }
        check!(dot(&left, &right));
    }

    #[differentiate]
    fn squared(source: Vec<f64>, target: &mut [f64]) {
        for i in 0..source.len() {
            target[i] = source[i] * source[i];
        }
    }

    #[test]
    fn before_the_primal_writes() {
        let mut y = [7.0, 8.0];
        let mut x_bar = [0.5, 0.5];
        let mut y_bar = [1.0; 3];
        let failure = message(|| squared::adjoint(vec![1.0, 2.0], &mut x_bar, &mut y, &mut y_bar));
        says(&failure, &["target", "3", "2"]);
        assert_eq!((y, x_bar, y_bar), ([7.0, 8.0], [0.5, 0.5], [1.0; 3]));

        let mut x_bar = [0.5];
        let mut y_bar = [1.0; 2];
        let failure = message(|| squared::adjoint(vec![1.0, 2.0], &mut x_bar, &mut y, &mut y_bar));
        says(&failure, &["source", "1", "2"]);
        assert_eq!((y, x_bar, y_bar), ([7.0, 8.0], [0.5], [1.0; 2]));
    }

    #[differentiate]
    fn of_rows(rows: &[Vec<f64>]) -> f64 {
        rows[0][0] * rows[1][1]
    }

    #[test]
    fn nested_vec() {
        let rows = [vec![1.0], vec![2.0, 3.0]];
        let mut rows_bar = [vec![0.5], vec![0.5]];
        says(&message(|| of_rows::adjoint(&rows, &mut rows_bar, 1.0)), &["rows", "1", "2"]);
        assert_eq!(rows_bar, [vec![0.5], vec![0.5]]);
    }

    #[differentiate]
    fn of_a_matrix(matrix: &DMatrix<f64>, vector: &DVector<f64>) -> f64 {
        matrix[(0, 1)] * vector[1]
    }

    #[test]
    fn matrix() {
        let (a, x) = (DMatrix::from_element(2, 3, 1.0), DVector::from_element(3, 2.0));
        let mut a_bar = DMatrix::from_element(3, 2, 0.5);
        let mut x_bar = DVector::from_element(3, 0.5);
        says(&message(|| of_a_matrix::adjoint(&a, &mut a_bar, &x, &mut x_bar, 1.0)), &["matrix", "2", "3"]);
        let mut a_bar = DMatrix::from_element(2, 3, 0.5);
        let mut x_bar = DVector::from_element(2, 0.5);
        says(&message(|| of_a_matrix::adjoint(&a, &mut a_bar, &x, &mut x_bar, 1.0)), &["vector", "2", "3"]);
        assert_eq!(a_bar, DMatrix::from_element(2, 3, 0.5));
        assert_eq!(x_bar, DVector::from_element(2, 0.5));
    }

    #[differentiate]
    fn doubled(x: &[f64]) -> Vec<f64> {
        let mut y = x.to_vec();
        for v in y.iter_mut() {
            *v *= 2.0;
        }
        y
    }

    #[test]
    fn seed_of_another_length() {
        for length in [1, 3] {
            let failure = message(|| {
                let (_, pullback) = doubled::vjp(&[1.0, 2.0]);
                pullback(vec![1.0; length])
            });
            assert!(failure.contains(&length.to_string()) && failure.contains('2'), "{failure:?}");
            let mut x_bar = [0.5; 2];
            let failure = message(|| doubled::adjoint(&[1.0, 2.0], &mut x_bar, vec![1.0; length]));
            assert!(failure.contains(&length.to_string()) && failure.contains('2'), "{failure:?}");
            assert_eq!(x_bar, [0.5; 2]);
        }
    }
}
