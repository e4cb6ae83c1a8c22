// A key given twice.

use pullback::custom_adjoint;

#[custom_adjoint(tangent = cube_tangent, tangent = cube_tangent)]
fn cube(x: f64) -> f64 {
    x * x * x
}

fn cube_tangent(x: f64, x_dot: f64) -> (f64, f64) {
    (x * x * x, 3.0 * x * x * x_dot)
}

fn main() {}
