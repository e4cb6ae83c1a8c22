//! What a user reads about mistakes: all of them at once, each on its tokens, with a cause and a rewrite.

use super::{causes, messages};
use crate::diagnostics::Errors;
use crate::differentiate::expand;
use proc_macro2::{TokenStream, TokenTree};

/// Expands source text; each error as the text it stands on and its cause.
fn located(source: &str) -> Vec<(String, String)> {
    let code = expand(TokenStream::new(), source.parse().expect("tokens"));
    let places = places(code.clone());
    let found = messages(code);
    let causes = causes(&found).into_iter().map(str::to_string);
    assert!(found.iter().all(|m| m.contains("\n\nhint: ")), "every error has a rewrite: {found:#?}");
    places.into_iter().zip(causes).collect()
}

/// The source text under each `compile_error!`: its path starts it and its message ends it.
fn places(code: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = code.into_iter().collect();
    let mut out = Vec::new();
    for (i, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let called = i >= 2 && matches!(&trees[i - 2], TokenTree::Ident(name) if name == "compile_error");
        if called {
            let (start, end) = (trees[i - 2].span(), group.span());
            let whole = start.join(end).unwrap_or(start);
            out.push(whole.source_text().unwrap_or_default());
        } else {
            out.extend(places(group.stream()));
        }
    }
    out
}

#[track_caller]
fn assert_errors(source: &str, expected: &[(&str, &str)]) {
    let found = located(source);
    let same = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|((at, cause), (token, words))| at == token && cause.contains(words));
    assert!(same, "found: {found:#?}\nexpected: {expected:#?}");
}

#[test]
fn nothing_is_reported_where_nothing_is_wrong() {
    assert_errors("fn f(x: f64) -> f64 { x }", &[]);
}

#[test]
fn all_mistakes_of_a_signature_are_reported_each_on_its_type() {
    assert_errors(
        "async fn f(x: *const f64, g: impl Fn(f64) -> f64, m: &HashMap<u8, f64>, h: fn(f64) -> f64) -> &[f64] { x }",
        &[
            ("async", "`async fn`"),
            ("*const f64", "raw pointer"),
            ("impl Fn(f64) -> f64", "`impl Trait` parameter"),
            ("HashMap<u8, f64>", "map"),
            ("fn(f64) -> f64", "function pointer"),
            ("&[f64]", "borrows"),
        ],
    );
}

#[test]
fn a_type_parameter_without_bound_is_reported_on_its_name() {
    assert_errors(
        "fn f<T: Clone>(x: T) -> f64 { 1.0 }",
        &[("T", "nothing is known of the derivative of `T`")],
    );
    assert_errors("fn f<T: Real>(x: T) -> T { x }", &[]);
}

#[test]
fn all_mistakes_of_a_body_are_reported_each_on_its_expression() {
    assert_errors(
        "fn f(x: &[f64], y: &[f64]) -> f64 {
            let first = unsafe { *x.get_unchecked(0) };
            let mut best = x;
            if y[0] > x[0] { best = y; }
            first + square!(best[0])
        }",
        &[("unsafe", "`unsafe` code"), ("best", "another target"), ("square", "the macro `square!`")],
    );
}

#[test]
fn marks_and_arguments_are_reported_with_the_signature() {
    assert_errors(
        "#[no_grad] const fn f(#[no_grad(all)] x: f64) -> f64 { x }",
        &[("#[no_grad]", "contradict"), ("const", "`const fn`"), ("#[no_grad(all)]", "takes no arguments")],
    );
}

#[test]
fn the_wrong_item_is_reported_on_its_name_and_kept() {
    let wrong = [
        ("struct S { x: f64 }", "S"),
        ("enum E { A }", "E"),
        ("impl S { fn f() {} }", "S"),
        ("trait T { fn f(); }", "T"),
        ("mod m { fn f() {} }", "m"),
        ("fn f(x: f64) -> f64;", "fn f(x: f64) -> f64"),
    ];
    for (item, token) in wrong {
        assert_errors(item, &[(token, "`#[differentiate]`")]);
        let code = expand(TokenStream::new(), item.parse().expect("tokens")).to_string();
        let item = item.parse::<TokenStream>().expect("tokens").to_string();
        assert!(code.ends_with(&item), "{code}");
    }
}

#[test]
fn an_enum_is_reported_where_it_would_carry_a_derivative() {
    let source = "fn f(s: Shape) -> f64 { match s { Shape::Disc(r) => r, _ => g(s) } }";
    assert_eq!(located(source).len(), 1, "{:?}", located(source));
    assert_errors(&source.replace("s: Shape", "#[no_grad] s: Shape"), &[]);
}

#[test]
fn errors_are_kept_in_order_and_printed_with_their_hints() {
    let mut errors = Errors::default();
    assert!(errors.is_empty());
    errors.at(quote::quote!(a), "first", "do this");
    errors.push(syn::Error::new(proc_macro2::Span::call_site(), "second"));
    errors.span(proc_macro2::Span::call_site(), "third", "do that");
    assert!(!errors.is_empty());
    assert_eq!(messages(errors.finish()), ["first\n\nhint: do this", "second", "third\n\nhint: do that"]);
    assert!(Errors::default().finish().is_empty());
}
