//! A dot product of 10,000 elements.

use divan::{Bencher, black_box};
use workloads::dot::Dot;
use workloads::support::{Workload, check};

mod workloads {
    pub mod dot;
    pub mod inputs;
    pub mod support;
}

fn main() {
    check::<Dot>();
    divan::main();
}

#[divan::bench]
fn primal(bencher: Bencher) {
    let workload = Dot::new();
    bencher.bench_local(|| black_box(&workload).primal());
}

#[divan::bench]
fn generated(bencher: Bencher) {
    let mut workload = Dot::new();
    bencher.bench_local(|| black_box(&mut workload).generated());
}

#[divan::bench]
fn hand_written(bencher: Bencher) {
    let mut workload = Dot::new();
    bencher.bench_local(|| black_box(&mut workload).hand_written());
}
