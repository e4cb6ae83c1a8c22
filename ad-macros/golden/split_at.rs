// s = Σ lᵢ rᵢ with (l, r) the halves of x: both halves are places of x, their cotangents places of x̄.

#[differentiate]
fn split_at(x: &[f64]) -> f64 {
    let (l, r) = x.split_at(x.len() / 2);
    let mut sum = 0.0;
    for i in 0..l.len() {
        sum += l[i] * r[i];
    }
    sum
}

// ---- expansion ----

pub fn __forward(
    x: &[f64],
) -> (f64, impl ::core::ops::FnOnce(&[f64], &mut [f64], f64) -> ()) {
    use ::pullback::__private::rules::*;
    let _ = split_at;
    let at = (*x).len() / 2;
    {
        let whole = x;
        if at > whole.len() {
            let _ = whole.split_at(at);
        }
    }
    let mut sum = 0.0;
    let len_1 = x[0..(*x).len() / 2].len();
    for i in 0..len_1 {
        let t1 = x[0..(*x).len() / 2][i] * x[(*x).len() / 2..][i];
        sum += t1;
    }
    (
        sum,
        move |x: &[f64], x_bar: &mut [f64], seed: f64| {
            let x_bar = &mut x_bar[..x.len()];
            for i in (0..len_1).rev() {
                x_bar[i] += seed * x[(*x).len() / 2 + i];
                x_bar[(*x).len() / 2 + i] += seed * x[i];
            }
            ()
        },
    )
}
