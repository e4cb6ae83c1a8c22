//! Code taken over verbatim: assertions, printing, `#[no_grad]` initialisers, searches. Variables keep their
//! names where those are unique; a name that stands for a place is bound just before.

use super::{Lowerer, Val};
use crate::ir::{Opaque, Place, Root};
use crate::names::key;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::HashSet;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::Token;

impl Lowerer<'_> {
    /// An expression, verbatim.
    pub(super) fn opaque(&mut self, e: &syn::Expr) -> Opaque {
        let mut e = e.clone();
        let mut renamer = Renamer { lowerer: self, hidden: Vec::new(), uses: Vec::new(), binds: Vec::new() };
        renamer.visit_expr_mut(&mut e);
        let (uses, binds) = (renamer.uses, renamer.binds);
        Opaque { tokens: e.to_token_stream(), uses, binds }
    }

    /// A macro call, verbatim.
    pub(super) fn opaque_macro(&mut self, mac: &syn::Macro) -> Opaque {
        let mut mac = mac.clone();
        let mut renamer = Renamer { lowerer: self, hidden: Vec::new(), uses: Vec::new(), binds: Vec::new() };
        renamer.visit_macro_mut(&mut mac);
        let (uses, binds) = (renamer.uses, renamer.binds);
        Opaque { tokens: mac.to_token_stream(), uses, binds }
    }
}

struct Renamer<'l, 'e> {
    lowerer: &'l mut Lowerer<'e>,
    /// Names bound inside the code itself.
    hidden: Vec<HashSet<String>>,
    uses: Vec<Place>,
    binds: Vec<(Ident, Place)>,
}

impl Renamer<'_, '_> {
    fn is_hidden(&self, name: &str) -> bool {
        self.hidden.iter().any(|s| s.contains(name))
    }

    fn hide(&mut self, pats: &[&syn::Pat], f: impl FnOnce(&mut Self)) {
        let mut names = Vec::new();
        pats.iter().for_each(|p| super::pattern::pattern_names(p, &mut names));
        self.hidden.push(names.iter().map(key).collect());
        f(self);
        self.hidden.pop();
    }

    /// What stands for the name in generated code; `None` where it is not ours.
    fn resolve(&mut self, ident: &Ident) -> Option<Ident> {
        let name = key(ident);
        if self.is_hidden(&name) {
            return None;
        }
        let val = self.lowerer.lookup(&name)?.clone();
        match val {
            Val::Place(place) if place.proj.is_empty() => {
                let Root::Var(var) = place.root else { return None };
                self.uses.push(place);
                let mut unique = self.lowerer.func.var(var).ident.clone();
                unique.set_span(ident.span().resolved_at(unique.span()));
                Some(unique)
            }
            Val::Ref { place, .. } => match (place.proj.is_empty(), &place.root) {
                (true, Root::Var(var))
                    if self.lowerer.func.var(*var).passing != crate::ir::Passing::Value =>
                {
                    let unique = self.lowerer.func.var(*var).ident.clone();
                    self.uses.push(place);
                    Some(unique)
                }
                _ => self.bound(ident, place),
            },
            Val::Place(place) => {
                let span = ident.span();
                let copy =
                    self.lowerer.store(None, crate::ir::Expr::Read(place.clone()), place.ty.clone(), span);
                self.uses.push(copy.clone());
                copy.whole().map(|v| self.lowerer.func.var(v).ident.clone())
            }
            Val::Expr(e, ty) => {
                let copy = self.lowerer.store(None, e, ty, ident.span());
                self.uses.push(copy.clone());
                copy.whole().map(|v| self.lowerer.func.var(v).ident.clone())
            }
            _ => {
                self.lowerer.errors.at(
                    ident,
                    format!("`{name}` cannot be used in code that is taken over verbatim"),
                    "use the values that it stands for",
                );
                None
            }
        }
    }

    /// A name that must be bound to a reference to a place.
    fn bound(&mut self, ident: &Ident, place: Place) -> Option<Ident> {
        if !self.binds.iter().any(|(i, _)| i == ident) {
            self.binds.push((ident.clone(), place));
        }
        None
    }

    /// Names used inside a format string.
    fn format_names(&mut self, lit: &syn::LitStr) -> Vec<(Ident, Ident)> {
        let text = lit.value();
        let mut out = Vec::new();
        let mut rest = text.as_str();
        while let Some(open) = rest.find('{') {
            rest = &rest[open + 1..];
            if let Some(after) = rest.strip_prefix('{') {
                rest = after;
                continue;
            }
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let name = &rest[..end];
            if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let Ok(ident) = syn::parse_str::<Ident>(name) else { continue };
            let ident = Ident::new(&ident.to_string(), lit.span());
            if let Some(unique) = self.resolve(&ident) {
                if unique != ident && !out.iter().any(|(i, _)| *i == ident) {
                    out.push((ident, unique));
                }
            }
        }
        out
    }
}

impl VisitMut for Renamer<'_, '_> {
    fn visit_expr_mut(&mut self, e: &mut syn::Expr) {
        if let syn::Expr::Path(p) = e {
            if let (None, Some(ident)) = (&p.qself, p.path.get_ident()) {
                let ident = ident.clone();
                if let Some(unique) = self.resolve(&ident) {
                    p.path = unique.into();
                }
            }
            return;
        }
        syn::visit_mut::visit_expr_mut(self, e);
    }

    fn visit_field_value_mut(&mut self, f: &mut syn::FieldValue) {
        if f.colon_token.is_none() {
            f.colon_token = Some(Token![:](f.span()));
        }
        syn::visit_mut::visit_field_value_mut(self, f);
    }

    fn visit_expr_closure_mut(&mut self, c: &mut syn::ExprClosure) {
        let pats: Vec<syn::Pat> = c.inputs.iter().cloned().collect();
        self.hide(&pats.iter().collect::<Vec<_>>(), |r| r.visit_expr_mut(&mut c.body));
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        let pat = arm.pat.clone();
        self.hide(&[&pat], |r| {
            if let Some((_, guard)) = &mut arm.guard {
                r.visit_expr_mut(guard);
            }
            r.visit_expr_mut(&mut arm.body);
        });
    }

    fn visit_expr_for_loop_mut(&mut self, f: &mut syn::ExprForLoop) {
        self.visit_expr_mut(&mut f.expr);
        let pat = (*f.pat).clone();
        self.hide(&[&pat], |r| r.visit_block_mut(&mut f.body));
    }

    fn visit_expr_if_mut(&mut self, i: &mut syn::ExprIf) {
        self.visit_expr_mut(&mut i.cond);
        let pats = let_patterns(&i.cond);
        self.hide(&pats.iter().collect::<Vec<_>>(), |r| r.visit_block_mut(&mut i.then_branch));
        if let Some((_, els)) = &mut i.else_branch {
            self.visit_expr_mut(els);
        }
    }

    fn visit_block_mut(&mut self, b: &mut syn::Block) {
        self.hidden.push(HashSet::new());
        for stmt in &mut b.stmts {
            if let syn::Stmt::Local(local) = stmt {
                if let Some(init) = &mut local.init {
                    self.visit_expr_mut(&mut init.expr);
                    if let Some((_, e)) = &mut init.diverge {
                        self.visit_expr_mut(e);
                    }
                }
                let mut names = Vec::new();
                super::pattern::pattern_names(&local.pat, &mut names);
                if let Some(scope) = self.hidden.last_mut() {
                    scope.extend(names.iter().map(key));
                }
            } else {
                self.visit_stmt_mut(stmt);
            }
        }
        self.hidden.pop();
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        let parsed = Punctuated::<syn::Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone());
        let Ok(mut args) = parsed else {
            mac.tokens = self.rename_tokens(mac.tokens.clone());
            return;
        };
        let mut named = Vec::new();
        for arg in &mut args {
            match arg {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(s), .. }) => {
                    let s = s.clone();
                    named.extend(self.format_names(&s));
                }
                // `name = value`, a named argument of a format.
                syn::Expr::Assign(a) => self.visit_expr_mut(&mut a.right),
                arg => self.visit_expr_mut(arg),
            }
        }
        for (ident, unique) in named {
            args.push(syn::parse_quote!(#ident = #unique));
        }
        mac.tokens = args.to_token_stream();
    }
}

impl Renamer<'_, '_> {
    fn rename_tokens(&mut self, code: TokenStream) -> TokenStream {
        code.into_iter()
            .map(|tree| match tree {
                TokenTree::Ident(i) => TokenTree::Ident(self.resolve(&i).unwrap_or(i)),
                TokenTree::Group(g) => {
                    let mut out = proc_macro2::Group::new(g.delimiter(), self.rename_tokens(g.stream()));
                    out.set_span(g.span());
                    TokenTree::Group(out)
                }
                tree => tree,
            })
            .collect()
    }
}

fn let_patterns(cond: &syn::Expr) -> Vec<syn::Pat> {
    match cond {
        syn::Expr::Let(l) => vec![(*l.pat).clone()],
        syn::Expr::Binary(b) => let_patterns(&b.left).into_iter().chain(let_patterns(&b.right)).collect(),
        syn::Expr::Paren(p) => let_patterns(&p.expr),
        _ => Vec::new(),
    }
}
