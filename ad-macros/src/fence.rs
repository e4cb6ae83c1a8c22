//! Signatures that cannot be differentiated, each with what to write instead.

use crate::diagnostics::Errors;
use quote::ToTokens;
use syn::visit::Visit;

/// Reports what is wrong with a signature.
pub fn check(sig: &syn::Signature, errors: &mut Errors) {
    if let Some(token) = &sig.asyncness {
        errors.at(
            token,
            "an `async fn` cannot be differentiated",
            "compute in a plain `fn` and await around it",
        );
    }
    if let Some(token) = &sig.constness {
        errors.at(
            token,
            "a `const fn` cannot be differentiated",
            "drop `const`, or keep a `const` wrapper that is not annotated",
        );
    }
    if let Some(token) = &sig.unsafety {
        errors.at(
            token,
            "an `unsafe fn` cannot be differentiated",
            "make it safe, or put it behind a function with `#[custom_adjoint(…)]`",
        );
    }
    if let Some(abi) = &sig.abi {
        errors.at(
            abi,
            "an `extern` function cannot be differentiated",
            "annotate a Rust function and call it from the `extern` one",
        );
    }
    if let Some(variadic) = &sig.variadic {
        errors.at(variadic, "a variadic function cannot be differentiated", "take a slice");
    }
    for input in &sig.inputs {
        match input {
            syn::FnArg::Receiver(r) if r.colon_token.is_some() => {
                errors.at(
                    &r.ty,
                    "this receiver cannot be differentiated",
                    "take `self`, `&self` or `&mut self`",
                );
            }
            syn::FnArg::Receiver(_) => {}
            // What carries no derivative may be anything.
            syn::FnArg::Typed(t) if t.attrs.iter().any(|a| crate::attributes::is(a, "no_grad")) => {}
            syn::FnArg::Typed(t) => {
                check_type(&t.ty, errors, Position::Parameter);
                if view_name(&t.ty).is_some_and(|n| n.ends_with("Mut")) {
                    errors.at(
                        &t.ty,
                        "a mutable view passed by value",
                        "take `&mut` of the view, or `&mut` of the matrix",
                    );
                }
            }
        }
    }
    if let syn::ReturnType::Type(_, ty) = &sig.output {
        check_type(ty, errors, Position::Result);
    }
    check_generics(sig, errors);
}

/// The name of a nalgebra view type.
pub fn view_name(ty: &syn::Type) -> Option<String> {
    let syn::Type::Path(p) = ty else { return None };
    let name = p.path.segments.last()?.ident.to_string();
    name.contains("View").then_some(name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Parameter,
    Result,
}

fn check_type(ty: &syn::Type, errors: &mut Errors, position: Position) {
    match ty {
        syn::Type::ImplTrait(t) if position == Position::Parameter => {
            return errors.at(
                t,
                "an `impl Trait` parameter cannot be differentiated",
                "take a slice or a struct, or a type parameter bounded by `Real`; call functions by name",
            );
        }
        syn::Type::ImplTrait(t) => {
            return errors.at(
                t,
                "an `impl Trait` result has no cotangent type",
                "return a value: collect into a `Vec`",
            );
        }
        syn::Type::Reference(r) if position == Position::Result => {
            return errors.at(
                r,
                "a result that borrows cannot be differentiated",
                "return the value: `.clone()`, `.to_vec()`",
            );
        }
        _ => {}
    }
    let mut finder = Finder { errors, position };
    finder.visit_type(ty);
}

struct Finder<'e> {
    errors: &'e mut Errors,
    position: Position,
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_type(&mut self, ty: &'a syn::Type) {
        let found = match ty {
            syn::Type::Ptr(_) => {
                Some(("a raw pointer cannot be differentiated", "take a reference or a slice"))
            }
            syn::Type::BareFn(_) => Some((
                "a function pointer has no rules",
                "call the function by its name, choosing by `match`",
            )),
            syn::Type::TraitObject(_) => {
                Some(("a trait object has no known rules", "take the concrete type"))
            }
            syn::Type::Never(_) | syn::Type::Infer(_) => {
                Some(("this type cannot be differentiated", "write the type out"))
            }
            syn::Type::Reference(r)
                if self.position == Position::Result
                    && r.lifetime.as_ref().is_none_or(|l| l.ident != "static") =>
            {
                Some(("a result that borrows cannot be differentiated", "return values"))
            }
            syn::Type::Path(p) => p.path.segments.last().and_then(|s| match s.ident.to_string().as_str() {
                "HashMap" | "BTreeMap" | "HashSet" | "BTreeSet" => Some((
                    "a map has no cotangent",
                    "take its values as a slice or `Vec`, or mark the parameter `#[no_grad]`",
                )),
                "Box" => Some(("a box cannot be differentiated", "take the value, or a reference to it")),
                "Rc" | "Arc" | "RefCell" | "Cell" | "Mutex" | "RwLock" => Some((
                    "shared state cannot be differentiated",
                    "take a reference to the value, or mark the parameter `#[no_grad]`",
                )),
                _ => None,
            }),
            _ => None,
        };
        match found {
            Some((cause, hint)) => self.errors.at(ty, cause, hint),
            None => syn::visit::visit_type(self, ty),
        }
    }
}

/// A parameter whose type is a type parameter must be `Real`, or nothing is known of its derivative.
fn check_generics(sig: &syn::Signature, errors: &mut Errors) {
    let reals = crate::lower::real_parameters(sig);
    for param in sig.generics.type_params() {
        let name = param.ident.to_string();
        let bounds = param.bounds.to_token_stream().to_string();
        let wheres = sig.generics.where_clause.to_token_stream().to_string();
        if reals.contains(&name) || bounds.contains("Differentiable") || wheres.contains("Differentiable") {
            continue;
        }
        let used = sig.inputs.iter().any(|i| match i {
            syn::FnArg::Typed(t) => {
                !t.attrs.iter().any(|a| crate::attributes::is(a, "no_grad"))
                    && mentions(t.ty.to_token_stream(), &name)
            }
            syn::FnArg::Receiver(_) => false,
        });
        if used {
            errors.at(
                &param.ident,
                format!("nothing is known of the derivative of `{name}`"),
                format!("bound it: `{name}: pullback::Real`"),
            );
        }
    }
}

fn mentions(code: proc_macro2::TokenStream, name: &str) -> bool {
    code.into_iter().any(|t| match t {
        proc_macro2::TokenTree::Ident(i) => i == name,
        proc_macro2::TokenTree::Group(g) => mentions(g.stream(), name),
        _ => false,
    })
}
