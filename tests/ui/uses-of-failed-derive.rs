// One mistake, one error: functions of the type that failed to derive still compile.

use pullback::{Differentiable, differentiate};

#[derive(Clone, Copy, Differentiable)]
enum Method {
    Euler,
    Midpoint,
}

#[differentiate]
fn step(method: Method, rate: f64, dt: f64) -> f64 {
    match method {
        Method::Euler => 1.0 - rate * dt,
        Method::Midpoint => 1.0 - rate * dt * (1.0 - 0.5 * rate * dt),
    }
}

fn main() {
    let (_, rate_bar, _) = step::grad(Method::Euler, 2.0, 0.1);
    println!("{rate_bar} {}", step(Method::Midpoint, 2.0, 0.1));
}
