//! Inside an `impl` block the derivative functions stand beside the method.

use pullback::{Differentiable, differentiate};

#[derive(Clone, Copy, Debug, PartialEq, Differentiable)]
pub struct Line {
    slope: f64,
    offset: f64,
}

type LineBar = <Line as Differentiable>::Cotangent;

impl Line {
    #[differentiate]
    pub fn at(&self, x: f64) -> f64 {
        self.slope * x + self.offset
    }

    #[differentiate]
    fn area(self, width: f64) -> f64 {
        self.slope * width
    }

    #[differentiate]
    fn tilt(&mut self, factor: f64) {
        self.slope *= factor;
    }

    #[differentiate]
    fn through(slope: f64, x: f64, y: f64) -> Self {
        Self { slope, offset: y - slope * x }
    }

    #[differentiate]
    fn difference(a: &Self, b: &Self, x: f64) -> f64 {
        a.slope * x - b.offset
    }
}

const LINE: Line = Line { slope: 3.0, offset: 1.0 };

fn shadow(slope: f64, offset: f64) -> LineBar {
    LineBar { slope, offset }
}

#[test]
fn shared_receiver() {
    let grad: fn(&Line, f64) -> (LineBar, f64) = Line::at_grad;
    let value_and_grad: fn(&Line, f64) -> (f64, (LineBar, f64)) = Line::at_value_and_grad;
    let adjoint: fn(&Line, &mut LineBar, f64, &mut f64, f64) -> f64 = Line::at_adjoint;
    let (line_bar, x_bar) = grad(&LINE, 2.0);
    assert_eq!((line_bar.slope, line_bar.offset, x_bar), (2.0, 1.0, 3.0));
    assert_eq!(value_and_grad(&LINE, 2.0).0, 7.0);
    assert_eq!(LINE.at_grad(2.0).1, 3.0);

    let (mut line_bar, mut x_bar) = (shadow(10.0, 20.0), 30.0);
    assert_eq!(adjoint(&LINE, &mut line_bar, 2.0, &mut x_bar, 5.0), 7.0);
    assert_eq!((line_bar.slope, line_bar.offset, x_bar), (20.0, 25.0, 45.0));

    let (value, pullback) = LINE.at_vjp(2.0);
    let (line_bar, x_bar): (LineBar, f64) = pullback(5.0);
    assert_eq!((value, line_bar.slope, line_bar.offset, x_bar), (7.0, 10.0, 5.0, 15.0));
}

#[test]
fn receiver_by_value() {
    let grad: fn(Line, f64) -> (LineBar, f64) = Line::area_grad;
    let value_and_grad: fn(Line, f64) -> (f64, (LineBar, f64)) = Line::area_value_and_grad;
    let adjoint: fn(Line, &mut LineBar, f64, &mut f64, f64) -> f64 = Line::area_adjoint;
    assert_eq!((grad(LINE, 2.0).0.slope, value_and_grad(LINE, 2.0).0), (2.0, 6.0));
    let (mut line_bar, mut width_bar) = (shadow(10.0, 20.0), 30.0);
    assert_eq!(adjoint(LINE, &mut line_bar, 2.0, &mut width_bar, 5.0), 6.0);
    assert_eq!((line_bar.slope, line_bar.offset, width_bar), (20.0, 20.0, 45.0));
    let (value, pullback) = LINE.area_vjp(2.0);
    assert_eq!((value, pullback(5.0).1), (6.0, 15.0));
}

#[test]
fn exclusive_receiver() {
    let adjoint: fn(&mut Line, &mut LineBar, f64, &mut f64) = Line::tilt_adjoint;
    let (mut line, mut line_bar, mut factor_bar) = (LINE, shadow(5.0, 20.0), 1.0);
    adjoint(&mut line, &mut line_bar, 2.0, &mut factor_bar);
    assert_eq!(line, Line { slope: 6.0, offset: 1.0 });
    assert_eq!((line_bar.slope, line_bar.offset, factor_bar), (10.0, 20.0, 16.0));
}

#[test]
fn associated_function() {
    let adjoint: fn(f64, &mut f64, f64, &mut f64, f64, &mut f64, LineBar) -> Line = Line::through_adjoint;
    let (mut slope_bar, mut x_bar, mut y_bar) = (1.0, 1.0, 1.0);
    let line = adjoint(3.0, &mut slope_bar, 2.0, &mut x_bar, 7.0, &mut y_bar, shadow(10.0, 5.0));
    assert_eq!(line, LINE);
    assert_eq!((slope_bar, x_bar, y_bar), (1.0, -14.0, 6.0));
    let (line, pullback) = Line::through_vjp(3.0, 2.0, 7.0);
    let gradient: (f64, f64, f64) = pullback(shadow(10.0, 5.0));
    assert_eq!((line, gradient), (LINE, (0.0, -15.0, 5.0)));
}

#[test]
fn associated_function_with_a_scalar_result() {
    let grad: fn(&Line, &Line, f64) -> (LineBar, LineBar, f64) = Line::difference_grad;
    let value_and_grad: fn(&Line, &Line, f64) -> (f64, (LineBar, LineBar, f64)) =
        Line::difference_value_and_grad;
    let (a_bar, b_bar, x_bar) = grad(&LINE, &LINE, 2.0);
    assert_eq!((a_bar.slope, a_bar.offset), (2.0, 0.0));
    assert_eq!((b_bar.slope, b_bar.offset, x_bar), (0.0, -1.0, 3.0));
    assert_eq!(value_and_grad(&LINE, &LINE, 2.0).0, 5.0);
}
