use std::fmt::Debug;

use super::difference::{agrees, compare, derivative_along};
use super::flat::{Flat, flatten};
use super::random::Random;

/// Relative agreement asked of a gradient in double precision.
const TOLERANCE: f64 = 1e-7;

type Vjp<'f, P, R, G> = dyn Fn(&mut P, <R as Flat>::Bar) -> (R, G) + 'f;
type Adjoint<'f, P, R> = dyn Fn(&mut P, &mut <P as Flat>::Bar, <R as Flat>::Bar) -> R + 'f;
type Reference<'f> = Box<dyn Fn(&[f64]) -> f64 + 'f>;

/// A differentiated function at one input, to be compared mode by mode.
///
/// `P` is the tuple of the active parameters as owned values, `R` the result. Every closure gets the
/// inputs by `&mut` and passes them on as the function wants them: by value, by `&`, or by `&mut`.
pub struct Case<'a, P: Flat, R: Flat> {
    name: String,
    point: P,
    primal: Box<dyn Fn(&mut P) -> R + 'a>,
    /// For every parameter, whether it is `&mut`.
    left_behind: Vec<bool>,
    reference: Option<Reference<'a>>,
    tolerance: f64,
}

impl<'a, P: Flat, R: Flat> Case<'a, P, R> {
    pub fn new(name: impl Into<String>, point: P, primal: impl Fn(&mut P) -> R + 'a) -> Self {
        let left_behind = vec![false; point.lengths().len()];
        let tolerance = TOLERANCE;
        Case { name: name.into(), point, primal: Box::new(primal), left_behind, reference: None, tolerance }
    }

    /// Says which of the parameters are `&mut`: what they hold afterwards is output as well.
    pub fn leaving_behind(mut self, parameters: &[bool]) -> Self {
        assert_eq!(parameters.len(), self.left_behind.len(), "one flag for each parameter");
        self.left_behind = parameters.to_vec();
        self
    }

    /// Takes the difference quotients of `reference` instead of the primal, and allows a relative error
    /// of `tolerance`. For single precision, where quotients of the primal itself say little.
    pub fn against(mut self, reference: impl Fn(&[f64]) -> f64 + 'a, tolerance: f64) -> Self {
        self.reference = Some(Box::new(reference));
        self.tolerance = tolerance;
        self
    }

    /// `f::grad` (and `f_grad`).
    pub fn grad<G: Flat>(&self, grad: &dyn Fn(&mut P) -> G) -> &Self {
        let gradient = grad(&mut self.point.clone());
        self.expect_gradient("grad", &flatten(&gradient), &self.result_only(vec![1.0]));
        self
    }

    /// A negative control: every way of spoiling one entry of `f::grad` is noticed.
    pub fn rejects_altered<G: Flat>(&self, grad: &dyn Fn(&mut P) -> G) -> &Self {
        let gradient = flatten(&grad(&mut self.point.clone()));
        let weights = self.result_only(vec![1.0]);
        let must_fail = |altered: &[f64]| {
            let comparison = self.compare(altered, &weights);
            assert!(comparison.is_err(), "{}: {altered:?} passes for {gradient:?}", self.name);
        };
        must_fail(&gradient[1..]);
        for i in 0..gradient.len() {
            let entry = gradient[i];
            for altered in [0.0, -entry, 2.0 * entry, entry * (1.0 + 1e-5), f64::NAN] {
                let mut copy = gradient.clone();
                copy[i] = altered;
                must_fail(&copy);
            }
        }
        self
    }

    /// `f::value_and_grad`.
    pub fn value_and_grad<G: Flat>(&self, value_and_grad: &dyn Fn(&mut P) -> (R, G)) -> &Self {
        let (value, gradient) = value_and_grad(&mut self.point.clone());
        self.expect_value("value_and_grad", &value);
        self.expect_gradient("value_and_grad", &flatten(&gradient), &self.result_only(vec![1.0]));
        self
    }

    /// `f::vjp`, its pullback called with the given cotangent of the result.
    pub fn vjp<G: Flat>(&self, vjp: &Vjp<'_, P, R, G>) -> &Self {
        let value = (self.primal)(&mut self.point.clone());
        let seed = Random::new(1).weights(flatten(&value).len());
        let (value, gradient) = vjp(&mut self.point.clone(), value.read_bar(&mut seed.iter()));
        self.expect_value("vjp", &value);
        self.expect_gradient("vjp", &flatten(&gradient), &self.result_only(seed));
        self
    }

    /// `f::adjoint`. The shadows hold non-zero numbers on entry: those of `&mut` parameters are cotangents
    /// of the values left behind and are replaced, the others are added to.
    pub fn adjoint(&self, adjoint: &Adjoint<'_, P, R>) -> &Self {
        let mut after = self.point.clone();
        let value = (self.primal)(&mut after);

        let mut random = Random::new(2);
        let seed = random.weights(flatten(&value).len());
        let before = random.weights(flatten(&after).len());
        let (left_behind, passed_in) = self.split(&after, &before);
        let weights = [seed.clone(), left_behind].concat();

        let mut point = self.point.clone();
        let mut shadow = after.read_bar(&mut before.iter());
        let value = adjoint(&mut point, &mut shadow, value.read_bar(&mut seed.iter()));
        self.expect_value("adjoint", &value);
        assert!(
            same(&point, &after),
            "{}: adjoint leaves {point:?} in its arguments, the primal {after:?}",
            self.name
        );

        let mut gradient = flatten(&shadow);
        let mut passed_in = passed_in.iter();
        for (entry, is_left_behind) in gradient.iter_mut().zip(self.flags(&self.point)) {
            if !is_left_behind {
                *entry -= passed_in.next().expect("a shadow of the parameter's shape");
            }
        }
        self.expect_gradient("adjoint", &gradient, &weights);
        self
    }

    /// For every entry of `point`, whether it belongs to a `&mut` parameter.
    fn flags(&self, point: &P) -> Vec<bool> {
        let flags = point.lengths().into_iter().zip(&self.left_behind);
        flags.flat_map(|(length, left_behind)| vec![*left_behind; length]).collect()
    }

    /// Of one number for each entry of `point`, those of `&mut` parameters, and the others.
    fn split(&self, point: &P, numbers: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut flags = self.flags(point).into_iter();
        numbers.iter().partition(|_| flags.next() == Some(true))
    }

    /// Output weights: those of the result as given, zero for what is left behind.
    fn result_only(&self, mut weights: Vec<f64>) -> Vec<f64> {
        weights.resize(self.outputs(&flatten(&self.point)).len(), 0.0);
        weights
    }

    /// The result and what is left behind, as one flat vector.
    fn outputs(&self, x: &[f64]) -> Vec<f64> {
        let mut point = self.point.read(&mut x.iter());
        let mut outputs = flatten(&(self.primal)(&mut point));
        outputs.extend(self.split(&point, &flatten(&point)).0);
        outputs
    }

    fn expect_value(&self, mode: &str, value: &R) {
        let expected = (self.primal)(&mut self.point.clone());
        assert!(
            same(value, &expected),
            "{}: {mode} returns the value {value:?}, the primal {expected:?}, at {:?}",
            self.name,
            self.point
        );
    }

    fn expect_gradient(&self, mode: &str, gradient: &[f64], weights: &[f64]) {
        if let Err(message) = self.compare(gradient, weights) {
            panic!("{}: {mode}, {message}, at {:?}", self.name, self.point);
        }
    }

    fn compare(&self, gradient: &[f64], weights: &[f64]) -> Result<(), String> {
        let weighted = |x: &[f64]| match &self.reference {
            Some(reference) => weights[0] * reference(x),
            None => dot(weights, &self.outputs(x)),
        };
        compare(&weighted, &flatten(&self.point), gradient, self.tolerance)
    }
}

/// Compares the gradient of a scalar function of a flat vector, entry by entry.
pub fn check_gradient(
    name: &str,
    f: impl Fn(&[f64]) -> f64,
    gradient: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
) {
    if let Err(message) = compare(&f, x, &gradient(x), TOLERANCE) {
        panic!("{name}: {message}, at {x:?}");
    }
}

/// Checks `⟨w, J v⟩ = ⟨Jᵀ w, v⟩` for random `w` and `v`, where `vjp(x, w)` returns the value and `Jᵀ w`,
/// and `J v` is a difference quotient. For maps with too many inputs to go through them one by one.
pub fn check_pullback(
    name: &str,
    f: impl Fn(&[f64]) -> Vec<f64>,
    vjp: impl Fn(&[f64], &[f64]) -> (Vec<f64>, Vec<f64>),
    x: &[f64],
) {
    let value = f(x);
    for seed in 0..3 {
        let mut random = Random::new(seed);
        let w = random.weights(value.len());
        let v = random.weights(x.len());
        let (found, gradient) = vjp(x, &w);
        assert!(same(&found, &value), "{name}: the value {found:?}, the primal {value:?}");
        assert_eq!(gradient.len(), x.len(), "{name}: one cotangent for each input");
        let scale = x.iter().fold(0.0, |scale: f64, x| scale.max(x.abs()));
        let step = if scale == 0.0 { 1.0 } else { scale };
        let quotient = derivative_along(&|x| dot(&w, &f(x)), x, &v, step);
        if let Err((_, message)) = agrees(dot(&gradient, &v), quotient, TOLERANCE) {
            panic!("{name}: ⟨Jᵀw, v⟩ is {message}, at {x:?}");
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Equality bit for bit, integers and all: `Debug` prints enough digits to tell any two reals apart, calls
/// NaN equal to itself and 0 different from -0.
fn same<T: Debug>(a: &T, b: &T) -> bool {
    format!("{a:?}") == format!("{b:?}")
}
