// z = g(x) x, so x̄ = g(x) z̄ + g′(x) (x z̄): the callee runs in two halves.

#[differentiate]
fn call(x: f64) -> f64 {
    square(x) * x
}

// ---- expansion ----

pub fn __forward(x: f64) -> (f64, impl ::core::ops::FnOnce(f64) -> (f64,)) {
    use ::pullback::__private::rules::*;
    let _ = call;
    let (t1, t1_back) = <square>::__forward(x);
    let t2 = t1 * x;
    (
        t2,
        move |seed: f64| {
            let t1_bar = seed * x;
            let mut x_bar = seed * t1;
            let (x_bar_part,) = <square>::__reverse(t1_back, t1_bar);
            ::pullback::__private::accumulate(&mut x_bar, x_bar_part);
            (x_bar,)
        },
    )
}
