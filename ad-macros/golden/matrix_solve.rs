// q = ‖x‖² with A x = b: x̄ = 2 q̄ x, then b̄ = A⁻ᵀ x̄ and Ā = −b̄ xᵀ.
// The rule of the solve comes from the runtime and keeps the factors: no inverse, no second factorisation.

#[differentiate]
fn matrix_solve(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    let x = a.clone().lu().solve(b).unwrap();
    x.dot(&x)
}

// ---- expansion ----

pub fn __forward(
    a: &DMatrix<f64>,
    b: &DVector<f64>,
) -> (
    f64,
    impl ::core::ops::FnOnce(
        &DMatrix<f64>,
        &mut <DMatrix<f64> as ::pullback::__private::Differentiable>::Cotangent,
        &DVector<f64>,
        &mut <DVector<f64> as ::pullback::__private::Differentiable>::Cotangent,
        f64,
    ) -> (),
) {
    use ::pullback::__private::rules::*;
    let _ = matrix_solve;
    let t1 = ::pullback::__private::keep(a);
    let (t2, t2_back) = t1.lu__forward();
    let (t3, t3_back) = t2.solve__forward(b);
    let x = t3.unwrap();
    let (t4, t4_back) = x.dot__forward(&x);
    (
        t4,
        move |
            a: &DMatrix<f64>,
            a_bar: &mut <DMatrix<
                f64,
            > as ::pullback::__private::Differentiable>::Cotangent,
            b: &DVector<f64>,
            b_bar: &mut <DVector<
                f64,
            > as ::pullback::__private::Differentiable>::Cotangent,
            seed: f64|
        {
            let mut x_bar = ::pullback::__private::zero(&x);
            let mut view_bar = ::pullback::__private::zero(&x);
            x.dot__reverse(t4_back, &mut x_bar, &x, &mut view_bar, seed);
            ::pullback::__private::accumulate(&mut x_bar, &view_bar);
            let t3_bar = ::pullback::__private::wrapped(x_bar);
            let mut t2_bar = ::pullback::__private::zero(&t2);
            t2.solve__reverse(t3_back, &mut t2_bar, b, &mut *b_bar, t3_bar);
            let mut t1_bar = ::pullback::__private::zero(&t1);
            t1.lu__reverse(t2_back, &mut t1_bar, t2_bar);
            ::pullback::__private::accumulate(&mut *a_bar, &t1_bar);
            ()
        },
    )
}
