//! What is saved, recorded and replayed, alone: the least that the reverse sweep cannot find again.

use super::{assert_text, recorded};

/// What the printed form says of keeping: lines of records, and what statements save.
fn keeps(source: &str) -> Vec<String> {
    let text = recorded(source).to_string();
    let lines = text.lines().map(str::trim);
    lines
        .filter_map(|l| match (l.strip_prefix("record "), l.split_once(" saving ")) {
            (Some(what), _) => Some(format!("record {what}")),
            (None, Some((_, old))) => Some(format!("save {old}")),
            (None, None) => None,
        })
        .collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_dot_product_records_nothing() {
    let dot = "fn f(a: &[f64], b: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..a.len() { s += a[i] * b[i]; }
        s
    }";
    assert_eq!(keeps(dot), NOTHING);
    // The same loop as a product needs every partial product.
    assert_eq!(keeps(&dot.replace("s +=", "s *=")), ["save s_old", "record s_old"]);
}

#[test]
fn straight_line_code_saves_only_what_is_overwritten_and_read() {
    assert_eq!(keeps("fn f(x: f64) -> f64 { let y = x * x; let z = y.exp(); z * y }"), NOTHING);
    assert_text(
        recorded("fn f(x: f64) -> f64 { let mut y = x; y = y * 3.0; y = y * y; y }"),
        "
        let y = x
        y = (y * 3.0)
        y = (y * y) saving y_old
        y
        ",
    );
}

#[test]
fn a_value_that_nobody_reads_is_overwritten_without_a_save() {
    let source = "fn f(x: f64) -> f64 { let mut y = x; let z = y * y; y = z + 1.0; y = z + 2.0; y }";
    assert_eq!(keeps(source), ["save y_old"]);
    assert_eq!(keeps(&source.replace("y = z + 2.0", "y = y * y")), ["save y_old", "save y_old_1"]);
    assert_eq!(keeps(&source.replace("y * y", "y + y")), NOTHING);
}

#[test]
fn a_carried_nonlinear_state_is_saved_and_recorded() {
    let source = "fn f(x: f64, n: usize) -> f64 {
        let mut y = x;
        for _ in 0..n { y = y.sin() * x; }
        y
    }";
    assert_text(
        recorded(source),
        "
        let y = x
        for i in 0..n
            let t1 = sin(y)
            y = (t1 * x) saving y_old
            record t1, y_old
        y
        ",
    );
    // A linear recurrence needs neither.
    assert_eq!(keeps(&source.replace("y.sin() * x", "y * 0.5 + x")), NOTHING);
}

#[test]
fn cheap_values_are_replayed_and_costly_ones_recorded() {
    let source = "fn f(x: &[f64], y: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..x.len() {
            let d = x[i] - y[i];
            let e = d.exp();
            s += e * d;
        }
        s
    }";
    assert_text(
        recorded(source),
        "
        let s = 0.0
        for i in 0..x.len()
            let d = (x[i] - y[i])
            let e = exp(d)
            let t1 = (e * d)
            s += t1
            record e
            replay
                let d = (x[i] - y[i])
        s
        ",
    );
    for costly in ["sin()", "ln()", "tanh()", "powf(0.3)"] {
        assert_eq!(keeps(&source.replace("exp()", costly)), ["record e"], "{costly}");
    }
    for cheap in ["sqrt()", "abs()", "max(1.0)", "recip()"] {
        assert_eq!(keeps(&source.replace("exp()", cheap)), NOTHING, "{cheap}");
    }
}

#[test]
fn an_update_in_place_saves_elements() {
    let source = "fn f(x: &mut [f64]) { for i in 1..x.len() { x[i] = x[i] * x[i - 1]; } }";
    assert_text(
        recorded(source),
        "
        for i in 1..x.len()
            x[i] = (x[i] * x[(i - 1)]) saving x_old
            record x_old
        ",
    );
    // The same scan out of place only adds to memory that nobody reads before.
    let local = "fn f(x: &[f64]) -> f64 {
        let mut s = vec![0.0; x.len()];
        for i in 1..x.len() { s[i] = s[i - 1] + x[i]; }
        s[1]
    }";
    assert_eq!(keeps(local), NOTHING);
}

#[test]
fn scratch_memory_of_an_iteration_is_replayed() {
    let source = "fn f(p: &[f64], n: usize) -> f64 {
        let mut s = 0.0;
        for i in 0..n {
            let mut w = [0.0; 2];
            for k in 0..2 { w[k] = p[2 * i + k] * p[k]; }
            s += w[0] * w[1];
        }
        s
    }";
    assert_text(
        recorded(source),
        "
        let s = 0.0
        for i in 0..n
            let w = [0.0; 2]
            for k in 0..2
                w[k] = (p[((2 * i) + k)] * p[k])
            let t1 = (w[0] * w[1])
            s += t1
            replay
                let w = [0.0; 2]
                for k in 0..2
                    w[k] = (p[((2 * i) + k)] * p[k])
        s
        ",
    );
    // Declared outside, it carries over from one iteration to the next.
    let (before, after) = source.split_once("let mut w = [0.0; 2];").expect("the declaration");
    let outside = format!("{before}{after}").replace("let mut s", "let mut w = [0.0; 2]; let mut s");
    assert_eq!(keeps(&outside), ["save w_old", "record w_old"]);
}

#[test]
fn a_replay_reads_nothing_that_has_changed_since() {
    // `d` reads `y`, which the same iteration overwrites after it.
    let source = "fn f(x: f64, n: usize) -> f64 {
        let (mut s, mut y) = (0.0, x);
        for _ in 0..n { let d = y + 1.0; s += d * d; y = y + x; }
        s
    }";
    assert_eq!(keeps(source), ["record d"]);
    assert_eq!(keeps(&source.replace("y + 1.0", "x + 1.0")), NOTHING);
}

#[test]
fn a_branch_records_which_way_it_went_where_its_operands_change() {
    let source = "fn f(v: &[f64]) -> f64 {
        let mut best = v[0];
        for i in 1..v.len() { if v[i] > best { best = v[i]; } }
        best
    }";
    assert_eq!(keeps(source), ["record cond"]);
    assert_eq!(keeps(&source.replace("> best", "> 0.0")), NOTHING);
}

#[test]
fn a_call_in_a_loop_runs_its_forward_half_again() {
    assert_text(
        recorded("fn f(x: f64, n: usize) -> f64 { let mut s = 0.0; for i in 0..n { s += g(x, i); } s }"),
        "
        let s = 0.0
        for i in 0..n
            let t1, t1_back = g(x, i)
            s += t1
            replay
                let t1, t1_back = split g(x, i)
        s
        ",
    );
}

#[test]
fn a_call_on_changing_state_keeps_its_reverse_half() {
    let source = "fn f(x: f64, n: usize) -> f64 { let mut y = x; for _ in 0..n { y = g(y); } y }";
    let back = |source: &str| keeps(source).iter().any(|k| k.starts_with("record t1_back"));
    assert!(back(source));
    assert!(!back(&source.replace("g(y)", "g(x)")));
}

#[test]
fn recursion_keeps_its_reverse_half() {
    assert_eq!(
        keeps("fn f(n: usize, x: f64) -> f64 { if n == 0 { x } else { f(n - 1, x * x) } }"),
        ["record t2_back"]
    );
}

#[test]
fn a_stack_remembers_what_was_popped() {
    let text = recorded(
        "fn f(n: usize, x: f64) -> f64 {
            let mut v = vec![x; n];
            let mut s = 0.0;
            while let Some(t) = v.pop() { s += t * t; }
            s
        }",
    )
    .to_string();
    assert!(text.contains("pop v") && text.contains("record t1"), "{text}");
}

#[test]
fn inactive_work_is_never_kept() {
    assert_eq!(
        keeps(
            "fn f(x: f64, #[no_grad] y: f64, n: usize) -> f64 {
                let mut z = y;
                for _ in 0..n { z = z.sin() * z; }
                z + x
            }"
        ),
        NOTHING
    );
}
