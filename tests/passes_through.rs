//! What a derivative leaves as it is: assertions, panics, output, integers, lengths and searches.

#![allow(clippy::needless_range_loop, reason = "indexing is natural in numerical code")]

mod common;

use pullback::differentiate;

use common::{check, check_gradient, check_in_place};

/// The message of the panic of `f`.
fn message<T>(f: impl FnOnce() -> T) -> String {
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).err().expect("a panic");
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => payload.downcast::<&str>().expect("a message").to_string(),
    }
}

mod assertions {
    use super::*;

    #[differentiate]
    fn asserted(x: &[f64], y: &[f64]) -> f64 {
        assert!(!x.is_empty());
        assert!(x[0] > 0.0, "the first must be positive");
        assert_eq!(x.len(), y.len());
        assert_ne!(y[0], 0.0, "y[0] = {}", y[0]);
        debug_assert!(x[0].is_finite() && y[0].is_finite());
        debug_assert_eq!(x.len(), y.len(), "{} and {}", x.len(), y.len());
        debug_assert_ne!(x[0], -1.0);
        x[0].ln() * y[0]
    }

    #[test]
    fn assertions_that_hold() {
        check!(asserted(&[0.7, 1.0], &[-1.2, 0.5]));
    }

    #[test]
    fn assertions_that_fail() {
        let cases: [(&[f64], &[f64]); 4] = [(&[], &[]), (&[-1.0], &[1.0]), (&[1.0], &[]), (&[1.0], &[0.0])];
        for (x, y) in cases {
            let expected = message(|| asserted(x, y));
            assert_eq!(message(|| asserted_grad(x, y)), expected);
            assert_eq!(message(|| asserted::value_and_grad(x, y)), expected);
            assert_eq!(message(|| asserted::vjp(x, y).0), expected);
            let (mut x_bar, mut y_bar) = (vec![0.0; x.len()], vec![0.0; y.len()]);
            assert_eq!(message(|| asserted::adjoint(x, &mut x_bar, y, &mut y_bar, 1.0)), expected);
        }
    }

    #[differentiate]
    fn inline_arguments(x: f64, limit: f64) -> f64 {
        let x = 2.0 * x;
        assert!(x < limit, "x is {x}, the limit {limit:.1}");
        let x = x * x;
        assert!(x < limit, "x² is {x:>8.3} of {0}, {limit:?}", x + 1.0);
        x * limit
    }

    #[test]
    fn inline_arguments_name_the_latest_binding() {
        check!(inline_arguments(0.7, 10.0));
        assert_eq!(message(|| inline_arguments::value_and_grad(8.0, 10.0)), "x is 16, the limit 10.0");
        let of_square = message(|| inline_arguments::value_and_grad(2.0, 10.0));
        assert_eq!(of_square, "x² is   16.000 of 17, 10.0");
    }

    #[differentiate]
    fn inner_scope(x: f64) -> f64 {
        let y = x * x;
        let z = {
            let y = y + 1.0;
            assert!(y < 50.0, "inner y = {y}");
            y * x
        };
        assert!(y < 25.0, "outer y = {y}, z = {z}");
        y * z
    }

    #[test]
    fn inline_arguments_see_the_scope_they_stand_in() {
        check!(inner_scope(0.7));
        assert_eq!(message(|| inner_scope_grad(10.0)), "inner y = 101");
        assert_eq!(message(|| inner_scope_grad(6.0)), "outer y = 36, z = 222");
    }

    #[differentiate]
    fn in_a_loop(x: &mut [f64], limit: f64) {
        for (i, v) in x.iter_mut().enumerate() {
            *v *= *v;
            let square = *v;
            assert!(square < limit, "x[{i}]² = {square}");
        }
    }

    #[test]
    fn assertion_in_a_loop() {
        check_in_place!(in_a_loop(&mut [0.4, -1.2], 2.0));
        let failure = message(|| in_a_loop::adjoint(&mut [1.0, 3.0], &mut [0.0; 2], 5.0, &mut 0.0));
        assert_eq!(failure, "x[1]² = 9");
    }
}

mod panics {
    use super::*;

    #[differentiate]
    fn panicking(x: f64) -> f64 {
        if x < 0.0 {
            panic!("no root of {x}");
        }
        x.sqrt()
    }

    #[test]
    fn panic_in_a_branch() {
        check!(panicking(0.7));
        assert_eq!(message(|| panicking_grad(-2.0)), "no root of -2");
    }

    #[differentiate]
    fn diverging_arms(x: f64, kind: u8) -> f64 {
        let y = match kind {
            0 => x * x,
            1 => x.sin(),
            2 => panic!("kind 2"),
            3 => unreachable!("kind {kind}"),
            _ => unreachable!(),
        };
        y * x
    }

    #[test]
    fn diverging_arms_of_a_match() {
        check!(diverging_arms(0.7, const 0), diverging_arms(0.7, const 1));
        for kind in 2..5 {
            let expected = message(|| diverging_arms(0.7, kind));
            assert_eq!(message(|| diverging_arms::value_and_grad(0.7, kind)), expected);
        }
    }

    #[differentiate]
    fn diverging_else(x: Option<f64>) -> f64 {
        let Some(x) = x else { panic!("nothing here") };
        let y = if x > 0.0 { x } else { unreachable!() };
        x * y
    }

    #[test]
    fn diverging_let_else() {
        check!(diverging_else(Some(0.7)));
        assert_eq!(message(|| diverging_else_grad(None)), "nothing here");
        assert!(message(|| diverging_else_grad(Some(-1.0))).contains("unreachable"));
    }

    #[differentiate]
    fn unwrapped(x: &[f64], place: Option<usize>) -> f64 {
        let last = x.last().expect("x must not be empty");
        let place = place.unwrap();
        last * x[place]
    }

    #[test]
    fn expect_and_unwrap() {
        check!(unwrapped(&[0.4, -1.2], const Some(0)));
        assert_eq!(message(|| unwrapped_grad(&[], Some(0))), "x must not be empty");
        assert_eq!(message(|| unwrapped_grad(&[1.0], None)), message(|| unwrapped(&[1.0], None)));
    }
}

mod output {
    use super::*;

    #[differentiate]
    fn printing(x: f64, y: f64) -> f64 {
        println!();
        println!("x = {x}, y = {:.3}", y);
        let x = x * y;
        eprintln!("x = {x:?}, {0} {name}", x + y, name = y * y);
        print!("{x}");
        eprint!("{}", y.sin());
        x * y
    }

    #[test]
    fn printing_macros() {
        check!(printing(0.7, -1.2));
    }

    #[differentiate]
    fn debugged(x: f64, y: f64) -> f64 {
        let z = dbg!(x * y);
        dbg!(z);
        let z = dbg!(z.sin()) + y;
        dbg!(z * z)
    }

    #[test]
    fn dbg_passes_its_argument_on() {
        check!(debugged(0.7, -1.2));
    }

    #[differentiate]
    fn reporting(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (i, v) in x.iter().enumerate() {
            sum += v * v;
            if i % 2 == 0 {
                println!("{i}: {sum}");
            }
        }
        sum
    }

    #[test]
    fn printing_in_a_loop() {
        check!(reporting(&[0.4, -1.2, 0.9]));
    }
}

mod integers {
    use super::*;

    #[differentiate]
    fn collatz(x: f64, start: u64) -> f64 {
        let mut n = start;
        let mut steps = 0_i32;
        while n != 1 {
            n = if n & 1 == 0 { n / 2 } else { 3 * n + 1 };
            steps += 1;
        }
        x.powi(steps) * f64::from(steps)
    }

    #[test]
    fn loop_over_integers() {
        check!(collatz(0.9, const 6));
    }

    #[differentiate]
    fn bits(x: f64, mask: u32) -> f64 {
        let rotated = mask.rotate_left(3) ^ (mask >> 2) & 0xff | 1 << 4;
        let count = rotated.count_ones() + (!mask).leading_zeros();
        let odd = rotated & 1 == 1;
        let signed = -(count as i64) + i64::from(odd);
        x * signed as f64 + x.powi(count as i32 % 3)
    }

    #[test]
    fn bit_operations() {
        check!(bits(0.7, const 0b1011), bits(0.7, const 0xffff_0000));
    }

    #[differentiate]
    fn pseudo_random(x: &[f64], seed: u64) -> f64 {
        let mut state = seed;
        let mut sum = 0.0;
        for _ in 0..10 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = (state >> 33) as usize % x.len();
            sum += x[place] * x[place];
        }
        sum
    }

    #[test]
    fn wrapping_arithmetic() {
        check!(pseudo_random(&[0.4, -1.2, 0.9], const 42));
    }

    #[differentiate]
    fn checked(x: f64, a: usize, b: usize) -> f64 {
        let difference = a.checked_sub(b);
        let distance = a.abs_diff(b).max(1).pow(2);
        match difference {
            Some(d) => x * d as f64 + distance as f64 * x,
            None => x * x * distance as f64,
        }
    }

    #[test]
    fn integer_methods() {
        check!(checked(0.7, const 5, const 2), checked(0.7, const 2, const 5));
    }

    #[differentiate]
    fn text(x: f64, program: &str) -> f64 {
        let mut y = x;
        for c in program.chars() {
            match c {
                's' => y = y.sin(),
                'e' => y = y.exp(),
                c if c.is_ascii_digit() => y *= f64::from(c as u8 - b'0'),
                _ => {}
            }
        }
        y
    }

    #[test]
    fn characters() {
        check!(text(0.7, const "s2e s"), text(0.7, const ""));
    }

    #[differentiate]
    fn table(x: f64, n: usize) -> f64 {
        let mut primes = Vec::new();
        let mut candidate = 2;
        while primes.len() < n {
            if primes.iter().all(|p| candidate % p != 0) {
                primes.push(candidate);
            }
            candidate += 1;
        }
        let mut product = 1.0;
        for p in primes {
            product *= 1.0 + x / p as f64;
        }
        product
    }

    #[test]
    fn vector_of_integers() {
        check!(table(0.7, const 5));
    }

    #[differentiate]
    fn flags(x: &[f64]) -> f64 {
        let mut seen = [false; 4];
        let mut sum = 0.0;
        for v in x {
            let bin = (v.abs() as usize).min(3);
            let first = !seen[bin];
            seen[bin] |= true;
            if first && !(seen[0] && seen[3]) {
                sum += v * v;
            }
        }
        sum
    }

    #[test]
    fn booleans() {
        check!(flags(&[0.4, -1.2, 0.9, 1.5, 7.0, 2.2]));
    }
}

mod lengths {
    use super::*;

    #[differentiate]
    fn by_length(x: &[f64], rows: &[Vec<f64>], labels: &[String]) -> f64 {
        if x.is_empty() || rows.is_empty() {
            return 0.0;
        }
        let n = x.len() * rows.len() + rows[0].len() + labels.len();
        x[n % x.len()] * rows[0][0] * n as f64
    }

    #[test]
    fn len_and_is_empty() {
        let labels = [String::from("a")];
        check!(by_length(&[0.4, -1.2], &vec![vec![0.9, 0.1]], const &labels));
        assert_eq!(by_length::value_and_grad(&[], &[], &labels), (0.0, (vec![], vec![])));
    }

    #[differentiate]
    fn mean(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for v in x {
            sum += v * v;
        }
        sum / x.len() as f64
    }

    #[test]
    fn length_as_a_number() {
        check!(mean(&[0.4, -1.2, 0.9]));
    }

    #[differentiate]
    fn ranges(x: f64, range: std::ops::Range<usize>) -> f64 {
        let inside = range.contains(&3);
        let mut y = x * range.len() as f64;
        for i in range {
            y *= x + i as f64;
        }
        if inside { y } else { -y }
    }

    #[test]
    fn range_as_a_parameter() {
        check!(ranges(0.7, const 1..5), ranges(0.7, const 4..6));
    }
}

mod searches {
    use super::*;

    const KNOTS: [f64; 5] = [0.0, 0.2, 0.5, 0.9, 1.0];

    #[differentiate]
    fn by_partition_point(knots: &[f64], values: &[f64], x: f64) -> f64 {
        let i = knots.partition_point(|&k| k < x).clamp(1, knots.len() - 1);
        let weight = (x - knots[i - 1]) / (knots[i] - knots[i - 1]);
        (1.0 - weight) * values[i - 1] + weight * values[i]
    }

    #[test]
    fn partition_point() {
        let values = [0.4, -1.2, 0.9, 2.1, -0.3];
        check!(
            by_partition_point(&KNOTS, &values, 0.3),
            by_partition_point(&KNOTS, &values, 1.4),
            by_partition_point(&KNOTS, &values, -0.2)
        );
    }

    #[differentiate]
    fn by_binary_search(x: &[f64], keys: &[u32], key: u32) -> f64 {
        match keys.binary_search(&key) {
            Ok(place) => x[place] * x[place],
            Err(place) => x[place - 1] * x[place],
        }
    }

    #[test]
    fn binary_search() {
        let keys = [1, 3, 8];
        check!(
            by_binary_search(&[0.4, -1.2, 0.9], const &keys, const 3),
            by_binary_search(&[0.4, -1.2, 0.9], const &keys, const 5)
        );
    }

    #[differentiate]
    fn by_comparison(knots: &[f64], values: &[f64], x: f64) -> f64 {
        let place = knots.binary_search_by(|k| k.partial_cmp(&x).unwrap());
        match place {
            Ok(i) => values[i] * x,
            Err(i) => values[i - 1] * values[i] * (x - knots[i - 1]),
        }
    }

    #[test]
    fn binary_search_by() {
        let values = [0.4, -1.2, 0.9, 2.1, -0.3];
        check!(by_comparison(&KNOTS, &values, 0.3));
        let (value, (_, values_bar, x_bar)) = by_comparison::value_and_grad(&KNOTS, &values, 0.5);
        assert_eq!((value, values_bar, x_bar), (0.45, vec![0.0, 0.0, 0.5, 0.0, 0.0], 0.9));
    }

    #[differentiate]
    fn in_a_loop(knots: &[f64], values: &[f64], points: &[f64]) -> f64 {
        let mut sum = 0.0;
        for x in points {
            let i = match knots.binary_search_by(|knot| knot.total_cmp(x)) {
                Ok(i) | Err(i) => i.clamp(1, knots.len() - 1),
            };
            sum += values[i] * (x - knots[i - 1]) * values[i - 1];
        }
        sum
    }

    #[test]
    fn search_in_a_loop() {
        check!(in_a_loop(&KNOTS, &[0.4, -1.2, 0.9, 2.1, -0.3], &[0.3, 0.1, 0.95, 2.0]));
    }

    #[test]
    #[should_panic(expected = "by differences")]
    fn the_wrong_interval_is_rejected() {
        let f = |values: &[f64]| by_partition_point(&KNOTS[..3], values, 0.3);
        check_gradient("by_partition_point", f, |_| vec![2.0 / 3.0, 1.0 / 3.0, 0.0], &[0.4, -1.2, 0.9]);
    }
}
