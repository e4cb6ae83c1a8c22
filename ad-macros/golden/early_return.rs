// y = 0 where x ≤ 0, else x √x: x̄ is 0, or (√x + x / (2√x)) ȳ.

#[differentiate]
fn early_return(x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let root = x.sqrt();
    x * root
}

// ---- expansion ----

pub fn __forward(x: f64) -> (f64, impl ::core::ops::FnOnce(f64) -> (f64,)) {
    use ::pullback::__private::rules::*;
    let _ = early_return;
    let mut flow: i32 = 0;
    let mut result: f64 = 0.0;
    let cond = x <= 0.0;
    if cond {
        result = 0.0;
    } else {
        let root = x.sqrt();
        result = x * root;
    }
    (
        result,
        move |seed: f64| {
            let mut result_bar = seed;
            let mut x_bar: f64 = 0.0;
            if cond {
                result_bar = 0.0;
            } else {
                let root = x.sqrt();
                x_bar += result_bar * root;
                x_bar += result_bar * x * (0.5 / root);
                result_bar = 0.0;
            }
            (x_bar,)
        },
    )
}
