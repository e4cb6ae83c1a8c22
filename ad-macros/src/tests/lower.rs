//! Lowering alone: what small functions become, and what the fence says of those that it refuses.

use super::{assert_text, causes, lowered, try_lowered};

#[test]
fn operands_of_arithmetic_are_atoms() {
    assert_text(
        lowered("fn f(x: f64, y: f64) -> f64 { x * y + x.sin() / y }"),
        "
        let t1 = (x * y)
        let t2 = sin(x)
        let t3 = (t2 / y)
        let t4 = (t1 + t3)
        t4
        ",
    );
}

#[test]
fn index_arithmetic_and_conditions_stay_trees() {
    assert_text(
        lowered("fn f(a: &[f64], n: usize) -> f64 { let k = 2 * n + 1; a[k] * a[n - 1] }"),
        "
        let k = ((2 * n) + 1)
        let t1 = (a[k] * a[(n - 1)])
        t1
        ",
    );
    assert_text(
        lowered("fn f(x: f64) -> f64 { let mut y = x; if x > 1.0 && x * x < 4.0 { y = x.exp(); } y }"),
        "
        let y = x
        let cond = ((x > 1.0) && ((x * x) < 4.0))
        if cond
            y = exp(x)
        y
        ",
    );
}

#[test]
fn a_shadowed_name_gets_a_variable_of_its_own() {
    assert_text(
        lowered("fn f(x: f64) -> f64 { let x = x + 1.0; let x = x * x; x }"),
        "
        let x_1 = (x + 1.0)
        let x_2 = (x_1 * x_1)
        x_2
        ",
    );
}

#[test]
fn linear_updates_are_updates_and_others_assignments() {
    assert_text(
        lowered("fn f(x: &mut [f64], c: f64) { x[0] += c; x[1] *= c; x[2] = -c; }"),
        "
        x[0] += c
        x[1] = (x[1] * c)
        x[2] = -c
        ",
    );
}

#[test]
fn tuples_are_taken_apart_and_closures_inlined() {
    assert_text(
        lowered("fn f(x: f64, y: f64) -> f64 { let (a, b) = (x * y, y); let f = |t: f64| t * a; f(b) }"),
        "
        let a = (x * y)
        let b = y
        let t = b
        let t1 = (t * a)
        t1
        ",
    );
}

#[test]
fn references_and_views_are_places() {
    assert_text(
        lowered(
            "fn f(v: &mut [f64], w: &[[f64; 2]], k: usize) {
                v.swap(0, 1);
                let row = &w[k];
                let tail = &mut v[k..];
                tail[0] = row[1] * tail[0];
            }",
        ),
        "
        swap v[0], v[1]
        v[k..][0] = (w[k][1] * v[k..][0])
        ",
    );
}

#[test]
fn a_return_puts_what_follows_into_the_other_arm() {
    assert_text(
        lowered("fn f(x: f64) -> f64 { if x < 0.0 { return -x; } let y = x * x; y }"),
        "
        let flow = 0
        let result = 0.0
        let cond = (x < 0.0)
        if cond
            result = -x
        else
            let y = (x * x)
            result = y
        result
        ",
    );
}

#[test]
fn a_continue_puts_the_rest_of_the_body_into_the_other_arm() {
    let source = "fn f(x: f64, n: usize) -> f64 {
        let mut y = x;
        for k in (0..n).rev() { if k % 2 == 0 { continue; } y *= x; }
        y
    }";
    assert_text(
        lowered(source),
        "
        let flow = 0
        let y = x
        for k in 0..n rev
            let cond = ((k % 2) == 0)
            if cond
            else
                y = (y * x)
        y
        ",
    );
}

#[test]
fn a_loop_counts_its_iterations() {
    assert_text(
        lowered("fn f(x: f64) -> f64 { let mut y = x; while y > 1.0 { y = y / 2.0; } y }"),
        "
        let y = x
        while (y > 1.0) counting trips
            y = (y / 2.0)
        y
        ",
    );
}

#[test]
fn a_match_is_a_chain_of_branches() {
    assert_text(
        lowered("fn f(x: f64, k: usize) -> f64 { match k { 0 => x, 1 | 2 => x * x, _ => 1.0 } }"),
        "
        let cond = (k == 0)
        let value
        if cond
            value = x
        else
            let cond_1 = ((k == 1) || (k == 2))
            let value_1
            if cond_1
                value_1 = (x * x)
            else
                value_1 = 1.0
            value = value_1
        value
        ",
    );
}

#[test]
fn an_iterator_chain_is_a_loop() {
    let chain = lowered(
        "fn f(v: &[f64]) -> f64 {
            v.iter().enumerate().filter(|(i, _)| i % 2 == 0).map(|(_, x)| x * x).sum()
        }",
    );
    assert_text(
        chain,
        "
        let sum_1 = -0.0
        for i_1 in 0..v.len()
            let t1 = i_1
            let cond = ((t1 % 2) == 0)
            if cond
                let t2 = (v[i_1] * v[i_1])
                sum_1 += t2
        sum_1
        ",
    );
}

#[test]
fn a_call_keeps_its_reverse_half() {
    assert_text(
        lowered("fn f(x: f64) -> f64 { let y = g(x); let z = m::h(&y, 3); y * z }"),
        "
        let y, t1_back = split g(x)
        let z, t2_back = split m :: h(&y, 3)
        let t3 = (y * z)
        t3
        ",
    );
}

#[test]
fn structs_are_aggregates_of_places() {
    assert_text(
        lowered("fn f(p: P) -> f64 { let q = P { a: p.a * p.b.c, ..p }; q.a }"),
        "
        let t1 = (p.a * p.b.c)
        let q = P{t1, p}
        q.a
        ",
    );
}

#[test]
fn what_carries_no_derivative_is_taken_over_verbatim() {
    assert_text(
        lowered(r#"fn f(x: f64) -> f64 { println!("{x}"); x }"#),
        r#"
        `println ! ("{x}")`
        x
        "#,
    );
}

#[test]
fn recursion_is_noticed() {
    let recursive = "fn f(n: usize, x: f64) -> f64 { if n == 0 { x } else { f(n - 1, x * x) } }";
    assert!(lowered(recursive).recursive);
    assert!(!lowered(&recursive.replace("f(n - 1", "g(n - 1")).recursive);
}

#[test]
fn every_mistake_is_reported() {
    let source = "fn f(x: &[f64], y: &[f64]) -> f64 {
        let first = unsafe { *x.get_unchecked(0) };
        let mut best = x;
        if y[0] > x[0] { best = y; }
        first + square!(best[0])
    }";
    let found = try_lowered(source).expect_err("it is refused");
    let expected = ["`unsafe`", "reference", "square"];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (cause, word) in causes(&found).iter().zip(expected) {
        assert!(cause.contains(word), "{cause:?} does not say {word}");
    }
    assert!(found.iter().all(|m| m.contains("\n\nhint: ")), "{found:#?}");
}

/// The printed form tells apart what differs, or the tests above would accept anything.
#[test]
fn different_functions_print_differently() {
    let bodies =
        "x * y, y * x, x / y, x + y, x - y, x % y, -x, x, y, 1.0, 2.0, x.sin(), x.cos(), g(x), g(y), h(x)";
    let print = |body| lowered(&format!("fn f(x: f64, y: f64) -> f64 {{ {body} }}")).to_string();
    let bodies: Vec<&str> = bodies.split(", ").collect();
    let printed: std::collections::HashSet<String> = bodies.iter().map(print).collect();
    assert_eq!(printed.len(), bodies.len());
}
