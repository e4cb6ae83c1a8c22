// One mistake, one error: every use of the method's derivative functions still compiles.

use pullback::{Differentiable, differentiate};

#[derive(Differentiable)]
struct Spring {
    stiffness: f64,
}

impl Spring {
    #[differentiate]
    fn energy(&self, x: f64) -> f64 {
        unsafe { std::hint::assert_unchecked(self.stiffness > 0.0) };
        0.5 * self.stiffness * x * x
    }
}

#[differentiate]
fn twice(spring: &Spring, x: f64) -> f64 {
    2.0 * spring.energy(x)
}

fn main() {
    let spring = Spring { stiffness: 2.0 };
    let (_spring_bar, slope) = spring.energy_grad(1.0);
    let (value, (_spring_bar, _slope)) = spring.energy_value_and_grad(1.0);
    let (_value, pullback) = spring.energy_vjp(1.0);
    let (_spring_bar, _slope) = pullback(1.0);
    println!("{slope} {value} {}", twice_grad(&spring, 1.0).1);
}
