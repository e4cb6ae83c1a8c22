//! Methods with `self`, `&self` and `&mut self`, and the derivative functions beside them.

use pullback::{Differentiable, differentiate};

use crate::common::{Case, check, check_vjp};

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Spring {
    pub stiffness: f64,
    pub rest: f64,
}

flat!(Spring { stiffness, rest });

impl Spring {
    #[differentiate]
    fn energy(&self, x: f64) -> f64 {
        let strain = x - self.rest;
        0.5 * self.stiffness * strain * strain
    }

    #[differentiate]
    fn compliance(self) -> f64 {
        1.0 / (self.stiffness * self.rest)
    }

    #[differentiate]
    fn soften(&mut self, factor: f64) {
        self.stiffness *= factor;
        self.rest += factor * self.stiffness;
    }

    #[differentiate]
    fn load(&mut self, force: f64) -> f64 {
        let strain = force / self.stiffness;
        self.stiffness -= 0.1 * strain * strain;
        self.rest * strain
    }

    #[differentiate]
    fn stiffer(&self, factor: f64) -> Self {
        Self { stiffness: factor * self.stiffness * self.rest, ..*self }
    }

    #[differentiate]
    fn doubled(mut self) -> Spring {
        self.stiffness *= 2.0 * self.rest;
        self
    }

    #[differentiate]
    fn forces(&self, x: &[f64], forces: &mut [f64]) {
        for i in 0..x.len() {
            forces[i] -= self.stiffness * (x[i] - self.rest);
        }
    }

    #[differentiate]
    fn total(&self, x: &[f64]) -> f64 {
        let mut total = 0.0;
        for &x in x {
            total += self.energy(x);
        }
        total * self.compliance()
    }

    #[differentiate]
    fn fixed(#[no_grad] &self, x: f64) -> f64 {
        self.stiffness * x * x
    }
}

const SPRING: Spring = Spring { stiffness: 1.7, rest: 0.6 };

#[test]
fn by_shared_reference() {
    let primal = |(spring, x): &mut (Spring, f64)| spring.energy(*x);
    Case::new("energy", (SPRING, 1.9), &primal)
        .grad(&|(spring, x)| spring.energy_grad(*x))
        .value_and_grad(&|(spring, x)| spring.energy_value_and_grad(*x))
        .vjp(&|(spring, x), seed| {
            let (value, pullback) = spring.energy_vjp(*x);
            (value, pullback(seed))
        })
        .adjoint(&|(spring, x), (spring_bar, x_bar), seed| {
            spring.energy_adjoint(spring_bar, *x, x_bar, seed)
        });
}

#[test]
fn by_value() {
    let primal = |(spring,): &mut (Spring,)| spring.compliance();
    Case::new("compliance", (SPRING,), &primal)
        .grad(&|(spring,)| spring.compliance_grad())
        .value_and_grad(&|(spring,)| spring.compliance_value_and_grad())
        .vjp(&|(spring,), seed| {
            let (value, pullback) = spring.compliance_vjp();
            (value, pullback(seed))
        })
        .adjoint(&|(spring,), (spring_bar,), seed| spring.compliance_adjoint(spring_bar, seed));
}

#[test]
fn by_mutable_reference() {
    let primal = |(spring, factor): &mut (Spring, f64)| spring.soften(*factor);
    Case::new("soften", (SPRING, 0.8), &primal).leaving_behind(&[true, false]).adjoint(
        &|(spring, factor), (spring_bar, factor_bar), ()| {
            spring.soften_adjoint(spring_bar, *factor, factor_bar);
        },
    );
}

#[test]
fn by_mutable_reference_with_a_result() {
    let primal = |(spring, force): &mut (Spring, f64)| spring.load(*force);
    Case::new("load", (SPRING, 0.8), &primal)
        .leaving_behind(&[true, false])
        .grad(&|(spring, force)| spring.load_grad(*force))
        .value_and_grad(&|(spring, force)| spring.load_value_and_grad(*force))
        .vjp(&|(spring, force), seed| {
            let (value, pullback) = spring.load_vjp(*force);
            (value, pullback(seed))
        })
        .adjoint(&|(spring, force), (spring_bar, force_bar), seed| {
            spring.load_adjoint(spring_bar, *force, force_bar, seed)
        });
}

#[test]
fn returning_self() {
    let primal = |(spring, factor): &mut (Spring, f64)| spring.stiffer(*factor);
    Case::new("stiffer", (SPRING, 0.8), &primal)
        .vjp(&|(spring, factor), seed| {
            let (value, pullback) = spring.stiffer_vjp(*factor);
            (value, pullback(seed))
        })
        .adjoint(&|(spring, factor), (spring_bar, factor_bar), seed| {
            spring.stiffer_adjoint(spring_bar, *factor, factor_bar, seed)
        });
}

#[test]
fn receiver_without_a_derivative() {
    assert_eq!(SPRING.fixed_value_and_grad(2.0), (6.8, 6.8));
}

#[differentiate]
fn called(spring: &Spring, x: f64) -> f64 {
    spring.energy(x) * spring.compliance() + Spring::energy(spring, 2.0 * x)
}

#[test]
fn called_from_a_free_function() {
    check!(called(&SPRING, 1.9));
}

#[differentiate]
fn called_on_a_local(stiffness: f64, x: f64) -> f64 {
    let mut spring = Spring { stiffness, rest: 0.1 * x };
    spring.soften(x);
    let strain = spring.load(stiffness);
    spring.soften(strain);
    spring.energy(x) * strain
}

#[test]
fn called_on_a_local_that_changes() {
    check!(called_on_a_local(1.7, 0.6));
}

#[differentiate]
fn chained(spring: &Spring, factor: f64) -> f64 {
    spring.stiffer(factor).doubled().energy(factor) + spring.doubled().compliance()
}

#[test]
fn calls_in_a_chain() {
    check!(chained(&SPRING, 1.4));
}

#[differentiate]
fn buffers(spring: &Spring, x: &[f64]) -> Vec<f64> {
    let mut forces = vec![0.0; x.len()];
    spring.forces(x, &mut forces);
    spring.doubled().forces(&x[1..], &mut forces[1..]);
    forces
}

#[test]
fn called_with_buffers() {
    check_vjp!(buffers(&SPRING, &[0.3, 1.2, -0.4]));
}

#[differentiate]
fn through_self(spring: &Spring, x: &[f64]) -> f64 {
    spring.total(x)
}

#[test]
fn methods_calling_methods() {
    check!(through_self(&SPRING, &[0.3, 1.2, -0.4]));
}

#[differentiate]
fn of_elements(springs: &mut [Spring], x: f64) -> f64 {
    let mut energy = 0.0;
    for i in 0..springs.len() {
        springs[i].soften(x);
        energy += springs[i].energy(x);
    }
    for spring in springs.iter() {
        energy += spring.compliance();
    }
    energy
}

#[test]
fn called_on_elements() {
    check!(of_elements(&mut vec![SPRING, Spring { stiffness: 0.9, rest: 1.3 }], 0.8));
}

#[derive(Clone, Debug, Differentiable)]
pub struct Chain {
    pub springs: Vec<Spring>,
    pub ends: (f64, f64),
}

flat!(Chain { springs, ends });

impl Chain {
    #[differentiate]
    fn energy(&self, x: &[f64]) -> f64 {
        let mut energy = self.ends.0 * self.ends.1;
        for (spring, x) in self.springs.iter().zip(x) {
            energy += spring.energy(*x);
        }
        energy
    }

    #[differentiate]
    fn relax(&mut self, x: &[f64]) {
        for i in 0..x.len() {
            self.springs[i].soften(x[i]);
            self.ends.0 += self.springs[i].rest * self.ends.1;
        }
    }
}

#[differentiate]
fn same_name_on_another_type(chain: Chain, x: &[f64]) -> f64 {
    let mut chain = chain;
    chain.relax(x);
    chain.energy(x)
}

#[test]
fn methods_of_one_name_on_two_types() {
    let chain = Chain { springs: vec![SPRING, Spring { stiffness: 0.9, rest: 1.3 }], ends: (0.2, 0.5) };
    check!(same_name_on_another_type(chain, &[0.4, 1.1]));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_receiver_without_its_share_is_rejected() {
    let primal = |(spring, x): &mut (Spring, f64)| spring.energy(*x);
    Case::new("energy", (SPRING, 1.9), &primal)
        .grad(&|(spring, x)| (0.0, 0.0, spring.stiffness * (*x - spring.rest)));
}
