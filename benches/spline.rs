//! A quadratic spline with 64 knots at 640 points.

use divan::{Bencher, black_box};
use workloads::spline::Spline;
use workloads::support::{Workload, check};

mod workloads {
    pub mod inputs;
    pub mod spline;
    pub mod support;
}

fn main() {
    check::<Spline>();
    divan::main();
}

#[divan::bench]
fn primal(bencher: Bencher) {
    let workload = Spline::new();
    bencher.bench_local(|| black_box(&workload).primal());
}

#[divan::bench]
fn generated(bencher: Bencher) {
    let mut workload = Spline::new();
    bencher.bench_local(|| black_box(&mut workload).generated());
}

#[divan::bench]
fn hand_written(bencher: Bencher) {
    let mut workload = Spline::new();
    bencher.bench_local(|| black_box(&mut workload).hand_written());
}
