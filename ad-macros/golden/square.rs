// y = x², so x̄ = 2 x ȳ.
// The factor is read by the reverse half alone; nothing is computed for it beforehand.

#[differentiate]
fn square(x: f64) -> f64 {
    x * x
}

// ---- expansion ----

pub fn __forward(x: f64) -> (f64, impl ::core::ops::FnOnce(f64) -> (f64,)) {
    use ::pullback::__private::rules::*;
    let _ = square;
    let t1 = x * x;
    (
        t1,
        move |seed: f64| {
            let x_bar = seed * (2.0 * x);
            (x_bar,)
        },
    )
}
