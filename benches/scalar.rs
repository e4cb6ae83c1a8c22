//! Scalar code with transcendental functions.

use divan::{Bencher, black_box};
use workloads::scalar::Scalar;
use workloads::support::{Workload, check};

mod workloads {
    pub mod scalar;
    pub mod support;
}

fn main() {
    check::<Scalar>();
    divan::main();
}

#[divan::bench]
fn primal(bencher: Bencher) {
    let workload = Scalar::new();
    bencher.bench_local(|| black_box(&workload).primal());
}

#[divan::bench]
fn generated(bencher: Bencher) {
    let mut workload = Scalar::new();
    bencher.bench_local(|| black_box(&mut workload).generated());
}

#[divan::bench]
fn hand_written(bencher: Bencher) {
    let mut workload = Scalar::new();
    bencher.bench_local(|| black_box(&mut workload).hand_written());
}
