//! Names of generated variables: the user's own, with `_bar` for a cotangent, made unique per function.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::format_ident;
use std::collections::HashSet;

/// What tells two identifiers apart: the text, and for code out of a `macro_rules!` where it comes from.
///
/// Stable Rust gives no other access to the hygiene of a span than its debug form, `#ctxt bytes(…)`; where
/// that cannot be read, identifiers of the same text are the same.
pub fn key(ident: &Ident) -> String {
    let span = format!("{:?}", ident.span());
    let context: String =
        span.strip_prefix('#').unwrap_or("").chars().take_while(char::is_ascii_digit).collect();
    match context.as_str() {
        "" | "0" => ident.to_string(),
        context => format!("{ident}#{context}"),
    }
}

/// The names that are taken in one function.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
    declared: HashSet<String>,
}

impl Names {
    /// Starts with every identifier that occurs in `code` as taken for generated names.
    pub fn new(code: TokenStream) -> Names {
        let mut names = Names::default();
        names.collect(code);
        names
    }

    fn collect(&mut self, code: TokenStream) {
        for tree in code {
            match tree {
                TokenTree::Ident(ident) => {
                    self.taken.insert(ident.to_string());
                }
                TokenTree::Group(group) => self.collect(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// The name of a user's variable: its own, unless an earlier variable has it.
    pub fn user(&mut self, ident: &Ident) -> Ident {
        let text = ident.to_string();
        if self.declared.insert(text.clone()) {
            return ident.clone();
        }
        self.fresh(&text, ident.span())
    }

    /// A name for something generated, resolved at the macro.
    pub fn fresh(&mut self, base: &str, span: Span) -> Ident {
        let base = base.trim_start_matches("r#");
        let keyword = syn::parse_str::<Ident>(base).is_err();
        let base = &if keyword { format!("{base}_") } else { base.to_string() };
        let span = span.resolved_at(Span::mixed_site());
        let plain = !base.is_empty() && self.taken.insert(base.to_string());
        if plain {
            return Ident::new(base, span);
        }
        let mut n = 1;
        loop {
            let candidate = format!("{base}_{n}");
            if self.taken.insert(candidate.clone()) {
                return format_ident!("{}", candidate, span = span);
            }
            n += 1;
        }
    }

    /// A numbered name: `t1`, `t2`, …
    pub fn numbered(&mut self, base: &str, span: Span) -> Ident {
        let mut n = 1usize;
        while !self.taken.insert(format!("{base}{n}")) {
            n += 1;
        }
        format_ident!("{}{}", base, n, span = span.resolved_at(Span::mixed_site()))
    }
}
