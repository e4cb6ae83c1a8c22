// A call of something that is neither a named function nor a closure bound by `let`.

use pullback::differentiate;

const KERNELS: [fn(f64) -> f64; 2] = [gaussian, laplace];

#[differentiate]
fn gaussian(x: f64) -> f64 {
    (-x * x).exp()
}

#[differentiate]
fn laplace(x: f64) -> f64 {
    (-x.abs()).exp()
}

#[differentiate]
fn kernel(which: usize, x: f64) -> f64 {
    KERNELS[which](x)
}

fn main() {}
