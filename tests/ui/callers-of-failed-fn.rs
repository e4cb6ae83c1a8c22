// One mistake, one error: every use of the derivative functions still compiles.

use model::{energy, energy_grad};
use pullback::differentiate;

mod model {
    use pullback::differentiate;

    #[differentiate]
    pub fn energy(x: f64, stiffness: f64) -> f64 {
        unsafe { std::hint::assert_unchecked(stiffness > 0.0) };
        0.5 * stiffness * x * x
    }
}

#[differentiate]
fn power(x: f64, v: f64) -> f64 {
    energy(x, 2.0) * v
}

fn main() {
    let (mut x_bar, mut stiffness_bar): (f64, f64) = energy_grad(1.0, 2.0);
    let (_value, (_x_bar, _stiffness_bar)) = energy::value_and_grad(1.0, 2.0);
    let (_value, pullback) = energy::vjp(1.0, 2.0);
    let (_x_bar, _stiffness_bar) = pullback(1.0);
    let _value: f64 = energy::adjoint(1.0, &mut x_bar, 2.0, &mut stiffness_bar, 1.0);
    println!("{} {}", energy(1.0, 2.0), power_grad(1.0, 2.0).0);
}
