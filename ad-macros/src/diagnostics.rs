//! Collects every mistake of a function, to report them together, each on its token.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::fmt::Display;

/// Errors found so far; must be consumed by [`Errors::finish`].
#[derive(Default)]
pub struct Errors {
    found: Option<syn::Error>,
}

impl Errors {
    /// Reports `cause` on the tokens of `at`, with the rewrite that works.
    pub fn at(&mut self, at: impl ToTokens, cause: impl Display, hint: impl Display) {
        self.push(syn::Error::new_spanned(at, message(cause, hint)));
    }

    /// Reports `cause` at a span.
    pub fn span(&mut self, span: Span, cause: impl Display, hint: impl Display) {
        self.push(syn::Error::new(span, message(cause, hint)));
    }

    /// Adds an error made elsewhere.
    pub fn push(&mut self, error: syn::Error) {
        match &mut self.found {
            Some(found) => found.combine(error),
            None => self.found = Some(error),
        }
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_none()
    }

    /// All errors as `compile_error!` invocations, empty where there are none.
    pub fn finish(self) -> TokenStream {
        self.found.map(|e| e.to_compile_error()).unwrap_or_default()
    }
}

fn message(cause: impl Display, hint: impl Display) -> String {
    format!("{cause}\n\nhint: {hint}")
}
