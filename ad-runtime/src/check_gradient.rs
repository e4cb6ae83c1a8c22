//! Gradients against finite differences.
//!
//! The derivative in each number is extrapolated from central differences with shrinking steps (C. J. F. Ridders,
//! *Accurate computation of F'(x) and F'(x) F''(x)*, Advances in Engineering Software 4(2), 1982), from several
//! initial steps, and the extrapolation with the smallest estimate of its own error wins. What remains of
//! that estimate is not held against the gradient.

use crate::{Perturb, Real};
use std::fmt::{self, Display, Formatter};

/// Compares the gradient of a scalar function with finite differences of adaptive step.
///
/// The arguments are those of the function, as a tuple. The report names the worst entry by parameter and index,
/// and [`assert`](GradientReport::assert) turns it into a test:
///
/// ```
/// use ad_runtime::check_gradient;
///
/// fn f(x: &[f64], scale: f64) -> f64 {
///     scale * x.iter().map(|x| x.sin()).sum::<f64>()
/// }
///
/// // what `#[differentiate]` generates for `f`
/// fn f_grad(x: &[f64], scale: f64) -> (Vec<f64>, f64) {
///     (x.iter().map(|x| scale * x.cos()).collect(), f(x, 1.0))
/// }
///
/// check_gradient(f, f_grad, (&[0.3, 1.2, -2.0][..], 1.5)).assert(1e-9);
/// ```
///
/// Arguments may be scalars, slices, vectors, arrays, tuples, options, matrices and `derive(Differentiable)` structs,
/// by value or by reference; integers, strings and the like are passed along. A parameter that is marked `#[no_grad]`
/// although its type has a derivative is captured instead, so that the gradient and the arguments match:
///
/// ```
/// # use ad_runtime::check_gradient;
/// # fn f(x: f64, k: f64) -> f64 { x * x * k }
/// # fn f_grad(x: f64, k: f64) -> f64 { 2.0 * x * k }
/// check_gradient(|x: f64| f(x, 3.0), |x: f64| f_grad(x, 3.0), (1.5,)).assert(1e-9);
/// ```
///
/// An entry is wrong by how far it is from the difference quotient, less the uncertainty of the quotient,
/// relative to the larger of the two. So a gradient of zero is wrong by 1 wherever the function moves at all, however
/// little. Near a kink or a jump the quotient is uncertain; if it is too uncertain to tell, the entry counts as wrong.
///
/// # Panics
/// If the gradient has not as many numbers as the arguments.
pub fn check_gradient<F, G, A, M>(function: F, gradient: G, arguments: A) -> GradientReport
where
    A: Arguments<F, G, M>,
{
    arguments.check(&function, &gradient)
}

/// The worst entry of a gradient, and the number of entries that were compared.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a report does nothing until it is asserted or printed"]
pub struct GradientReport {
    /// The number of entries that were compared.
    pub entries: usize,
    /// The entry with the largest error, if there is any entry.
    pub worst: Option<GradientEntry>,
}

/// One entry of a gradient beside its difference quotient.
#[derive(Clone, Debug, PartialEq)]
pub struct GradientEntry {
    /// The position of the parameter among the arguments, from 0.
    pub parameter: usize,
    /// The position of the number in the parameter, flattened in storage order, from 0.
    pub index: usize,
    /// What the gradient says.
    pub analytic: f64,
    /// What finite differences say.
    pub numeric: f64,
    /// How far finite differences may be off.
    pub uncertainty: f64,
    /// `(|analytic - numeric| - uncertainty) / max(|analytic|, |numeric|)`, at least 0, and infinite if finite
    /// differences cannot tell.
    pub error: f64,
}

impl GradientReport {
    /// The largest error of any entry, 0 if there is none.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.worst.as_ref().map_or(0.0, |worst| worst.error)
    }

    /// Asserts that no entry is wrong by more than `tolerance`.
    ///
    /// # Panics
    /// If one is, in words that name it.
    #[track_caller]
    pub fn assert(&self, tolerance: f64) {
        assert!(self.error() <= tolerance, "wrong gradient, tolerance {tolerance:e}: {self}");
    }
}

impl Display for GradientReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some(worst) = &self.worst else { return write!(f, "no entries to compare") };
        let GradientEntry { parameter, index, analytic, numeric, uncertainty, error } = worst;
        write!(
            f,
            "worst of {} entries: parameter {parameter}, index {index}: \
             gradient {analytic:e}, finite difference {numeric:e} ± {uncertainty:.0e}, error {error:.1e}",
            self.entries
        )
    }
}

/// One argument of a checked function, in the shape `M` that it is passed in.
#[doc(hidden)]
pub trait Argument<M> {
    /// The owned value.
    type Store: Clone;

    /// What the function is given.
    type Lent<'a>;

    /// The owned value of an argument.
    fn store(self) -> Self::Store;

    /// What the function is given, made from the owned value.
    fn lend(store: &mut Self::Store) -> Self::Lent<'_>;

    /// Visits the numbers of the owned value.
    fn each_scalar(store: &mut Self::Store, visit: &mut dyn FnMut(&mut f64));
}

/// The shape of an argument that is passed by value.
#[doc(hidden)]
#[derive(Debug)]
pub enum ByValue {}

/// The shape of an argument that is passed by shared reference.
#[doc(hidden)]
#[derive(Debug)]
pub enum ByReference {}

/// The shape of an argument that is passed by exclusive reference.
#[doc(hidden)]
#[derive(Debug)]
pub enum ByMut {}

/// An argument of type `$argument`, stored as `$store` and lent as `$lent`.
macro_rules! argument {
    ($($shape:ty: [$($T:ident)?] $argument:ty, $store:ty, |$value:ident| $own:expr, $lent:ty, |$owned:ident| $lend:expr;)*) => {$(
        impl$(<$T: Perturb + Clone + 'static>)? Argument<$shape> for $argument {
            type Store = $store;
            type Lent<'a> = $lent;

            fn store(self) -> Self::Store {
                let $value = self;
                $own
            }

            fn lend($owned: &mut Self::Store) -> Self::Lent<'_> {
                $lend
            }

            fn each_scalar(store: &mut Self::Store, visit: &mut dyn FnMut(&mut f64)) {
                store.each_scalar(visit);
            }
        }
    )*};
}

argument! {
    ByValue: [T] T, T, |value| value, T, |owned| owned.clone();
    ByReference: [T] &T, T, |value| value.clone(), &'a T, |owned| owned;
    ByReference: [T] &[T], Vec<T>, |value| value.to_vec(), &'a [T], |owned| owned;
    ByReference: [] &str, String, |value| value.to_owned(), &'a str, |owned| owned;
    ByMut: [T] &mut T, T, |value| value.clone(), &'a mut T, |owned| owned;
    ByMut: [T] &mut [T], Vec<T>, |value| value.to_vec(), &'a mut [T], |owned| owned;
}

/// The arguments that a function and its gradient are called with.
#[doc(hidden)]
pub trait Arguments<F, G, M> {
    /// The comparison.
    fn check(self, function: &F, gradient: &G) -> GradientReport;
}

macro_rules! arguments {
    ($($argument:ident $shape:ident $index:tt),*) => {
        impl<Function, Gradient, Y, YGradient, $($argument, $shape),*>
            Arguments<Function, Gradient, (Y, YGradient, $($shape,)*)> for ($($argument,)*)
        where
            $($argument: Argument<$shape>,)*
            Function: for<'a> Fn($($argument::Lent<'a>),*) -> Y,
            Gradient: for<'a> Fn($($argument::Lent<'a>),*) -> YGradient,
            Y: Real + Into<f64>,
            YGradient: Perturb,
        {
            fn check(self, function: &Function, gradient: &Gradient) -> GradientReport {
                let stores = ($($argument::store(self.$index),)*);

                let mut arguments = stores.clone();
                let mut gradient = gradient($($argument::lend(&mut arguments.$index)),*);
                let gradient = scalars(|visit| gradient.each_scalar(visit));

                let mut arguments = stores.clone();
                let points = [$(scalars(|visit| $argument::each_scalar(&mut arguments.$index, visit))),*];

                let evaluate = |parameter: usize, index: usize, step: f64| {
                    let mut arguments = stores.clone();
                    let mut point = 0.0;
                    $(
                        if parameter == $index {
                            point = perturb(|visit| $argument::each_scalar(&mut arguments.$index, visit), index, step);
                        }
                    )*
                    let value: f64 = function($($argument::lend(&mut arguments.$index)),*).into();
                    (point, value)
                };
                let precision = match size_of::<Y>() {
                    4 => f64::from(f32::EPSILON),
                    _ => f64::EPSILON,
                };
                compare(&points, &gradient, precision, &evaluate)
            }
        }
    };
}

arguments!(A MA 0);
arguments!(A MA 0, B MB 1);
arguments!(A MA 0, B MB 1, C MC 2);
arguments!(A MA 0, B MB 1, C MC 2, D MD 3);
arguments!(A MA 0, B MB 1, C MC 2, D MD 3, E ME 4);
arguments!(A MA 0, B MB 1, C MC 2, D MD 3, E ME 4, F MF 5);
arguments!(A MA 0, B MB 1, C MC 2, D MD 3, E ME 4, F MF 5, G MG 6);
arguments!(A MA 0, B MB 1, C MC 2, D MD 3, E ME 4, F MF 5, G MG 6, H MH 7);

/// The numbers that are visited.
fn scalars(each: impl FnOnce(&mut dyn FnMut(&mut f64))) -> Vec<f64> {
    let mut scalars = Vec::new();
    each(&mut |scalar| scalars.push(*scalar));
    scalars
}

/// Moves the number at `index` by `step` and returns where it has landed, which its type may have rounded.
fn perturb(mut each: impl FnMut(&mut dyn FnMut(&mut f64)), index: usize, step: f64) -> f64 {
    let mut at = 0;
    each(&mut |scalar| {
        if at == index {
            *scalar += step;
        }
        at += 1;
    });
    let (mut at, mut point) = (0, 0.0);
    each(&mut |scalar| {
        if at == index {
            point = *scalar;
        }
        at += 1;
    });
    point
}

/// Evaluates the function with the number `index` of parameter `parameter` moved by a step: where the number has
/// landed, and the value of the function.
type Evaluate<'a> = &'a dyn Fn(usize, usize, f64) -> (f64, f64);

/// Quotients that are less certain than this, relative to the scale of the function, tell nothing.
const TELLING: f64 = 1e-3;

/// Compares every entry.
fn compare(points: &[Vec<f64>], gradient: &[f64], precision: f64, evaluate: Evaluate) -> GradientReport {
    let entries: usize = points.iter().map(Vec::len).sum();
    assert!(
        entries == gradient.len(),
        "the gradient has {} numbers, the arguments have {entries}\n\n\
         hint: capture a parameter without a derivative in a closure instead of passing it",
        gradient.len()
    );
    let mut compared = Vec::with_capacity(entries);
    let mut scale: f64 = 0.0;
    let flat = points.iter().enumerate().flat_map(|(parameter, points)| {
        points.iter().enumerate().map(move |(index, point)| (parameter, index, *point))
    });
    for ((parameter, index, point), analytic) in flat.zip(gradient.iter().copied()) {
        let quotient = difference_quotient(point, precision, &|step| evaluate(parameter, index, step));
        let Quotient { derivative: numeric, uncertainty, magnitude } = quotient;
        if numeric.is_finite() {
            scale = scale.max(numeric.abs()).max(magnitude);
        }
        compared.push(GradientEntry { parameter, index, analytic, numeric, uncertainty, error: 0.0 });
    }
    for entry in &mut compared {
        entry.error = error(entry, scale);
    }
    let worst =
        compared.into_iter().reduce(|worst, entry| if entry.error > worst.error { entry } else { worst });
    GradientReport { entries, worst }
}

fn error(entry: &GradientEntry, scale: f64) -> f64 {
    let GradientEntry { analytic, numeric, uncertainty, .. } = entry;
    let telling =
        analytic.is_finite() && numeric.is_finite() && *uncertainty <= TELLING * scale.max(f64::MIN_POSITIVE);
    let excess = (analytic - numeric).abs() - uncertainty;
    match (telling, excess > 0.0) {
        (false, _) => f64::INFINITY,
        (true, false) => 0.0,
        (true, true) => excess / analytic.abs().max(numeric.abs()),
    }
}

/// A derivative by extrapolation.
struct Quotient {
    derivative: f64,
    uncertainty: f64,
    /// The largest absolute value of the function that was met.
    magnitude: f64,
}

/// The extrapolation with the smallest estimate of its error, over initial steps that suit functions which vary on
/// the scale of 1, or on the scale of the point itself.
fn difference_quotient(point: f64, precision: f64, evaluate: &dyn Fn(f64) -> (f64, f64)) -> Quotient {
    let unit = point.abs().max(1.0);
    let own = if point == 0.0 { 1e-5 } else { point.abs() };
    let mut best = Quotient { derivative: f64::NAN, uncertainty: f64::INFINITY, magnitude: 0.0 };
    for step in [0.1 * unit, 1e-3 * unit, 0.1 * own, 1e-3 * own] {
        let quotient = extrapolate(step, precision, evaluate);
        if quotient.uncertainty < best.uncertainty {
            best = quotient;
        }
    }
    best
}

/// The factor between one step and the next.
const SHRINK: f64 = 1.4;

/// The largest number of steps in one extrapolation.
const STEPS: usize = 12;

/// Ridders' method: a Neville tableau over the squares of the steps.
fn extrapolate(step: f64, precision: f64, evaluate: &dyn Fn(f64) -> (f64, f64)) -> Quotient {
    let mut best = Quotient { derivative: f64::NAN, uncertainty: f64::INFINITY, magnitude: 0.0 };
    let mut previous: Vec<f64> = Vec::new();
    let mut step = step;
    for _ in 0..STEPS {
        let ((right, above), (left, below)) = (evaluate(step), evaluate(-step));
        step /= SHRINK;
        let difference = above - below;
        if !difference.is_finite() || right == left {
            previous.clear();
            continue;
        }
        let magnitude = above.abs().max(below.abs());
        let rounding = 4.0 * precision * magnitude / (right - left);
        let mut row = vec![difference / (right - left)];
        let mut factor = SHRINK * SHRINK;
        for (column, coarse) in previous.iter().enumerate() {
            let fine = row[column];
            let extrapolated = (fine * factor - coarse) / (factor - 1.0);
            factor *= SHRINK * SHRINK;
            let estimate = (extrapolated - fine).abs().max((extrapolated - coarse).abs());
            let uncertainty = 4.0 * estimate + rounding;
            if uncertainty <= best.uncertainty {
                best = Quotient { derivative: extrapolated, uncertainty, magnitude };
            }
            row.push(extrapolated);
        }
        previous = row;
    }
    best
}
