// p = 3x³ − 2x² + 5x − 1, so x̄ = (9x² − 4x + 5) p̄, by way of the cotangent of x².

#[differentiate]
fn polynomial(x: f64) -> f64 {
    let square = x * x;
    3.0 * square * x - 2.0 * square + 5.0 * x - 1.0
}

// ---- expansion ----

pub fn __forward(x: f64) -> (f64, impl ::core::ops::FnOnce(f64) -> (f64,)) {
    use ::pullback::__private::rules::*;
    let _ = polynomial;
    let square = x * x;
    let t1 = 3.0 * square;
    let t2 = t1 * x;
    let t3 = 2.0 * square;
    let t4 = t2 - t3;
    let t5 = 5.0 * x;
    let t6 = t4 + t5;
    let t7 = t6 - 1.0;
    (
        t7,
        move |seed: f64| {
            let mut x_bar = seed * 5.0;
            let mut square_bar = -seed * 2.0;
            let t1_bar = seed * x;
            x_bar += seed * t1;
            square_bar += t1_bar * 3.0;
            x_bar += square_bar * (2.0 * x);
            (x_bar,)
        },
    )
}
