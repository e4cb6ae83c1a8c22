// E = ½ k x² of a spring: k̄ += ½ x² Ē into the field of the cotangent, x̄ = k x Ē.

#[derive(Differentiable)]
struct Spring {
    stiffness: f64,
}

#[differentiate]
fn struct_field(spring: &Spring, x: f64) -> f64 {
    0.5 * spring.stiffness * x * x
}

// ---- expansion ----

pub fn __forward(
    spring: &Spring,
    x: f64,
) -> (
    f64,
    impl ::core::ops::FnOnce(
        &Spring,
        &mut <Spring as ::pullback::__private::Differentiable>::Cotangent,
        f64,
    ) -> (f64,),
) {
    use ::pullback::__private::rules::*;
    let _ = struct_field;
    let t1 = 0.5 * spring.stiffness;
    let t2 = t1 * x;
    let t3 = t2 * x;
    (
        t3,
        move |
            spring: &Spring,
            spring_bar: &mut <Spring as ::pullback::__private::Differentiable>::Cotangent,
            seed: f64|
        {
            let t2_bar = seed * x;
            let mut x_bar = seed * t2;
            let t1_bar = t2_bar * x;
            x_bar += t2_bar * t1;
            spring_bar.stiffness += t1_bar * 0.5;
            (x_bar,)
        },
    )
}
