//! `#[custom_adjoint(…)]` and `#[no_grad]` on functions: rules given by the user.

use crate::attributes::{self, CustomAdjoint};
use crate::diagnostics::Errors;
use crate::differentiate::{configuration, constants, function, runtime, Primal};
use crate::emit::{self, Halves, Param, Signature};
use crate::ir::Passing;
use crate::{context, fallback, fence};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;

/// Expands `#[custom_adjoint(args)]`.
pub fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let custom = CustomAdjoint::parse(args, &mut errors);
    if custom.adjoint.is_none() && custom.forward.is_none() && custom.tangent.is_some() && errors.is_empty() {
        // A tangent alone leaves the adjoint to the transformation.
        let _ = errors.finish();
        let krate = custom.krate.map(|path| site!(crate = #path));
        let expanded = crate::differentiate::expand(site!(#krate), item.clone());
        let method =
            function(item, "custom_adjoint", &mut Errors::default()).is_some_and(|f| context::in_impl(&f));
        let tangent = custom.tangent.filter(|_| !method);
        let used = tangent.map(|t| site!(const _: fn() = || { let _ = #t; };));
        return site!(#expanded #used);
    }
    let Some(mut f) = function(item.clone(), "custom_adjoint", &mut errors) else {
        let errors = errors.finish();
        return site!(#errors #item);
    };
    for other in
        f.attrs.iter().filter(|a| attributes::is(a, "no_grad") || attributes::is(a, "custom_adjoint"))
    {
        errors.at(other, "two rules are given for one function", "keep one of them");
    }
    f.attrs.retain(|a| !["differentiate", "no_grad", "custom_adjoint"].iter().any(|n| attributes::is(a, n)));
    expand_function(&custom, f, errors)
}

/// The function with the rules that the user gives.
pub fn expand_function(custom: &CustomAdjoint, mut f: syn::ItemFn, mut errors: Errors) -> TokenStream {
    fence::check(&f.sig, &mut errors);
    let constant = constants(&mut f, &mut errors);
    let rt = runtime(custom.krate.as_ref());
    let sig = Signature::new(&f.sig, &constant);
    for (p, input) in sig.params.iter().zip(&f.sig.inputs) {
        if p.active && p.passing == Passing::Exclusive {
            errors.at(
                input,
                "a custom adjoint of a function that changes its argument",
                "return the new value, and assign it at the call",
            );
        }
    }
    let in_impl = context::in_impl(&f);
    let reverse_given = custom.adjoint.is_some() || custom.forward.is_some();
    let halves = match errors.is_empty() && reverse_given {
        true => given(custom, &sig, in_impl, &rt),
        false => fallback::halves(&sig, false),
    };
    let companion = (reverse_given || !errors.is_empty())
        .then(|| emit::companion(&sig, &halves, &f.vis, &configuration(&f), in_impl, &rt));
    Primal.visit_item_fn_mut(&mut f);
    let errors = errors.finish();
    site!(#f #companion #errors)
}

/// Halves that call the user's functions.
fn given(custom: &CustomAdjoint, sig: &Signature, in_impl: bool, rt: &TokenStream) -> Halves {
    // A method's own parameters are named by the forward half; `self` is `this` inside.
    let this = sig.receiver().map(|p| {
        let name = &p.ident;
        match p.passing {
            Passing::Value => site!(let #name = #rt::keep(self);),
            _ => site!(let #name = self;),
        }
    });
    let arguments: Vec<TokenStream> = sig.params.iter().map(lent).collect();
    let name = &sig.ident;
    let primal = if in_impl { site!(Self::#name) } else { site!(#name) };
    let mut params = Vec::new();
    for p in &sig.params {
        if p.passing == Passing::Value {
            continue;
        }
        let (ident, ty) = (&p.ident, p.reference_type());
        params.push(site!(#ident: #ty));
        if p.active {
            let (shadow, ty) = (p.shadow_ident(), p.shadow_type(rt, &sig.reals));
            params.push(site!(#shadow: #ty));
        }
    }
    if let Some(ty) = sig.seed(rt) {
        params.push(site!(seed: #ty));
    }
    let seed = sig.output.as_ref().map(|_| site!(seed));
    let names: Vec<Ident> = sig.active().map(|p| format_ident!("{}_given", p.ident)).collect();
    let gradient = sig.gradient(rt);
    let pattern = match names.as_slice() {
        [one] => site!(#one),
        many => site!((#(#many),*)),
    };
    let adds = sig.active().filter(|p| p.passing != Passing::Value).map(|p| {
        let (shadow, given) = (p.shadow_ident(), format_ident!("{}_given", p.ident));
        site!(#rt::accumulate(&mut *#shadow, #given);)
    });
    let returned = sig.params.iter().filter(|p| p.passing == Passing::Value).map(|p| {
        if p.active {
            let given = format_ident!("{}_given", p.ident);
            site!(#given)
        } else {
            site!(())
        }
    });
    let by_value = sig.params.iter().any(|p| p.passing == Passing::Value);
    let returned = if by_value { site!((#(#returned,)*)) } else { site!(()) };
    let (setup, call) = match (&custom.adjoint, &custom.forward, &custom.reverse) {
        (Some(adj), ..) => {
            let setup = site!(let value = #primal(#(#arguments),*); let kept = #rt::keep(&value););
            (
                setup,
                quote_spanned!(adj.span().resolved_at(proc_macro2::Span::mixed_site())=> #adj(#(#arguments,)* &kept, #seed)),
            )
        }
        (None, Some(fwd), Some(rev)) => {
            let setup = quote_spanned!(fwd.span().resolved_at(proc_macro2::Span::mixed_site())=> let (value, saved) = #fwd(#(#arguments),*););
            (
                setup,
                quote_spanned!(rev.span().resolved_at(proc_macro2::Span::mixed_site())=> #rev(saved, #(#arguments,)* #seed)),
            )
        }
        _ => (site!(), site!()),
    };
    let tangent = custom.tangent.as_ref().map(|t| site!(let _ = #t;));
    let forward = site! {
        #tangent
        #this
        #setup
        (value, move |#(#params),*| {
            let #pattern: #gradient = #call;
            #(#adds)*
            #returned
        })
    };
    Halves { forward, boxed: false }
}

/// An argument that may be needed again.
fn lent(p: &Param) -> TokenStream {
    let ident = &p.ident;
    match p.passing {
        Passing::Value => site!(::core::clone::Clone::clone(&#ident)),
        Passing::Shared => site!(#ident),
        Passing::Exclusive => site!(&mut *#ident),
    }
}

/// Expands `#[no_grad]` on a function: callable from differentiated code, a constant there.
pub fn expand_no_grad(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    if !args.is_empty() {
        errors.at(
            &args,
            "`#[no_grad]` takes no arguments",
            "mark a parameter by `#[no_grad]` on it, and annotate the function with `#[differentiate]`",
        );
    }
    let Some(mut f) = function(item.clone(), "no_grad", &mut errors) else {
        let errors = errors.finish();
        return site!(#errors #item);
    };
    for other in f.attrs.iter().filter(|a| {
        attributes::is(a, "differentiate")
            || attributes::is(a, "custom_adjoint")
            || attributes::is(a, "no_grad")
    }) {
        errors.at(other, "`#[no_grad]` and another rule contradict each other", "keep one of them");
    }
    f.attrs.retain(|a| !["differentiate", "no_grad", "custom_adjoint"].iter().any(|n| attributes::is(a, n)));
    let constant = constants(&mut f, &mut errors);
    let sig = Signature::new(&f.sig, &constant);
    let in_impl = context::in_impl(&f);
    let companion = constant_companion(&sig, &f, in_impl, &runtime(None));
    let errors = errors.finish();
    site!(#f #companion #errors)
}

/// Rules of a constant. What the function leaves in an exclusive argument is a constant too: its shadow is
/// cleared, and the argument put back to what the function found.
fn constant_companion(sig: &Signature, f: &syn::ItemFn, in_impl: bool, rt: &TokenStream) -> TokenStream {
    let (ident, vis, attrs) = (&sig.ident, &f.vis, configuration(f));
    let inner_vis = if in_impl { site!(#vis) } else { site!(pub) };
    let turbofish = sig.turbofish();
    let lints = site!(#[automatically_derived] #[allow(
        non_snake_case, dead_code, private_interfaces, unused_variables, unused_mut, clippy::all, clippy::pedantic
    )]);
    let mut keep = Vec::new();
    let mut kept = Vec::new();
    let mut kept_types = Vec::new();
    let mut again = Vec::new();
    let mut undo = Vec::new();
    for p in sig.params.iter().filter(|p| p.passing != Passing::Value) {
        let name = p.argument();
        let plain = crate::ir::Ty::parse(&p.ty, &sig.reals).is_inert();
        if p.passing != Passing::Exclusive || !(p.active || plain) {
            again.push(if p.receiver {
                site!(this: &Self)
            } else {
                site!(_: &(impl ?::core::marker::Sized))
            });
            again.push(site!(_: &mut (impl ?::core::marker::Sized)));
            continue;
        }
        let (own, shadow, ty) = (format_ident!("{}_kept", p.ident), p.shadow_ident(), &p.ty);
        let again_name = &p.ident;
        let (reference, shadow_ty) = (p.reference_type(), p.shadow_type(rt, &sig.reals));
        again.push(site!(#again_name: #reference));
        if plain {
            again.push(site!(_: &mut (impl ?::core::marker::Sized)));
            if matches!(ty, syn::Type::Slice(_)) {
                keep.push(site!(let #own = (*#name).to_vec();));
                kept_types.push(site!(<#ty as ::std::borrow::ToOwned>::Owned));
                undo.push(site!(#again_name.clone_from_slice(&#own);));
            } else {
                keep.push(site!(let #own = ::core::clone::Clone::clone(&*#name);));
                kept_types.push(site!(#ty));
                undo.push(site!(*#again_name = #own;));
            }
            kept.push(own);
            continue;
        }
        again.push(site!(#shadow: #shadow_ty));
        if let syn::Type::Slice(s) = ty {
            let element = &s.elem;
            keep.push(site!(let #own = (*#name).to_vec();));
            kept_types.push(site!(::std::vec::Vec<#element>));
            undo.push(
                site!(#again_name.clone_from_slice(&#own); #shadow.iter_mut().for_each(#rt::set_zero);),
            );
        } else {
            keep.push(site!(let #own = ::core::clone::Clone::clone(&*#name);));
            kept_types.push(site!(#ty));
            undo.push(site!(*#again_name = #own; *#shadow = #rt::zero(&*#again_name);));
        }
        kept.push(own);
    }
    let by_value: Vec<TokenStream> =
        sig.params.iter().filter(|p| p.passing == Passing::Value && !p.receiver).map(|_| site!(())).collect();
    let returned = if by_value.is_empty() { site!(()) } else { site!((#(#by_value,)*)) };
    if sig.receiver().is_some_and(|p| p.passing == Passing::Value) {
        again.insert(0, site!(_: &mut (impl ?::core::marker::Sized)));
    }
    let record = site!((#(#kept,)*));
    let record_ty = site!((#(#kept_types,)*));
    let hidden =
        |role: &str| if in_impl { format_ident!("{}{}", ident, role) } else { format_ident!("{}", role) };
    let (forward, reverse) = (hidden("__forward"), hidden(if in_impl { "__pull" } else { "__reverse" }));
    let params = sig.declared(None);
    let result = match &f.sig.output {
        syn::ReturnType::Default => site!(()),
        syn::ReturnType::Type(_, ty) => site!(#ty),
    };
    let (impl_generics, _, where_clause) = f.sig.generics.split_for_impl();
    let arguments = sig.params.iter().filter(|p| !p.receiver).map(Param::lent);
    let call = match (sig.receiver().is_some(), in_impl) {
        (true, _) => site!(self.#ident #turbofish (#(#arguments),*)),
        (false, true) => site!(Self::#ident #turbofish (#(#arguments),*)),
        (false, false) => site!(#ident #turbofish (#(#arguments),*)),
    };
    let again_code = site!(#record_ty #(#again),*);
    let reverse_generics = sig.generics_of(&again_code);
    let (reverse_impl, _, reverse_where) = reverse_generics.split_for_impl();
    let method = sig.receiver().map(|p| {
        let name = hidden("__reverse");
        let receiver = if p.passing == Passing::Exclusive { site!(&mut self) } else { site!(&self) };
        let skip = usize::from(p.passing != Passing::Value);
        let rest = again.iter().skip(skip);
        let undo = if p.passing == Passing::Exclusive && p.active {
            let name = &p.ident;
            site!(let #name = self; #(#undo)*)
        } else {
            site!(#(#undo)*)
        };
        site! {
            #[doc(hidden)]
            #lints
            #[inline]
            #inner_vis fn #name #reverse_impl (#receiver, #record: #record_ty, #(#rest,)* _seed: impl ::core::marker::Sized)
                -> #returned #reverse_where { #undo #returned }
        }
    });
    let functions = site! {
        #[doc(hidden)]
        #lints
        #[inline]
        #inner_vis fn #forward #impl_generics (#(#params),*) -> (#result, #record_ty) #where_clause {
            #(#keep)*
            (#call, #record)
        }
        #[doc(hidden)]
        #lints
        #[inline]
        #inner_vis fn #reverse #reverse_impl (#record: #record_ty, #(#again,)* _seed: impl ::core::marker::Sized)
            -> #returned #reverse_where { #(#undo)* #returned }
        #method
    };
    if in_impl {
        return site!(#(#attrs)* #functions);
    }
    let doc = format!("Marks [`{ident}`](fn@{ident}) as a constant for derivatives.");
    site! {
        #(#attrs)*
        #[doc = #doc]
        #[allow(non_camel_case_types, clippy::empty_enums)]
        #vis enum #ident {}
        #(#attrs)*
        impl #ident { #functions }
    }
}
