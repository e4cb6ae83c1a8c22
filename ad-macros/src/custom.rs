//! `#[custom_adjoint(…)]` and `#[no_grad]` on functions: rules given by the user.

use crate::attributes::{self, CustomAdjoint};
use crate::diagnostics::Errors;
use crate::differentiate::{configuration, constants, function, runtime, Primal};
use crate::emit::{self, Halves, Param, Signature};
use crate::ir::Passing;
use crate::{context, fallback, fence};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;

/// Expands `#[custom_adjoint(args)]`.
pub fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let custom = CustomAdjoint::parse(args, &mut errors);
    let Some(mut f) = function(item.clone(), "custom_adjoint", &mut errors) else {
        let errors = errors.finish();
        return quote!(#errors #item);
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
    let constant = constants(&mut f, &mut errors);
    fence::check(&f.sig, &mut errors);
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
    quote!(#f #companion #errors)
}

/// Halves that call the user's functions.
fn given(custom: &CustomAdjoint, sig: &Signature, in_impl: bool, rt: &TokenStream) -> Halves {
    // A method's own parameters are named by the forward half; `self` is `this` inside.
    let this = sig.receiver().map(|p| match p.passing {
        Passing::Value => quote!(),
        _ => quote!(let this = self;),
    });
    let arguments: Vec<TokenStream> = sig.params.iter().map(lent).collect();
    let name = &sig.ident;
    let primal = if in_impl { quote!(Self::#name) } else { quote!(#name) };
    let mut params = Vec::new();
    for p in &sig.params {
        if p.passing == Passing::Value {
            continue;
        }
        let (ident, ty) = (&p.ident, p.reference_type());
        params.push(quote!(#ident: #ty));
        if p.active {
            let (shadow, ty) = (p.shadow_ident(), p.shadow_type(rt, &sig.reals));
            params.push(quote!(#shadow: #ty));
        }
    }
    if let Some(ty) = sig.seed(rt) {
        params.push(quote!(seed: #ty));
    }
    let seed = sig.output.as_ref().map(|_| quote!(seed));
    let names: Vec<Ident> = sig.active().map(|p| format_ident!("{}_given", p.ident)).collect();
    let gradient = sig.gradient(rt);
    let pattern = match names.as_slice() {
        [one] => quote!(#one),
        many => quote!((#(#many),*)),
    };
    let adds = sig.active().filter(|p| p.passing != Passing::Value).map(|p| {
        let (shadow, given) = (p.shadow_ident(), format_ident!("{}_given", p.ident));
        quote!(#rt::accumulate(&mut *#shadow, #given);)
    });
    let returned = sig.params.iter().filter(|p| p.passing == Passing::Value).map(|p| {
        if p.active {
            let given = format_ident!("{}_given", p.ident);
            quote!(#given)
        } else {
            quote!(())
        }
    });
    let by_value = sig.params.iter().any(|p| p.passing == Passing::Value);
    let returned = if by_value { quote!((#(#returned,)*)) } else { quote!(()) };
    let (setup, call) = match (&custom.adjoint, &custom.forward, &custom.reverse) {
        (Some(adj), ..) => {
            let setup = quote!(let value = #primal(#(#arguments),*); let kept = #rt::keep(&value););
            (setup, quote_spanned!(adj.span()=> #adj(#(#arguments,)* &kept, #seed)))
        }
        (None, Some(fwd), Some(rev)) => {
            let setup = quote_spanned!(fwd.span()=> let (value, saved) = #fwd(#(#arguments),*););
            (setup, quote_spanned!(rev.span()=> #rev(saved, #(#arguments,)* #seed)))
        }
        _ => (quote!(), quote!()),
    };
    let forward = quote! {
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
        Passing::Value => quote!(::core::clone::Clone::clone(&#ident)),
        Passing::Shared => quote!(#ident),
        Passing::Exclusive => quote!(&mut *#ident),
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
        return quote!(#errors #item);
    };
    for other in f.attrs.iter().filter(|a| {
        attributes::is(a, "differentiate")
            || attributes::is(a, "custom_adjoint")
            || attributes::is(a, "no_grad")
    }) {
        errors.at(other, "`#[no_grad]` and another rule contradict each other", "keep one of them");
    }
    f.attrs.retain(|a| !["differentiate", "no_grad", "custom_adjoint"].iter().any(|n| attributes::is(a, n)));
    let _ = constants(&mut f, &mut errors);
    let all = vec![true; f.sig.inputs.len()];
    let sig = Signature::new(&f.sig, &all);
    let real = Signature::new(&f.sig, &[]);
    for (p, input) in real.params.iter().zip(&f.sig.inputs) {
        if p.active && !p.receiver && p.passing == Passing::Exclusive {
            errors.at(
                input,
                "a `#[no_grad]` function that changes an argument with a derivative",
                "return the new value instead, or use `#[differentiate]`",
            );
        }
    }
    let in_impl = context::in_impl(&f);
    let companion = constant_companion(&sig, &f, in_impl);
    let errors = errors.finish();
    quote!(#f #companion #errors)
}

fn constant_companion(sig: &Signature, f: &syn::ItemFn, in_impl: bool) -> TokenStream {
    let ident = &sig.ident;
    let vis = &f.vis;
    let attrs = configuration(f);
    let inputs = &f.sig.inputs;
    let output = sig.result();
    let written = match &f.sig.output {
        syn::ReturnType::Default => quote!(()),
        syn::ReturnType::Type(_, ty) => quote!(#ty),
    };
    let _ = output;
    let (impl_generics, _, where_clause) = f.sig.generics.split_for_impl();
    let arguments = sig.params.iter().filter(|p| !p.receiver).map(|p| p.argument());
    let call = match (sig.receiver().is_some(), in_impl) {
        (true, _) => quote!(self.#ident(#(#arguments),*)),
        (false, true) => quote!(Self::#ident(#(#arguments),*)),
        (false, false) => quote!(#ident(#(#arguments),*)),
    };
    let hidden =
        |role: &str| if in_impl { format_ident!("{}{}", ident, role) } else { format_ident!("{}", role) };
    let (forward, reverse) = (hidden("__forward"), hidden("__reverse"));
    let mut ignored = Vec::new();
    let mut by_value = 0;
    for p in &sig.params {
        if p.receiver {
            ignored.push(quote!(_: &mut (impl ?::core::marker::Sized)));
        } else if p.passing == Passing::Value {
            by_value += 1;
        } else {
            let ty = p.reference_type();
            ignored.push(quote!(_: #ty));
            ignored.push(quote!(_: &mut (impl ?::core::marker::Sized)));
        }
    }
    let receiver = sig.receiver().map(|p| match p.passing {
        Passing::Exclusive => quote!(&mut self,),
        _ => quote!(&self,),
    });
    let units = (0..by_value).map(|_| quote!(())).collect::<Vec<_>>();
    let returned = if by_value == 0 { quote!(()) } else { quote!((#(#units,)*)) };
    let inner_vis = if in_impl { quote!(#vis) } else { quote!(pub) };
    let lints = quote!(#[automatically_derived] #[allow(non_snake_case, dead_code, private_interfaces, unused_mut, clippy::all, clippy::pedantic)]);
    let reverse_generics = {
        let mut generics = f.sig.generics.clone();
        generics.params =
            generics.params.into_iter().filter(|p| !matches!(p, syn::GenericParam::Lifetime(_))).collect();
        generics
    };
    let (reverse_impl, _, reverse_where) = reverse_generics.split_for_impl();
    let functions = quote! {
        #[doc(hidden)]
        #lints
        #[inline]
        #inner_vis fn #forward #impl_generics (#inputs) -> (#written, ()) #where_clause { (#call, ()) }
        #[doc(hidden)]
        #lints
        #[inline]
        #inner_vis fn #reverse #reverse_impl (#receiver _back: (), #(#ignored,)* _seed: impl ::core::marker::Sized) -> #returned #reverse_where { #returned }
    };
    if in_impl {
        return quote!(#(#attrs)* #functions);
    }
    let doc = format!("Marks [`{ident}`](fn@{ident}) as a constant for derivatives.");
    quote! {
        #(#attrs)*
        #[doc = #doc]
        #[allow(non_camel_case_types, clippy::empty_enums)]
        #vis enum #ident {}
        #(#attrs)*
        impl #ident { #functions }
    }
}
