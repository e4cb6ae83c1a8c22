//! What the workloads have in common: their interface and their self-check.

/// A scalar function of some arrays, with two programs for its gradient.
pub trait Workload {
    /// The inputs, the same in every run, and gradients that are zero.
    fn new() -> Self;

    /// The function as a user writes it.
    fn primal(&self) -> f64;

    /// The generated adjoint: adds to the gradients, returns the function's value.
    fn generated(&mut self) -> f64;

    /// The adjoint as an expert writes it: does exactly what `generated` does.
    fn hand_written(&mut self) -> f64;

    /// Every active parameter with its gradient, flattened.
    fn active(&mut self) -> Vec<Active<'_>>;
}

/// An active parameter and the gradient that the adjoints add to.
pub struct Active<'a> {
    pub value: &'a mut [f64],
    pub gradient: &'a mut [f64],
}

/// Panics unless the hand-written adjoint agrees with finite differences and the generated one with
/// the hand-written one, in the value and in the gradients.
pub fn check<W: Workload>() {
    let mut workload = W::new();
    let value = workload.primal();
    assert_close(
        "the value of the hand-written adjoint",
        workload.hand_written(),
        value,
        1e-12 * value.abs(),
    );
    let by_hand = gradients(&mut workload);
    for (p, gradient) in by_hand.iter().enumerate() {
        let tolerance = 1e-6 * largest(gradient);
        for i in sample(gradient.len()) {
            let name = format!("entry {i} of hand-written gradient {p}");
            assert_close(&name, gradient[i], finite_difference(&mut workload, p, i), tolerance);
        }
    }

    let mut workload = W::new();
    assert_eq!(workload.generated(), value, "the value of the generated adjoint");
    for (p, (generated, by_hand)) in gradients(&mut workload).iter().zip(&by_hand).enumerate() {
        let tolerance = 1e-11 * largest(by_hand);
        for (i, (&g, &h)) in generated.iter().zip(by_hand).enumerate() {
            assert_close(&format!("entry {i} of generated gradient {p}"), g, h, tolerance);
        }
    }
}

fn gradients<W: Workload>(workload: &mut W) -> Vec<Vec<f64>> {
    workload.active().iter().map(|parameter| parameter.gradient.to_vec()).collect()
}

/// The derivative with respect to entry `i` of parameter `p`: central differences, extrapolated once.
fn finite_difference<W: Workload>(workload: &mut W, p: usize, i: usize) -> f64 {
    let centre = workload.active()[p].value[i];
    let mut central = |step: f64| {
        let mut at = |x: f64| {
            workload.active()[p].value[i] = x;
            workload.primal()
        };
        (at(centre + step) - at(centre - step)) / (2.0 * step)
    };
    let step = 1e-4 * centre.abs().max(0.1);
    let slope = (4.0 * central(step / 2.0) - central(step)) / 3.0;
    workload.active()[p].value[i] = centre;
    slope
}

/// Some fifty of `n` indices, the first and the last among them.
fn sample(n: usize) -> impl Iterator<Item = usize> {
    (0..n).step_by(n.div_ceil(50)).chain([n - 1])
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest, value| value.abs().max(largest))
}

fn assert_close(what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{what} is {found}, not {expected}");
}
