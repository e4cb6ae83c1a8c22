//! The cotangent of a struct: a struct with the same field names.

use pullback::{Differentiable, differentiate};

#[derive(Clone, Debug, Differentiable)]
struct Orbit {
    axis: f64,
    angles: [f64; 2],
    history: Vec<f64>,
    revolutions: u32,
    node: Option<f64>,
    centre: Centre,
}

#[derive(Clone, Copy, Debug, Differentiable)]
struct Centre(f64, usize);

#[differentiate]
fn energy(orbit: &Orbit) -> f64 {
    let node = orbit.node.unwrap_or(1.0);
    orbit.centre.0 / orbit.axis + orbit.angles[1] * orbit.history[2] * node
}

fn orbit() -> Orbit {
    Orbit {
        axis: 2.0,
        angles: [0.3, 0.5],
        history: vec![1.0, 2.0, 3.0],
        revolutions: 7,
        node: Some(4.0),
        centre: Centre(8.0, 1),
    }
}

#[test]
fn fields_of_the_cotangent() {
    let gradient = energy_grad(&orbit());
    let axis: f64 = gradient.axis;
    let angles: [f64; 2] = gradient.angles;
    let history: Vec<f64> = gradient.history;
    let revolutions: () = gradient.revolutions;
    let node: Option<f64> = gradient.node;
    let centre: f64 = gradient.centre.0;
    let _: () = gradient.centre.1;
    assert_eq!((axis, angles, revolutions), (-2.0, [0.0, 12.0], ()));
    assert_eq!((history, node, centre), (vec![0.0, 0.0, 2.0], Some(1.5), 0.5));
}

#[test]
fn absent_option_has_an_absent_cotangent() {
    let gradient = energy_grad(&Orbit { node: None, ..orbit() });
    assert_eq!((gradient.node, gradient.angles[1]), (None, 3.0));
}

type OrbitBar = <Orbit as Differentiable>::Cotangent;
type CentreBar = <Centre as Differentiable>::Cotangent;

#[test]
fn shadow_made_by_hand() {
    let mut shadow = OrbitBar {
        axis: 1.0,
        angles: [1.0; 2],
        history: vec![1.0; 3],
        revolutions: (),
        node: Some(1.0),
        centre: CentreBar { 0: 1.0, 1: () },
    };
    let value = energy::adjoint(&orbit(), &mut shadow, 2.0);
    assert_eq!(value, energy(&orbit()));
    assert_eq!((shadow.axis, shadow.angles, shadow.history), (-3.0, [1.0, 25.0], vec![1.0, 1.0, 5.0]));
    assert_eq!((shadow.node, shadow.centre.0), (Some(4.0), 2.0));
}

#[differentiate]
fn doubled(orbit: Orbit) -> Orbit {
    Orbit { axis: 2.0 * orbit.axis * orbit.angles[0], ..orbit }
}

#[test]
fn seed_of_a_result() {
    let (value, pullback) = doubled::vjp(orbit());
    assert_eq!(value.axis, 1.2);
    let gradient = pullback(OrbitBar {
        axis: 1.0,
        angles: [0.0, 1.0],
        history: vec![0.0, 5.0, 0.0],
        revolutions: (),
        node: Some(3.0),
        centre: CentreBar { 0: 0.0, 1: () },
    });
    assert_eq!((gradient.axis, gradient.angles), (0.6, [4.0, 1.0]));
    assert_eq!((gradient.history, gradient.node), (vec![0.0, 5.0, 0.0], Some(3.0)));
}
