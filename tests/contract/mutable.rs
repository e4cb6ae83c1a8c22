//! `&mut` parameters: their shadows come with the cotangent of what is left and go with that of what was found.

use pullback::differentiate;

use crate::common::{check, check_in_place};

#[differentiate]
fn step(state: &mut [f64], dt: f64) {
    let velocity = state[1];
    state[0] += dt * velocity;
    state[1] = velocity * velocity;
}

#[test]
fn replaced_not_accumulated() {
    let adjoint: fn(&mut [f64], &mut [f64], f64, &mut f64) = step::adjoint;
    let (mut state, mut state_bar, mut dt_bar) = ([1.0, 3.0], [10.0, 1.0], 100.0);
    adjoint(&mut state, &mut state_bar, 0.5, &mut dt_bar);
    assert_eq!(state, [2.5, 9.0]);
    assert_eq!(state_bar, [10.0, 5.0 + 6.0]);
    assert_eq!(dt_bar, 130.0);
    check_in_place!(step(&mut [1.0, 3.0], 0.5));
}

#[test]
fn the_argument_is_left_as_by_the_primal() {
    let mut expected = [1.0, 3.0];
    step(&mut expected, 0.5);
    step(&mut expected, 0.5);

    let mut state = [1.0, 3.0];
    for _ in 0..2 {
        step::adjoint(&mut state, &mut [1.0, 1.0], 0.5, &mut 0.0);
    }
    assert_eq!(state, expected);
}

#[differentiate]
fn energy(state: &mut [f64], scale: f64) -> f64 {
    state[0] *= scale;
    state[0] * state[0] + state[1]
}

#[test]
fn cotangent_of_the_value_found() {
    // (2 x)² + y at x = 3, with nothing asked of what is left behind.
    let mut state = [3.0, 1.0];
    assert_eq!(energy::value_and_grad(&mut state, 2.0), (37.0, (vec![24.0, 1.0], 36.0)));
    assert_eq!(state, [6.0, 1.0]);

    let mut state = [3.0, 1.0];
    assert_eq!(energy_grad(&mut state, 2.0), (vec![24.0, 1.0], 36.0));
    assert_eq!(state, [6.0, 1.0]);

    let mut state = [3.0, 1.0];
    let (value, pullback) = energy::vjp(&mut state, 2.0);
    assert_eq!((value, pullback(10.0)), (37.0, (vec![240.0, 10.0], 360.0)));
    check!(energy(&mut [3.0, 1.0], 2.0));
}

#[test]
fn result_and_value_left_behind_together() {
    let (mut state, mut state_bar, mut scale_bar) = ([3.0, 1.0], [5.0, 7.0], 1.0);
    let value = energy::adjoint(&mut state, &mut state_bar, 2.0, &mut scale_bar, 10.0);
    assert_eq!(value, 37.0);
    // (10 · 2 · 6 + 5) · 2, 10 + 7, and (10 · 2 · 6 + 5) · 3 + 1.
    assert_eq!((state_bar, scale_bar), ([250.0, 17.0], 376.0));
}

#[test]
fn shadows_accumulate_over_calls() {
    let mut dt_bar = 0.0;
    for _ in 0..3 {
        step::adjoint(&mut [1.0, 3.0], &mut [1.0, 0.0], 0.5, &mut dt_bar);
    }
    assert_eq!(dt_bar, 9.0);
}

#[test]
fn chained_by_hand() {
    // The adjoint of two steps, composed from that of one.
    let first = [1.0, 3.0];
    let mut second = first;
    step(&mut second, 0.5);

    let (mut state_bar, mut dt_bar) = ([1.0, 1.0], 0.0);
    step::adjoint(&mut second.clone(), &mut state_bar, 0.5, &mut dt_bar);
    step::adjoint(&mut first.clone(), &mut state_bar, 0.5, &mut dt_bar);

    #[differentiate]
    fn two_steps(state: &mut [f64], dt: f64) {
        step(state, dt);
        step(state, dt);
    }

    let (mut expected_state_bar, mut expected_dt_bar) = ([1.0, 1.0], 0.0);
    two_steps::adjoint(&mut first.clone(), &mut expected_state_bar, 0.5, &mut expected_dt_bar);
    assert_eq!((state_bar, dt_bar), (expected_state_bar, expected_dt_bar));
}
