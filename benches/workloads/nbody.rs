//! One leapfrog step of gravitating bodies with softened forces: arrays of small arrays, updated in place.

use super::inputs::spread;
use super::support::{Active, Workload};
use pullback::differentiate;

/// The square of the softening length.
const SOFTENING: f64 = 1e-2;

type Vector = [f64; 3];

/// After one step of length `dt`: Σ ½ mᵢ|vᵢ|² + wᵢ·xᵢ.
#[differentiate]
pub fn energy_after_step(
    positions: &[Vector],
    velocities: &[Vector],
    #[no_grad] masses: &[f64],
    #[no_grad] weights: &[Vector],
    #[no_grad] dt: f64,
) -> f64 {
    let mut x = positions.to_vec();
    let mut v = velocities.to_vec();
    let mut a = vec![[0.0; 3]; x.len()];
    accelerations(&x, masses, &mut a);
    advance(&mut v, &a, 0.5 * dt);
    advance(&mut x, &v, dt);
    accelerations(&x, masses, &mut a);
    advance(&mut v, &a, 0.5 * dt);

    let mut energy = 0.0;
    for i in 0..x.len() {
        energy += 0.5 * masses[i] * dot(v[i], v[i]) + dot(weights[i], x[i]);
    }
    energy
}

/// Newton's law for every pair, with |xⱼ − xᵢ|² + ε² for the squared distance.
#[differentiate]
fn accelerations(x: &[Vector], #[no_grad] masses: &[f64], a: &mut [Vector]) {
    a.fill([0.0; 3]);
    for i in 0..x.len() {
        for j in 0..i {
            let d = [x[j][0] - x[i][0], x[j][1] - x[i][1], x[j][2] - x[i][2]];
            let squared = dot(d, d) + SOFTENING;
            let strength = 1.0 / (squared * squared.sqrt());
            for axis in 0..3 {
                a[i][axis] += masses[j] * strength * d[axis];
                a[j][axis] -= masses[i] * strength * d[axis];
            }
        }
    }
}

/// x += dt · rate.
#[differentiate]
fn advance(x: &mut [Vector], rate: &[Vector], #[no_grad] dt: f64) {
    for (x, rate) in x.iter_mut().zip(rate) {
        for axis in 0..3 {
            x[axis] += dt * rate[axis];
        }
    }
}

#[differentiate]
fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Both force evaluations keep two numbers for each pair, which spares the reverse all roots and divisions.
fn by_hand(bodies: &Bodies, x_bar: &mut [Vector], v_bar: &mut [Vector], seed: f64) -> f64 {
    let Bodies { positions, velocities, masses, weights, dt } = bodies;
    let (dt, half) = (*dt, 0.5 * dt);
    let mut x = positions.clone();
    let mut v = velocities.clone();
    let mut a = vec![[0.0; 3]; x.len()];
    let pairs = x.len() * x.len().saturating_sub(1) / 2;
    let mut factors = vec![[0.0; 2]; 2 * pairs];
    let (start, end) = factors.split_at_mut(pairs);
    forward_accelerations(&x, masses, &mut a, start);
    advance(&mut v, &a, half);
    advance(&mut x, &v, dt);
    forward_accelerations(&x, masses, &mut a, end);
    advance(&mut v, &a, half);

    let mut energy = 0.0;
    for i in 0..x.len() {
        energy += 0.5 * masses[i] * dot(v[i], v[i]) + dot(weights[i], x[i]);
    }

    // From here on `a` is the adjoint of the accelerations and `v` that of the velocities.
    let mut drifted_bar = vec![[0.0; 3]; x.len()];
    for i in 0..x.len() {
        for axis in 0..3 {
            v[i][axis] *= masses[i] * seed;
            a[i][axis] = half * v[i][axis];
            drifted_bar[i][axis] = seed * weights[i][axis];
        }
    }
    reverse_accelerations(&x, &mut drifted_bar, masses, &a, end);
    for i in 0..x.len() {
        for axis in 0..3 {
            v[i][axis] += dt * drifted_bar[i][axis];
            a[i][axis] = half * v[i][axis];
            v_bar[i][axis] += v[i][axis];
            x_bar[i][axis] += drifted_bar[i][axis];
        }
    }
    reverse_accelerations(positions, x_bar, masses, &a, start);
    energy
}

/// `accelerations`, keeping r⁻² and r⁻³ of each pair, where r² = |xⱼ − xᵢ|² + ε².
fn forward_accelerations(x: &[Vector], masses: &[f64], a: &mut [Vector], factors: &mut [[f64; 2]]) {
    a.fill([0.0; 3]);
    let mut factors = factors.iter_mut();
    for i in 0..x.len() {
        let (before, rest) = a.split_at_mut(i);
        let (xi, mi, mut ai) = (x[i], masses[i], [0.0; 3]);
        for (((xj, mj), aj), kept) in x.iter().zip(masses).zip(before).zip(&mut factors) {
            let d = [xj[0] - xi[0], xj[1] - xi[1], xj[2] - xi[2]];
            let squared = dot(d, d) + SOFTENING;
            let strength = 1.0 / (squared * squared.sqrt());
            *kept = [1.0 / squared, strength];
            for axis in 0..3 {
                ai[axis] += mj * strength * d[axis];
                aj[axis] -= mi * strength * d[axis];
            }
        }
        rest[0] = ai;
    }
}

/// With p = mⱼ āᵢ − mᵢ āⱼ: d̄ = r⁻³ (p − 3 r⁻² (p·d) d).
fn reverse_accelerations(
    x: &[Vector],
    x_bar: &mut [Vector],
    masses: &[f64],
    a_bar: &[Vector],
    factors: &[[f64; 2]],
) {
    let mut factors = factors.iter();
    for i in 0..x.len() {
        let (before, rest) = x_bar.split_at_mut(i);
        let (xi, mi, ai_bar) = (x[i], masses[i], a_bar[i]);
        let mut xi_bar = [0.0; 3];
        for ((((xj, xj_bar), mj), aj_bar), [inverse, strength]) in
            x.iter().zip(before).zip(masses).zip(a_bar).zip(&mut factors)
        {
            let d = [xj[0] - xi[0], xj[1] - xi[1], xj[2] - xi[2]];
            let p = [0, 1, 2].map(|axis| mj * ai_bar[axis] - mi * aj_bar[axis]);
            let along = 3.0 * inverse * dot(p, d);
            for axis in 0..3 {
                let d_bar = strength * (p[axis] - along * d[axis]);
                xj_bar[axis] += d_bar;
                xi_bar[axis] -= d_bar;
            }
        }
        for axis in 0..3 {
            rest[0][axis] += xi_bar[axis];
        }
    }
}

struct Bodies {
    positions: Vec<Vector>,
    velocities: Vec<Vector>,
    masses: Vec<f64>,
    weights: Vec<Vector>,
    dt: f64,
}

/// 64 bodies.
pub struct NBody {
    bodies: Bodies,
    positions_bar: Vec<Vector>,
    velocities_bar: Vec<Vector>,
}

impl Workload for NBody {
    fn new() -> Self {
        let n = 64;
        let vectors = |seed: usize| -> Vec<Vector> {
            (0..n)
                .map(|i| [0, 1, 2].map(|axis| 2.0 * spread(seed + (3 * i + axis) * (3 * i + axis)) - 1.0))
                .collect()
        };
        NBody {
            bodies: Bodies {
                positions: vectors(1),
                velocities: vectors(2),
                masses: (0..n).map(|i| 0.5 + spread(i)).collect(),
                weights: vectors(3),
                dt: 0.01,
            },
            positions_bar: vec![[0.0; 3]; n],
            velocities_bar: vec![[0.0; 3]; n],
        }
    }

    fn primal(&self) -> f64 {
        let Bodies { positions, velocities, masses, weights, dt } = &self.bodies;
        energy_after_step(positions, velocities, masses, weights, *dt)
    }

    fn generated(&mut self) -> f64 {
        let Bodies { positions, velocities, masses, weights, dt } = &self.bodies;
        energy_after_step::adjoint(
            positions,
            &mut self.positions_bar,
            velocities,
            &mut self.velocities_bar,
            masses,
            weights,
            *dt,
            1.0,
        )
    }

    fn hand_written(&mut self) -> f64 {
        by_hand(&self.bodies, &mut self.positions_bar, &mut self.velocities_bar, 1.0)
    }

    fn active(&mut self) -> Vec<Active<'_>> {
        vec![
            Active {
                value: self.bodies.positions.as_flattened_mut(),
                gradient: self.positions_bar.as_flattened_mut(),
            },
            Active {
                value: self.bodies.velocities.as_flattened_mut(),
                gradient: self.velocities_bar.as_flattened_mut(),
            },
        ]
    }
}
