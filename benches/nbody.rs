//! A leapfrog step of 64 gravitating bodies.

use divan::{Bencher, black_box};
use workloads::nbody::NBody;
use workloads::support::{Workload, check};

mod workloads {
    pub mod inputs;
    pub mod nbody;
    pub mod support;
}

fn main() {
    check::<NBody>();
    divan::main();
}

#[divan::bench]
fn primal(bencher: Bencher) {
    let workload = NBody::new();
    bencher.bench_local(|| black_box(&workload).primal());
}

#[divan::bench]
fn generated(bencher: Bencher) {
    let mut workload = NBody::new();
    bencher.bench_local(|| black_box(&mut workload).generated());
}

#[divan::bench]
fn hand_written(bencher: Bencher) {
    let mut workload = NBody::new();
    bencher.bench_local(|| black_box(&mut workload).hand_written());
}
