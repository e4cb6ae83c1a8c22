//! Derivatives of scalar functions: a loop, a formula in two variables, a square.
//!
//! `cargo run --release --example iterated_powers`

use common::report::{compare, finite_differences, print_times, time};
use pullback::differentiate;
use std::f64::consts::PI;
use std::hint::black_box;

mod common {
    pub mod report;
}

/// f(x): y = x; twice y = cos(y^π)·ln y.
#[differentiate]
fn f(x: f64) -> f64 {
    let mut y = x;
    for _ in 0..2 {
        y = y.powf(PI).cos() * y.ln();
    }
    y
}

/// f and its derivative carried along, by hand.
fn f_forward(x: f64) -> (f64, f64) {
    let (mut y, mut slope) = (x, 1.0);
    for _ in 0..2 {
        let power = y.powf(PI);
        slope *= power.cos() / y - power.sin() * PI * power / y * y.ln();
        y = power.cos() * y.ln();
    }
    (y, slope)
}

/// z = x y + sin x, so ∂z/∂x = y + cos x and ∂z/∂y = x.
#[differentiate]
fn z(x: f64, y: f64) -> f64 {
    x * y + x.sin()
}

#[differentiate]
fn square(x: f64) -> f64 {
    x * x
}

fn main() {
    println!("f(x): y = x; twice y = cos(y^π) ln y; at x = 1.9\n");
    let x = 1.9;
    let (value, generated) = f::value_and_grad(x);
    let (_, by_hand) = f_forward(x);
    println!("f(1.9)                  = {value}");
    println!("f'(1.9), generated      = {generated}");
    println!("f'(1.9), by hand        = {by_hand}");
    println!("f'(1.9), by other tools = -34.03241959914049\n");
    compare("f'(1.9)", &[generated], &finite_differences(|x| f(x[0]), &[x]));
    print_times(
        time(|| f(black_box(x))),
        &[
            ("value and derivative, generated", time(|| f::value_and_grad(black_box(x)))),
            ("value and derivative, by hand", time(|| f_forward(black_box(x)))),
        ],
    );

    println!("\nz = x y + sin x at (2, 3): the gradient is (3 + cos 2, 2)\n");
    let (dx, dy) = z_grad(2.0, 3.0);
    compare("∂z/∂(x, y)", &[dx, dy], &finite_differences(|p| z(p[0], p[1]), &[2.0, 3.0]));

    println!("square(x) = x² at 3: the derivative is 6\n");
    compare("square'(3)", &[square_grad(3.0)], &finite_differences(|x| square(x[0]), &[3.0]));
}
