//! A `derive(Differentiable)` struct: its cotangent struct, and `&mut` of it.

use pullback::{Differentiable, differentiate};

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
struct Point {
    x: f64,
    y: f64,
    label: u32,
}

type PointBar = <Point as Differentiable>::Cotangent;

const P: Point = Point { x: 3.0, y: 2.0, label: 7 };

fn shadow(x: f64, y: f64) -> PointBar {
    PointBar { x, y, label: () }
}

#[differentiate]
fn owned(p: Point) -> f64 {
    p.x * p.y
}

#[test]
fn by_value() {
    let f_grad: fn(Point) -> PointBar = owned_grad;
    let grad: fn(Point) -> PointBar = owned::grad;
    let value_and_grad: fn(Point) -> (f64, PointBar) = owned::value_and_grad;
    let adjoint: fn(Point, &mut PointBar, f64) -> f64 = owned::adjoint;
    let gradient = f_grad(P);
    assert_eq!((gradient.x, gradient.y), (2.0, 3.0));
    assert_eq!(grad(P).x, 2.0);
    assert_eq!(value_and_grad(P).0, 6.0);

    let mut p_bar = shadow(10.0, 20.0);
    assert_eq!(adjoint(P, &mut p_bar, 5.0), 6.0);
    assert_eq!((p_bar.x, p_bar.y), (20.0, 35.0));

    let (value, pullback) = owned::vjp(P);
    let gradient: PointBar = pullback(5.0);
    assert_eq!((value, gradient.x, gradient.y), (6.0, 10.0, 15.0));
}

#[differentiate]
fn borrowed(p: &Point) -> f64 {
    p.x * p.y
}

#[test]
fn by_reference() {
    let f_grad: fn(&Point) -> PointBar = borrowed_grad;
    let value_and_grad: fn(&Point) -> (f64, PointBar) = borrowed::value_and_grad;
    let adjoint: fn(&Point, &mut PointBar, f64) -> f64 = borrowed::adjoint;
    assert_eq!((f_grad(&P).x, value_and_grad(&P).1.y), (2.0, 3.0));
    let mut p_bar = shadow(10.0, 20.0);
    assert_eq!(adjoint(&P, &mut p_bar, 5.0), 6.0);
    assert_eq!((p_bar.x, p_bar.y), (20.0, 35.0));
}

#[differentiate]
fn exclusive(p: &mut Point) {
    p.x *= p.y;
    p.label += 1;
}

#[test]
fn by_mutable_reference() {
    let adjoint: fn(&mut Point, &mut PointBar) = exclusive::adjoint;
    let (mut p, mut p_bar) = (P, shadow(5.0, 100.0));
    adjoint(&mut p, &mut p_bar);
    assert_eq!(p, Point { x: 6.0, y: 2.0, label: 8 });
    assert_eq!((p_bar.x, p_bar.y), (10.0, 115.0));
}

#[differentiate]
fn returned(x: f64, y: f64) -> Point {
    Point { x: x * y, y, label: 1 }
}

#[test]
fn as_a_result() {
    let adjoint: fn(f64, &mut f64, f64, &mut f64, PointBar) -> Point = returned::adjoint;
    let (mut x_bar, mut y_bar) = (10.0, 20.0);
    let value = adjoint(3.0, &mut x_bar, 2.0, &mut y_bar, shadow(5.0, 7.0));
    assert_eq!(value, Point { x: 6.0, y: 2.0, label: 1 });
    assert_eq!((x_bar, y_bar), (20.0, 42.0));

    let (value, pullback) = returned::vjp(3.0, 2.0);
    let gradient: (f64, f64) = pullback(shadow(5.0, 7.0));
    assert_eq!((value.x, gradient), (6.0, (10.0, 22.0)));
}

#[differentiate]
fn several(points: &[Point], pair: (Point, f64), maybe: Option<Point>) -> f64 {
    let last = match maybe {
        Some(p) => p.x,
        None => 0.0,
    };
    points[0].x * pair.0.y + last
}

#[test]
fn inside_other_types() {
    type G = (Vec<PointBar>, (PointBar, f64), Option<PointBar>);
    let f_grad: fn(&[Point], (Point, f64), Option<Point>) -> G = several_grad;
    let gradient = f_grad(&[P], (P, 1.0), Some(P));
    assert_eq!((gradient.0[0].x, gradient.1.0.y, gradient.1.1), (2.0, 3.0, 0.0));
    assert_eq!(gradient.2.map(|p| p.x), Some(1.0));
    assert!(f_grad(&[P], (P, 1.0), None).2.is_none());
}

#[test]
fn the_zero_of_the_shape() {
    fn same<T: Differentiable<Cotangent = T>>(_: &T) {}
    let cotangent = borrowed_grad(&P);
    same(&cotangent);
    let _: <Vec<Point> as Differentiable>::Cotangent = vec![cotangent];
}
