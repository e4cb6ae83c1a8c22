/// A derivative found by difference quotients.
#[derive(Clone, Copy, Debug)]
pub struct Derivative {
    pub value: f64,
    /// What rounding in the function may have added to `value`.
    pub noise: f64,
}

/// The derivative of `t ↦ f(x + t v)` at 0: central differences with steps halved from `step / 64` on,
/// extrapolated by Neville's scheme (Ridders 1982). The entry of the tableau that agrees best with its
/// neighbours wins, so a kink or the border of a domain within the first steps does no harm.
///
/// `value` is NaN when no two quotients were finite.
pub fn derivative_along(f: &dyn Fn(&[f64]) -> f64, x: &[f64], v: &[f64], step: f64) -> Derivative {
    const STEPS: usize = 12;
    let at = |t: f64| -> f64 {
        let moved: Vec<f64> = x.iter().zip(v).map(|(x, v)| x + t * v).collect();
        f(&moved)
    };
    let mut best = Derivative { value: f64::NAN, noise: 0.0 };
    let mut best_error = f64::INFINITY;
    let mut previous: Vec<f64> = Vec::new();
    let mut h = step / 64.0;
    for _ in 0..STEPS {
        let (above, below) = (at(h), at(-h));
        let noise = 16.0 * f64::EPSILON * above.abs().max(below.abs()) / h;
        let mut row = vec![(above - below) / (2.0 * h)];
        let mut factor = 1.0;
        for j in 0..previous.len() {
            factor *= 4.0;
            let entry = (factor * row[j] - previous[j]) / (factor - 1.0);
            let error = (entry - row[j]).abs().max((entry - previous[j]).abs());
            if error < best_error {
                best_error = error;
                best = Derivative { value: entry, noise };
            }
            row.push(entry);
        }
        previous = row;
        h /= 2.0;
    }
    best
}

/// Compares every entry of `gradient` with the derivative of `f` at `x`.
///
/// An entry may differ by `tolerance` relative to its size, and by the rounding of the quotient, which is
/// some 1e-11 of the function's value: a zero in the place of a small derivative does not pass. Nor does
/// a gradient without a single entry that differs from zero; that is a case for an assertion of its own.
/// The error names the worst entry.
pub fn compare(f: &dyn Fn(&[f64]) -> f64, x: &[f64], gradient: &[f64], tolerance: f64) -> Result<(), String> {
    if gradient.len() != x.len() {
        return Err(format!("{} inputs, but {} entries in the gradient", x.len(), gradient.len()));
    }
    let mut says_something = false;
    let mut worst: Option<(f64, String)> = None;
    for (i, &entry) in gradient.iter().enumerate() {
        let mut unit = vec![0.0; x.len()];
        unit[i] = 1.0;
        let step = if x[i] == 0.0 { 1.0 } else { x[i].abs() };
        let quotient = derivative_along(f, x, &unit, step);
        says_something |= quotient.value.abs() > 1000.0 * quotient.noise;
        if let Err((excess, message)) = agrees(entry, quotient, tolerance)
            && worst.as_ref().is_none_or(|(most, _)| excess > *most)
        {
            worst = Some((excess, format!("entry {i} of the gradient: {message}")));
        }
    }
    match worst {
        Some((_, message)) => Err(message),
        None if says_something => Ok(()),
        None => Err("the gradient is zero at this input".to_string()),
    }
}

/// `Ok` if `found` is the derivative that the quotients say, otherwise the excess over what is allowed.
pub(super) fn agrees(found: f64, quotient: Derivative, tolerance: f64) -> Result<(), (f64, String)> {
    let Derivative { value: expected, noise } = quotient;
    let error = (found - expected).abs();
    let allowed = tolerance * found.abs().max(expected.abs()) + noise;
    if error <= allowed {
        return Ok(());
    }
    let excess = if error.is_nan() { f64::INFINITY } else { error / allowed };
    Err((excess, format!("{found:e}, by differences {expected:e}")))
}
