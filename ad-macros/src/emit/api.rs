//! What `#[differentiate]` generates beside the function: the contract's functions, as thin wrappers over the
//! two halves of a call.

use super::signature::{cotangent, Signature};
use crate::ir::Passing;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// The halves of a call, as tokens.
pub struct Halves {
    /// Body of the forward half: ends in `(result, reverse half)`.
    pub forward: TokenStream,
    /// The reverse half is boxed (recursion).
    pub boxed: bool,
}

/// Where generated functions stand: in a companion type, or beside a method.
struct Naming {
    method: Option<Ident>,
}

impl Naming {
    fn public(&self, name: &str) -> Ident {
        match &self.method {
            Some(m) => format_ident!("{}_{}", m, name, span = m.span().resolved_at(Span::call_site())),
            None => Ident::new(name, Span::call_site()),
        }
    }

    fn hidden(&self, name: &str) -> Ident {
        match &self.method {
            Some(m) => format_ident!("{}{}", m, name, span = m.span().resolved_at(Span::call_site())),
            None => Ident::new(name, Span::call_site()),
        }
    }
}

/// Everything generated beside the function. `vis` is the function's visibility, `attrs` what its siblings
/// must carry too (`cfg`).
pub fn companion(
    sig: &Signature,
    halves: &Halves,
    vis: &syn::Visibility,
    attrs: &[syn::Attribute],
    in_impl: bool,
    rt: &TokenStream,
) -> TokenStream {
    let naming = Naming { method: in_impl.then(|| sig.ident.clone()) };
    let inner_vis = if in_impl { quote!(#vis) } else { quote!(pub) };
    let mut functions =
        vec![forward(sig, halves, &naming, &inner_vis, rt), reverse(sig, &naming, &inner_vis, rt)];
    if sig.scalar {
        functions.push(value_and_grad(sig, &naming, &inner_vis, rt));
        functions.push(grad(sig, &naming, &inner_vis, rt));
    }
    functions.push(vjp(sig, &naming, &inner_vis, rt));
    functions.push(adjoint(sig, &naming, &inner_vis, rt));
    if in_impl {
        let attrs = quote!(#(#attrs)*);
        return quote!(#(#attrs #functions)*);
    }
    let ident = &sig.ident;
    let doc = format!("Derivatives of [`{ident}`](fn@{ident}).");
    let lints = lints();
    let shortcut = sig.scalar.then(|| {
        let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
        let name = format_ident!("{}_grad", ident, span = ident.span());
        let params = sig.declared(None);
        let args = sig.params.iter().map(|p| p.argument());
        let gradient = sig.gradient(rt);
        let doc = format!("Gradient of [`{ident}`](fn@{ident}) with respect to its active parameters.");
        quote! {
            #(#attrs)*
            #[doc = #doc]
            #lints
            #[inline]
            #vis fn #name #impl_generics (#(#params),*) -> #gradient #where_clause { #ident::grad(#(#args),*) }
        }
    });
    quote! {
        #(#attrs)*
        #[doc = #doc]
        #[allow(non_camel_case_types, clippy::empty_enums)]
        #vis enum #ident {}
        #(#attrs)*
        #lints
        impl #ident { #(#functions)* }
        #shortcut
    }
}

fn lints() -> TokenStream {
    quote! {
        #[automatically_derived]
        #[allow(
            unused_mut, unused_variables, unused_assignments, unused_parens, unused_braces, unused_imports, unused_must_use,
            unused_comparisons, unreachable_code, dead_code, non_snake_case, private_interfaces, deprecated, clippy::all,
            clippy::pedantic, clippy::nursery
        )]
    }
}

fn head(naming: &Naming) -> TokenStream {
    if naming.method.is_some() {
        lints()
    } else {
        quote!()
    }
}

fn forward(
    sig: &Signature,
    halves: &Halves,
    naming: &Naming,
    vis: &TokenStream,
    rt: &TokenStream,
) -> TokenStream {
    let head = head(naming);
    let name = naming.hidden("__forward");
    let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
    let params = sig.params.iter().map(|p| {
        let declared = sig.declared(None);
        let i = sig.params.iter().position(|q| q.ident == p.ident).unwrap_or(0);
        let declared = &declared[i];
        // A receiver passed by value is borrowed: callers keep theirs for the reverse half.
        if p.receiver && p.passing == Passing::Value {
            return quote!(&self);
        }
        if p.mutable && p.passing == Passing::Value {
            quote!(mut #declared)
        } else {
            declared.clone()
        }
    });
    let result = sig.result();
    let bound = sig.reverse_bound(rt);
    let back = if halves.boxed { quote!(::std::boxed::Box<dyn #bound>) } else { quote!(impl #bound) };
    let body = &halves.forward;
    let own =
        sig.receiver().filter(|p| p.passing == Passing::Value).map(|_| quote!(let this = #rt::keep(self);));
    let imports = quote!(use #rt::rules::*;);
    quote! {
        #[doc(hidden)]
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> (#result, #back) #where_clause { #imports #own #body }
    }
}

/// Runs a reverse half; takes a shadow for every reference, wanted or not, so that callers need not know.
fn reverse(sig: &Signature, naming: &Naming, vis: &TokenStream, rt: &TokenStream) -> TokenStream {
    let head = head(naming);
    let name = naming.hidden("__reverse");
    let bound = sig.reverse_bound(rt);
    let mut params = Vec::new();
    let mut args = Vec::new();
    let method = sig.receiver().is_some();
    if let Some(receiver) = sig.receiver() {
        params.push(match receiver.passing {
            Passing::Exclusive => quote!(&mut self),
            _ => quote!(&self),
        });
    }
    params.push(quote!(back: impl #bound));
    for p in sig.params.iter().filter(|p| p.passing != Passing::Value) {
        let ident = &p.ident;
        let ty = p.reference_type();
        if p.receiver {
            args.push(quote!(self));
        } else {
            params.push(quote!(#ident: #ty));
            args.push(quote!(#ident));
        }
        let shadow = p.shadow_ident();
        if p.active {
            let ty = p.shadow_type(rt, &sig.reals);
            params.push(quote!(#shadow: #ty));
            args.push(quote!(#shadow));
        } else {
            params.push(quote!(#shadow: &mut (impl ?Sized)));
        }
    }
    let by_value_receiver = sig.receiver().filter(|p| p.passing == Passing::Value);
    let result = sig.reverse_result(rt);
    let returned = match by_value_receiver {
        None => result.clone(),
        Some(_) => {
            let types: Vec<TokenStream> = sig
                .params
                .iter()
                .filter(|p| p.passing == Passing::Value && !p.receiver)
                .map(|p| if p.active { cotangent(&p.ty, rt, &sig.reals) } else { quote!(()) })
                .collect();
            if types.is_empty() {
                quote!(())
            } else {
                quote!((#(#types,)*))
            }
        }
    };
    if let Some(p) = by_value_receiver {
        let ty = cotangent(&p.ty, rt, &sig.reals);
        let at = 2;
        params.insert(
            at,
            if p.active { quote!(this_bar: &mut #ty) } else { quote!(this_bar: &mut (impl ?Sized)) },
        );
    }
    if let Some(seed) = sig.seed(rt) {
        params.push(quote!(seed: #seed));
        args.push(quote!(seed));
    } else {
        params.push(quote!(_seed: ()));
    }
    let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
    let _ = method;
    let body = match by_value_receiver {
        None => quote!(back(#(#args),*)),
        Some(p) => {
            let names: Vec<Ident> = sig
                .params
                .iter()
                .filter(|p| p.passing == Passing::Value && !p.receiver)
                .map(|p| format_ident!("{}_part", p.ident))
                .collect();
            let add = p.active.then(|| quote!(#rt::accumulate(this_bar, this_part);));
            quote! {
                let (this_part, #(#names,)*) = back(#(#args),*);
                #add
                (#(#names,)*)
            }
        }
    };
    quote! {
        #[doc(hidden)]
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> #returned #where_clause { #body }
    }
}

/// Tokens that make zero shadows for references, run the reverse half, and yield the gradient tuple.
fn pull(sig: &Signature, seed: Option<TokenStream>, rt: &TokenStream) -> TokenStream {
    let mut zeros = Vec::new();
    let mut args = Vec::new();
    for p in sig.params.iter().filter(|p| p.passing != Passing::Value) {
        let name = p.argument();
        args.push(match p.passing {
            Passing::Exclusive => quote!(&mut *#name),
            _ => name.clone(),
        });
        if p.active {
            let shadow = p.shadow_ident();
            zeros.push(quote!(let mut #shadow = #rt::zero(&*#name);));
            args.push(quote!(&mut #shadow));
        }
    }
    args.extend(seed);
    let names = sig.params.iter().filter(|p| p.passing == Passing::Value).map(|p| {
        let shadow = p.shadow_ident();
        if p.active {
            quote!(#shadow)
        } else {
            quote!(_)
        }
    });
    let pattern: Vec<TokenStream> = names.collect();
    let bind = if pattern.is_empty() { quote!(()) } else { quote!((#(#pattern,)*)) };
    // An exclusive argument holds the primal's result afterwards, as after a call of the primal.
    let exclusive: Vec<&super::Param> =
        sig.params.iter().filter(|p| p.passing == Passing::Exclusive && p.active).collect();
    let (save, restore) = snapshots(&exclusive);
    let active: Vec<Ident> = sig.active().map(|p| p.shadow_ident()).collect();
    let gradient = match active.as_slice() {
        [one] => quote!(#one),
        many => quote!((#(#many),*)),
    };
    quote! {
        #save
        #(#zeros)*
        let #bind = back(#(#args),*);
        #restore
        #gradient
    }
}

/// Keeps what exclusive arguments hold after the forward sweep, and puts it back.
fn snapshots(exclusive: &[&super::Param]) -> (TokenStream, TokenStream) {
    let mut save = TokenStream::new();
    let mut restore = TokenStream::new();
    for p in exclusive {
        let name = p.argument();
        let kept = format_ident!("{}_left", p.ident);
        if p.is_slice() {
            save.extend(quote!(let #kept = (*#name).to_vec();));
            restore.extend(quote!(#name.clone_from_slice(&#kept);));
        } else {
            save.extend(quote!(let #kept = ::core::clone::Clone::clone(&*#name);));
            restore.extend(quote!(*#name = #kept;));
        }
    }
    (save, restore)
}

fn call_forward(sig: &Signature, naming: &Naming) -> TokenStream {
    let name = naming.hidden("__forward");
    let args = sig.params.iter().filter(|p| !p.receiver).map(|p| p.lent());
    if sig.receiver().is_some() {
        return quote!(self.#name(#(#args),*));
    }
    quote!(Self::#name(#(#args),*))
}

fn value_and_grad(sig: &Signature, naming: &Naming, vis: &TokenStream, rt: &TokenStream) -> TokenStream {
    let head = head(naming);
    let name = naming.public("value_and_grad");
    let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
    let params = sig.declared(None);
    let (result, gradient) = (sig.result(), sig.gradient(rt));
    let forward = call_forward(sig, naming);
    let one = if sig.reals.is_empty() { quote!(1.0) } else { quote!(#rt::lit(1.0)) };
    let pull = pull(sig, Some(one), rt);
    quote! {
        /// The value and the gradient with respect to the active parameters, in one sweep.
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> (#result, #gradient) #where_clause {
            let (value, back) = #forward;
            let gradient = { #pull };
            (value, gradient)
        }
    }
}

fn grad(sig: &Signature, naming: &Naming, vis: &TokenStream, rt: &TokenStream) -> TokenStream {
    let head = head(naming);
    let name = naming.public("grad");
    let both = naming.public("value_and_grad");
    let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
    let params = sig.declared(None);
    let gradient = sig.gradient(rt);
    let args: Vec<TokenStream> = sig.params.iter().filter(|p| !p.receiver).map(|p| p.argument()).collect();
    let call = if sig.receiver().is_some() {
        quote!(self.#both(#(#args),*))
    } else {
        quote!(Self::#both(#(#args),*))
    };
    quote! {
        /// The gradient with respect to the active parameters.
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> #gradient #where_clause { #call.1 }
    }
}

fn vjp(sig: &Signature, naming: &Naming, vis: &TokenStream, rt: &TokenStream) -> TokenStream {
    let head = head(naming);
    let name = naming.public("vjp");
    let lifetime: syn::Lifetime = syn::parse_quote!('p);
    let mut generics = sig.generics.clone();
    generics.params.insert(0, syn::parse_quote!('p));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let params = sig.declared(Some(&lifetime));
    let (result, gradient) = (sig.result(), sig.gradient(rt));
    let forward = call_forward(sig, naming);
    let seed = sig.seed(rt).unwrap_or(quote!(()));
    let seed_arg = sig.output.as_ref().map(|_| quote!(seed));
    let pull = pull(sig, seed_arg, rt);
    quote! {
        /// The value and the pullback: from the cotangent of the result to those of the active parameters.
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> (#result, impl ::core::ops::FnOnce(#seed) -> #gradient + 'p) #where_clause {
            let (value, back) = #forward;
            (value, move |seed: #seed| { #pull })
        }
    }
}

fn adjoint(sig: &Signature, naming: &Naming, vis: &TokenStream, rt: &TokenStream) -> TokenStream {
    let head = head(naming);
    let name = naming.public("adjoint");
    let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
    let declared = sig.declared(None);
    let mut params = Vec::new();
    let mut checks = Vec::new();
    let mut args = Vec::new();
    let mut adds = Vec::new();
    let mut parts = Vec::new();
    for (p, declared) in sig.params.iter().zip(&declared) {
        params.push(declared.clone());
        let shadow = p.shadow_ident();
        let argument = p.argument();
        if p.active {
            let ty = p.shadow_type(rt, &sig.reals);
            params.push(quote!(#shadow: #ty));
            let label = if p.receiver { "self".to_string() } else { p.ident.to_string() };
            let value = if p.passing == Passing::Value { quote!(&#argument) } else { quote!(&*#argument) };
            checks.push(quote!(#rt::check_shadow(#label, #value, &*#shadow);));
        }
        if p.passing == Passing::Value {
            let part = format_ident!("{}_part", p.ident);
            if p.active {
                adds.push(quote!(#rt::accumulate(&mut *#shadow, #part);));
                parts.push(quote!(#part));
            } else {
                parts.push(quote!(_));
            }
        } else {
            args.push(match p.passing {
                Passing::Exclusive => quote!(&mut *#argument),
                _ => argument.clone(),
            });
            if p.active {
                args.push(quote!(&mut *#shadow));
            }
        }
    }
    if let Some(seed) = sig.seed(rt) {
        params.push(quote!(seed: #seed));
        args.push(quote!(seed));
    }
    let bind = if parts.is_empty() { quote!(()) } else { quote!((#(#parts,)*)) };
    let result = sig.result();
    let forward = call_forward(sig, naming);
    let exclusive: Vec<&super::Param> =
        sig.params.iter().filter(|p| p.passing == Passing::Exclusive && p.active).collect();
    let (save, restore) = snapshots(&exclusive);
    quote! {
        /// Adds to the shadows of the active parameters; the seed is the cotangent of the result.
        ///
        /// # Panics
        /// Where a shadow has another shape than its parameter, before anything is written.
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> #result #where_clause {
            #(#checks)*
            let (value, back) = #forward;
            #save
            let #bind = back(#(#args),*);
            #restore
            #(#adds)*
            value
        }
    }
}
