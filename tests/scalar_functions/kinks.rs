use pullback::differentiate;

/// Whether `(a, b)` is a convex combination of the two one-sided gradients `(1, 0)` and `(0, 1)`.
fn is_between_the_sides((a, b): (f64, f64)) -> bool {
    (0.0..=1.0).contains(&a) && (0.0..=1.0).contains(&b) && a + b == 1.0
}

#[differentiate]
fn absolute(x: f64) -> f64 {
    x.abs()
}

#[test]
fn abs_at_zero() {
    assert!((-1.0..=1.0).contains(&absolute::grad(0.0)));
    assert!((-1.0..=1.0).contains(&absolute::grad(-0.0)));
}

#[differentiate]
fn larger(x: f64, y: f64) -> f64 {
    x.max(y)
}

#[differentiate]
fn smaller(x: f64, y: f64) -> f64 {
    x.min(y)
}

#[test]
fn max_and_min_of_equals() {
    assert!(is_between_the_sides(larger::grad(1.5, 1.5)));
    assert!(is_between_the_sides(smaller::grad(1.5, 1.5)));
    assert!(is_between_the_sides(larger::grad(0.0, -0.0)));
}

#[differentiate]
fn rectified(x: f64) -> f64 {
    x.max(0.0)
}

#[test]
fn rectifier_at_zero() {
    assert!((0.0..=1.0).contains(&rectified::grad(0.0)));
}

#[differentiate]
fn clamped(x: f64, low: f64, high: f64) -> f64 {
    x.clamp(low, high)
}

#[test]
fn clamp_at_its_ends() {
    let (x_bar, low_bar, high_bar) = clamped::grad(-1.0, -1.0, 2.0);
    assert!(is_between_the_sides((x_bar, low_bar)) && high_bar == 0.0);
    let (x_bar, low_bar, high_bar) = clamped::grad(2.0, -1.0, 2.0);
    assert!(is_between_the_sides((x_bar, high_bar)) && low_bar == 0.0);
}

#[differentiate]
fn length(x: f64, y: f64) -> f64 {
    x.hypot(y)
}

#[test]
fn hypot_at_the_origin() {
    let (x_bar, y_bar) = length::grad(0.0, 0.0);
    assert!(x_bar.hypot(y_bar) <= 1.0);
}

#[test]
fn hypot_without_overflow() {
    let (x_bar, y_bar) = length::grad(3e200, -4e200);
    approx::assert_relative_eq!(x_bar, 0.6, max_relative = 1e-14);
    approx::assert_relative_eq!(y_bar, -0.8, max_relative = 1e-14);
}

#[differentiate]
fn angle(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

#[test]
fn atan2_at_the_origin() {
    let (y_bar, x_bar) = angle::grad(0.0, 0.0);
    assert!(y_bar.is_finite() && x_bar.is_finite());
}

#[differentiate]
fn with_the_sign_of(x: f64, y: f64) -> f64 {
    x.copysign(y)
}

#[test]
fn copysign_at_zero() {
    let (x_bar, y_bar) = with_the_sign_of::grad(0.0, -1.4);
    assert!((-1.0..=1.0).contains(&x_bar) && y_bar == 0.0);
}

#[differentiate]
fn power(x: f64, y: f64) -> f64 {
    x.powf(y)
}

#[test]
fn powf_at_zero() {
    assert_eq!(power::grad(0.0, 2.0), (0.0, 0.0));
    assert_eq!(power::grad(0.0, 1.0), (1.0, 0.0));
    let (x_bar, y_bar) = power::grad(0.0, 0.0);
    assert!(x_bar == 0.0 && y_bar.is_finite());
}

/// The exponent can not be varied, but the power is finite.
#[test]
fn powf_of_a_negative_number() {
    let (x_bar, y_bar) = power::grad(-1.5, 2.0);
    assert_eq!(x_bar, -3.0);
    assert!(y_bar.is_finite());
}

#[differentiate]
fn integer_power(x: f64, n: i32) -> f64 {
    x.powi(n)
}

#[test]
fn powi_at_zero() {
    assert_eq!(integer_power::grad(0.0, 0), 0.0);
    assert_eq!(integer_power::grad(0.0, 1), 1.0);
    assert_eq!(integer_power::grad(0.0, 2), 0.0);
}

#[differentiate]
fn fractional(x: f64) -> f64 {
    x.fract()
}

#[differentiate]
fn remainder(x: f64, y: f64) -> f64 {
    x % y + x.rem_euclid(y)
}

#[test]
fn jumps() {
    assert_eq!(fractional::grad(3.0), 1.0);
    let (x_bar, y_bar) = remainder::grad(3.0, 1.5);
    assert!(x_bar == 2.0 && y_bar.is_finite());
}

#[differentiate]
fn vertical(x: f64) -> f64 {
    x.sqrt() + x.cbrt() + (1.0 - x).acos() + (x + 1.0).acosh()
}

/// The slope is infinite there, which no convention may turn into NaN.
#[test]
fn vertical_tangents() {
    assert!(!vertical::grad(0.0).is_nan());
}

#[differentiate]
fn root_of_the_positive_part(x: f64) -> f64 {
    x.max(0.0).sqrt() + x.clamp(0.0, 2.0).sqrt()
}

/// The side that was not taken contributes nothing, not even zero times infinity.
#[test]
fn infinite_slope_on_the_constant_side() {
    assert_eq!(root_of_the_positive_part::grad(-1.5), 0.0);
}

#[differentiate]
fn logarithm_or_line(x: f64) -> f64 {
    if x > 0.0 { x * x.ln() } else { 0.5 * x }
}

#[test]
fn branch_that_was_not_taken() {
    assert_eq!(logarithm_or_line::grad(0.0), 0.5);
    assert_eq!(logarithm_or_line::grad(-1.0), 0.5);
}

/// The assertions of this file reject what they are meant to reject.
#[test]
fn negative_control() {
    assert!(!is_between_the_sides((1.0, 1.0)));
    assert!(!is_between_the_sides((0.0, 0.0)));
    assert!(!is_between_the_sides((f64::NAN, 1.0)));
}
