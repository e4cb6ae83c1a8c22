//! Rosenbrock's function of 10,000 variables.

use divan::{Bencher, black_box};
use workloads::rosenbrock::Rosenbrock;
use workloads::support::{Workload, check};

mod workloads {
    pub mod inputs;
    pub mod rosenbrock;
    pub mod support;
}

fn main() {
    check::<Rosenbrock>();
    divan::main();
}

#[divan::bench]
fn primal(bencher: Bencher) {
    let workload = Rosenbrock::new();
    bencher.bench_local(|| black_box(&workload).primal());
}

#[divan::bench]
fn generated(bencher: Bencher) {
    let mut workload = Rosenbrock::new();
    bencher.bench_local(|| black_box(&mut workload).generated());
}

#[divan::bench]
fn hand_written(bencher: Bencher) {
    let mut workload = Rosenbrock::new();
    bencher.bench_local(|| black_box(&mut workload).hand_written());
}
