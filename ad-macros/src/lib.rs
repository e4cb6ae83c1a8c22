//! The attributes of `pullback`: a source transformation from a Rust function to its derivatives.
//!
//! The stages, each usable alone: [`attributes`], [`fence`] and [`lower`] (syntax to representation),
//! [`analyse`], [`adjoint`] (representation to representation), [`emit`] (representation to tokens), with
//! [`fallback`] for functions that are refused.

#![forbid(unsafe_code)]

/// Tokens whose local variables cannot meet the user's, and which follow this crate's edition.
macro_rules! site {
    ($($tokens:tt)*) => { quote::quote_spanned!(proc_macro2::Span::mixed_site()=> $($tokens)*) };
}
pub(crate) use site;

mod adjoint;
mod analyse;
mod attributes;
mod context;
mod custom;
mod derive;
mod diagnostics;
mod differentiate;
mod emit;
mod fallback;
mod fence;
mod ir;
mod lower;
mod names;
mod rules;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Generates the derivative functions of a function or method.
#[proc_macro_attribute]
pub fn differentiate(args: TokenStream, item: TokenStream) -> TokenStream {
    differentiate::expand(args.into(), item.into()).into()
}

/// Makes the result of a function count as a constant.
#[proc_macro_attribute]
pub fn no_grad(args: TokenStream, item: TokenStream) -> TokenStream {
    custom::expand_no_grad(args.into(), item.into()).into()
}

/// Gives a function an adjoint written by hand.
#[proc_macro_attribute]
pub fn custom_adjoint(args: TokenStream, item: TokenStream) -> TokenStream {
    custom::expand(args.into(), item.into()).into()
}

/// Makes a struct usable as a parameter, local or result of differentiated functions.
#[proc_macro_derive(Differentiable, attributes(no_grad, differentiable))]
pub fn derive_differentiable(item: TokenStream) -> TokenStream {
    derive::expand(syn::parse_macro_input!(item as syn::DeriveInput)).into()
}
