//! The harness of all rule tests: ⟨w, J v⟩ by finite differences against ⟨Jᵀ w, v⟩ by the rule.

// every test file uses its own part of the harness
#![allow(dead_code)]

use ad_runtime::{Differentiable, Perturb};
use nalgebra::{DMatrix, DVector, SMatrix};

/// A small reproducible generator (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// Uniform in `[-1, 1]`.
    pub fn scalar(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        (z >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// Of absolute value between 0.5 and 1.5.
    pub fn away_from_zero(&mut self) -> f64 {
        let x = self.scalar();
        x + x.signum() * 0.5
    }

    pub fn vec(&mut self, length: usize) -> Vec<f64> {
        (0..length).map(|_| self.scalar()).collect()
    }

    pub fn vector(&mut self, rows: usize) -> DVector<f64> {
        DVector::from_fn(rows, |_, _| self.scalar())
    }

    pub fn matrix(&mut self, rows: usize, columns: usize) -> DMatrix<f64> {
        DMatrix::from_fn(rows, columns, |_, _| self.scalar())
    }

    pub fn fixed<const R: usize, const C: usize>(&mut self) -> SMatrix<f64, R, C> {
        SMatrix::from_fn(|_, _| self.scalar())
    }

    /// A well-conditioned square matrix.
    pub fn regular(&mut self, order: usize) -> DMatrix<f64> {
        let mut a = self.matrix(order, order);
        for i in 0..order {
            a[(i, (i + 1) % order)] += 3.0;
        }
        a
    }

    /// A well-conditioned symmetric positive definite matrix.
    pub fn positive(&mut self, order: usize) -> DMatrix<f64> {
        let a = self.matrix(order, order);
        &a * a.transpose() + DMatrix::identity(order, order)
    }

    /// Fills every number of a value.
    pub fn fill(&mut self, value: &mut impl Perturb) {
        value.each_scalar(&mut |scalar| *scalar = self.scalar());
    }
}

/// The dimensions that rules are tested at: 1×1, rows, columns, squares, and both non-square orientations.
pub const SHAPES: [(usize, usize); 14] = [
    (1, 1),
    (1, 2),
    (2, 1),
    (1, 12),
    (12, 1),
    (2, 2),
    (3, 3),
    (2, 5),
    (5, 2),
    (7, 4),
    (4, 7),
    (6, 6),
    (9, 11),
    (12, 12),
];

/// The orders that rules of square matrices are tested at.
pub const ORDERS: [usize; 9] = [1, 2, 3, 4, 5, 6, 8, 10, 12];

pub fn numbers(value: &mut impl Perturb) -> Vec<f64> {
    let mut numbers = Vec::new();
    value.each_scalar(&mut |scalar| numbers.push(*scalar));
    numbers
}

fn moved<X: Perturb + Clone>(x: &X, direction: &[f64], step: f64) -> X {
    let mut x = x.clone();
    let mut direction = direction.iter();
    x.each_scalar(&mut |scalar| *scalar += step * direction.next().expect("one component for each number"));
    x
}

/// `J v` by central differences, extrapolated twice.
fn tangent<X: Perturb + Clone, Y: Perturb>(f: &dyn Fn(&X) -> Y, x: &X, v: &[f64]) -> Vec<f64> {
    let central = |step: f64| -> Vec<f64> {
        let right = numbers(&mut f(&moved(x, v, step)));
        let left = numbers(&mut f(&moved(x, v, -step)));
        right.iter().zip(&left).map(|(right, left)| (right - left) / (2.0 * step)).collect()
    };
    let step = 2e-3;
    let quotients = [central(step), central(step / 2.0), central(step / 4.0)];
    (0..quotients[0].len())
        .map(|i| {
            let first = |k: usize| (4.0 * quotients[k + 1][i] - quotients[k][i]) / 3.0;
            (16.0 * first(1) - first(0)) / 15.0
        })
        .collect()
}

/// The reverse half of a rule: the point, the cotangent of the result, the shadow of the point.
pub type Reverse<'a, X, Y> =
    &'a dyn Fn(&X, <Y as Differentiable>::Cotangent, &mut <X as Differentiable>::Cotangent);

/// By how much the rule `reverse` of `f` violates ⟨w, J v⟩ = ⟨Jᵀ w, v⟩ at `x`, for random `v` and `w`, relative to the
/// sum of the absolute values of the terms. A rule that gives zero is off by 1.
///
/// The shadow holds random numbers when the rule starts, so that one that overwrites is found out.
pub fn discrepancy<X, Y>(random: &mut Random, x: &X, f: &dyn Fn(&X) -> Y, reverse: Reverse<X, Y>) -> f64
where
    X: Differentiable<Cotangent: Perturb> + Perturb + Clone,
    Y: Differentiable<Cotangent: Perturb> + Perturb,
{
    let v = random.vec(numbers(&mut x.clone()).len());
    let mut w = f(x).zero_cotangent();
    random.fill(&mut w);
    let mut shadow = x.zero_cotangent();
    random.fill(&mut shadow);

    let dy = tangent(f, x, &v);
    let before = numbers(&mut shadow);
    let weights = numbers(&mut w);
    reverse(x, w, &mut shadow);
    let after = numbers(&mut shadow);

    let left: Vec<f64> = weights.iter().zip(&dy).map(|(w, dy)| w * dy).collect();
    let right: Vec<f64> =
        after.iter().zip(&before).zip(&v).map(|((after, before), v)| (after - before) * v).collect();
    let magnitude = |terms: &[f64]| terms.iter().map(|term| term.abs()).sum::<f64>();
    let difference = left.iter().sum::<f64>() - right.iter().sum::<f64>();
    match magnitude(&left).max(magnitude(&right)) {
        0.0 => 0.0,
        scale => difference.abs() / scale,
    }
}

/// Asserts the identity, for five pairs of directions.
#[track_caller]
pub fn check<X, Y>(
    random: &mut Random,
    x: &X,
    f: impl Fn(&X) -> Y,
    reverse: impl Fn(&X, Y::Cotangent, &mut X::Cotangent),
) where
    X: Differentiable<Cotangent: Perturb> + Perturb + Clone + std::fmt::Debug,
    Y: Differentiable<Cotangent: Perturb> + Perturb,
{
    for _ in 0..5 {
        let discrepancy = discrepancy(random, x, &f, &reverse);
        assert!(discrepancy <= 1e-8, "off by {discrepancy:e} at {x:?}");
    }
}

/// Asserts the identity for a method without arguments, and that the forward half has the value of the primal.
#[macro_export]
macro_rules! check_unary {
    ($random:expr, $x:expr, $method:ident, $forward:ident, $reverse:ident) => {{
        let x = $x;
        common::check(
            $random,
            x,
            |x| x.clone().$method(),
            |x, seed, x_bar| {
                let (y, back) = x.$forward();
                assert_eq!(y, x.clone().$method());
                x.$reverse(back, x_bar, seed);
            },
        )
    }};
}

/// Asserts the identity for a method of one argument by reference, on a pair.
#[macro_export]
macro_rules! check_binary {
    ($random:expr, $pair:expr, $method:ident, $forward:ident, $reverse:ident) => {{
        let x = $pair;
        common::check(
            $random,
            x,
            |(x, z)| x.$method(z),
            |(x, z), seed, (x_bar, z_bar)| {
                let (y, back) = x.$forward(z);
                assert_eq!(y, x.$method(z));
                x.$reverse(back, x_bar, z, z_bar, seed);
            },
        )
    }};
}

/// Asserts the identity for a method of one scalar by value, on a pair.
#[macro_export]
macro_rules! check_scalar_argument {
    ($random:expr, $pair:expr, $method:ident, $forward:ident, $reverse:ident) => {{
        let x = $pair;
        common::check(
            $random,
            x,
            |(x, s)| x.$method(*s),
            |(x, s), seed, (x_bar, s_bar)| {
                let (y, back) = x.$forward(*s);
                assert_eq!(y, x.$method(*s));
                let (cotangent,) = x.$reverse(back, x_bar, seed);
                *s_bar += cotangent;
            },
        )
    }};
}
