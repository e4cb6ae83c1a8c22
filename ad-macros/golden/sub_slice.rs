// s = Σ x₁₊ᵢ xᵢ over a view: the view is taken again backwards, once on x and once on x̄.

#[differentiate]
fn sub_slice(x: &[f64]) -> f64 {
    let tail = &x[1..];
    let mut sum = 0.0;
    for i in 0..tail.len() {
        sum += tail[i] * x[i];
    }
    sum
}

// ---- expansion ----

pub fn __forward(
    x: &[f64],
) -> (f64, impl ::core::ops::FnOnce(&[f64], &mut [f64], f64) -> ()) {
    use ::pullback::__private::rules::*;
    let _ = sub_slice;
    let mut sum = 0.0;
    let len_1 = x[1..].len();
    for i in 0..len_1 {
        let t1 = x[1..][i] * x[i];
        sum += t1;
    }
    (
        sum,
        move |x: &[f64], x_bar: &mut [f64], seed: f64| {
            let x_bar = &mut x_bar[..x.len()];
            for i in (0..len_1).rev() {
                x_bar[1 + i] += seed * x[i];
                x_bar[i] += seed * x[1 + i];
            }
            ()
        },
    )
}
