//! The type of the same name, and the pullback.

use pullback::differentiate;

#[differentiate]
fn product(x: &[f64], y: f64) -> f64 {
    x[0] * y
}

#[test]
fn the_primal_is_untouched() {
    let f: fn(&[f64], f64) -> f64 = product;
    assert_eq!(f(&[3.0], 2.0), 6.0);
}

#[test]
fn the_companion_is_uninhabited() {
    fn takes(companion: Option<product>) -> bool {
        match companion {
            Some(companion) => match companion {},
            None => true,
        }
    }
    assert!(takes(None));
}

fn applied<G>(pullback: impl FnOnce(f64) -> G, seed: f64) -> G {
    pullback(seed)
}

#[test]
fn the_pullback_is_a_closure() {
    let x = vec![3.0];
    let (value, pullback) = product::vjp(&x, 2.0);
    assert_eq!((value, applied(pullback, 5.0)), (6.0, (vec![10.0], 15.0)));
    let boxed: Box<dyn FnOnce(f64) -> (Vec<f64>, f64) + '_> = Box::new(product::vjp(&x, 2.0).1);
    assert_eq!(boxed(5.0), (vec![10.0], 15.0));
}

#[test]
fn the_pullback_need_not_be_called() {
    let (value, _) = product::vjp(&[3.0], 2.0);
    assert_eq!(value, 6.0);
}

#[test]
fn one_argument_for_two_pullbacks() {
    let x = [3.0];
    let (_, first) = product::vjp(&x, 2.0);
    let (_, second) = product::vjp(&x, 4.0);
    assert_eq!((second(1.0).0, first(1.0).0, x[0]), (vec![4.0], vec![2.0], 3.0));
}

pub mod library {
    use pullback::differentiate;

    /// Public: so are its derivatives.
    #[differentiate]
    pub fn area(width: f64, height: f64) -> f64 {
        width * height
    }
}

mod user {
    pub use super::library::area as surface;
}

#[test]
fn a_rename_brings_both() {
    use user::surface;
    assert_eq!(surface(3.0, 2.0), 6.0);
    assert_eq!(surface::grad(3.0, 2.0), (2.0, 3.0));
    assert_eq!(user::surface::value_and_grad(3.0, 2.0), (6.0, (2.0, 3.0)));
    assert_eq!(<library::area>::grad(3.0, 2.0), (2.0, 3.0));
    assert_eq!(library::area_grad(3.0, 2.0), (2.0, 3.0));
}

#[differentiate]
fn stiff(x: f64) -> f64 {
    // Rounds at every step: any other order of evaluation would show.
    let mut y = x;
    for k in 1..40 {
        y = (y * 1.1 + x / f64::from(k)).sin() * (y - 0.3).exp().sqrt() + 1e-3 * x.powf(0.7);
    }
    y
}

#[test]
fn values_are_those_of_the_primal_bit_for_bit() {
    for k in 1..200 {
        let x = 0.013 * f64::from(k);
        let expected = stiff(x).to_bits();
        assert_eq!(stiff::value_and_grad(x).0.to_bits(), expected);
        assert_eq!(stiff::vjp(x).0.to_bits(), expected);
        assert_eq!(stiff::adjoint(x, &mut 0.0, 1.0).to_bits(), expected);
        assert_eq!(stiff::value_and_grad(x).1, stiff_grad(x));
    }
}
