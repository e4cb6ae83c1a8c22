//! Expanded code, to be read and reviewed as code: `golden/<name>.rs` holds a function and its mathematics,
//! and below the line the forward half that is generated for it.
//!
//! `UPDATE_GOLDEN=1 cargo test -p ad-macros golden` rewrites what is below the line.

use super::{expanded, forward_half, printed};
use std::path::{Path, PathBuf};

/// What separates a function from its expansion.
const LINE: &str = "// ---- expansion ----";

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// The function above the line with what is expanded from it now below.
fn renewed(text: &str) -> String {
    let source = text.split(LINE).next().unwrap_or_default().trim_end();
    format!("{source}\n\n{LINE}\n\n{}", printed(&forward_half(expanded(source))))
}

/// Compares a golden file's text with the expansion of today.
fn compare(text: &str) -> Result<(), String> {
    let renewed = renewed(text);
    if text == renewed {
        return Ok(());
    }
    let line = text.lines().zip(renewed.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or_else(|| text.lines().count().min(renewed.lines().count()));
    Err(format!("differs from line {} on; the expansion is now:\n{renewed}", line + 1))
}

fn check(name: &str) {
    let path = directory().join(name).with_extension("rs");
    let text = std::fs::read_to_string(&path).expect("the golden file is there");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, renewed(&text)).expect("the golden file can be written");
    } else if let Err(difference) = compare(&text) {
        panic!(
            "golden/{name}.rs {difference}\nIf this is meant: UPDATE_GOLDEN=1 cargo test -p ad-macros golden"
        );
    }
}

macro_rules! golden {
    ($($name:ident)*) => {
        /// Every function that is compared.
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(#[test] fn $name() { check(stringify!($name)); })*
    };
}

golden! {
    square product_with_sin polynomial
    dot_index dot_zip accumulator carried_state while_loop in_place
    branch early_return
    call method struct_field
    sub_slice split_at windows
    matrix_solve
}

#[test]
fn every_file_is_compared() {
    let mut files: Vec<String> = std::fs::read_dir(directory())
        .expect("the directory is there")
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    files.sort();
    let mut names = NAMES.to_vec();
    names.sort_unstable();
    assert_eq!(files, names);
}

#[test]
fn a_changed_expansion_is_noticed() {
    let good = renewed("fn f(x: f64) -> f64 { x * x }");
    assert_eq!(compare(&good), Ok(()));
    assert_eq!(good.matches("2.0").count(), 1, "{good}");
    assert!(compare(&good.replace("2.0", "3.0")).is_err());
    assert!(compare(&good.replace("x * x", "x * x * x")).is_err(), "the function changed");
    assert!(compare(good.trim_end()).is_err(), "the file is cut short");
    assert!(compare("fn f(x: f64) -> f64 { x * x }").is_err(), "nothing was expanded yet");
}
