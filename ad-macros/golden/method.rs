// V = π r² h: r̄ += 2 π r h V̄ and h̄ += π r² V̄ into the receiver's cotangent.

impl Cylinder {
    #[differentiate]
    fn method(&self) -> f64 {
        std::f64::consts::PI * self.radius * self.radius * self.height
    }
}

// ---- expansion ----

fn method__forward(
    &self,
) -> (
    f64,
    impl ::core::ops::FnOnce(
        &Self,
        &mut <Self as ::pullback::__private::Differentiable>::Cotangent,
        f64,
    ) -> (),
) {
    use ::pullback::__private::rules::*;
    let _ = Self::method;
    let this = self;
    let t1 = std::f64::consts::PI * this.radius;
    let t2 = t1 * this.radius;
    let t3 = t2 * this.height;
    (
        t3,
        move |
            this: &Self,
            this_bar: &mut <Self as ::pullback::__private::Differentiable>::Cotangent,
            seed: f64|
        {
            let t2_bar = seed * this.height;
            this_bar.height += seed * t2;
            let t1_bar = t2_bar * this.radius;
            this_bar.radius += t2_bar * t1;
            this_bar.radius += t1_bar * std::f64::consts::PI;
            ()
        },
    )
}
