//! Arguments of the attributes, and the marks inside a function.

use super::{causes, messages};
use crate::attributes::{is, take_no_grad, CustomAdjoint, Differentiate};
use crate::diagnostics::Errors;
use quote::{quote, ToTokens};
use syn::parse_quote;

/// What was parsed, and the causes of what was wrong.
fn differentiate(args: &str) -> (Differentiate, Vec<String>) {
    let mut errors = Errors::default();
    let parsed = Differentiate::parse(args.parse().expect("tokens"), &mut errors);
    (parsed, owned(errors))
}

fn custom(args: &str) -> (CustomAdjoint, Vec<String>) {
    let mut errors = Errors::default();
    let parsed = CustomAdjoint::parse(args.parse().expect("tokens"), &mut errors);
    (parsed, owned(errors))
}

fn owned(errors: Errors) -> Vec<String> {
    let found = messages(errors.finish());
    causes(&found).into_iter().map(str::to_string).collect()
}

fn text(path: &Option<syn::Path>) -> String {
    path.to_token_stream().to_string()
}

#[test]
fn arguments_of_differentiate() {
    let (none, errors) = differentiate("");
    assert!(errors.is_empty() && none.krate.is_none() && !none.boxed);
    let (both, errors) = differentiate("crate = my::ad, boxed,");
    assert!(errors.is_empty() && both.boxed);
    assert_eq!(text(&both.krate), "my :: ad");
}

#[test]
fn wrong_arguments_of_differentiate() {
    let wrong = [
        ("mode = fast", "unknown argument `mode` of `#[differentiate]`"),
        ("crate = \"my::ad\"", "`crate` takes a path"),
        ("crate = a, crate = b", "`crate` is given twice"),
        ("boxed = true", "`boxed` takes no value"),
        ("boxed, boxed", "`boxed` is given twice"),
    ];
    for (args, cause) in wrong {
        assert_eq!(differentiate(args).1, [cause], "{args}");
    }
    assert_eq!(differentiate("boxed boxed").1.len(), 1, "a missing comma");
    assert_eq!(differentiate("fast, slow, boxed(1)").1.len(), 3, "each mistake is reported");
}

#[test]
fn the_crate_argument_reroutes_every_path() {
    let expand = |args| {
        crate::differentiate::expand(
            args,
            quote!(
                fn f(x: &[f64]) -> Vec<f64> {
                    x.to_vec()
                }
            ),
        )
        .to_string()
    };
    let rerouted = expand(quote!(crate = my::ad));
    assert!(rerouted.contains("my :: ad :: __private") && !rerouted.contains(":: pullback ::"), "{rerouted}");
    assert!(expand(quote!()).contains(":: pullback :: __private"));
}

#[test]
fn the_boxed_argument_boxes_the_reverse_half() {
    let expand = |args| {
        crate::differentiate::expand(
            args,
            quote!(
                fn f(x: f64) -> f64 {
                    g(x)
                }
            ),
        )
        .to_string()
    };
    assert!(expand(quote!(boxed)).contains("Box < dyn"));
    assert!(!expand(quote!()).contains("Box < dyn"));
}

#[test]
fn arguments_of_custom_adjoint() {
    let (whole, errors) = custom("m::adj");
    assert_eq!((text(&whole.adjoint).as_str(), errors.len()), ("m :: adj", 0));
    let (halves, errors) = custom("forward = fwd, reverse = rev, tangent = tan, crate = ad");
    assert!(errors.is_empty() && halves.adjoint.is_none());
    let paths = [&halves.forward, &halves.reverse, &halves.tangent, &halves.krate].map(text);
    assert_eq!(paths, ["fwd", "rev", "tan", "ad"]);
    assert!(custom("tangent = tan").1.is_empty(), "a tangent may stand alone");
}

#[test]
fn wrong_arguments_of_custom_adjoint() {
    let wrong = [
        ("", "`#[custom_adjoint]` needs the function that computes the adjoint"),
        ("adj, other", "two adjoints are given"),
        ("adj, forward = fwd, reverse = rev", "both a whole adjoint and its halves are given"),
        ("forward = fwd", "`forward` without `reverse`"),
        ("reverse = rev", "`reverse` without `forward`"),
        ("adj, tangent = |x| x", "`tangent` takes the path of a function"),
        ("adj, tangent = a, tangent = b", "`tangent` is given twice"),
        ("adj, backward = b", "unknown argument `backward` of `#[custom_adjoint]`"),
    ];
    for (args, cause) in wrong {
        assert_eq!(custom(args).1, [cause], "{args}");
    }
}

#[test]
fn an_attribute_is_known_under_any_path() {
    let attr: syn::Attribute = parse_quote!(#[pullback::no_grad]);
    assert!(is(&attr, "no_grad") && !is(&attr, "pullback") && !is(&attr, "differentiate"));
}

#[test]
fn a_mark_is_taken_off_and_others_stay() {
    let mut errors = Errors::default();
    let mut attrs: Vec<syn::Attribute> = vec![parse_quote!(#[cfg(x)]), parse_quote!(#[no_grad])];
    assert!(take_no_grad(&mut attrs, &mut errors));
    assert!(!take_no_grad(&mut attrs, &mut errors), "it is gone");
    assert_eq!(attrs, [parse_quote!(#[cfg(x)])]);
    assert!(errors.is_empty());
    let mut attrs: Vec<syn::Attribute> = vec![parse_quote!(#[no_grad(x)])];
    assert!(take_no_grad(&mut attrs, &mut errors));
    assert_eq!(owned(errors), ["`#[no_grad]` takes no arguments"]);
}

#[test]
fn contradictions_are_reported() {
    let on = |attr: proc_macro2::TokenStream| {
        let code = crate::differentiate::expand(quote!(), quote!(#attr fn f(x: f64) -> f64 { x }));
        causes(&messages(code)).into_iter().map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(on(quote!(#[no_grad])), ["`#[no_grad]` and `#[differentiate]` contradict each other"]);
    assert_eq!(on(quote!(#[differentiate])), ["`#[differentiate]` is given twice"]);
    assert!(on(quote!(#[inline])).is_empty());
}
