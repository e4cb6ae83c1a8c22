// y = x² where x > 0, and sin x elsewhere: each arm has its own rule, chosen by the same condition.

#[differentiate]
fn branch(x: f64) -> f64 {
    if x > 0.0 { x * x } else { x.sin() }
}

// ---- expansion ----

pub fn __forward(x: f64) -> (f64, impl ::core::ops::FnOnce(f64) -> (f64,)) {
    use ::pullback::__private::rules::*;
    let _ = branch;
    let cond = x > 0.0;
    let value;
    if cond {
        value = x * x;
    } else {
        value = x.sin();
    }
    (
        value,
        move |seed: f64| {
            let mut value_bar = seed;
            let mut x_bar: f64 = 0.0;
            if cond {
                x_bar += value_bar * (2.0 * x);
                value_bar = 0.0;
            } else {
                x_bar += value_bar * x.cos();
                value_bar = 0.0;
            }
            (x_bar,)
        },
    )
}
