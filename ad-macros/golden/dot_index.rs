// s = Σ aᵢ bᵢ, so āᵢ += bᵢ s̄ and b̄ᵢ += aᵢ s̄.
// The iterations are independent and their operands are still there: nothing is recorded.

#[differentiate]
fn dot_index(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.len() {
        sum += a[i] * b[i];
    }
    sum
}

// ---- expansion ----

pub fn __forward(
    a: &[f64],
    b: &[f64],
) -> (f64, impl ::core::ops::FnOnce(&[f64], &mut [f64], &[f64], &mut [f64], f64) -> ()) {
    use ::pullback::__private::rules::*;
    let _ = dot_index;
    let mut sum = 0.0;
    for i in 0..(*a).len() {
        let t1 = a[i] * b[i];
        sum += t1;
    }
    (
        sum,
        move |a: &[f64], a_bar: &mut [f64], b: &[f64], b_bar: &mut [f64], seed: f64| {
            let a_bar = &mut a_bar[..a.len()];
            let b_bar = &mut b_bar[..b.len()];
            for i in (0..(*a).len()).rev() {
                a_bar[i] += seed * b[i];
                b_bar[i] += seed * a[i];
            }
            ()
        },
    )
}
