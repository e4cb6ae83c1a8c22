//! Structs in structs, with arrays, vectors, matrices, and fields without a derivative.

use nalgebra::{DMatrix, DVector, Vector2};
use pullback::{Differentiable, differentiate};

use crate::common::{Case, check, check_in_place, check_vjp};

#[derive(Clone, Debug, Differentiable)]
pub struct Material {
    pub young: f64,
    pub poisson: f64,
}

#[derive(Clone, Debug, Differentiable)]
pub struct Beam {
    pub material: Material,
    pub section: [f64; 2],
    pub loads: Vec<f64>,
    pub nodes: usize,
    pub name: String,
}

flat!(Material { young, poisson });
flat!(Beam { material, section, loads, nodes, name });

fn beam() -> Beam {
    Beam {
        material: Material { young: 2.1, poisson: 0.3 },
        section: [0.4, 0.9],
        loads: vec![1.2, -0.7, 0.5],
        nodes: 3,
        name: String::from("cantilever"),
    }
}

#[differentiate]
fn inertia(beam: &Beam) -> f64 {
    beam.section[0] * beam.section[1].powi(3) / 12.0
}

#[test]
fn field_that_is_an_array() {
    check!(inertia(&beam()));
}

#[differentiate]
fn shear_modulus(beam: &Beam) -> f64 {
    beam.material.young / (2.0 * (1.0 + beam.material.poisson))
}

#[test]
fn field_of_a_field() {
    check!(shear_modulus(&beam()));
}

#[differentiate]
fn deflection(beam: &Beam) -> f64 {
    let material = &beam.material;
    let mut sum = 0.0;
    for i in 0..beam.nodes {
        sum += beam.loads[i] * beam.loads[i] * (i + 1) as f64;
    }
    sum / (material.young * inertia(beam))
}

#[test]
fn field_that_is_a_vec_and_one_that_counts() {
    check!(deflection(&beam()));
}

#[differentiate]
fn by_name(beam: &Beam) -> f64 {
    match beam.name.as_str() {
        "cantilever" => 3.0 * beam.material.young * beam.material.young,
        _ => beam.material.young,
    }
}

#[test]
fn field_that_is_text() {
    check!(by_name(&beam()), by_name(&Beam { name: String::new(), ..beam() }));
}

#[differentiate]
fn reinforced(beam: &mut Beam, factor: f64) {
    beam.material.young *= factor;
    beam.section[1] *= beam.material.young;
    for load in beam.loads.iter_mut() {
        *load *= beam.section[0];
    }
    beam.nodes += 1;
}

#[test]
fn nested_fields_written() {
    check_in_place!(reinforced(&mut beam(), 1.3));
}

#[differentiate]
fn rebuilt(beam: Beam, young: f64) -> Beam {
    let material = Material { young: young * beam.material.young, ..beam.material };
    Beam { material, section: [beam.section[1], beam.section[0] * young], ..beam }
}

#[test]
fn nested_literal_with_update() {
    check_vjp!(rebuilt(beam(), 1.3));
}

#[differentiate]
fn assembled(young: f64, poisson: f64, load: f64, nodes: usize) -> f64 {
    let material = Material { young, poisson };
    let beam = Beam {
        material: Material { young: 2.0 * material.young, ..material },
        section: [poisson; 2],
        loads: vec![load; nodes],
        nodes,
        name: "made here".to_string(),
    };
    deflection(&beam) * shear_modulus(&beam)
}

#[test]
fn nested_literal_passed_to_callees() {
    check!(assembled(2.1, 0.3, 0.7, const 4));
}

#[differentiate]
fn taken_apart(beam: Beam) -> f64 {
    let Beam { material: Material { young, .. }, section: [width, height], mut loads, nodes, .. } = beam;
    loads[0] *= young;
    width * height * height * loads[0] * loads[nodes - 1]
}

#[test]
fn nested_pattern() {
    check!(taken_apart(beam()));
}

#[derive(Clone, Debug, Differentiable)]
pub struct Regression {
    pub design: DMatrix<f64>,
    pub target: DVector<f64>,
    pub offset: Vector2<f64>,
}

flat!(Regression { design, target, offset });

#[differentiate]
fn residual(problem: &Regression, x: &DVector<f64>) -> f64 {
    let r = &problem.design * x - &problem.target;
    r.dot(&r) * problem.offset[0] + problem.offset[1]
}

#[test]
fn fields_that_are_matrices() {
    let problem = Regression {
        design: DMatrix::from_row_slice(3, 2, &[0.4, 1.2, -0.3, 0.8, 2.0, 0.1]),
        target: DVector::from_column_slice(&[1.0, -0.5, 0.3]),
        offset: Vector2::new(0.7, 0.2),
    };
    check!(residual(&problem, &DVector::from_column_slice(&[0.6, -0.9])));
}

#[derive(Clone, Debug, Differentiable)]
pub struct Layers {
    pub layers: Vec<Material>,
    pub weights: Vec<Vec<f64>>,
    pub bounds: (f64, f64),
    pub order: Vec<usize>,
}

flat!(Layers { layers, weights, bounds, order });

#[differentiate]
fn stack(layers: &Layers) -> f64 {
    let mut sum = layers.bounds.0 * layers.bounds.1;
    for (k, &i) in layers.order.iter().enumerate() {
        let layer = &layers.layers[i];
        sum += layers.weights[k][0] * layer.young * layer.poisson;
    }
    sum
}

#[test]
fn fields_that_are_collections() {
    let layers = Layers {
        layers: vec![Material { young: 2.1, poisson: 0.3 }, Material { young: 1.4, poisson: 0.2 }],
        weights: vec![vec![0.5], vec![0.7, 9.0], vec![0.2]],
        bounds: (0.4, 1.9),
        order: vec![1, 0, 1],
    };
    check!(stack(&layers));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_forgotten_nested_field_is_rejected() {
    let primal = |(beam,): &mut (Beam,)| shear_modulus(beam);
    Case::new("shear_modulus", (beam(),), &primal).grad(&|(beam,)| {
        let mut gradient = vec![0.0; 7];
        gradient[0] = 0.5 / (1.0 + beam.material.poisson);
        gradient
    });
}
