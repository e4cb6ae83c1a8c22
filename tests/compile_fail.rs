//! Programs outside the supported language, and what the compiler says about each.
//!
//! A case `tests/ui/<case>.rs` holds the one mistake that its first line names; a case `several-*` holds more.
//! `<case>.stderr` beside it is the recorded output, written anew by
//! `TRYBUILD=overwrite cargo test --test compile_fail`.

use std::{collections::BTreeSet, fs};

#[test]
#[cfg_attr(not(debug_assertions), ignore = "the messages do not depend on the profile")]
fn every_mistake_is_a_compile_error() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

/// A cascade must not be recorded unnoticed: the errors of one mistake lie on one line of its case, and several
/// mistakes are reported together.
#[test]
fn recorded_errors_are_those_of_the_mistakes() {
    let mut faults = Vec::new();
    for entry in fs::read_dir("tests/ui").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "stderr") {
            continue;
        }
        let case = path.with_extension("rs").display().to_string();
        let lines = lines_with_errors(&fs::read_to_string(&path).unwrap(), &case);
        let distinct: BTreeSet<_> = lines.iter().collect();
        let expected =
            if case.starts_with("tests/ui/several-") { lines.len() > 1 } else { distinct.len() == 1 };
        if !expected {
            faults.push(format!("{case}: errors on the lines {lines:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The line of each error, in order. In a recorded message the first `-->` after the heading points at the error.
fn lines_with_errors(recorded: &str, case: &str) -> Vec<usize> {
    let mut text = recorded.lines();
    let mut lines = Vec::new();
    while text.any(|line| line.starts_with("error")) {
        let position = text.find_map(|line| line.trim_start().strip_prefix("--> "));
        let line = position
            .and_then(|position| position.strip_prefix(case)?.split(':').nth(1)?.parse().ok())
            .unwrap_or_else(|| panic!("{case}: an error that is not in the case itself: {position:?}"));
        lines.push(line);
    }
    lines
}
