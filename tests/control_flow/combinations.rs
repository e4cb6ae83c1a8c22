//! Small programs in which many constructs meet.

use crate::common::{check, check_in_place, check_rejects};
use pullback::differentiate;

#[derive(Clone, Copy, Debug)]
enum Instruction {
    Push(f64),
    Load(usize),
    Add,
    Multiply,
    Sine,
    SkipIfNegative(usize),
    Stop,
}

/// A stack machine: the program has no derivative, the registers do.
#[differentiate]
fn executed(#[no_grad] program: &[Instruction], registers: &[f64]) -> f64 {
    let mut stack = Vec::new();
    let mut counter = 0;
    while counter < program.len() {
        match program[counter] {
            Instruction::Push(value) => stack.push(value),
            Instruction::Load(register) => stack.push(registers[register]),
            Instruction::Add => {
                let top = stack.pop().unwrap();
                *stack.last_mut().unwrap() += top;
            }
            Instruction::Multiply => {
                let (b, a) = (stack.pop().unwrap(), stack.pop().unwrap());
                stack.push(a * b);
            }
            Instruction::Sine => {
                let last = stack.len() - 1;
                stack[last] = stack[last].sin();
            }
            Instruction::SkipIfNegative(count) => {
                if stack[stack.len() - 1] < 0.0 {
                    counter += count;
                }
            }
            Instruction::Stop => break,
        }
        counter += 1;
    }
    stack.pop().unwrap()
}

#[test]
fn stack_machine() {
    use Instruction::{Add, Load, Multiply, Push, Sine, SkipIfNegative, Stop};
    let program =
        [Load(0), Load(1), Multiply, SkipIfNegative(1), Sine, Push(0.5), Load(0), Add, Multiply, Stop, Sine];
    check!(executed(const &program, &[0.6, 1.4]), executed(const &program, &[0.6, -1.4]));
}

/// Heun's method; the step is halved where Euler's method disagrees, and doubled where it agrees well.
#[differentiate]
fn integrated(start: f64, stiffness: f64, end: f64) -> f64 {
    let slope = |t: f64, y: f64| -stiffness * y * y + t.sin();
    let (mut t, mut y) = (0.0, start);
    let mut step = 0.5;
    let mut rejected = 0;
    while t < end {
        if t + step > end {
            step = end - t;
        }
        let first = slope(t, y);
        let euler = y + step * first;
        let heun = y + step * 0.5 * (first + slope(t + step, euler));
        let error = (heun - euler).abs();
        if error > 0.05 && rejected < 3 {
            step *= 0.5;
            rejected += 1;
            continue;
        }
        t += step;
        y = heun;
        rejected = 0;
        if error < 0.01 {
            step *= 2.0;
        }
    }
    y
}

#[test]
fn integration_with_steps_of_adaptive_length() {
    check!(integrated(1.3, 0.8, 1.7), integrated(0.2, 0.1, 1.7));
}

/// Newton's method, or a bisection where Newton's step leaves the bracket.
#[differentiate]
fn root(a: f64, b: f64) -> Option<f64> {
    let f = |x: f64| x * x * x + a * x - b;
    let (mut low, mut high) = (0.0, 4.0);
    if f(low) * f(high) > 0.0 {
        return None;
    }
    let mut x = 0.1;
    for iteration in 0..60 {
        let value = f(x);
        match value {
            v if v.abs() < 1e-14 && iteration > 2 => break,
            v if v > 0.0 => high = x,
            _ => low = x,
        }
        let newton = x - value / (3.0 * x * x + a);
        x = if low < newton && newton < high { newton } else { 0.5 * (low + high) };
    }
    Some(x)
}

#[differentiate]
fn root_or_product(a: f64, b: f64) -> f64 {
    let Some(x) = root(a, b) else {
        return a * b;
    };
    x * b
}

#[test]
fn root_finding() {
    check!(root_or_product(0.6, 1.4), root_or_product(-2.5, 1.4), root_or_product(0.6, -1.4));
}

/// Cost of the best way through a lattice, in time steps of which each chooses its predecessor.
#[differentiate]
fn best_path(costs: &[Vec<f64>], penalty: f64) -> f64 {
    let mut best = costs[0].clone();
    for column in &costs[1..] {
        let mut next = Vec::with_capacity(column.len());
        for (j, cost) in column.iter().enumerate() {
            let (_, cheapest) = best
                .iter()
                .enumerate()
                .map(|(i, b)| (i, b + penalty * (i as f64 - j as f64).powi(2)))
                .min_by(|(_, a), (_, b)| a.total_cmp(b))
                .unwrap();
            next.push(cheapest + cost * cost);
        }
        best = next;
    }
    best.iter().copied().fold(f64::INFINITY, f64::min)
}

#[test]
fn dynamic_programming() {
    check!(best_path(&[vec![0.6, 1.4, 0.2], vec![1.1, 0.9, 1.3], vec![0.3, 1.2, 0.8]], 0.3));
}

/// One relaxation of a grid whose border is treated case by case.
#[differentiate]
fn relaxed(grid: &mut [[f64; 3]; 3], border: f64, sweeps: usize) {
    for sweep in 0..sweeps {
        let old = *grid;
        for i in 0..3 {
            for j in 0..3 {
                grid[i][j] = match (i, j) {
                    (1, 1) => old[i - 1][j] * old[i + 1][j] - old[i][j - 1] * old[i][j + 1],
                    (0, _) | (_, 0) => border * old[i][j],
                    _ if sweep % 2 == 1 => continue,
                    (i, j) => old[i - 1][j].sin() + old[i][j - 1],
                };
            }
        }
    }
}

#[test]
fn grid_with_borders() {
    let grid = [[0.6, 1.4, -0.5], [1.1, 0.9, 0.7], [0.3, 0.2, -0.8]];
    check_in_place!(relaxed(&mut grid, 0.8, const 1), relaxed(&mut grid, 0.8, const 2));
}

/// Mean of what remains when the extremes are left out, the outliers among the rest pulled in.
#[differentiate]
fn robust_mean(x: &[f64], width: f64) -> f64 {
    let mut sorted = x.to_vec();
    for i in (1..sorted.len()).rev() {
        for j in 0..i {
            if sorted[j] > sorted[j + 1] {
                sorted.swap(j, j + 1);
            }
        }
    }
    let [_, inner @ .., _] = sorted.as_slice() else {
        return 0.0;
    };
    let median = inner[inner.len() / 2];
    let pulled = |v: f64| match v - median {
        d if d > width => median + width * (d / width).sqrt(),
        d if d < -width => median - width * width.exp(),
        _ => v,
    };
    inner.iter().map(|v| pulled(*v)).sum::<f64>() / inner.len() as f64
}

#[test]
fn sorting_and_closures() {
    check!(robust_mean(&[0.6, 7.4, -0.5, 3.8, 0.3, -4.0, -9.0], 0.9));
    assert_eq!(robust_mean::grad(&[0.6], 0.9), (vec![0.0], 0.0));
}

#[test]
fn negative_control() {
    check_rejects!(integrated(1.3, 0.8, 1.7), root_or_product(0.6, 1.4));
}
