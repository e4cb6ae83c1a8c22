//! `#[derive(Differentiable)]`: a cotangent struct with the same field names, and its vector space.
//!
//! For `struct P { a: f64, n: usize, #[no_grad] note: Note }` this generates
//! `struct PCotangent { a: f64, n: (), note: () }`, each field spelt as the projection
//! `<f64 as Differentiable>::Cotangent` that rustc resolves, and then
//!
//! | for | what |
//! |---|---|
//! | `P` | `Differentiable`, `Perturb` |
//! | `PCotangent` | `Clone`, `Debug`, `PartialEq`, `Differentiable<Cotangent = Self>`, `Cotangent`, `AddTo`, `Perturb` |
//!
//! The parameters of `P` that no active field mentions are left out of `PCotangent`, where they would be
//! unused. An active field whose type mentions a type parameter bounds that type by `Differentiable`; a type
//! that mentions the struct itself would make such a bound circular, so there its parameters are bounded.

use crate::diagnostics::Errors;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned, ToTokens};
use std::collections::HashSet;
use syn::spanned::Spanned;
use syn::{
    parse_quote, Attribute, Data, DeriveInput, Fields, GenericParam, Generics, Index, Member, Meta, Path,
    Type, Visibility, WherePredicate,
};

/// Expands `#[derive(Differentiable)]`. Errors are part of the output, beside whatever spares the user
/// secondary errors.
pub fn expand(input: DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let krate = krate(&input.attrs, &mut errors);
    let output = match structure(&input, &mut errors) {
        Some(fields) => Struct::new(&input, fields, krate).expand(),
        None => without_derivative(&input, &krate),
    };
    let errors = errors.finish();
    quote!(#output #errors)
}

/// The path to the hidden module: of `::pullback`, or of what `#[differentiable(crate = path)]` names.
fn krate(attributes: &[Attribute], errors: &mut Errors) -> TokenStream {
    let mut krate: Path = parse_quote!(::pullback);
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("differentiable")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("crate") {
                return Err(meta.error(
                    "unknown argument of `#[differentiable]`\n\nhint: the only argument is `crate = some::path`",
                ));
            }
            krate = meta.value()?.call(Path::parse_mod_style)?;
            Ok(())
        });
        if let Err(error) = parsed {
            errors.push(error);
        }
    }
    quote!(#krate::__private)
}

/// The fields of a struct, after every check on them.
fn structure<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Vec<Field<'a>>> {
    let data = match &input.data {
        Data::Struct(data) => data,
        Data::Enum(data) => {
            errors.at(
                data.enum_token,
                "`Differentiable` cannot be derived for an enum",
                "put the numbers into a struct; `Option<T>`, `Result<T, E>` and tuples are differentiable as they are",
            );
            return None;
        }
        Data::Union(data) => {
            errors.at(
                data.union_token,
                "`Differentiable` cannot be derived for a union",
                "use a struct with one field for each number",
            );
            return None;
        }
    };
    let fields = data.fields.iter().enumerate().map(|(index, field)| {
        let mut active = true;
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("no_grad")) {
            active = false;
            if !matches!(attribute.meta, Meta::Path(_)) {
                errors.at(attribute, "`#[no_grad]` on a field takes no arguments", "write `#[no_grad]`");
            }
        }
        if let (true, Type::Reference(reference)) = (active, &field.ty) {
            errors.at(
                reference.and_token,
                "a differentiable struct cannot borrow its fields",
                "own the data (`Vec<f64>` instead of `&[f64]`), or mark the field `#[no_grad]`",
            );
            active = false;
        }
        let member = match &field.ident {
            Some(ident) => Member::Named(ident.clone()),
            None => Member::Unnamed(Index { index: index as u32, span: field.ty.span() }),
        };
        Field { member, vis: &field.vis, ty: &field.ty, active, generic: false, recursive: false }
    });
    Some(fields.collect())
}

/// One field of the struct.
struct Field<'a> {
    member: Member,
    vis: &'a Visibility,
    ty: &'a Type,
    /// Not `#[no_grad]`.
    active: bool,
    /// The type mentions a type parameter of the struct.
    generic: bool,
    /// The type mentions the struct.
    recursive: bool,
}

/// A checked struct, and the names that its expansion is written with.
struct Struct<'a> {
    input: &'a DeriveInput,
    fields: Vec<Field<'a>>,
    krate: TokenStream,
    cotangent: Ident,
    /// The parameters and the where clause of the cotangent struct.
    generics: Generics,
}

impl<'a> Struct<'a> {
    fn new(input: &'a DeriveInput, mut fields: Vec<Field<'a>>, krate: TokenStream) -> Self {
        let type_params: HashSet<String> =
            input.generics.type_params().map(|p| p.ident.to_string()).collect();
        let mut mentioned = HashSet::new();
        for field in fields.iter_mut().filter(|field| field.active) {
            let mut names = HashSet::new();
            collect_names(field.ty.to_token_stream(), &mut names);
            field.generic = !type_params.is_disjoint(&names);
            field.recursive = names.contains(&input.ident.to_string());
            mentioned.extend(names);
        }
        let mut generics = retained(&input.generics, &mentioned);
        let bounds = bounds(&fields, &generics, &krate);
        if !bounds.is_empty() {
            generics.make_where_clause().predicates.extend(bounds);
        }
        let cotangent = format_ident!("{}Cotangent", input.ident);
        Struct { input, fields, krate, cotangent, generics }
    }

    fn expand(&self) -> TokenStream {
        let definition = self.definition();
        let standard = self.standard_traits();
        let primal = self.primal();
        let cotangent = self.cotangent_space();
        let perturb = self.perturb();
        quote!(#definition #standard #primal #cotangent #perturb)
    }

    fn active(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.active)
    }

    /// The type of a field of the cotangent struct.
    fn cotangent_type(&self, field: &Field) -> TokenStream {
        let (krate, ty) = (&self.krate, field.ty);
        match field.active {
            true => quote_spanned!(ty.span()=> <#ty as #krate::Differentiable>::Cotangent),
            false => quote!(()),
        }
    }

    /// `struct PCotangent { … }`, with the visibility, the field names and the field visibilities of `P`.
    fn definition(&self) -> TokenStream {
        let Struct { input, cotangent, .. } = self;
        let vis = &input.vis;
        let doc = format!(
            "The cotangent of [`{}`]: the derivative with respect to each of its fields.",
            input.ident
        );
        let fields = self.fields.iter().map(|field| {
            let (vis, member, ty) = (field.vis, &field.member, self.cotangent_type(field));
            let doc = format!("The derivative with respect to `{}`.", member.to_token_stream());
            match member {
                Member::Named(name) => quote!(#[doc = #doc] #vis #name: #ty),
                Member::Unnamed(_) => quote!(#[doc = #doc] #vis #ty),
            }
        });
        // `derive` would bound the parameters themselves, which says nothing about their cotangents.
        let derives = match self.is_generic() {
            false => quote!(#[derive(Clone, Debug, PartialEq)]),
            true => TokenStream::new(),
        };
        let default = match self.fields.iter().all(|field| !field.active || has_default(field.ty))
            && !self.is_generic()
        {
            true => quote!(#[derive(Default)]),
            false => TokenStream::new(),
        };
        let generics = &self.generics;
        let where_clause = &self.generics.where_clause;
        let body = match data_fields(input) {
            Fields::Named(_) => quote!(#generics #where_clause { #(#fields),* }),
            Fields::Unnamed(_) => quote!(#generics (#(#fields),*) #where_clause;),
            Fields::Unit => quote!(#generics #where_clause;),
        };
        quote!(#[doc = #doc] #derives #default #vis struct #cotangent #body)
    }

    fn is_generic(&self) -> bool {
        self.generics.type_params().next().is_some()
    }

    /// `Clone`, `Debug` and `PartialEq` of a generic cotangent struct.
    fn standard_traits(&self) -> TokenStream {
        if !self.is_generic() {
            return TokenStream::new();
        }
        let cotangent = &self.cotangent;
        let (parameters, arguments, bounds) = self.generics.split_for_impl();
        let members: Vec<_> = self.fields.iter().map(|field| &field.member).collect();
        let names = members.iter().map(|member| member.to_token_stream().to_string());
        let name = cotangent.to_string();
        let equal = conjunction(members.iter().map(|member| quote!(self.#member == other.#member)));
        quote! {
            #[automatically_derived]
            impl #parameters ::core::clone::Clone for #cotangent #arguments #bounds {
                fn clone(&self) -> Self {
                    #cotangent { #(#members: ::core::clone::Clone::clone(&self.#members)),* }
                }
            }

            #[automatically_derived]
            impl #parameters ::core::fmt::Debug for #cotangent #arguments #bounds {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.debug_struct(#name) #(.field(#names, &self.#members))* .finish()
                }
            }

            #[automatically_derived]
            impl #parameters ::core::cmp::PartialEq for #cotangent #arguments #bounds {
                fn eq(&self, other: &Self) -> bool {
                    #equal
                }
            }
        }
    }

    /// `impl Differentiable for P`
    fn primal(&self) -> TokenStream {
        let krate = &self.krate;
        let (ident, cotangent) = (&self.input.ident, &self.cotangent);
        let mut generics = self.input.generics.clone();
        if let Some(clause) = &self.generics.where_clause {
            generics.make_where_clause().predicates = clause.predicates.clone();
        }
        if let Some(clause) = &self.input.generics.where_clause {
            let predicates = &mut generics.make_where_clause().predicates;
            let known: HashSet<String> = predicates.iter().map(|p| p.to_token_stream().to_string()).collect();
            predicates.extend(
                clause
                    .predicates
                    .iter()
                    .filter(|p| !known.contains(&p.to_token_stream().to_string()))
                    .cloned(),
            );
        }
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let (_, cotangent_arguments, _) = self.generics.split_for_impl();
        let zeros = self.fields.iter().map(|field| {
            let member = &field.member;
            match field.active {
                true => quote!(#member: #krate::Differentiable::zero_cotangent(&self.#member)),
                false => quote!(#member: ()),
            }
        });
        let rigid = conjunction(self.active().map(|field| {
            let ty = field.ty;
            match field.recursive {
                true => quote!(false),
                false => quote!(<#ty as #krate::Differentiable>::RIGID),
            }
        }));
        let extents = self.extents();
        quote! {
            #[automatically_derived]
            impl #parameters #krate::Differentiable for #ident #arguments #bounds {
                type Cotangent = #cotangent #cotangent_arguments;
                const RIGID: bool = #rigid;

                #[inline]
                fn zero_cotangent(&self) -> Self::Cotangent {
                    #cotangent { #(#zeros),* }
                }

                #extents
            }
        }
    }

    /// The method that reports the shape of the active fields, the same for `P` and for `PCotangent`.
    fn extents(&self) -> TokenStream {
        let krate = &self.krate;
        let members: Vec<_> = self.active().map(|field| &field.member).collect();
        if members.is_empty() {
            return TokenStream::new();
        }
        quote! {
            #[inline]
            fn extents(&self, report: &mut dyn ::core::ops::FnMut(#krate::Extent)) {
                #(#krate::Differentiable::extents(&self.#members, report);)*
            }
        }
    }

    /// `PCotangent` as a vector space.
    fn cotangent_space(&self) -> TokenStream {
        let krate = &self.krate;
        let cotangent = &self.cotangent;
        let (parameters, arguments, bounds) = self.generics.split_for_impl();
        let active: Vec<_> = self.active().map(|field| &field.member).collect();
        let zeros = self.fields.iter().map(|field| {
            let member = &field.member;
            match field.active {
                true => quote!(#member: #krate::Differentiable::zero_cotangent(&self.#member)),
                false => quote!(#member: ()),
            }
        });
        let rigid = conjunction(self.active().map(|field| {
            let ty = self.cotangent_type(field);
            match field.recursive {
                true => quote!(false),
                false => quote!(<#ty as #krate::Differentiable>::RIGID),
            }
        }));
        let mismatch = format!("cotangents of `{}` of different shapes were added", self.input.ident);
        let methods = match active.is_empty() {
            true => quote! {
                fn accumulate(&mut self, _: &Self) {}
                fn clear(&mut self) {}
            },
            false => quote! {
                #[inline]
                fn same_shape(&self, other: &Self) -> bool {
                    #(#krate::Cotangent::same_shape(&self.#active, &other.#active))&&*
                }

                #[inline]
                fn accumulate(&mut self, other: &Self) {
                    ::core::assert!(#krate::Cotangent::same_shape(self, other), #mismatch);
                    #(#krate::Cotangent::accumulate(&mut self.#active, &other.#active);)*
                }

                #[inline]
                fn clear(&mut self) {
                    #(#krate::Cotangent::clear(&mut self.#active);)*
                }
            },
        };
        let extents = self.extents();
        quote! {
            #[automatically_derived]
            impl #parameters #krate::Differentiable for #cotangent #arguments #bounds {
                type Cotangent = Self;
                const RIGID: bool = #rigid;

                #[inline]
                fn zero_cotangent(&self) -> Self {
                    #cotangent { #(#zeros),* }
                }

                #extents
            }

            #[automatically_derived]
            impl #parameters #krate::Cotangent for #cotangent #arguments #bounds {
                #methods
            }

            #[automatically_derived]
            impl #parameters #krate::AddTo<#cotangent #arguments> for #cotangent #arguments #bounds {
                #[inline]
                fn add_to(self, shadow: &mut #cotangent #arguments) {
                    #krate::Cotangent::accumulate(shadow, &self);
                }
            }

            #[automatically_derived]
            impl #parameters #krate::AddTo<#cotangent #arguments> for &#cotangent #arguments #bounds {
                #[inline]
                fn add_to(self, shadow: &mut #cotangent #arguments) {
                    #krate::Cotangent::accumulate(shadow, self);
                }
            }

            #[automatically_derived]
            impl #parameters #krate::AddTo<()> for #cotangent #arguments #bounds {
                #[inline]
                fn add_to(self, (): &mut ()) {}
            }

            #[automatically_derived]
            impl #parameters #krate::AddTo<()> for &#cotangent #arguments #bounds {
                #[inline]
                fn add_to(self, (): &mut ()) {}
            }
        }
    }

    /// `impl Perturb` for both, which is what `check_gradient` needs.
    ///
    /// The bounds of a generic struct ask for it field by field. Elsewhere a probe finds out whether a field's type
    /// can be perturbed.
    fn perturb(&self) -> TokenStream {
        let krate = &self.krate;
        let visits: Vec<_> = self
            .active()
            .map(|field| {
                let member = &field.member;
                match field.generic && !field.recursive {
                    true => quote!(#krate::Perturb::each_scalar(&mut self.#member, visit);),
                    false => quote!(#krate::perturb!(&mut self.#member, visit);),
                }
            })
            .collect();
        let visit = match visits.is_empty() {
            true => quote!(_),
            false => quote!(visit),
        };
        let implementation = |ident: &Ident, generics: &Generics, ty: &dyn Fn(&Field) -> TokenStream| {
            let mut generics = generics.clone();
            let generic = self.active().filter(|field| field.generic && !field.recursive).map(ty);
            let bounds: Vec<WherePredicate> = generic.map(|ty| parse_quote!(#ty: #krate::Perturb)).collect();
            if !bounds.is_empty() {
                generics.make_where_clause().predicates.extend(bounds);
            }
            let (parameters, arguments, bounds) = generics.split_for_impl();
            quote! {
                #[automatically_derived]
                impl #parameters #krate::Perturb for #ident #arguments #bounds {
                    fn each_scalar(&mut self, #visit: &mut dyn ::core::ops::FnMut(&mut f64)) {
                        #(#visits)*
                    }
                }
            }
        };
        let primal =
            implementation(&self.input.ident, &self.input.generics, &|field| field.ty.to_token_stream());
        let cotangent = implementation(&self.cotangent, &self.generics, &|field| self.cotangent_type(field));
        quote!(#primal #cotangent)
    }
}

/// The implementation that stands in for an input that was refused.
fn without_derivative(input: &DeriveInput, krate: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let (parameters, arguments, bounds) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #parameters #krate::Differentiable for #ident #arguments #bounds {
            type Cotangent = ();

            fn zero_cotangent(&self) {}
        }
    }
}

fn data_fields(input: &DeriveInput) -> &Fields {
    match &input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(_) | Data::Union(_) => &Fields::Unit,
    }
}

/// `a && b && …`, `true` if there is nothing to say.
fn conjunction(terms: impl Iterator<Item = TokenStream>) -> TokenStream {
    let terms: Vec<_> = terms.collect();
    match terms.is_empty() {
        true => quote!(true),
        false => quote!(#(#terms)&&*),
    }
}

/// Collects every identifier and lifetime name in `tokens`.
fn collect_names(tokens: TokenStream, names: &mut HashSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                names.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect_names(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn parameter_name(parameter: &GenericParam) -> &Ident {
    match parameter {
        GenericParam::Type(parameter) => &parameter.ident,
        GenericParam::Lifetime(parameter) => &parameter.lifetime.ident,
        GenericParam::Const(parameter) => &parameter.ident,
    }
}

/// The parameters that are mentioned, and the predicates that speak of no others.
fn retained(generics: &Generics, mentioned: &HashSet<String>) -> Generics {
    let is_mentioned = |parameter: &&GenericParam| mentioned.contains(&parameter_name(parameter).to_string());
    let dropped: HashSet<String> = generics
        .params
        .iter()
        .filter(|parameter| !is_mentioned(parameter))
        .map(|parameter| parameter_name(parameter).to_string())
        .collect();
    let mut retained = Generics {
        params: generics.params.iter().filter(is_mentioned).cloned().collect(),
        ..generics.clone()
    };
    if retained.params.is_empty() {
        retained.lt_token = None;
        retained.gt_token = None;
    }
    if let Some(clause) = &mut retained.where_clause {
        clause.predicates = std::mem::take(&mut clause.predicates)
            .into_iter()
            .filter(|predicate| {
                let mut names = HashSet::new();
                collect_names(predicate.to_token_stream(), &mut names);
                names.is_disjoint(&dropped)
            })
            .collect();
    }
    retained
}

/// What the generic fields ask of their types.
fn bounds(fields: &[Field], generics: &Generics, krate: &TokenStream) -> Vec<WherePredicate> {
    let mut bounds = Vec::new();
    for field in fields.iter().filter(|field| field.active && field.generic) {
        let ty = field.ty;
        if !field.recursive {
            bounds.push(parse_quote!(#ty: #krate::Differentiable));
            continue;
        }
        for parameter in generics.type_params() {
            let mut names = HashSet::new();
            collect_names(ty.to_token_stream(), &mut names);
            if names.contains(&parameter.ident.to_string()) {
                let parameter = &parameter.ident;
                bounds.push(parse_quote!(#parameter: #krate::Differentiable));
            }
        }
    }
    bounds
}

/// Whether the cotangent of a type is sure to have a `Default`, as far as its spelling tells.
fn has_default(ty: &Type) -> bool {
    const LEAVES: [&str; 18] = [
        "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
        "bool", "char", "String", "Vec",
    ];
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            path.qself.is_none() && (LEAVES.iter().any(|leaf| last.ident == leaf) || last.ident == "Option")
        }),
        Type::Tuple(tuple) => tuple.elems.iter().all(has_default),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first item of the expansion: the cotangent struct, without its documentation.
    fn cotangent(input: DeriveInput) -> String {
        let file: syn::File = syn::parse2(expand(input)).expect("items");
        let Some(syn::Item::Struct(mut item)) = file.items.into_iter().next() else {
            panic!("a struct first")
        };
        item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
        item.fields.iter_mut().for_each(|field| field.attrs.clear());
        item.to_token_stream().to_string()
    }

    #[test]
    fn fields_keep_their_names_and_visibilities() {
        let input = parse_quote! {
            #[differentiable(crate = other)]
            pub struct P { pub a: f64, #[no_grad] pub(crate) note: Note, n: usize }
        };
        let expected: syn::ItemStruct = parse_quote! {
            #[derive(Clone, Debug, PartialEq)]
            #[derive(Default)]
            pub struct PCotangent {
                pub a: <f64 as other::__private::Differentiable>::Cotangent,
                pub(crate) note: (),
                n: <usize as other::__private::Differentiable>::Cotangent
            }
        };
        assert_eq!(cotangent(input), expected.to_token_stream().to_string());
    }

    #[test]
    fn parameters_that_no_active_field_mentions_are_left_out() {
        let input = parse_quote! {
            struct P<'a, T: Real, U, const N: usize>([T; N], #[no_grad] &'a U) where U: Clone, T: Copy;
        };
        let expected: syn::ItemStruct = parse_quote! {
            struct PCotangent<T: Real, const N: usize>(
                <[T; N] as ::pullback::__private::Differentiable>::Cotangent,
                ()
            ) where T: Copy, [T; N]: ::pullback::__private::Differentiable;
        };
        assert_eq!(cotangent(input), expected.to_token_stream().to_string());
    }

    #[test]
    fn what_cannot_be_derived_is_refused_with_a_stand_in() {
        let refused: [(DeriveInput, &str); 4] = [
            (
                parse_quote!(
                    enum E {
                        A(f64),
                    }
                ),
                "cannot be derived for an enum",
            ),
            (parse_quote!(union U { x: f64 }), "cannot be derived for a union"),
            (
                parse_quote!(
                    struct S<'a> {
                        x: &'a [f64],
                    }
                ),
                "cannot borrow its fields",
            ),
            (
                parse_quote!(
                    struct S {
                        #[no_grad(1)]
                        x: f64,
                    }
                ),
                "takes no arguments",
            ),
        ];
        for (input, message) in refused {
            let output = expand(input).to_string();
            assert!(output.contains("compile_error"), "{output}");
            assert!(output.contains(message), "{output}");
            assert!(output.contains("Differentiable for"), "{output}");
        }
    }
}
