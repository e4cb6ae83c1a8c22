//! `check_gradient` accepts right gradients, of every kind of parameter, and finds wrong ones.

use ad_runtime::check_gradient;
use nalgebra::{DMatrix, DVector, Matrix2, Vector3};

#[test]
fn scalars() {
    check_gradient(|x: f64| x.sin(), |x: f64| x.cos(), (0.7,)).assert(1e-10);
    check_gradient(f64::ln, f64::recip, (1e-3,)).assert(1e-9);
    check_gradient(|x: f64| x.exp(), |x: f64| x.exp(), (-30.0,)).assert(1e-9);
    check_gradient(|x: f64| 1e12 * x * x, |x: f64| 2e12 * x, (1e6,)).assert(1e-9);
    check_gradient(|x: f64| (1e-4 * x).cos(), |x: f64| -1e-4 * (1e-4 * x).sin(), (1e4,)).assert(1e-9);
    check_gradient(|x: f64, y: f64| x * y, |x: f64, y: f64| (y, x), (0.0, 0.0)).assert(1e-9);
    check_gradient(|x: f32| x * x * x, |x: f32| 3.0 * x * x, (1.3,)).assert(1e-3);
}

fn mixed(
    x: &[f64],
    n: usize,
    m: &DMatrix<f64>,
    v: Vector3<f64>,
    name: &str,
    pair: (f64, Option<[f64; 2]>),
) -> f64 {
    let array = pair.1.map_or(0.0, |[a, b]| a * b * b);
    x[n] * x[0] + m.norm_squared() * v.x + v.y * v.z + name.len() as f64 * pair.0 + array
}

type MixedGradient = (Vec<f64>, DMatrix<f64>, Vector3<f64>, (f64, Option<[f64; 2]>));

fn mixed_grad(
    x: &[f64],
    n: usize,
    m: &DMatrix<f64>,
    v: Vector3<f64>,
    name: &str,
    pair: (f64, Option<[f64; 2]>),
) -> MixedGradient {
    let mut x_bar = vec![0.0; x.len()];
    x_bar[n] += x[0];
    x_bar[0] += x[n];
    let array = pair.1.map(|[a, b]| [b * b, 2.0 * a * b]);
    (x_bar, m * (2.0 * v.x), Vector3::new(m.norm_squared(), v.z, v.y), (name.len() as f64, array))
}

#[test]
fn parameters_of_all_kinds() {
    let m = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
    let v = Vector3::new(0.5, 2.0, -1.0);
    let report =
        check_gradient(mixed, mixed_grad, (&[1.0, 2.0, 3.0][..], 2, &m, v, "four", (1.0, Some([2.0, 3.0]))));
    assert_eq!(report.entries, 3 + 4 + 3 + 3);
    report.assert(1e-9);
    let report = check_gradient(mixed, mixed_grad, (&[1.0, 2.0, 3.0][..], 2, &m, v, "four", (1.0, None)));
    assert_eq!(report.entries, 3 + 4 + 3 + 1);
    report.assert(1e-9);
}

#[test]
fn parameters_by_value_and_by_reference() {
    let sum = |x: &Vec<f64>| x.iter().map(|x| x * x).sum::<f64>();
    let double = |x: &Vec<f64>| x.iter().map(|x| 2.0 * x).collect::<Vec<_>>();
    check_gradient(sum, double, (&vec![1.0, 2.0],)).assert(1e-9);
    check_gradient(|x: Vec<f64>| sum(&x), |x: Vec<f64>| double(&x), (vec![1.0, 2.0],)).assert(1e-9);
    check_gradient(|x: [f64; 2]| x[0] * x[1], |x: [f64; 2]| [x[1], x[0]], ([3.0, 4.0],)).assert(1e-9);
    check_gradient(|x: &[f64; 2]| x[0] * x[1], |x: &[f64; 2]| [x[1], x[0]], (&[3.0, 4.0],)).assert(1e-9);
    check_gradient(
        |a: Matrix2<f64>| a.trace(),
        |_: Matrix2<f64>| Matrix2::<f64>::identity(),
        (Matrix2::repeat(1.0),),
    )
    .assert(1e-9);
    // changed in place, as often as the check likes
    let square = |x: &mut [f64]| {
        x[0] *= x[0];
        x[0]
    };
    check_gradient(square, |x: &mut [f64]| vec![2.0 * x[0]], (&mut [3.0][..],)).assert(1e-9);
    let add = |x: &mut DVector<f64>, y: f64| {
        x.add_scalar_mut(y);
        x.norm_squared()
    };
    let add_grad = |x: &mut DVector<f64>, y: f64| {
        x.add_scalar_mut(y);
        (&*x * 2.0, 2.0 * x.sum())
    };
    check_gradient(add, add_grad, (&mut DVector::from_vec(vec![1.0, 2.0]), 0.5)).assert(1e-9);
}

#[test]
fn no_parameter_with_a_derivative() {
    let report = check_gradient(|n: usize| n as f64, |_: usize| (), (3,));
    assert_eq!((report.entries, report.worst.clone()), (0, None));
    report.assert(0.0);
    assert_eq!(report.to_string(), "no entries to compare");
}

#[test]
fn the_worst_entry_is_named() {
    let f = |x: &[f64], y: f64| x.iter().sum::<f64>() * y;
    let wrong = |x: &[f64], y: f64| (vec![y, y + 1e-3, y * 0.9], x.iter().sum::<f64>());
    let report = check_gradient(f, wrong, (&[1.0, 2.0, 3.0][..], 2.0));
    let worst = report.worst.clone().expect("four entries");
    assert_eq!((worst.parameter, worst.index), (0, 2));
    assert!((worst.error - 0.1).abs() < 1e-6);
    let text = report.to_string();
    assert!(
        text.starts_with("worst of 4 entries: parameter 0, index 2: gradient 1.8e0, finite difference"),
        "{text}"
    );
}

#[test]
#[should_panic(expected = "wrong gradient, tolerance 1e-6: worst of 1 entries: parameter 0, index 0")]
fn a_wrong_gradient() {
    check_gradient(|x: f64| x * x, |x: f64| 2.0 * x * (1.0 + 1e-5), (3.0,)).assert(1e-6);
}

#[test]
fn a_zero_in_place_of_a_small_derivative() {
    let report = check_gradient(|x: f64, y: f64| x + 1e-7 * y, |_: f64, _: f64| (1.0, 0.0), (1.0, 1.0));
    assert!(report.error() > 0.9, "{report}");
}

#[test]
fn not_a_number() {
    let report = check_gradient(|x: f64| x * x, |_: f64| f64::NAN, (3.0,));
    assert_eq!(report.error(), f64::INFINITY);
    let report = check_gradient(|_: f64| f64::NAN, |_: f64| 1.0, (3.0,));
    assert_eq!(report.error(), f64::INFINITY);
}

#[test]
fn jumps_and_kinks() {
    // no slope is right at a jump
    for slope in [0.0, 1.0, -1e9] {
        let report = check_gradient(|x: f64| x.signum(), |_: f64| slope, (0.0,));
        assert!(report.error() > 1e-3, "{report}");
    }
    // beside a kink, the slope on this side
    check_gradient(|x: f64| x.abs(), |_: f64| 1.0, (1e-3,)).assert(1e-9);
    assert!(check_gradient(|x: f64| x.abs(), |_: f64| 0.0, (1e-3,)).error() > 0.9);
}

#[test]
fn domains() {
    check_gradient(|x: f64| x.sqrt(), |x: f64| 0.5 / x.sqrt(), (1e-6,)).assert(1e-9);
}

#[test]
#[should_panic(expected = "the gradient has 1 numbers, the arguments have 2")]
fn a_gradient_of_another_shape() {
    let _ = check_gradient(|x: f64, k: f64| k * x, |_: f64, k: f64| k, (1.0, 2.0));
}
