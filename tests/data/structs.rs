//! Structs with named fields.

use pullback::{Differentiable, differentiate};

use crate::common::{Case, check, check_in_place, check_vjp};

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

flat!(Point { x, y });

const P: Point = Point { x: 0.7, y: -1.2 };
const Q: Point = Point { x: 1.9, y: 0.4 };

#[differentiate]
fn fields(p: Point) -> f64 {
    p.x * p.y.exp()
}

#[test]
fn fields_read_by_value() {
    check!(fields(P));
}

#[differentiate]
fn fields_by_reference(p: &Point, q: &Point) -> f64 {
    (p.x - q.x).hypot(p.y - q.y)
}

#[test]
fn fields_read_by_reference() {
    check!(fields_by_reference(&P, &Q));
}

#[differentiate]
fn fields_written(p: &mut Point, angle: f64) {
    let x = p.x;
    p.x = x * angle.cos() - p.y * angle.sin();
    p.y = x * angle.sin() + p.y * angle.cos();
    p.y *= p.x;
}

#[test]
fn fields_written_in_place() {
    check_in_place!(fields_written(&mut P, 0.3));
}

#[differentiate]
fn literal(a: f64, b: f64) -> f64 {
    let p = Point { x: a * b, y: b };
    p.x * p.x + p.y.sin()
}

#[test]
fn struct_literal() {
    check!(literal(0.7, -1.2));
}

#[differentiate]
fn shorthand(r: f64, angle: f64) -> Point {
    let x = r * angle.cos();
    let y = r * angle.sin();
    Point { x, y }
}

#[test]
fn struct_literal_with_shorthand_returned() {
    check_vjp!(shorthand(1.3, 0.6));
}

#[derive(Clone, Debug, Differentiable)]
pub struct Model {
    pub mass: f64,
    pub stiffness: f64,
    pub damping: f64,
}

flat!(Model { mass, stiffness, damping });

const MODEL: Model = Model { mass: 1.2, stiffness: 3.4, damping: 0.5 };

#[differentiate]
fn updated(model: Model, stiffness: f64) -> f64 {
    let stiffer = Model { stiffness: stiffness * model.stiffness, ..model };
    stiffer.mass * stiffer.stiffness + stiffer.damping * stiffer.damping
}

#[test]
fn struct_update() {
    check!(updated(MODEL, 1.5));
}

#[differentiate]
fn updated_from_a_reference(model: &Model, mass: f64) -> f64 {
    let heavier = Model { mass, ..*model };
    let lighter = Model { mass: 0.5 * mass, ..model.clone() };
    heavier.mass * heavier.damping - lighter.mass * lighter.mass * model.mass
}

#[test]
fn struct_update_from_a_reference() {
    check!(updated_from_a_reference(&MODEL, 1.5));
}

#[differentiate]
fn updated_model(model: &Model, factor: f64) -> Model {
    Model { damping: factor * model.damping / model.mass, ..model.clone() }
}

#[test]
fn struct_update_returned() {
    check_vjp!(updated_model(&MODEL, 1.5));
}

#[differentiate]
fn taken_apart(p: Point, model: &Model) -> f64 {
    let Point { x, y: height } = p;
    let Model { mass, stiffness, .. } = model;
    mass * height + 0.5 * stiffness * x * x
}

#[test]
fn struct_pattern() {
    check!(taken_apart(P, &MODEL));
}

#[differentiate]
fn in_the_parameter(Point { x, y }: Point) -> f64 {
    x * y * y
}

#[test]
fn struct_pattern_in_the_parameter() {
    check!(in_the_parameter(P));
}

#[differentiate]
fn copied(p: Point) -> f64 {
    let mut q = p;
    q.x *= p.y;
    q.y = q.x.sin();
    p.x * q.x + p.y * q.y
}

#[test]
fn copy_is_independent() {
    check!(copied(P));
}

#[differentiate]
fn cloned(model: &Model) -> f64 {
    let mut copy = model.clone();
    copy.mass *= model.stiffness;
    copy.stiffness = copy.mass * copy.damping;
    copy.mass * copy.stiffness * model.mass
}

#[test]
fn clone_is_independent() {
    check!(cloned(&MODEL));
}

#[differentiate]
fn assigned(p: &mut Point, q: Point) -> f64 {
    let old = *p;
    *p = Point { x: q.y, y: old.x * q.x };
    old.y * p.y
}

#[test]
fn struct_assigned() {
    check!(assigned(&mut P, Q));
}

#[differentiate]
fn chosen(p: Point, q: Point) -> f64 {
    let nearest = if p.x * p.x < q.x * q.x { p } else { q };
    nearest.x * nearest.y
}

#[test]
fn struct_from_a_branch() {
    check!(chosen(P, Q), chosen(Q, P));
}

#[differentiate]
fn stepped(start: Point, dt: f64, steps: usize) -> Point {
    let mut state = start;
    for _ in 0..steps {
        state = Point { x: state.x + dt * state.y, y: state.y - dt * state.x.sin() };
    }
    state
}

#[test]
fn struct_as_the_state_of_a_loop() {
    check_vjp!(stepped(P, 0.1, const 0), stepped(P, 0.1, const 5));
}

#[differentiate]
fn moved(p: &mut Point, by: &Point) {
    p.x += by.x * p.y;
    p.y += by.y;
}

#[differentiate]
fn handed_to_a_helper(p: Point, by: &Point) -> f64 {
    let mut q = p;
    moved(&mut q, by);
    moved(&mut q, &p);
    fields(q) + q.x
}

#[test]
fn struct_handed_to_helpers() {
    check!(handed_to_a_helper(P, &Q));
}

#[differentiate]
fn scaled(value: &mut f64, factor: f64) {
    *value *= factor;
    *value += value.sin();
}

#[differentiate]
fn field_handed_to_a_helper(p: &mut Point) {
    scaled(&mut p.x, p.y);
    scaled(&mut p.y, 2.0);
}

#[test]
fn field_handed_to_a_helper_by_mut() {
    check_in_place!(field_handed_to_a_helper(&mut P));
}

#[differentiate]
fn polygon(points: &[Point]) -> f64 {
    let mut area = 0.0;
    for i in 0..points.len() {
        let (p, q) = (&points[i], &points[(i + 1) % points.len()]);
        area += p.x * q.y - q.x * p.y;
    }
    0.5 * area * area
}

#[test]
fn slice_of_structs() {
    check!(polygon(&vec![P, Q, Point { x: 0.3, y: 2.2 }]));
}

#[differentiate]
fn trajectory(start: Point, steps: usize) -> Vec<Point> {
    let mut points = vec![start];
    for i in 0..steps {
        let last = points[i];
        points.push(Point { x: last.x * 0.9, y: last.y + last.x * last.x });
    }
    points
}

#[test]
fn vec_of_structs() {
    check_vjp!(trajectory(P, const 3));
}

#[differentiate]
fn fields_of_elements(points: &mut [Point]) {
    for i in 1..points.len() {
        points[i].x *= points[i - 1].y;
        points[i].y += points[i].x * points[i - 1].x;
    }
}

#[test]
fn field_of_an_element_written() {
    check_in_place!(fields_of_elements(&mut vec![P, Q, P]));
}

#[test]
#[should_panic(expected = "by differences")]
fn fields_exchanged_are_rejected() {
    let primal = |(p,): &mut (Point,)| fields(*p);
    Case::new("fields", (P,), &primal).grad(&|(p,)| [p.x * p.y.exp(), p.y.exp()]);
}
