//! Tests of the stages, each alone, and of what comes out at the end.

mod activity;
mod attributes;
mod diagnostics;
mod expansion;
mod fallback;
mod golden;
mod infer;
mod lower;
mod names;
mod record;

use crate::adjoint::needs::Needs;
use crate::analyse::activity::Activity;
use crate::analyse::{activity as activity_analysis, infer as inference, record as recording};
use crate::diagnostics::Errors;
use crate::ir::Func;
use crate::names::Names;
use proc_macro2::TokenStream;
use quote::{quote, ToTokens};
use syn::visit::Visit;

/// The function of a source text under `#[differentiate]`, or its only one; the attribute is taken off.
fn annotated(source: &str) -> syn::ItemFn {
    struct Found(Vec<(bool, syn::ItemFn)>);
    impl Found {
        fn add(&mut self, attrs: &[syn::Attribute], tokens: TokenStream) {
            let marked = attrs.iter().any(|a| crate::attributes::is(a, "differentiate"));
            let mut f: syn::ItemFn = syn::parse2(tokens).expect("a function");
            f.attrs.retain(|a| !crate::attributes::is(a, "differentiate"));
            self.0.push((marked, f));
        }
    }
    impl<'a> Visit<'a> for Found {
        fn visit_item_fn(&mut self, f: &'a syn::ItemFn) {
            self.add(&f.attrs, f.to_token_stream());
        }
        fn visit_impl_item_fn(&mut self, f: &'a syn::ImplItemFn) {
            self.add(&f.attrs, f.to_token_stream());
        }
    }
    let mut found = Found(Vec::new());
    found.visit_file(&syn::parse_file(source).expect("the source parses"));
    found.0.sort_by_key(|(marked, _)| !marked);
    found.0.into_iter().next().expect("the source has a function").1
}

/// The function lowered, all its errors otherwise.
fn try_lowered(source: &str) -> Result<Func, Vec<String>> {
    let mut f = annotated(source);
    let mut errors = Errors::default();
    let constant = crate::differentiate::constants(&mut f, &mut errors);
    let func = crate::lower::lower(&f.sig, &constant, &f.block, &mut errors);
    match errors.is_empty() {
        true => Ok(func),
        false => Err(messages(errors.finish())),
    }
}

fn lowered(source: &str) -> Func {
    try_lowered(source).unwrap_or_else(|errors| panic!("refused: {errors:#?}"))
}

fn inferred(source: &str) -> Func {
    let mut func = lowered(source);
    inference::infer(&mut func);
    func
}

fn analysed(source: &str) -> (Func, Activity) {
    let func = inferred(source);
    let activity = activity_analysis::activity(&func);
    (func, activity)
}

/// The function with what is saved, recorded and replayed decided.
fn recorded(source: &str) -> Func {
    let (mut func, activity) = analysed(source);
    let f = annotated(source);
    let mut names = Names::new(quote!(#f));
    for var in &func.vars {
        names.fresh(&var.ident.to_string(), var.ident.span());
    }
    let scratch = func.clone();
    let needs = Needs::new(&scratch, &activity, &names);
    recording::record(&mut func, &needs, &mut names);
    func
}

/// What `#[differentiate]` makes of a source text.
fn expanded(source: &str) -> TokenStream {
    crate::differentiate::expand(TokenStream::new(), annotated(source).into_token_stream())
}

/// The forward half in an expansion, without its attributes.
fn forward_half(expansion: TokenStream) -> syn::ItemFn {
    struct Find(Option<syn::ItemFn>);
    impl Find {
        fn add(&mut self, name: &proc_macro2::Ident, tokens: TokenStream) {
            if name.to_string().ends_with("__forward") {
                self.0 = Some(syn::parse2(tokens).expect("a function"));
            }
        }
    }
    impl<'a> Visit<'a> for Find {
        fn visit_item_fn(&mut self, f: &'a syn::ItemFn) {
            self.add(&f.sig.ident, f.to_token_stream());
        }
        fn visit_impl_item_fn(&mut self, f: &'a syn::ImplItemFn) {
            self.add(&f.sig.ident, f.to_token_stream());
        }
    }
    let mut find = Find(None);
    // A method's expansion stands inside an `impl` block; so does a free function's, one level down.
    match syn::parse2::<syn::File>(expansion.clone()) {
        Ok(file) => find.visit_file(&file),
        Err(_) => find.visit_file(&syn::parse2(quote!(impl X { #expansion })).expect("items")),
    }
    let mut forward = find.0.expect("the expansion has a forward half");
    forward.attrs.clear();
    forward
}

/// The reverse half: the closure that the forward half ends in.
fn reverse_half(forward: &syn::ItemFn) -> syn::ExprClosure {
    let Some(syn::Stmt::Expr(syn::Expr::Tuple(pair), None)) = forward.block.stmts.last() else {
        panic!("a forward half ends in `(result, reverse half)`")
    };
    match &pair.elems[1] {
        syn::Expr::Closure(closure) => closure.clone(),
        other => panic!("not a closure: {}", other.to_token_stream()),
    }
}

/// A function as a person would print it.
fn printed(f: &syn::ItemFn) -> String {
    prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![f.clone().into()] })
}

/// The messages of all `compile_error!` invocations in an expansion, in order.
fn messages(code: TokenStream) -> Vec<String> {
    let trees: Vec<proc_macro2::TokenTree> = code.into_iter().collect();
    let mut out = Vec::new();
    for (i, tree) in trees.iter().enumerate() {
        let proc_macro2::TokenTree::Group(group) = tree else { continue };
        let ident = |back: usize| i.checked_sub(back).and_then(|k| trees.get(k)).map(|t| t.to_string());
        if ident(1).as_deref() == Some("!") && ident(2).as_deref() == Some("compile_error") {
            let text: syn::LitStr = syn::parse2(group.stream()).expect("a message");
            out.push(text.value());
        } else {
            out.extend(messages(group.stream()));
        }
    }
    out
}

/// The cause of each message, without its hint.
fn causes(messages: &[String]) -> Vec<&str> {
    messages.iter().map(|m| m.split("\n\n").next().unwrap_or(m)).collect()
}

/// Compares printed code with what is expected, up to the indentation that a literal in a test has.
#[track_caller]
fn assert_text(found: impl std::fmt::Display, expected: &str) {
    let found = found.to_string();
    let lines = expected.lines().skip_while(|l| l.trim().is_empty());
    let margin = lines.clone().find(|l| !l.trim().is_empty()).map_or(0, |l| l.len() - l.trim_start().len());
    let expected: Vec<&str> = lines.map(|l| l.get(margin..).unwrap_or("").trim_end()).collect();
    let expected = expected.join("\n");
    assert!(found.trim_end() == expected.trim_end(), "found:\n{found}\nexpected:\n{expected}");
}

mod helpers {
    use super::*;

    #[test]
    fn text_is_compared_by_lines() {
        assert_text(
            "a\n    b\n",
            "
            a
                b
            ",
        );
        let differs = std::panic::catch_unwind(|| assert_text("a\nb", "a\n    b"));
        assert!(differs.is_err());
    }

    #[test]
    fn an_annotated_function_goes_before_others() {
        let source = "fn a() {} impl X { #[differentiate] fn b(&self) -> f64 { 0.0 } } fn c() {}";
        assert_eq!(annotated(source).sig.ident, "b");
        assert_eq!(annotated("fn a() {}").sig.ident, "a");
    }

    #[test]
    fn messages_are_found_at_any_depth() {
        let code = quote!(fn f() { ::core::compile_error! { "one" } } compile_error!("two\n\nhint"););
        assert_eq!(messages(code.clone()), ["one", "two\n\nhint"]);
        assert_eq!(causes(&messages(code)), ["one", "two"]);
        assert!(messages(quote!(
            fn compile_error() {
                panic!("no")
            }
        ))
        .is_empty());
    }
}
