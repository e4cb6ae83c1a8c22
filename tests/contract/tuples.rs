//! Tuples and `Option`: the same shape, `()` where a component carries no derivative.

use pullback::differentiate;

#[differentiate]
fn pair(p: (f64, f64)) -> f64 {
    p.0 * p.1
}

#[test]
fn tuple() {
    let f_grad: fn((f64, f64)) -> (f64, f64) = pair_grad;
    let grad: fn((f64, f64)) -> (f64, f64) = pair::grad;
    let value_and_grad: fn((f64, f64)) -> (f64, (f64, f64)) = pair::value_and_grad;
    let adjoint: fn((f64, f64), &mut (f64, f64), f64) -> f64 = pair::adjoint;
    assert_eq!((f_grad((3.0, 2.0)), grad((3.0, 2.0))), ((2.0, 3.0), (2.0, 3.0)));
    assert_eq!(value_and_grad((3.0, 2.0)), (6.0, (2.0, 3.0)));

    let mut p_bar = (10.0, 20.0);
    assert_eq!(adjoint((3.0, 2.0), &mut p_bar, 5.0), 6.0);
    assert_eq!(p_bar, (20.0, 35.0));

    let (value, pullback) = pair::vjp((3.0, 2.0));
    let gradient: (f64, f64) = pullback(5.0);
    assert_eq!((value, gradient), (6.0, (10.0, 15.0)));
}

#[differentiate]
fn mixed(p: (f64, usize, (bool, [f64; 2])), q: &(Vec<f64>, i32)) -> f64 {
    p.0 * p.2.1[p.1] * q.0[0]
}

#[test]
fn components_without_a_derivative() {
    type G = ((f64, (), ((), [f64; 2])), (Vec<f64>, ()));
    type Adjoint = fn(
        (f64, usize, (bool, [f64; 2])),
        &mut (f64, (), ((), [f64; 2])),
        &(Vec<f64>, i32),
        &mut (Vec<f64>, ()),
        f64,
    ) -> f64;
    let f_grad: fn((f64, usize, (bool, [f64; 2])), &(Vec<f64>, i32)) -> G = mixed_grad;
    let adjoint: Adjoint = mixed::adjoint;
    let (p, q) = ((3.0, 1, (true, [1.0, 2.0])), (vec![5.0], 7));
    assert_eq!(f_grad(p, &q), ((10.0, (), ((), [0.0, 15.0])), (vec![6.0], ())));

    let (mut p_bar, mut q_bar) = ((1.0, (), ((), [1.0; 2])), (vec![1.0], ()));
    assert_eq!(adjoint(p, &mut p_bar, &q, &mut q_bar, 2.0), 30.0);
    assert_eq!((p_bar, q_bar), ((21.0, (), ((), [1.0, 31.0])), (vec![13.0], ())));
}

#[differentiate]
fn written(p: &mut (f64, f64)) {
    p.0 *= p.1;
}

#[test]
fn tuple_by_mutable_reference() {
    let adjoint: fn(&mut (f64, f64), &mut (f64, f64)) = written::adjoint;
    let (mut p, mut p_bar) = ((3.0, 2.0), (5.0, 100.0));
    adjoint(&mut p, &mut p_bar);
    assert_eq!((p, p_bar), ((6.0, 2.0), (10.0, 115.0)));
}

#[differentiate]
fn optional(x: f64, factor: Option<f64>) -> f64 {
    match factor {
        Some(factor) => factor * x,
        None => x,
    }
}

#[test]
fn option() {
    let f_grad: fn(f64, Option<f64>) -> (f64, Option<f64>) = optional_grad;
    let value_and_grad: fn(f64, Option<f64>) -> (f64, (f64, Option<f64>)) = optional::value_and_grad;
    let adjoint: fn(f64, &mut f64, Option<f64>, &mut Option<f64>, f64) -> f64 = optional::adjoint;
    assert_eq!(f_grad(3.0, Some(2.0)), (2.0, Some(3.0)));
    assert_eq!(value_and_grad(3.0, None), (3.0, (1.0, None)));

    let (mut x_bar, mut factor_bar) = (10.0, Some(20.0));
    assert_eq!(adjoint(3.0, &mut x_bar, Some(2.0), &mut factor_bar, 5.0), 6.0);
    assert_eq!((x_bar, factor_bar), (20.0, Some(35.0)));

    let (mut x_bar, mut factor_bar) = (10.0, None);
    assert_eq!(adjoint(3.0, &mut x_bar, None, &mut factor_bar, 5.0), 3.0);
    assert_eq!((x_bar, factor_bar), (15.0, None));

    let (_, pullback) = optional::vjp(3.0, Some(2.0));
    let gradient: (f64, Option<f64>) = pullback(5.0);
    assert_eq!(gradient, (10.0, Some(15.0)));
}

#[differentiate]
fn optional_pair(p: Option<(f64, usize)>) -> f64 {
    match p {
        Some((x, n)) => x * x * n as f64,
        None => 1.0,
    }
}

#[test]
fn option_of_a_tuple() {
    let f_grad: fn(Option<(f64, usize)>) -> Option<(f64, ())> = optional_pair_grad;
    assert_eq!((f_grad(Some((3.0, 2))), f_grad(None)), (Some((12.0, ())), None));
}
