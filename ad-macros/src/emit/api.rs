//! What `#[differentiate]` generates beside the function: the contract's functions, as thin wrappers over the
//! two halves of a call.

use super::signature::{cotangent, Signature};
use crate::ir::Passing;
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

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
    let inner_vis = if in_impl { site!(#vis) } else { site!(pub) };
    let mut functions = vec![forward(sig, halves, &naming, &inner_vis, rt)];
    if in_impl {
        functions.push(reverse(sig, &naming, &inner_vis, rt, "__pull", false));
        if sig.receiver().is_some() {
            functions.push(reverse(sig, &naming, &inner_vis, rt, "__reverse", true));
        }
    } else {
        functions.push(reverse(sig, &naming, &inner_vis, rt, "__reverse", false));
    }
    if sig.scalar {
        functions.push(value_and_grad(sig, &naming, &inner_vis, rt));
        functions.push(grad(sig, &naming, &inner_vis, rt));
    }
    functions.push(vjp(sig, &naming, &inner_vis, rt));
    functions.push(adjoint(sig, &naming, &inner_vis, rt));
    if in_impl {
        let attrs = site!(#(#attrs)*);
        return site!(#(#attrs #functions)*);
    }
    let ident = &sig.ident;
    let doc = format!("Derivatives of [`{ident}`](fn@{ident}).");
    let lints = lints();
    let shortcut = sig.scalar.then(|| {
        let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
        let name = format_ident!("{}_grad", ident, span = ident.span());
        let params = sig.declared(None);
        let args = sig.params.iter().map(|p| p.argument());
        let turbofish = sig.turbofish();
        let gradient = sig.gradient(rt);
        let doc = format!("Gradient of [`{ident}`](fn@{ident}) with respect to its active parameters.");
        site! {
            #(#attrs)*
            #[doc = #doc]
            #lints
            #[inline]
            #vis fn #name #impl_generics (#(#params),*) -> #gradient #where_clause { #ident::grad #turbofish (#(#args),*) }
        }
    });
    site! {
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
    site! {
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
        site!()
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
            return site!(&self);
        }
        if p.mutable && p.passing == Passing::Value {
            site!(mut #declared)
        } else {
            declared.clone()
        }
    });
    let result = sig.result();
    let bound = sig.reverse_bound(rt);
    let back = if halves.boxed { site!(::std::boxed::Box<dyn #bound>) } else { site!(impl #bound) };
    let body = &halves.forward;
    // Who calls the derivative alone uses the function too.
    let primal = &sig.ident;
    let turbofish = sig.turbofish();
    let used = if naming.method.is_some() {
        site!(let _ = Self::#primal #turbofish;)
    } else {
        site!(let _ = #primal #turbofish;)
    };
    let imports = site!(use #rt::rules::*; #used);
    site! {
        #[doc(hidden)]
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> (#result, #back) #where_clause { #imports #body }
    }
}

/// Runs a reverse half; takes a shadow for every reference, wanted or not, so that callers need not know.
///
/// `method` makes it one of the receiver's methods; else a receiver is an argument like the others.
fn reverse(
    sig: &Signature,
    naming: &Naming,
    vis: &TokenStream,
    rt: &TokenStream,
    role: &str,
    method: bool,
) -> TokenStream {
    let head = head(naming);
    let name = naming.hidden(role);
    let bound = sig.reverse_bound(rt);
    let mut params = Vec::new();
    let mut args = Vec::new();
    if let Some(receiver) = sig.receiver().filter(|_| method) {
        params.push(match receiver.passing {
            Passing::Exclusive => site!(&mut self),
            _ => site!(&self),
        });
    }
    params.push(site!(back: impl #bound));
    for p in sig.params.iter().filter(|p| p.passing != Passing::Value) {
        let ident = &p.ident;
        let ty = p.reference_type();
        if p.receiver && method {
            args.push(site!(self));
        } else {
            params.push(site!(#ident: #ty));
            args.push(site!(#ident));
        }
        let shadow = p.shadow_ident();
        if p.active {
            let ty = p.shadow_type(rt, &sig.reals);
            params.push(site!(#shadow: #ty));
            args.push(site!(#shadow));
        } else {
            params.push(site!(#shadow: &mut (impl ?Sized)));
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
                .map(|p| if p.active { cotangent(&p.ty, rt, &sig.reals) } else { site!(()) })
                .collect();
            if types.is_empty() {
                site!(())
            } else {
                site!((#(#types,)*))
            }
        }
    };
    if let Some(p) = by_value_receiver {
        let ty = cotangent(&p.ty, rt, &sig.reals);
        params.insert(
            if method { 2 } else { 1 },
            if p.active { site!(this_bar: &mut #ty) } else { site!(this_bar: &mut (impl ?Sized)) },
        );
    }
    if let Some(seed) = sig.seed(rt) {
        params.push(site!(seed: #seed));
        args.push(site!(seed));
    } else {
        params.push(site!(_seed: ()));
    }
    // A parameter that occurs nowhere could not be inferred.
    let generics = sig.generics_of(&site!(#(#params),*));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let body = match by_value_receiver {
        None => site!(back(#(#args),*)),
        Some(p) => {
            let names: Vec<Ident> = sig
                .params
                .iter()
                .filter(|p| p.passing == Passing::Value && !p.receiver)
                .map(|p| format_ident!("{}_part", p.ident))
                .collect();
            let add = p.active.then(|| site!(#rt::accumulate(this_bar, this_part);));
            site! {
                let (this_part, #(#names,)*) = back(#(#args),*);
                #add
                (#(#names,)*)
            }
        }
    };
    site! {
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
            Passing::Exclusive => site!(&mut *#name),
            _ => name.clone(),
        });
        if p.active {
            let shadow = p.shadow_ident();
            zeros.push(site!(let mut #shadow = #rt::zero(&*#name);));
            args.push(site!(&mut #shadow));
        }
    }
    args.extend(seed);
    let names = sig.params.iter().filter(|p| p.passing == Passing::Value).map(|p| {
        let shadow = p.shadow_ident();
        if p.active {
            site!(#shadow)
        } else {
            site!(_)
        }
    });
    let pattern: Vec<TokenStream> = names.collect();
    let bind = if pattern.is_empty() { site!(()) } else { site!((#(#pattern,)*)) };
    // An exclusive argument holds the primal's result afterwards, as after a call of the primal.
    let exclusive: Vec<&super::Param> =
        sig.params.iter().filter(|p| p.passing == Passing::Exclusive && (p.active || p.is_inert())).collect();
    let (save, restore) = snapshots(&exclusive);
    let active: Vec<Ident> = sig.active().map(|p| p.shadow_ident()).collect();
    let gradient = match active.as_slice() {
        [one] => site!(#one),
        many => site!((#(#many),*)),
    };
    site! {
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
            save.extend(site!(let #kept = (*#name).to_vec();));
            restore.extend(site!(#name.clone_from_slice(&#kept);));
        } else {
            save.extend(site!(let #kept = ::core::clone::Clone::clone(&*#name);));
            restore.extend(site!(*#name = #kept;));
        }
    }
    (save, restore)
}

fn call_forward(sig: &Signature, naming: &Naming) -> TokenStream {
    let name = naming.hidden("__forward");
    let turbofish = sig.turbofish();
    let args = sig.params.iter().filter(|p| !p.receiver).map(|p| p.lent());
    if sig.receiver().is_some() {
        return site!(self.#name #turbofish (#(#args),*));
    }
    site!(Self::#name #turbofish (#(#args),*))
}

fn value_and_grad(sig: &Signature, naming: &Naming, vis: &TokenStream, rt: &TokenStream) -> TokenStream {
    let head = head(naming);
    let name = naming.public("value_and_grad");
    let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
    let params = sig.declared(None);
    let (result, gradient) = (sig.result(), sig.gradient(rt));
    let forward = call_forward(sig, naming);
    let one = if sig.reals.is_empty() { site!(1.0) } else { site!(#rt::lit(1.0)) };
    let pull = pull(sig, Some(one), rt);
    site! {
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
    let turbofish = sig.turbofish();
    let (impl_generics, _, where_clause) = sig.generics.split_for_impl();
    let params = sig.declared(None);
    let gradient = sig.gradient(rt);
    let args: Vec<TokenStream> = sig.params.iter().filter(|p| !p.receiver).map(|p| p.argument()).collect();
    let call = if sig.receiver().is_some() {
        site!(self.#both #turbofish (#(#args),*))
    } else {
        site!(Self::#both #turbofish (#(#args),*))
    };
    site! {
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
    let seed = sig.seed(rt).unwrap_or(site!(()));
    let seed_arg = sig.output.as_ref().map(|_| site!(seed));
    let (length, check) = match sig.has_length() {
        true => (site!(let length = value.len();), site!(#rt::check_len("seed", length, seed.len());)),
        false => (site!(), site!()),
    };
    let pull = pull(sig, seed_arg, rt);
    site! {
        /// The value and the pullback: from the cotangent of the result to those of the active parameters.
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> (#result, impl ::core::ops::FnOnce(#seed) -> #gradient + 'p) #where_clause {
            let (value, back) = #forward;
            #length
            (value, move |seed: #seed| { #check #pull })
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
    let mut late = Vec::new();
    let mut args = Vec::new();
    let mut adds = Vec::new();
    let mut parts = Vec::new();
    for (p, declared) in sig.params.iter().zip(&declared) {
        params.push(declared.clone());
        let shadow = p.shadow_ident();
        let argument = p.argument();
        if p.active {
            let ty = p.shadow_type(rt, &sig.reals);
            params.push(site!(#shadow: #ty));
            let label = if p.receiver { "self".to_string() } else { p.ident.to_string() };
            let value = if p.passing == Passing::Value { site!(&#argument) } else { site!(&*#argument) };
            let check = site!(#rt::check_shadow(#label, #value, &*#shadow););
            // The shadow of something that may grow is that of what the function leaves behind.
            if p.passing == Passing::Exclusive && !p.is_slice() {
                late.push(check)
            } else {
                checks.push(check)
            }
        }
        if p.passing == Passing::Value {
            let part = format_ident!("{}_part", p.ident);
            if p.active {
                adds.push(site!(#rt::accumulate(&mut *#shadow, #part);));
                parts.push(site!(#part));
            } else {
                parts.push(site!(_));
            }
        } else {
            args.push(match p.passing {
                Passing::Exclusive => site!(&mut *#argument),
                _ => argument.clone(),
            });
            if p.active {
                args.push(site!(&mut *#shadow));
            }
        }
    }
    if let Some(seed) = sig.seed(rt) {
        params.push(site!(seed: #seed));
        args.push(site!(seed));
        if sig.has_length() {
            late.push(site!(#rt::check_len("seed", value.len(), seed.len());));
        }
    }
    let bind = if parts.is_empty() { site!(()) } else { site!((#(#parts,)*)) };
    let result = sig.result();
    let forward = call_forward(sig, naming);
    let exclusive: Vec<&super::Param> =
        sig.params.iter().filter(|p| p.passing == Passing::Exclusive && (p.active || p.is_inert())).collect();
    let (save, restore) = snapshots(&exclusive);
    site! {
        /// Adds to the shadows of the active parameters; the seed is the cotangent of the result.
        ///
        /// # Panics
        /// Where a shadow has another shape than its parameter, before anything is written.
        #head
        #[inline]
        #vis fn #name #impl_generics (#(#params),*) -> #result #where_clause {
            #(#checks)*
            let (value, back) = #forward;
            #(#late)*
            #save
            let #bind = back(#(#args),*);
            #restore
            #(#adds)*
            value
        }
    }
}
