//! Finite differences, times, and how they are printed.

use std::hint::black_box;
use std::time::Instant;

/// The gradient of `f` at `x` by finite differences.
pub fn finite_differences(mut f: impl FnMut(&[f64]) -> f64, x: &[f64]) -> Vec<f64> {
    let mut moved = x.to_vec();
    (0..x.len())
        .map(|i| {
            let slope = derivative(
                |xi| {
                    moved[i] = xi;
                    f(&moved)
                },
                x[i],
            );
            moved[i] = x[i];
            slope
        })
        .collect()
}

/// Ridders' method: central differences with ever smaller steps, extrapolated to step 0; of all
/// extrapolations the one with the least estimated error.
fn derivative(mut f: impl FnMut(f64) -> f64, x: f64) -> f64 {
    const LEVELS: usize = 14;
    let mut step = 0.01 * x.abs().max(0.1);
    let (mut best, mut least_error) = (f64::NAN, f64::INFINITY);
    let mut above: Vec<f64> = Vec::new();
    for _ in 0..LEVELS {
        let mut row = vec![(f(x + step) - f(x - step)) / (2.0 * step)];
        let mut factor = 1.0;
        for (j, coarse) in above.iter().enumerate() {
            factor *= 4.0;
            let extrapolated = row[j] + (row[j] - coarse) / (factor - 1.0);
            let error = (extrapolated - row[j]).abs().max((extrapolated - coarse).abs());
            row.push(extrapolated);
            if error < least_error {
                (best, least_error) = (extrapolated, error);
            }
        }
        above = row;
        step /= 2.0;
    }
    best
}

/// Prints a derivative beside finite differences: the first entries, and the worst disagreement of all.
pub fn compare(name: &str, gradient: &[f64], differences: &[f64]) {
    const SHOWN: usize = 3;
    assert_eq!(gradient.len(), differences.len());
    println!("{name:<34}{:>20}{:>20}", "derivative", "finite differences");
    for (i, (g, d)) in gradient.iter().zip(differences).enumerate().take(SHOWN) {
        println!("{:<34}{:>20}{:>20}", format!("  [{i}]"), number(*g), number(*d));
    }
    if gradient.len() > SHOWN {
        println!("  … {} more", gradient.len() - SHOWN);
    }
    let scale = differences.iter().fold(f64::MIN_POSITIVE, |scale, d| d.abs().max(scale));
    let worst = gradient.iter().zip(differences).fold(0.0, |worst, (g, d)| (g - d).abs().max(worst));
    println!("  largest difference, relative to the largest entry: {:.1e}\n", worst / scale);
}

fn number(x: f64) -> String {
    if x == 0.0 || (1e-3..1e4).contains(&x.abs()) { format!("{x:.10}") } else { format!("{x:.10e}") }
}

/// The seconds that one call takes: the best of many short runs.
pub fn time<R>(mut f: impl FnMut() -> R) -> f64 {
    let mut run = |calls: u32| {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(f());
        }
        start.elapsed().as_secs_f64()
    };
    let mut calls = 1;
    while run(calls) < 1e-3 {
        calls *= 2;
    }
    (0..50).map(|_| run(calls)).fold(f64::INFINITY, f64::min) / f64::from(calls)
}

/// Prints the time of the primal, and other times as multiples of it.
pub fn print_times(primal: f64, others: &[(&str, f64)]) {
    println!("{:<34}{:>20}", "time", "");
    println!("{:<34}{:>20}", "  primal", readable(primal));
    for (name, seconds) in others {
        let name = format!("  {name}");
        println!("{name:<34}{:>20}{:>12.1} × primal", readable(*seconds), seconds / primal);
    }
    if cfg!(debug_assertions) {
        println!("  (for times that mean something: cargo run --release --example …)");
    }
}

fn readable(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.1} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.2} µs", s * 1e6),
        s => format!("{:.2} ms", s * 1e3),
    }
}
