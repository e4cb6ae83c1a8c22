// y₀ = x, yₖ₊₁ = sin(yₖ) x, result yₙ. Backwards, with ȳ the cotangent of yₖ₊₁:
// x̄ += sin(yₖ) ȳ, then ȳ becomes x cos(yₖ) ȳ.
// Every yₖ is overwritten and read again: one number per iteration is saved, and its sine beside it.

#[differentiate]
fn carried_state(x: f64, n: usize) -> f64 {
    let mut y = x;
    for _ in 0..n {
        y = y.sin() * x;
    }
    y
}

// ---- expansion ----

pub fn __forward(x: f64, n: usize) -> (f64, impl ::core::ops::FnOnce(f64) -> (f64, ())) {
    use ::pullback::__private::rules::*;
    let _ = carried_state;
    let mut y = x;
    let mut record = ::std::vec::Vec::with_capacity(
        ::pullback::__private::range_len(0, n),
    );
    for i in 0..n {
        let t1 = y.sin();
        let y_old = y;
        y = t1 * x;
        record.push((t1, y_old));
    }
    (
        y,
        move |seed: f64| {
            let mut y_bar = seed;
            let mut x_bar: f64 = 0.0;
            for i in (0..n).rev() {
                let (t1, y_old) = record.pop().expect("a record per iteration");
                y = y_old;
                let t1_bar = y_bar * x;
                x_bar += y_bar * t1;
                y_bar = t1_bar * y.cos();
            }
            x_bar += y_bar;
            (x_bar, ())
        },
    )
}
