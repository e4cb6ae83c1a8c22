// xᵢ ← xᵢ c for every i. Backwards, with x the old values: c̄ += Σ xᵢ x̄ᵢ, then x̄ᵢ ← c x̄ᵢ.
// The product destroys what c̄ needs: old elements are saved and put back.

#[differentiate]
fn in_place(x: &mut [f64], c: f64) {
    for i in 0..x.len() {
        x[i] = x[i] * c;
    }
}

// ---- expansion ----

pub fn __forward(
    x: &mut [f64],
    c: f64,
) -> ((), impl ::core::ops::FnOnce(&mut [f64], &mut [f64]) -> (f64,)) {
    use ::pullback::__private::rules::*;
    let _ = in_place;
    let mut record = ::std::vec::Vec::with_capacity((*x).len());
    for i in 0..(*x).len() {
        let x_old = x[i];
        x[i] = x[i] * c;
        record.push(x_old);
    }
    (
        (),
        move |x: &mut [f64], x_bar: &mut [f64]| {
            let x_bar = &mut x_bar[..x.len()];
            let mut c_bar: f64 = 0.0;
            for i in (0..(*x).len()).rev() {
                let x_old = record.pop().expect("a record per iteration");
                let x_seed = x_bar[i];
                x_bar[i] = 0.0;
                x[i] = x_old;
                x_bar[i] += x_seed * c;
                c_bar += x_seed * x[i];
            }
            (c_bar,)
        },
    )
}
