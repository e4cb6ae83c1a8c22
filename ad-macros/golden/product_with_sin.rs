// z = x sin y, so x̄ = sin(y) z̄ and ȳ = x cos(y) z̄.
// The sine is needed again: it is kept, not computed twice.

#[differentiate]
fn product_with_sin(x: f64, y: f64) -> f64 {
    x * y.sin()
}

// ---- expansion ----

pub fn __forward(x: f64, y: f64) -> (f64, impl ::core::ops::FnOnce(f64) -> (f64, f64)) {
    use ::pullback::__private::rules::*;
    let _ = product_with_sin;
    let t1 = y.sin();
    let t2 = x * t1;
    (
        t2,
        move |seed: f64| {
            let x_bar = seed * t1;
            let y_bar = seed * x * y.cos();
            (x_bar, y_bar)
        },
    )
}
