use crate::common::{check, check_rejects};
use pullback::differentiate;

#[differentiate]
fn iterated(x: f64, n: usize) -> f64 {
    let mut y = x;
    for _ in 0..n {
        y = y.sin() * x;
    }
    y
}

#[test]
fn one_variable() {
    check!(iterated(1.6, const 5));
}

#[differentiate]
fn pendulum(angle: f64, length: f64, steps: usize) -> f64 {
    let dt = 0.1;
    let mut theta = angle;
    let mut omega = 0.0;
    for _ in 0..steps {
        let acceleration = -9.81 / length * theta.sin();
        omega += dt * acceleration;
        theta += dt * omega;
    }
    theta
}

#[test]
fn two_variables() {
    check!(pendulum(0.6, 1.4, const 10));
}

#[differentiate]
fn nested_state(x: &[f64], repetitions: usize) -> f64 {
    let mut y = 0.5;
    for _ in 0..repetitions {
        let mut z = y;
        for value in x {
            z = (z * value).tanh() + y;
            y *= 0.9;
        }
        y = z * y + x[0];
    }
    y
}

#[test]
fn nested_loops() {
    check!(nested_state(&[0.6, 1.4, -0.5], const 3));
}

#[differentiate]
fn ragged(x: &[f64], n: usize) -> f64 {
    let mut y = 1.0;
    for i in 0..n {
        let mut k = i;
        while k < x.len() {
            y = y * x[k] + x[i];
            k += i + 1;
        }
        if y > 1.0 {
            y = y.ln();
        }
    }
    y
}

#[test]
fn inner_loops_of_different_lengths() {
    check!(ragged(&[0.6, 1.4, 0.5, 0.8], const 3));
}

#[differentiate]
fn three_deep(x: f64, y: f64) -> f64 {
    let mut z = x;
    for i in 0..2 {
        for j in 0..=i {
            for k in (j..3).rev() {
                z = (z + y * (i + j + k) as f64).sin() + x;
            }
            z *= y;
        }
    }
    z
}

#[test]
fn three_nested_loops() {
    check!(three_deep(0.6, 1.4));
}

#[differentiate]
fn smaller_and_larger(x: &[f64]) -> f64 {
    let (mut small, mut large) = (x[0], x[0]);
    for &value in x {
        if value < small {
            small = value;
        } else if value > large {
            large = value;
        }
    }
    small * large
}

#[test]
fn variables_changed_now_and_then() {
    check!(smaller_and_larger(&[0.6, 1.4, -0.5, 0.8]));
}

#[differentiate]
fn shifted_through(x: &[f64]) -> f64 {
    let mut before_last = 0.3;
    let mut last = 0.7;
    for value in x {
        let next = last * value + before_last;
        before_last = last;
        last = next;
    }
    last * before_last
}

#[test]
fn values_handed_on() {
    check!(shifted_through(&[0.6, 1.4, -0.5]));
}

#[differentiate]
fn runge_kutta(initial: &[f64; 2], rate: f64, steps: usize) -> f64 {
    let mut state = *initial;
    let dt = 0.2;
    for _ in 0..steps {
        let k1 = predator_prey(state, rate);
        let middle = [state[0] + dt / 2.0 * k1[0], state[1] + dt / 2.0 * k1[1]];
        let k2 = predator_prey(middle, rate);
        for i in 0..2 {
            state[i] += dt * k2[i];
        }
    }
    state[0] * state[1]
}

#[differentiate]
fn predator_prey(state: [f64; 2], rate: f64) -> [f64; 2] {
    let [prey, predators] = state;
    [prey * (1.0 - rate * predators), predators * (prey - 0.5)]
}

#[test]
fn array_of_state_and_a_call() {
    check!(runge_kutta(&[0.6, 1.4], 0.8, const 4));
}

#[differentiate]
fn recomputed_each_time(x: &[f64], scale: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        let a = x[i] * scale;
        let b = a.sin() * a;
        let c = if b > 0.3 { b * a } else { b.exp() };
        sum += c;
    }
    sum
}

#[test]
fn nothing_but_a_sum() {
    check!(recomputed_each_time(&[0.6, 1.4, -0.5], 0.8));
}

#[differentiate]
fn grown(x: f64, n: usize) -> f64 {
    let mut values = vec![x];
    for i in 0..n {
        let last = values[i];
        values.push(last * x + values[i / 2]);
    }
    values[n] * values[n / 2]
}

#[test]
fn a_vector_that_grows() {
    check!(grown(0.6, const 4));
}

#[test]
fn negative_control() {
    check_rejects!(iterated(1.6, const 5), pendulum(0.6, 1.4, const 10));
    check_rejects!(nested_state(&[0.6, 1.4, -0.5], const 3));
}
