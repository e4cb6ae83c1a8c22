//! The user's signature and what follows from it: cotangent types, shadow types, parameter lists.

use crate::ir::{Func, Passing, Ty, VarId};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, ToTokens};
use syn::visit_mut::VisitMut;

/// One parameter.
#[derive(Clone)]
pub struct Param {
    /// The name in generated signatures.
    pub ident: Ident,
    /// The type as written (for `self`, `Self` under the receiver's reference).
    pub ty: syn::Type,
    /// By value or by reference.
    pub passing: Passing,
    /// Carries a derivative.
    pub active: bool,
    /// Is the receiver.
    pub receiver: bool,
    /// `mut` on the pattern.
    pub mutable: bool,
}

/// A function's signature.
#[derive(Clone)]
pub struct Signature {
    /// Its name.
    pub ident: Ident,
    /// Parameters in order.
    pub params: Vec<Param>,
    /// The result type; `None` for `()`.
    pub output: Option<syn::Type>,
    /// The result is a real scalar.
    pub scalar: bool,
    /// Type and const parameters, lifetimes left out.
    pub generics: syn::Generics,
    /// The type parameters bounded by `Real`.
    pub reals: Vec<String>,
}

impl Signature {
    /// Reads a signature; `constant` marks parameters under `#[no_grad]`.
    pub fn new(sig: &syn::Signature, constant: &[bool]) -> Signature {
        let reals = crate::lower::real_parameters(sig);
        let mut generics = sig.generics.clone();
        generics.params =
            generics.params.into_iter().filter(|p| !matches!(p, syn::GenericParam::Lifetime(_))).collect();
        let params = sig
            .inputs
            .iter()
            .enumerate()
            .map(|(i, input)| Param::new(input, i, constant.get(i).copied().unwrap_or(false), &reals))
            .collect();
        let output = match &sig.output {
            syn::ReturnType::Default => None,
            syn::ReturnType::Type(_, ty) if matches!(&**ty, syn::Type::Tuple(t) if t.elems.is_empty()) => {
                None
            }
            syn::ReturnType::Type(_, ty) => Some(without_lifetimes(ty)),
        };
        let scalar = output.as_ref().is_some_and(|ty| Ty::parse(ty, &reals).is_real());
        Signature { ident: sig.ident.clone(), params, output, scalar, generics, reals }
    }

    /// `::<T, N>`, naming every parameter: some cannot be inferred.
    pub fn turbofish(&self) -> TokenStream {
        let names = self.generics.params.iter().filter_map(|p| match p {
            syn::GenericParam::Type(t) => Some(t.ident.to_token_stream()),
            syn::GenericParam::Const(c) => Some(c.ident.to_token_stream()),
            syn::GenericParam::Lifetime(_) => None,
        });
        if self.generics.params.is_empty() {
            site!()
        } else {
            site!(::<#(#names),*>)
        }
    }

    /// The generic parameters that occur in `code`.
    pub fn generics_of(&self, code: &TokenStream) -> syn::Generics {
        let mut generics = self.generics.clone();
        generics.params = generics
            .params
            .into_iter()
            .filter(|p| match p {
                syn::GenericParam::Type(t) => mentions(code.clone(), &t.ident),
                syn::GenericParam::Const(c) => mentions(code.clone(), &c.ident),
                syn::GenericParam::Lifetime(_) => false,
            })
            .collect();
        if generics.params.is_empty() {
            generics.where_clause = None;
        }
        generics
    }

    /// Whether the result is something whose length the seed must have.
    pub fn has_length(&self) -> bool {
        self.output.as_ref().is_some_and(|ty| matches!(Ty::parse(ty, &self.reals), Ty::Vec(_) | Ty::Matrix))
    }

    /// The receiver, if this is a method.
    pub fn receiver(&self) -> Option<&Param> {
        self.params.first().filter(|p| p.receiver)
    }

    /// Active parameters in order.
    pub fn active(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|p| p.active)
    }

    /// The result type.
    pub fn result(&self) -> TokenStream {
        self.output.as_ref().map_or(site!(()), ToTokens::to_token_stream)
    }

    /// The type of the seed; `None` where the result is `()`.
    pub fn seed(&self, rt: &TokenStream) -> Option<TokenStream> {
        self.output.as_ref().map(|ty| cotangent(ty, rt, &self.reals))
    }

    /// The tuple of active cotangents, bare where there is one.
    pub fn gradient(&self, rt: &TokenStream) -> TokenStream {
        let types: Vec<TokenStream> = self.active().map(|p| cotangent(&p.ty, rt, &self.reals)).collect();
        match types.as_slice() {
            [one] => one.clone(),
            many => site!((#(#many),*)),
        }
    }

    /// Parameters as declared in a generated function.
    pub fn declared(&self, lifetime: Option<&syn::Lifetime>) -> Vec<TokenStream> {
        self.params.iter().map(|p| p.declared(lifetime)).collect()
    }

    /// Types of the reverse half's parameters after the closure itself.
    fn reverse_params(&self, rt: &TokenStream) -> Vec<(Ident, Ident, TokenStream, Option<TokenStream>)> {
        self.params
            .iter()
            .filter(|p| p.passing != Passing::Value)
            .map(|p| {
                let shadow = p.active.then(|| p.shadow_type(rt, &self.reals));
                (p.ident.clone(), p.shadow_ident(), p.reference_type(), shadow)
            })
            .collect()
    }

    /// `FnOnce(…) -> (…)` of the reverse half.
    pub fn reverse_bound(&self, rt: &TokenStream) -> TokenStream {
        let mut types = Vec::new();
        for (_, _, ty, shadow) in self.reverse_params(rt) {
            types.push(ty);
            types.extend(shadow);
        }
        types.extend(self.seed(rt));
        let returned = self.reverse_result(rt);
        site!(::core::ops::FnOnce(#(#types),*) -> #returned)
    }

    /// The cotangents of parameters passed by value, `()` where there is none.
    pub fn reverse_result(&self, rt: &TokenStream) -> TokenStream {
        let by_value: Vec<TokenStream> = self
            .params
            .iter()
            .filter(|p| p.passing == Passing::Value)
            .map(|p| if p.active { cotangent(&p.ty, rt, &self.reals) } else { site!(()) })
            .collect();
        if by_value.is_empty() {
            site!(())
        } else {
            site!((#(#by_value,)*))
        }
    }

    /// Parameters of the reverse closure with the names that its body uses.
    pub fn reverse_closure_params(
        &self,
        func: &Func,
        shadow: &dyn Fn(VarId) -> Option<Ident>,
        seed: Option<Ident>,
        rt: &TokenStream,
    ) -> TokenStream {
        let mut out = Vec::new();
        for (p, var) in self.params.iter().zip(&func.params) {
            if p.passing == Passing::Value {
                continue;
            }
            let name = &func.var(*var).ident;
            let ty = p.reference_type();
            out.push(site!(#name: #ty));
            if p.active {
                let name = shadow(*var).unwrap_or_else(|| p.shadow_ident());
                let ty = p.shadow_type(rt, &self.reals);
                out.push(site!(#name: #ty));
            }
        }
        if let (Some(seed), Some(ty)) = (seed, self.seed(rt)) {
            out.push(site!(#seed: #ty));
        } else if let Some(ty) = self.seed(rt) {
            out.push(site!(_: #ty));
        }
        site!(#(#out),*)
    }
}

impl Param {
    fn new(input: &syn::FnArg, i: usize, constant: bool, reals: &[String]) -> Param {
        match input {
            syn::FnArg::Receiver(r) => {
                let passing = match (&r.reference, &r.mutability) {
                    (None, _) => Passing::Value,
                    (Some(_), None) => Passing::Shared,
                    (Some(_), Some(_)) => Passing::Exclusive,
                };
                let ident = Ident::new("this", Span::mixed_site());
                Param {
                    ident,
                    ty: syn::parse_quote!(Self),
                    passing,
                    active: !constant,
                    receiver: true,
                    mutable: false,
                }
            }
            syn::FnArg::Typed(t) => {
                let (ident, mutable) = match &*t.pat {
                    syn::Pat::Ident(p) if p.subpat.is_none() => (p.ident.clone(), p.mutability.is_some()),
                    _ => (format_ident!("arg{}", i, span = Span::mixed_site()), false),
                };
                let (passing, ty) = match &*t.ty {
                    syn::Type::Reference(r) if r.mutability.is_some() => (Passing::Exclusive, &*r.elem),
                    syn::Type::Reference(r) => (Passing::Shared, &*r.elem),
                    ty => (Passing::Value, ty),
                };
                let active = !constant && !Ty::parse(ty, reals).is_inert();
                Param { ident, ty: without_lifetimes(ty), passing, active, receiver: false, mutable }
            }
        }
    }

    /// `x: &T`
    fn declared(&self, lifetime: Option<&syn::Lifetime>) -> TokenStream {
        let ident = &self.ident;
        if self.receiver {
            return match self.passing {
                Passing::Value => site!(self),
                Passing::Shared => site!(&#lifetime self),
                Passing::Exclusive => site!(&#lifetime mut self),
            };
        }
        let ty = match lifetime {
            Some(l) => with_lifetime(&self.ty, l),
            None => self.ty.clone(),
        };
        match self.passing {
            Passing::Value => site!(#ident: #ty),
            Passing::Shared => site!(#ident: &#lifetime #ty),
            Passing::Exclusive => site!(#ident: &#lifetime mut #ty),
        }
    }

    /// The name that holds the argument in a generated wrapper.
    pub fn argument(&self) -> TokenStream {
        if self.receiver {
            site!(self)
        } else {
            self.ident.to_token_stream()
        }
    }

    /// The argument handed on without giving it away.
    pub fn lent(&self) -> TokenStream {
        let name = self.argument();
        match self.passing {
            Passing::Exclusive => site!(&mut *#name),
            _ => name,
        }
    }

    /// The name of its shadow.
    pub fn shadow_ident(&self) -> Ident {
        format_ident!("{}_bar", self.ident, span = self.ident.span().resolved_at(Span::mixed_site()))
    }

    /// The parameter's type when it is handed again to the reverse half.
    pub fn reference_type(&self) -> TokenStream {
        let ty = &self.ty;
        match self.passing {
            Passing::Exclusive => site!(&mut #ty),
            _ => site!(&#ty),
        }
    }

    /// The type of its shadow as a parameter.
    pub fn shadow_type(&self, rt: &TokenStream, reals: &[String]) -> TokenStream {
        let element = match &self.ty {
            syn::Type::Slice(s) => Some((*s.elem).clone()),
            ty if self.passing != Passing::Exclusive => vec_element(ty),
            _ => None,
        };
        match element {
            Some(element) => {
                let element = cotangent(&element, rt, reals);
                site!(&mut [#element])
            }
            None => {
                let ty = cotangent(&self.ty, rt, reals);
                site!(&mut #ty)
            }
        }
    }

    /// Whether the type is known to carry no derivative.
    pub fn is_inert(&self) -> bool {
        Ty::parse(&self.ty, &[]).is_inert()
    }

    /// Whether the referent is a slice, which is written element by element.
    pub fn is_slice(&self) -> bool {
        matches!(self.ty, syn::Type::Slice(_))
    }
}

fn mentions(code: TokenStream, name: &Ident) -> bool {
    code.into_iter().any(|t| match t {
        proc_macro2::TokenTree::Ident(i) => i == *name,
        proc_macro2::TokenTree::Group(g) => mentions(g.stream(), name),
        _ => false,
    })
}

fn vec_element(ty: &syn::Type) -> Option<syn::Type> {
    let syn::Type::Path(p) = ty else { return None };
    let last = p.path.segments.last()?;
    if last.ident != "Vec" {
        return None;
    }
    match &last.arguments {
        syn::PathArguments::AngleBracketed(a) => a.args.iter().find_map(|a| match a {
            syn::GenericArgument::Type(t) => Some(t.clone()),
            _ => None,
        }),
        _ => None,
    }
}

/// The cotangent type of a type, written out where that is shorter to read.
pub fn cotangent(ty: &syn::Type, rt: &TokenStream, reals: &[String]) -> TokenStream {
    let parsed = Ty::parse(ty, reals);
    if parsed.is_inert() {
        return site!(());
    }
    match ty {
        syn::Type::Reference(r) => cotangent(&r.elem, rt, reals),
        syn::Type::Paren(p) => cotangent(&p.elem, rt, reals),
        syn::Type::Group(g) => cotangent(&g.elem, rt, reals),
        syn::Type::Slice(s) => {
            let element = cotangent(&s.elem, rt, reals);
            site!(::std::vec::Vec<#element>)
        }
        syn::Type::Array(a) => {
            let (element, len) = (cotangent(&a.elem, rt, reals), &a.len);
            site!([#element; #len])
        }
        syn::Type::Tuple(t) => {
            let parts = t.elems.iter().map(|e| cotangent(e, rt, reals));
            site!((#(#parts,)*))
        }
        _ if parsed.is_real() => ty.to_token_stream(),
        _ => match (vec_element(ty), &parsed) {
            (Some(element), _) => {
                let element = cotangent(&element, rt, reals);
                site!(::std::vec::Vec<#element>)
            }
            _ => {
                let ty = with_lifetime(ty, &syn::parse_quote!('static));
                site!(<#ty as #rt::Differentiable>::Cotangent)
            }
        },
    }
}

/// The type with every named lifetime left to be inferred.
fn without_lifetimes(ty: &syn::Type) -> syn::Type {
    struct Strip;
    impl VisitMut for Strip {
        fn visit_type_reference_mut(&mut self, r: &mut syn::TypeReference) {
            if r.lifetime.as_ref().is_some_and(|l| l.ident != "static") {
                r.lifetime = None;
            }
            syn::visit_mut::visit_type_reference_mut(self, r);
        }
        fn visit_lifetime_mut(&mut self, l: &mut syn::Lifetime) {
            if l.ident != "static" {
                l.ident = Ident::new("_", l.ident.span());
            }
        }
    }
    let mut ty = ty.clone();
    Strip.visit_type_mut(&mut ty);
    ty
}

/// The type with every open lifetime given a name.
fn with_lifetime(ty: &syn::Type, lifetime: &syn::Lifetime) -> syn::Type {
    struct Name<'a>(&'a syn::Lifetime);
    impl VisitMut for Name<'_> {
        fn visit_type_reference_mut(&mut self, r: &mut syn::TypeReference) {
            if r.lifetime.is_none() {
                r.lifetime = Some(self.0.clone());
            }
            syn::visit_mut::visit_type_mut(self, &mut r.elem);
        }
        fn visit_lifetime_mut(&mut self, l: &mut syn::Lifetime) {
            if l.ident == "_" {
                *l = self.0.clone();
            }
        }
    }
    let mut ty = ty.clone();
    Name(lifetime).visit_type_mut(&mut ty);
    ty
}
