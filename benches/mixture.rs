//! The log posterior of a Gaussian mixture: 10 components in 10 dimensions, 1000 points.

use divan::{Bencher, black_box};
use workloads::mixture::Mixture;
use workloads::support::{Workload, check};

mod workloads {
    pub mod inputs;
    pub mod mixture;
    pub mod support;
}

fn main() {
    check::<Mixture>();
    divan::main();
}

#[divan::bench]
fn primal(bencher: Bencher) {
    let workload = Mixture::new();
    bencher.bench_local(|| black_box(&workload).primal());
}

#[divan::bench]
fn generated(bencher: Bencher) {
    let mut workload = Mixture::new();
    bencher.bench_local(|| black_box(&mut workload).generated());
}

#[divan::bench]
fn hand_written(bencher: Bencher) {
    let mut workload = Mixture::new();
    bencher.bench_local(|| black_box(&mut workload).hand_written());
}
