// s = Σ aᵢ bᵢ, so āᵢ += bᵢ s̄ and b̄ᵢ += aᵢ s̄: an iterator chain is the loop it stands for.

#[differentiate]
fn dot_zip(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(p, q)| p * q).sum()
}

// ---- expansion ----

pub fn __forward(
    a: &[f64],
    b: &[f64],
) -> (f64, impl ::core::ops::FnOnce(&[f64], &mut [f64], &[f64], &mut [f64], f64) -> ()) {
    use ::pullback::__private::rules::*;
    let _ = dot_zip;
    let mut sum_1: f64 = -0.0;
    let n = (*a).len().min((*b).len());
    for i in 0..n {
        let t1 = a[i] * b[i];
        sum_1 += t1;
    }
    (
        sum_1,
        move |a: &[f64], a_bar: &mut [f64], b: &[f64], b_bar: &mut [f64], seed: f64| {
            let a_bar = &mut a_bar[..a.len()];
            let b_bar = &mut b_bar[..b.len()];
            for i in (0..n).rev() {
                a_bar[i] += seed * b[i];
                b_bar[i] += seed * a[i];
            }
            ()
        },
    )
}
