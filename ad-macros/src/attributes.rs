//! The attributes and their arguments, and the marks inside a function that the outer macro consumes.

use crate::diagnostics::Errors;
use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// Arguments of `#[differentiate(…)]`.
#[derive(Clone, Default)]
pub struct Differentiate {
    /// Where the generated code finds `pullback`.
    pub krate: Option<syn::Path>,
    /// Box the reverse half of every call (mutual recursion).
    pub boxed: bool,
}

impl Differentiate {
    /// Parses the arguments.
    pub fn parse(args: TokenStream, errors: &mut Errors) -> Differentiate {
        let mut out = Differentiate::default();
        for meta in metas(args, errors) {
            if meta.path().is_ident("crate") {
                match path_value(&meta) {
                    Some(path) if out.krate.is_none() => out.krate = Some(path),
                    Some(_) => errors.at(&meta, "`crate` is given twice", "keep one of them"),
                    None => errors.at(&meta, "`crate` takes a path", "write `crate = some::path`"),
                }
            } else if meta.path().is_ident("boxed") {
                if !matches!(meta, Meta::Path(_)) {
                    errors.at(&meta, "`boxed` takes no value", "write `#[differentiate(boxed)]`");
                } else if out.boxed {
                    errors.at(&meta, "`boxed` is given twice", "keep one of them");
                }
                out.boxed = true;
            } else {
                errors.at(
                    meta.path(),
                    format!("unknown argument `{}` of `#[differentiate]`", text(meta.path())),
                    "the arguments are `crate = some::path` and `boxed`",
                );
            }
        }
        out
    }
}

/// Arguments of `#[custom_adjoint(…)]`.
#[derive(Clone, Default)]
pub struct CustomAdjoint {
    /// `#[custom_adjoint(adj)]`
    pub adjoint: Option<syn::Path>,
    /// `forward = fwd`
    pub forward: Option<syn::Path>,
    /// `reverse = rev`
    pub reverse: Option<syn::Path>,
    /// `tangent = tan`
    pub tangent: Option<syn::Path>,
    /// `crate = some::path`
    pub krate: Option<syn::Path>,
}

impl CustomAdjoint {
    /// Parses the arguments.
    pub fn parse(args: TokenStream, errors: &mut Errors) -> CustomAdjoint {
        let mut out = CustomAdjoint::default();
        let empty = args.is_empty();
        for meta in metas(args, errors) {
            let slot = match &meta {
                Meta::Path(path) => match out.adjoint.replace(path.clone()) {
                    None => continue,
                    Some(_) => {
                        errors.at(
                            path,
                            "two adjoints are given",
                            "keep one function, or write `forward = …, reverse = …`",
                        );
                        continue;
                    }
                },
                meta if meta.path().is_ident("forward") => &mut out.forward,
                meta if meta.path().is_ident("reverse") => &mut out.reverse,
                meta if meta.path().is_ident("tangent") => &mut out.tangent,
                meta if meta.path().is_ident("crate") => &mut out.krate,
                meta => {
                    errors.at(
                        meta.path(),
                        format!("unknown argument `{}` of `#[custom_adjoint]`", text(meta.path())),
                        "write `#[custom_adjoint(adj)]`, `#[custom_adjoint(forward = fwd, reverse = rev)]`, and `tangent = tan` with either or alone",
                    );
                    continue;
                }
            };
            match path_value(&meta) {
                Some(_) if slot.is_some() => {
                    errors.at(&meta, format!("`{}` is given twice", text(meta.path())), "keep one of them");
                }
                Some(path) => *slot = Some(path),
                None => errors.at(
                    &meta,
                    format!("`{}` takes the path of a function", text(meta.path())),
                    format!("write `{} = some_function`", text(meta.path())),
                ),
            }
        }
        out.check(empty, errors);
        out
    }

    fn check(&self, empty: bool, errors: &mut Errors) {
        let whole = "write `#[custom_adjoint(adj)]` or `#[custom_adjoint(forward = fwd, reverse = rev)]`";
        match (&self.adjoint, &self.forward, &self.reverse) {
            (Some(_), None, None) | (None, Some(_), Some(_)) => {}
            (Some(adj), _, _) => errors.at(adj, "both a whole adjoint and its halves are given", whole),
            (None, Some(f), None) => errors.at(
                f,
                "`forward` without `reverse`",
                "add `reverse = rev`, a function `fn rev(saved, args…, seed) -> G`",
            ),
            (None, None, Some(r)) => errors.at(
                r,
                "`reverse` without `forward`",
                "add `forward = fwd`, a function `fn fwd(args…) -> (R, S)`",
            ),
            (None, None, None) if self.tangent.is_some() => {}
            (None, None, None) if empty => {
                errors.span(
                    proc_macro2::Span::call_site(),
                    "`#[custom_adjoint]` needs the function that computes the adjoint",
                    whole,
                );
            }
            (None, None, None) => {}
        }
    }
}

fn metas(args: TokenStream, errors: &mut Errors) -> Vec<Meta> {
    match Punctuated::<Meta, Token![,]>::parse_terminated.parse2(args) {
        Ok(metas) => metas.into_iter().collect(),
        Err(e) => {
            errors.push(e);
            Vec::new()
        }
    }
}

fn path_value(meta: &Meta) -> Option<syn::Path> {
    match meta {
        Meta::NameValue(nv) => match &nv.value {
            syn::Expr::Path(p) if p.qself.is_none() => Some(p.path.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn text(path: &syn::Path) -> String {
    quote::quote!(#path).to_string()
}

/// Whether an attribute is one of ours by the given name, under whatever path.
pub fn is(attr: &Attribute, name: &str) -> bool {
    attr.path().segments.last().is_some_and(|s| s.ident == name)
}

/// Removes `#[no_grad]` from a list of attributes; whether it was there.
pub fn take_no_grad(attrs: &mut Vec<Attribute>, errors: &mut Errors) -> bool {
    let before = attrs.len();
    for attr in attrs.iter().filter(|a| is(a, "no_grad")) {
        if !matches!(attr.meta, Meta::Path(_)) {
            errors.at(attr, "`#[no_grad]` takes no arguments", "write `#[no_grad]`");
        }
    }
    attrs.retain(|a| !is(a, "no_grad"));
    attrs.len() != before
}
