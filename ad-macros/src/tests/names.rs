//! Names of generated variables.

use crate::names::Names;
use proc_macro2::{Ident, Span};
use quote::quote;
use std::collections::HashSet;

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

#[test]
fn a_free_name_is_given_as_asked_and_once() {
    let mut names = Names::default();
    let given: Vec<String> = (0..3).map(|_| names.fresh("x_bar", Span::call_site()).to_string()).collect();
    assert_eq!(given, ["x_bar", "x_bar_1", "x_bar_2"]);
}

#[test]
fn a_name_in_the_code_is_taken_at_any_depth() {
    let mut names = Names::new(quote!(
        fn f(x: f64) {
            {
                let x_bar = [a, (b)];
            }
        }
    ));
    for taken in ["f", "x", "x_bar", "a", "b"] {
        assert_ne!(names.fresh(taken, Span::call_site()), taken);
    }
    assert_eq!(names.fresh("c", Span::call_site()), "c");
}

#[test]
fn a_user_keeps_a_name_until_it_is_shadowed() {
    let mut names = Names::new(quote!(let x = 1; let x = 2; let x_1 = 3;));
    assert_eq!(names.user(&ident("x")), "x");
    assert_eq!(names.user(&ident("x")), "x_2", "`x_1` is the user's");
    assert_eq!(names.user(&ident("x_1")), "x_1");
}

#[test]
fn numbered_names_skip_what_is_taken() {
    let mut names = Names::new(quote!(t2));
    let given: Vec<String> = (0..3).map(|_| names.numbered("t", Span::call_site()).to_string()).collect();
    assert_eq!(given, ["t1", "t3", "t4"]);
}

#[test]
fn a_raw_name_gives_plain_derived_names() {
    let mut names = Names::default();
    assert_eq!(names.fresh("r#type_bar", Span::call_site()), "type_bar");
}

#[test]
fn all_ways_of_asking_share_one_set() {
    let mut names = Names::new(quote!(a_1 b t));
    let mut given = HashSet::new();
    for _ in 0..4 {
        for base in ["a", "a_1", "b", "t", "t1", "t1_1"] {
            assert!(given.insert(names.fresh(base, Span::call_site()).to_string()), "{base} twice");
        }
        assert!(given.insert(names.numbered("t", Span::call_site()).to_string()), "t twice");
    }
    // Two sets know nothing of each other.
    let other = Names::default().fresh("a", Span::call_site()).to_string();
    assert!(given.contains(&other));
}
