//! Every workload's primal, generated adjoint and hand-written adjoint, measured in turns in one run.
//!
//! `cargo bench --bench ratios` prints one table; an argument after `--` picks the rows that contain it.
//! Under `cargo test` the adjoints are only checked.

use std::hint::black_box;
use std::time::{Duration, Instant};
use workloads::support::{Workload, check};

mod workloads {
    pub mod dot;
    pub mod inputs;
    pub mod mixture;
    pub mod nbody;
    pub mod rosenbrock;
    pub mod scalar;
    pub mod spline;
    pub mod support;
}

/// How often the three programs take turns.
const ROUNDS: usize = 301;

/// How long a program runs in each turn.
const TURN: Duration = Duration::from_micros(500);

/// Checks a workload and, if asked to, measures it and prints its row under this name.
type Row = fn(&str, bool);

fn main() {
    let (flags, filters): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let measured = flags.iter().any(|flag| flag == "--bench");
    if measured {
        println!(
            "| workload | primal | generated | hand-written | generated / primal | generated / hand-written |"
        );
        println!("|---|--:|--:|--:|--:|--:|");
    }
    let rows: [(&str, Row); 6] = [
        ("scalar: cos(y^π) ln y, twice", row::<workloads::scalar::Scalar>),
        ("dot product, n = 10,000", row::<workloads::dot::Dot>),
        ("Rosenbrock, n = 10,000", row::<workloads::rosenbrock::Rosenbrock>),
        ("Gaussian mixture, d = 10, k = 10, n = 1000", row::<workloads::mixture::Mixture>),
        ("N-body step, 64 bodies", row::<workloads::nbody::NBody>),
        ("quadratic spline, 64 knots, 640 points", row::<workloads::spline::Spline>),
    ];
    for (name, row) in rows {
        if filters.is_empty() || filters.iter().any(|filter| name.contains(filter.as_str())) {
            row(name, measured);
        }
    }
}

fn row<W: Workload>(name: &str, measured: bool) {
    check::<W>();
    if measured {
        let [primal, generated, by_hand] = times(&mut W::new());
        println!(
            "| {name} | {} | {} | {} | {:.2} | {:.2} |",
            readable(primal),
            readable(generated),
            readable(by_hand),
            generated / primal,
            generated / by_hand,
        );
    }
}

/// The median times, in seconds, of the primal, the generated and the hand-written adjoint.
fn times<W: Workload>(workload: &mut W) -> [f64; 3] {
    let programs: [fn(&mut W) -> f64; 3] = [|w| w.primal(), W::generated, W::hand_written];
    let repetitions = programs.map(|program| calibrate(workload, program));
    let mut samples = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for p in 0..3 {
            samples[p].push(time(workload, programs[p], repetitions[p]) / f64::from(repetitions[p]));
        }
    }
    samples.map(median)
}

/// The number of calls that fills a turn.
fn calibrate<W>(workload: &mut W, program: fn(&mut W) -> f64) -> u32 {
    let mut repetitions = 1;
    while repetitions < 1 << 20 && time(workload, program, repetitions) < TURN.as_secs_f64() {
        repetitions *= 2;
    }
    repetitions
}

/// The seconds that so many calls take.
fn time<W>(workload: &mut W, program: fn(&mut W) -> f64, repetitions: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..repetitions {
        black_box(program(black_box(&mut *workload)));
    }
    start.elapsed().as_secs_f64()
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

fn readable(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.1} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.2} µs", s * 1e6),
        s => format!("{:.2} ms", s * 1e3),
    }
}
