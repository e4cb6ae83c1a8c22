//! `#[differentiate]`: the pipeline from a function to its derivatives.

use crate::adjoint::needs::Needs;
use crate::analyse::{activity, infer, record};
use crate::attributes::{self, CustomAdjoint, Differentiate};
use crate::diagnostics::Errors;
use crate::emit::{self, Halves, Signature};
use crate::names::Names;
use crate::{adjoint, context, custom, fallback, fence, lower};
use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::VisitMut;

/// Expands `#[differentiate(args)]` on an item.
pub fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let options = Differentiate::parse(args, &mut errors);
    let mut function = match function(item.clone(), "differentiate", &mut errors) {
        Some(function) => function,
        None => {
            let errors = errors.finish();
            return quote!(#errors #item);
        }
    };
    let others: Vec<syn::Attribute> = ours(&mut function);
    for other in &others {
        if attributes::is(other, "no_grad") {
            errors.at(other, "`#[no_grad]` and `#[differentiate]` contradict each other", "keep one of them");
        } else if attributes::is(other, "differentiate") {
            errors.at(other, "`#[differentiate]` is given twice", "keep one of them");
        }
    }
    if let Some(custom) = others.iter().find(|a| attributes::is(a, "custom_adjoint")) {
        let mut custom = CustomAdjoint::parse(arguments(custom), &mut errors);
        custom.krate = custom.krate.or(options.krate);
        return custom::expand_function(&custom, function, errors);
    }
    fence::check(&function.sig, &mut errors);
    if context::around(&function) == context::Around::TraitImpl {
        errors.at(
            &function.sig.ident,
            "a method of a trait's `impl` block cannot be differentiated",
            "annotate an inherent method, and forward to it",
        );
    }
    if !errors.is_empty() {
        // Without a signature there is nothing to stand in for the derivatives.
        let _ = constants(&mut function, &mut errors);
        Primal.visit_item_fn_mut(&mut function);
        let errors = errors.finish();
        return quote!(#function #errors);
    }
    let constant = constants(&mut function, &mut errors);
    let rt = runtime(options.krate.as_ref());
    let sig = Signature::new(&function.sig, &constant);
    let in_impl = context::in_impl(&function);
    let halves =
        if errors.is_empty() { halves(&function, &constant, &sig, &options, &rt, &mut errors) } else { None };
    let refused = halves.is_none() || !errors.is_empty();
    let halves = halves.filter(|_| !refused).unwrap_or_else(|| fallback::halves(&sig, false));
    let companion = emit::companion(&sig, &halves, &function.vis, &configuration(&function), in_impl, &rt);
    Primal.visit_item_fn_mut(&mut function);
    let errors = errors.finish();
    quote!(#function #companion #errors)
}

/// The two halves of a call of the function; `None` where it was refused.
fn halves(
    f: &syn::ItemFn,
    constant: &[bool],
    sig: &Signature,
    options: &Differentiate,
    rt: &TokenStream,
    errors: &mut Errors,
) -> Option<Halves> {
    let mut func = lower::lower(&f.sig, constant, &f.block, errors);
    if !errors.is_empty() {
        return None;
    }
    infer::infer(&mut func);
    let activity = activity::activity(&func);
    for (var, span) in func.enums.clone() {
        if activity.is_varied(var) {
            errors.span(
                span,
                "an enum carries no derivative",
                "mark its parameter or `let` `#[no_grad]`, or keep the numbers in a struct or an `Option`",
            );
        }
    }
    if activity::lost_in_error(&func.body.stmts, &activity) {
        let cause = "a value with a derivative is returned inside `Err`, which carries none";
        errors.at(
            &f.sig.output,
            cause,
            "say so by `Err(stop_gradient(value))`, or return it beside the result",
        );
    }
    if !errors.is_empty() {
        return None;
    }
    let mut names = Names::new(quote!(#f));
    func.vars.iter().for_each(|v| {
        names.fresh(&v.ident.to_string(), v.ident.span());
    });
    // Shadows first: what the analyses ask of them must not depend on the order of asking.
    {
        let scratch = func.clone();
        let needs = Needs::new(&scratch, &activity, &names);
        record::record(&mut func, &needs, &mut names);
    }
    let sweep = adjoint::adjoint(&mut func, &activity, &mut names);
    let boxed = options.boxed || func.recursive;
    let forward = emit::forward_half(&func, &sweep, sig, rt, boxed);
    Some(Halves { forward, boxed })
}

/// Parses a function, or says that the attribute is on the wrong item.
pub fn function(item: TokenStream, attribute: &str, errors: &mut Errors) -> Option<syn::ItemFn> {
    if let Ok(mut f) = syn::parse2::<syn::ItemFn>(item.clone()) {
        Ungroup.visit_item_fn_mut(&mut f);
        return Some(f);
    }
    if let Ok(f) = syn::parse2::<syn::TraitItemFn>(item.clone()) {
        errors.at(
            &f.sig,
            format!("`#[{attribute}]` needs a body"),
            "annotate an inherent method, and forward to it",
        );
        return None;
    }
    match syn::parse2::<syn::Item>(item) {
        Ok(syn::Item::Struct(s)) => errors.at(
            &s.ident,
            format!("`#[{attribute}]` is for functions"),
            "write `#[derive(Differentiable)]` on a struct",
        ),
        Ok(syn::Item::Enum(e)) => errors.at(
            &e.ident,
            format!("`#[{attribute}]` is for functions"),
            "an enum carries no derivative: mark parameters of this type `#[no_grad]`",
        ),
        Ok(syn::Item::Impl(i)) => {
            errors.at(&i.self_ty, format!("`#[{attribute}]` is for functions"), "annotate each method inside")
        }
        Ok(syn::Item::Trait(t)) => errors.at(
            &t.ident,
            format!("`#[{attribute}]` is for functions"),
            "annotate inherent methods, and forward to them",
        ),
        Ok(syn::Item::Mod(m)) => {
            errors.at(&m.ident, format!("`#[{attribute}]` is for functions"), "annotate the functions inside")
        }
        Ok(other) => errors.at(&other, format!("`#[{attribute}]` is for functions"), "put it on a function"),
        Err(e) => errors.push(e),
    }
    None
}

/// Takes the other attributes of this crate off a function.
fn ours(f: &mut syn::ItemFn) -> Vec<syn::Attribute> {
    let (ours, rest) = std::mem::take(&mut f.attrs)
        .into_iter()
        .partition(|a| ["differentiate", "no_grad", "custom_adjoint"].iter().any(|n| attributes::is(a, n)));
    f.attrs = rest;
    ours
}

/// The tokens between an attribute's parentheses.
pub fn arguments(attr: &syn::Attribute) -> TokenStream {
    match &attr.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    }
}

/// Which parameters are marked `#[no_grad]`; the marks are taken off.
pub fn constants(f: &mut syn::ItemFn, errors: &mut Errors) -> Vec<bool> {
    f.sig
        .inputs
        .iter_mut()
        .map(|input| match input {
            syn::FnArg::Receiver(r) => attributes::take_no_grad(&mut r.attrs, errors),
            syn::FnArg::Typed(t) => attributes::take_no_grad(&mut t.attrs, errors),
        })
        .collect()
}

/// Attributes that generated siblings must share.
pub fn configuration(f: &syn::ItemFn) -> Vec<syn::Attribute> {
    f.attrs.iter().filter(|a| a.path().is_ident("cfg")).cloned().collect()
}

/// The path of the hidden module that generated code names.
pub fn runtime(krate: Option<&syn::Path>) -> TokenStream {
    match krate {
        Some(path) => quote!(#path::__private),
        None => quote!(::pullback::__private),
    }
}

/// What a `macro_rules!` fragment was keeps its precedence by parentheses instead of an invisible group.
struct Ungroup;

impl VisitMut for Ungroup {
    fn visit_expr_mut(&mut self, e: &mut syn::Expr) {
        syn::visit_mut::visit_expr_mut(self, e);
        if let syn::Expr::Group(group) = e {
            let inner = (*group.expr).clone();
            *e = match inner {
                syn::Expr::Path(_) | syn::Expr::Lit(_) | syn::Expr::Paren(_) => inner,
                inner => syn::parse_quote!((#inner)),
            };
        }
    }

    fn visit_type_mut(&mut self, ty: &mut syn::Type) {
        syn::visit_mut::visit_type_mut(self, ty);
        if let syn::Type::Group(group) = ty {
            *ty = (*group.elem).clone();
        }
    }
}

/// Takes the marks off the primal, which is otherwise left as written.
pub struct Primal;

impl VisitMut for Primal {
    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        local.attrs.retain(|a| !attributes::is(a, "no_grad"));
        syn::visit_mut::visit_local_mut(self, local);
    }

    fn visit_expr_mut(&mut self, e: &mut syn::Expr) {
        if let syn::Expr::ForLoop(syn::ExprForLoop { attrs, .. })
        | syn::Expr::While(syn::ExprWhile { attrs, .. })
        | syn::Expr::Loop(syn::ExprLoop { attrs, .. })
        | syn::Expr::Block(syn::ExprBlock { attrs, .. }) = e
        {
            attrs.retain(|a| !attributes::is(a, "no_grad"));
        }
        syn::visit_mut::visit_expr_mut(self, e);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
