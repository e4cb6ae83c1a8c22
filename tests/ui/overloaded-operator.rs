// An operator of the user's own, on a struct.

use pullback::{Differentiable, differentiate};
use std::ops::Add;

#[derive(Clone, Copy, Differentiable)]
struct Point {
    x: f64,
    y: f64,
}

impl Add for Point {
    type Output = Point;

    fn add(self, other: Point) -> Point {
        Point { x: self.x + other.x, y: self.y + other.y }
    }
}

#[differentiate]
fn area(a: Point, b: Point) -> f64 {
    let corner = a + b;
    corner.x * corner.y
}

fn main() {}
