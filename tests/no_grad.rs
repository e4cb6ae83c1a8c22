//! Constants on demand: `#[no_grad]` on functions, parameters and `let`, and `stop_gradient`.

#![allow(clippy::needless_range_loop, reason = "indexing is natural in numerical code")]

mod common;

use pullback::{differentiate, no_grad, stop_gradient};

use common::{check, check_gradient};

mod functions {
    use super::*;

    #[no_grad]
    fn rounded(x: f64) -> f64 {
        (x * 4.0).round() / 4.0
    }

    #[no_grad]
    fn largest(x: &[f64]) -> usize {
        let mut place = 0;
        for i in 0..x.len() {
            if x[i] > x[place] {
                place = i;
            }
        }
        place
    }

    #[no_grad]
    fn mean(x: &[f64]) -> f64 {
        x.iter().sum::<f64>() / x.len() as f64
    }

    #[differentiate]
    fn quantised(x: f64, y: f64) -> f64 {
        x * rounded(y) + rounded(x * y) * y
    }

    #[test]
    fn result_is_a_constant() {
        // 3 · 2 + 6 · 2, with both results held.
        assert_eq!(quantised::value_and_grad(3.0, 2.0), (18.0, (2.0, 6.0)));
        // Piecewise constant: differences agree.
        check!(quantised(0.7, -1.2));
    }

    #[differentiate]
    fn by_place(x: &[f64]) -> f64 {
        let place = largest(x);
        x[place] * x[0]
    }

    #[test]
    fn result_is_an_index() {
        check!(by_place(&[0.4, 2.1, -1.2]));
    }

    #[differentiate]
    fn centred(x: &[f64]) -> f64 {
        let centre = mean(x);
        let mut sum = 0.0;
        for v in x {
            sum += (v - centre) * (v - centre) * v;
        }
        sum
    }

    #[test]
    fn result_used_in_a_loop() {
        let x = [1.0, 2.0, 6.0];
        // The mean is 3: (x - 3)² + 2 x (x - 3), entry by entry.
        assert_eq!(centred_grad(&x), [0.0, -3.0, 45.0]);
    }

    mod elsewhere {
        use pullback::no_grad;

        #[no_grad]
        pub fn doubled<T: Copy + std::ops::Add<Output = T>>(x: T) -> T {
            x + x
        }
    }

    #[differentiate]
    fn by_path(x: f64) -> f64 {
        x * elsewhere::doubled(x)
    }

    #[test]
    fn generic_and_called_by_path() {
        assert_eq!(by_path::value_and_grad(3.0), (18.0, 6.0));
    }

    struct Grid {
        origin: f64,
        width: f64,
    }

    impl Grid {
        #[no_grad]
        fn cell(&self, x: f64) -> usize {
            ((x - self.origin) / self.width) as usize
        }
    }

    #[differentiate]
    fn interpolated(#[no_grad] grid: &Grid, values: &[f64], x: f64) -> f64 {
        let i = grid.cell(x);
        let weight = (x - grid.origin) / grid.width - i as f64;
        (1.0 - weight) * values[i] + weight * values[i + 1]
    }

    #[test]
    fn method() {
        let grid = Grid { origin: -1.0, width: 0.5 };
        check!(interpolated(const &grid, &[0.4, -1.2, 0.9, 2.1, -0.3], 0.3));
    }
}

mod parameters {
    use super::*;

    #[differentiate]
    fn product(x: f64, #[no_grad] y: f64) -> f64 {
        x * y
    }

    #[test]
    fn scalar() {
        let gradient: f64 = product_grad(3.0, 2.0);
        assert_eq!(gradient, 2.0);
        check!(product(3.0, const 2.0));
        let mut x_bar = 10.0;
        assert_eq!(product::adjoint(3.0, &mut x_bar, 2.0, 5.0), 6.0);
        assert_eq!(x_bar, 20.0);
    }

    #[differentiate]
    fn misfit(#[no_grad] t: &[f64], #[no_grad] y: &[f64], rate: f64, scale: f64) -> f64 {
        let mut sum = 0.0;
        for i in 0..t.len() {
            let r = scale * (-rate * t[i]).exp() - y[i];
            sum += r * r;
        }
        sum
    }

    #[test]
    fn data() {
        let (t, y) = ([0.0, 0.5, 1.0], [1.0, 0.7, 0.3]);
        let gradient: (f64, f64) = misfit_grad(&t, &y, 0.5, 1.2);
        assert!(gradient.0 != 0.0 && gradient.1 != 0.0);
        check!(misfit(const &t, const &y, 0.5, 1.2));
    }

    struct Opaque {
        order: i32,
        name: &'static str,
    }

    #[differentiate]
    fn configured(x: f64, #[no_grad] settings: &Opaque) -> f64 {
        if settings.name == "power" { x.powi(settings.order) } else { x }
    }

    #[test]
    fn type_that_is_not_differentiable() {
        check!(
            configured(0.7, const &Opaque { order: 3, name: "power" }),
            configured(0.7, const &Opaque { order: 3, name: "" })
        );
    }

    #[differentiate]
    fn all_held(#[no_grad] x: f64, n: usize) -> f64 {
        x * n as f64
    }

    #[differentiate]
    fn caller(x: f64) -> f64 {
        x * all_held(x, 2)
    }

    #[test]
    fn callee_without_active_parameters() {
        assert_eq!(caller::value_and_grad(3.0), (18.0, 6.0));
    }

    #[differentiate]
    fn reassigned(x: f64, #[no_grad] mut y: f64) -> f64 {
        let first = x * y;
        y = 2.0 * y + 1.0;
        first + x * y
    }

    #[test]
    fn assigned_within() {
        check!(reassigned(3.0, const 2.0));
    }
}

mod lets {
    use super::*;

    #[differentiate]
    fn weighted(x: f64, y: f64) -> f64 {
        #[no_grad]
        let weight = 1.0 / (x * x + y * y);
        weight * x * y
    }

    #[test]
    fn value() {
        assert_eq!(weighted::value_and_grad(1.0, 2.0), (0.4, (0.4, 0.2)));
    }

    #[differentiate]
    fn pattern(x: f64) -> f64 {
        #[no_grad]
        let (sin, [a, _]) = (x.sin(), [x, 2.0]);
        sin * a * x
    }

    #[test]
    fn every_binding_of_a_pattern() {
        assert_eq!(pattern_grad(0.7), 0.7_f64.sin() * 0.7);
    }

    #[differentiate]
    fn in_a_loop(x: &[f64]) -> f64 {
        let mut total = 0.0;
        for &v in x {
            #[no_grad]
            let scale = v * v;
            total += scale * v;
        }
        total * total
    }

    #[test]
    fn within_a_loop() {
        // 2 Σ v³ · v², with the square held.
        assert_eq!(in_a_loop_grad(&[1.0, 2.0]), [18.0, 72.0]);
    }

    #[differentiate]
    fn callee(x: f64, y: f64) -> f64 {
        x * y
    }

    fn not_annotated(x: f64) -> f64 {
        x.floor() + 0.5
    }

    #[differentiate]
    fn of_calls(x: f64) -> f64 {
        #[no_grad]
        let product = callee(x, x);
        #[no_grad]
        let cell = not_annotated(x);
        product * x + cell * x
    }

    #[test]
    fn of_annotated_and_unannotated_callees() {
        assert_eq!(of_calls::value_and_grad(3.0), (27.0 + 10.5, 9.0 + 3.5));
    }

    #[differentiate]
    fn buffer(x: &[f64]) -> f64 {
        #[no_grad]
        let weights: Vec<f64> = x.iter().map(|v| 1.0 / (1.0 + v * v)).collect();
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += weights[i] * x[i] * x[i];
        }
        sum
    }

    #[test]
    fn vector() {
        let [first, second] = buffer_grad(&[1.0, 3.0])[..] else { panic!("two entries") };
        assert!((first - 1.0).abs() < 1e-15 && (second - 0.6).abs() < 1e-15);
    }

    #[differentiate]
    fn followed(x: f64) -> f64 {
        #[no_grad]
        let held = x * x;
        let y = held * x;
        let held = y + x;
        held * y
    }

    #[test]
    fn name_bound_anew_is_active() {
        // y = 4 x, held = 5 x, both with the square held: 20 x² with derivative 2 · 20 x at x = 2.
        assert_eq!(followed::value_and_grad(2.0), (80.0, 80.0));
    }

    #[differentiate]
    fn in_a_branch(x: f64) -> f64 {
        if x > 0.0 {
            #[no_grad]
            let root = x.sqrt();
            root * x
        } else {
            x * x
        }
    }

    #[test]
    fn within_a_branch() {
        assert_eq!(in_a_branch_grad(4.0), 2.0);
        assert_eq!(in_a_branch_grad(-4.0), -8.0);
    }
}

mod expressions {
    use super::*;

    #[differentiate]
    fn stopped(x: f64, y: f64) -> f64 {
        x * stop_gradient(x * y) + y
    }

    #[test]
    fn stop_gradient_within_an_expression() {
        assert_eq!(stopped::value_and_grad(3.0, 2.0), (20.0, (6.0, 1.0)));
    }

    #[differentiate]
    fn by_path(x: f64) -> f64 {
        let held = pullback::stop_gradient(x);
        held * held * x
    }

    #[test]
    fn stop_gradient_by_its_path() {
        assert_eq!(by_path::value_and_grad(3.0), (27.0, 9.0));
    }

    #[differentiate]
    fn of_a_vec(x: &[f64]) -> f64 {
        let held = stop_gradient(x.to_vec());
        held[0] * x[1] + held[1] * x[1]
    }

    #[test]
    fn stop_gradient_of_a_vec() {
        assert_eq!(of_a_vec_grad(&[3.0, 2.0]), [0.0, 5.0]);
    }

    #[differentiate]
    fn straight_through(x: f64) -> f64 {
        let y = x + stop_gradient(x.round() - x);
        y * y
    }

    #[test]
    fn straight_through_estimator() {
        assert_eq!(straight_through::value_and_grad(2.75), (9.0, 6.0));
    }

    #[differentiate]
    fn callee(x: f64, y: f64) -> f64 {
        x * x * y
    }

    #[differentiate]
    fn as_an_argument(x: f64, y: f64) -> f64 {
        callee(stop_gradient(x), y) + callee(x, stop_gradient(y)) * stop_gradient(callee(x, y))
    }

    #[test]
    fn stop_gradient_of_an_argument_and_of_a_result() {
        // With p = x² y = 18 held: 0 + 2 x y p by x, x² + 0 by y.
        assert_eq!(as_an_argument::grad(3.0, 2.0), (12.0 * 18.0, 9.0));
    }

    #[differentiate]
    fn truncated(x: f64, rate: f64, steps: usize) -> f64 {
        let mut state = x;
        for k in 0..steps {
            if k % 2 == 0 {
                state = stop_gradient(state);
            }
            state *= rate;
        }
        state
    }

    #[test]
    fn truncation_in_time() {
        // Of four steps only the last two are seen: state · rate², with state = x rate² held.
        assert_eq!(truncated::grad(3.0, 2.0, 4), (0.0, 2.0 * 2.0 * 12.0));
        assert_eq!(truncated::grad(3.0, 2.0, 0), (1.0, 0.0));
    }

    #[test]
    #[should_panic(expected = "by differences")]
    fn differences_see_through_the_mark() {
        check_gradient("stopped", |x| stopped(x[0], x[1]), |x| vec![x[0] * x[1], 1.0], &[3.0, 2.0]);
    }
}
