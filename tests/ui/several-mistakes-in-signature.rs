// Five mistakes in one signature.

use pullback::differentiate;

#[differentiate]
async fn simulate(
    potential: &dyn Fn(f64) -> f64,
    observe: impl Fn(f64) -> f64,
    integrator: fn(f64, f64) -> f64,
    initial_position: f64,
    initial_velocity: f64,
) -> impl Iterator<Item = f64> {
    [observe(potential(integrator(initial_position, initial_velocity)))].into_iter()
}

fn main() {}
