// s = Σ wᵢ exp(−dᵢ²) with dᵢ = xᵢ − yᵢ. Backwards, with e = exp(−d²):
// w̄ᵢ += e s̄, and d̄ = −2 d e wᵢ s̄ goes to x̄ᵢ and, negated, to ȳᵢ.
// The difference is cheap and computed again; the exponential is not, and is recorded.

#[differentiate]
fn accumulator(w: &[f64], x: &[f64], y: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..w.len() {
        let d = x[i] - y[i];
        let e = (-d * d).exp();
        sum += w[i] * e;
    }
    sum
}

// ---- expansion ----

pub fn __forward(
    w: &[f64],
    x: &[f64],
    y: &[f64],
) -> (
    f64,
    impl ::core::ops::FnOnce(
        &[f64],
        &mut [f64],
        &[f64],
        &mut [f64],
        &[f64],
        &mut [f64],
        f64,
    ) -> (),
) {
    use ::pullback::__private::rules::*;
    let _ = accumulator;
    let mut sum = 0.0;
    let mut record = ::std::vec::Vec::with_capacity((*w).len());
    for i in 0..(*w).len() {
        let d = x[i] - y[i];
        let t1 = -d;
        let t2 = t1 * d;
        let e = t2.exp();
        let t3 = w[i] * e;
        sum += t3;
        record.push(e);
    }
    (
        sum,
        move |
            w: &[f64],
            w_bar: &mut [f64],
            x: &[f64],
            x_bar: &mut [f64],
            y: &[f64],
            y_bar: &mut [f64],
            seed: f64|
        {
            let w_bar = &mut w_bar[..w.len()];
            let x_bar = &mut x_bar[..x.len()];
            let y_bar = &mut y_bar[..y.len()];
            for i in (0..(*w).len()).rev() {
                let e = record.pop().expect("a record per iteration");
                let d = x[i] - y[i];
                let t1 = -d;
                w_bar[i] += seed * e;
                let t2_bar = seed * w[i] * e;
                let t1_bar = t2_bar * d;
                let mut d_bar = t2_bar * t1;
                d_bar -= t1_bar;
                x_bar[i] += d_bar;
                y_bar[i] -= d_bar;
            }
            ()
        },
    )
}
