// x is squared until it passes the limit: backwards, as often as forwards, x̄ ← 2 x x̄.
// How often is counted; every x is overwritten and saved.

#[differentiate]
fn while_loop(start: f64, #[no_grad] limit: f64) -> f64 {
    let mut x = start;
    while x < limit {
        x = x * x;
    }
    x
}

// ---- expansion ----

pub fn __forward(
    start: f64,
    limit: f64,
) -> (f64, impl ::core::ops::FnOnce(f64) -> (f64, ())) {
    use ::pullback::__private::rules::*;
    let _ = while_loop;
    let mut record = ::std::vec::Vec::new();
    let mut x = start;
    let mut trips = 0usize;
    while x < limit {
        trips += 1;
        let x_old = x;
        x = x * x;
        record.push(x_old);
    }
    (
        x,
        move |seed: f64| {
            let mut x_bar = seed;
            for _ in 0..trips {
                let x_old = record.pop().expect("a record per iteration");
                let x_seed = x_bar;
                x = x_old;
                x_bar = x_seed * (2.0 * x);
            }
            let start_bar = x_bar;
            (start_bar, ())
        },
    )
}
