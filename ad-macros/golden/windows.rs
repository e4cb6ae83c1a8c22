// s = Σ (xᵢ₊₁ − xᵢ)², so x̄ᵢ₊₁ += 2 (xᵢ₊₁ − xᵢ) s̄ and x̄ᵢ −= the same.

#[differentiate]
fn windows(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for w in x.windows(2) {
        let step = w[1] - w[0];
        sum += step * step;
    }
    sum
}

// ---- expansion ----

pub fn __forward(
    x: &[f64],
) -> (f64, impl ::core::ops::FnOnce(&[f64], &mut [f64], f64) -> ()) {
    use ::pullback::__private::rules::*;
    let _ = windows;
    let mut sum = 0.0;
    let n = (*x).len().saturating_sub(1);
    for i in 0..n {
        let step = x[i..i + 2][1] - x[i..i + 2][0];
        let t1 = step * step;
        sum += t1;
    }
    (
        sum,
        move |x: &[f64], x_bar: &mut [f64], seed: f64| {
            let x_bar = &mut x_bar[..x.len()];
            for i in (0..n).rev() {
                let step = x[i + 1] - x[i];
                let step_bar = seed * (2.0 * step);
                x_bar[i + 1] += step_bar;
                x_bar[i] -= step_bar;
            }
            ()
        },
    )
}
