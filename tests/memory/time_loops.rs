//! Loops in time: states overwritten from step to step and read nonlinearly by callees.

use pullback::differentiate;

use crate::common::{check, check_gradient, check_in_place, check_vjp};

const U: [f64; 5] = [0.1, 0.8, 0.3, 0.6, 0.2];

#[differentiate]
fn reaction(u: &[f64], i: usize) -> f64 {
    u[i] * (1.0 - u[i]) * u[(i + 1) % u.len()]
}

#[differentiate]
fn overwritten_in_place(u0: &[f64], dt: f64, steps: usize) -> f64 {
    let mut u = u0.to_vec();
    for _ in 0..steps {
        for i in 0..u.len() {
            u[i] += dt * reaction(&u, i);
        }
    }
    u[0] * u[3] + u[4]
}

#[test]
fn state_overwritten_after_a_callee_read_it() {
    check!(overwritten_in_place(&U, 0.3, const 0), overwritten_in_place(&U, 0.3, const 7));
}

#[differentiate]
fn step(u: &[f64], next: &mut [f64], dt: f64) {
    let n = u.len();
    for i in 0..n {
        let laplacian = u[(i + n - 1) % n] - 2.0 * u[i] + u[(i + 1) % n];
        next[i] = u[i] + dt * (laplacian + reaction(u, i));
    }
}

#[differentiate]
fn ping_pong(u0: &[f64], dt: f64, steps: usize) -> Vec<f64> {
    let mut u = u0.to_vec();
    let mut next = vec![0.0; u.len()];
    for _ in 0..steps {
        step(&u, &mut next, dt);
        std::mem::swap(&mut u, &mut next);
    }
    u
}

#[test]
fn ping_pong_by_mem_swap() {
    check_vjp!(ping_pong(&U, 0.1, const 0), ping_pong(&U, 0.1, const 5), ping_pong(&U, 0.1, const 6));
}

#[differentiate]
fn swap_of_parameters(u: &mut [f64; 5], next: &mut [f64; 5], dt: f64, steps: usize) {
    for _ in 0..steps {
        step(u, next, dt);
        std::mem::swap(u, next);
    }
}

#[test]
fn ping_pong_of_parameters() {
    let mut next = [0.0; 5];
    next[2] = 0.4;
    check_in_place!(
        swap_of_parameters(&mut U, &mut next, 0.1, const 0),
        swap_of_parameters(&mut U, &mut next, 0.1, const 3)
    );
}

#[differentiate]
fn copied_back(u0: &[f64], dt: f64, steps: usize) -> f64 {
    let mut u = u0.to_vec();
    let mut next = u0.to_vec();
    let mut energy = 0.0;
    for _ in 0..steps {
        step(&u, &mut next, dt);
        u.copy_from_slice(&next);
        energy += u[1] * u[2];
    }
    energy
}

#[test]
fn state_copied_back() {
    check!(copied_back(&U, 0.1, const 4));
}

#[differentiate]
fn replaced(u0: &[f64], dt: f64, steps: usize) -> f64 {
    let mut u = u0.to_vec();
    for _ in 0..steps {
        let old = std::mem::replace(&mut u, vec![0.0; u0.len()]);
        step(&old, &mut u, dt);
    }
    u[0] * u[1]
}

#[test]
fn state_exchanged_by_mem_replace() {
    check!(replaced(&U, 0.1, const 4));
}

#[differentiate]
fn taken(u0: &[f64], steps: usize) -> f64 {
    let mut u = u0.to_vec();
    for _ in 0..steps {
        let old = std::mem::take(&mut u);
        for v in &old {
            u.push(v * old[0] + v.sin());
        }
    }
    u[0] * u[1]
}

#[test]
fn state_taken_by_mem_take() {
    check!(taken(&U, const 3));
}

#[differentiate]
fn stepped(u: &[f64], dt: f64) -> Vec<f64> {
    let mut next = vec![0.0; u.len()];
    step(u, &mut next, dt);
    next
}

#[differentiate]
fn functional(u0: &[f64], dt: f64, steps: usize) -> f64 {
    let mut u = u0.to_vec();
    for _ in 0..steps {
        u = stepped(&u, dt);
    }
    u[0] * u[1]
}

#[test]
fn state_replaced_by_the_result_of_a_callee() {
    check!(functional(&U, 0.1, const 4));
}

#[differentiate]
fn force(x: f64) -> f64 {
    -x.sin()
}

#[differentiate]
fn leapfrog(x: &mut [f64], v: &mut [f64], dt: f64, steps: usize) {
    for _ in 0..steps {
        for i in 0..x.len() {
            v[i] += 0.5 * dt * force(x[i]);
            x[i] += dt * v[i];
            v[i] += 0.5 * dt * force(x[i]);
        }
    }
}

#[test]
fn leapfrog_in_place() {
    check_in_place!(leapfrog(&mut [0.3, 1.2], &mut [0.1, -0.4], 0.2, const 6));
}

#[differentiate]
fn lotka_volterra(state: &[f64; 2], rates: &[f64; 4], slope: &mut [f64; 2]) {
    slope[0] = rates[0] * state[0] - rates[1] * state[0] * state[1];
    slope[1] = rates[2] * state[0] * state[1] - rates[3] * state[1];
}

#[differentiate]
fn runge_kutta(state0: &[f64; 2], rates: &[f64; 4], dt: f64, steps: usize) -> [f64; 2] {
    let mut state = *state0;
    let mut slopes = [[0.0; 2]; 4];
    let mut stage = [0.0; 2];
    for _ in 0..steps {
        lotka_volterra(&state, rates, &mut slopes[0]);
        for k in 1..4 {
            let h = if k == 3 { dt } else { 0.5 * dt };
            for i in 0..2 {
                stage[i] = state[i] + h * slopes[k - 1][i];
            }
            lotka_volterra(&stage, rates, &mut slopes[k]);
        }
        for i in 0..2 {
            state[i] += dt / 6.0 * (slopes[0][i] + 2.0 * slopes[1][i] + 2.0 * slopes[2][i] + slopes[3][i]);
        }
    }
    state
}

#[test]
fn runge_kutta_with_reused_stages() {
    check_vjp!(runge_kutta(&[1.2, 0.7], &[1.1, 0.4, 0.3, 0.9], 0.2, const 4));
}

#[differentiate]
fn until_settled(x: f64, target: f64) -> f64 {
    let mut guess = x;
    let mut count = 0;
    while (guess * guess - target).abs() > 0.2 && count < 50 {
        guess = 0.5 * (guess + target / guess);
        count += 1;
    }
    guess
}

#[test]
fn loop_until_settled() {
    check!(until_settled(5.0, 3.0), until_settled(1.75, 3.0));
}

#[differentiate]
fn multistep(u0: f64, u1: f64, dt: f64, steps: usize) -> f64 {
    let (mut previous, mut current) = (u0, u1);
    for _ in 0..steps {
        let next = current + dt * (1.5 * force(current) - 0.5 * force(previous));
        previous = current;
        current = next;
    }
    current * previous
}

#[test]
fn states_handed_down() {
    check!(multistep(0.4, 0.5, 0.1, const 0), multistep(0.4, 0.5, 0.1, const 8));
}

#[differentiate]
fn observed(u0: &[f64], observations: &[Vec<f64>], dt: f64) -> f64 {
    let mut u = u0.to_vec();
    let mut next = u0.to_vec();
    let mut misfit = 0.0;
    for observation in observations {
        for _ in 0..2 {
            step(&u, &mut next, dt);
            std::mem::swap(&mut u, &mut next);
        }
        for i in 0..observation.len() {
            misfit += (u[2 * i] - observation[i]).powi(2);
        }
    }
    misfit
}

#[test]
fn data_assimilation() {
    check!(observed(&U, &vec![vec![0.2, 0.3, 0.4], vec![0.1, 0.5], vec![]], 0.1));
}

#[test]
#[should_panic(expected = "by differences")]
fn a_linearisation_at_the_final_state_is_rejected() {
    let wrong = |u: &[f64]| {
        let (previous, current) = (u[1], u[1] + 0.1 * (1.5 * force(u[1]) - 0.5 * force(u[0])));
        vec![0.05 * current.cos() * previous, current + previous * (1.0 - 0.15 * current.cos())]
    };
    check_gradient("multistep", |u| multistep(u[0], u[1], 0.1, 1), wrong, &[0.4, 0.5]);
}
