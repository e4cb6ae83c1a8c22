// `#[custom_adjoint]` on a struct.

use pullback::custom_adjoint;

#[custom_adjoint(spring_adjoint)]
struct Spring {
    stiffness: f64,
}

fn main() {}
