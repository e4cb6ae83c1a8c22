//! Closures: called where they stand, so that captures are ordinary variables.

use super::{control, Lowerer, Target, TargetKind, Val};
use crate::ir::{Expr, Ty};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::HashMap;
use std::rc::Rc;
use syn::spanned::Spanned;

/// A closure with the names it sees.
pub struct Closure {
    code: Code,
    scopes: Vec<HashMap<String, Val>>,
}

enum Code {
    Closure(syn::ExprClosure),
    /// A function named where a closure is expected, such as `f64::sin`.
    Path(syn::ExprPath),
}

impl Lowerer<'_> {
    /// A closure expression.
    pub(super) fn closure(&mut self, c: &syn::ExprClosure) -> Val {
        if let Some(token) = &c.asyncness {
            return self.unsupported(token, "an `async` closure", "compute in a plain closure");
        }
        let mut scopes = self.scopes.clone();
        if c.capture.is_some() {
            scopes.push(self.moved_captures(c));
        }
        Val::Closure(Rc::new(Closure { code: Code::Closure(c.clone()), scopes }))
    }

    /// A `move` closure has its own copy of what is `Copy` and may change.
    fn moved_captures(&mut self, c: &syn::ExprClosure) -> HashMap<String, Val> {
        let mut own = HashMap::new();
        let mut names = Vec::new();
        identifiers(c.body.to_token_stream(), &mut names);
        for name in names {
            let Some(Val::Place(place)) = self.lookup(&name) else { continue };
            let place = place.clone();
            let Some(var) = place.whole().filter(|v| !self.is_fixed(*v) && place.ty.is_copy()) else {
                continue;
            };
            let copy = self.store(Some(&name), Expr::Read(place.clone()), place.ty.clone(), c.span());
            if let Some(id) = copy.whole() {
                self.func.var_mut(id).mutable = self.func.var(var).mutable;
                own.insert(name, Val::Place(copy));
            }
        }
        own
    }

    /// What is passed where an iterator method expects a closure.
    pub(super) fn callable(&mut self, e: &syn::Expr) -> Option<Rc<Closure>> {
        if let syn::Expr::Path(p) = e {
            let bound = p.path.get_ident().and_then(|i| self.lookup(&crate::names::key(i))).cloned();
            return match bound {
                Some(Val::Closure(c)) => Some(c),
                Some(_) => {
                    self.errors.at(e, "this is not a closure", "write a closure here: `|x| …`");
                    None
                }
                None => Some(Rc::new(Closure { code: Code::Path(p.clone()), scopes: self.scopes.clone() })),
            };
        }
        match self.expr(e, None) {
            Val::Closure(c) => Some(c),
            _ => {
                self.errors.at(
                    e,
                    "only a closure written here or bound by `let` can be called",
                    "write the closure in place: `|x| …`",
                );
                None
            }
        }
    }

    /// Calls a closure with values.
    pub(super) fn call_closure(
        &mut self,
        closure: &Rc<Closure>,
        args: Vec<Val>,
        expect: Option<&Ty>,
        span: proc_macro2::Span,
    ) -> Val {
        let identity = Rc::as_ptr(closure) as usize;
        if self.calling.contains(&identity) || self.calling.len() > 64 {
            self.errors.span(
                span,
                "a closure that calls itself cannot be differentiated",
                "write a recursive `fn` with `#[differentiate]`",
            );
            return Val::Expr(Expr::Real(0.0), Ty::Unknown);
        }
        let c = match &closure.code {
            Code::Path(p) => {
                let args = args.into_iter().map(|v| match v {
                    Val::Ref { place, .. } if place.ty.is_copy() => Val::Place(place),
                    v => v,
                });
                return self.call_path(p, args.collect(), expect, span);
            }
            Code::Closure(c) => c,
        };
        self.calling.push(identity);
        let outer = std::mem::replace(&mut self.scopes, closure.scopes.clone());
        self.scopes.push(HashMap::new());
        for (pat, val) in c.inputs.iter().zip(args) {
            self.bind_pattern(pat, val, false);
        }
        let declared = match &c.output {
            syn::ReturnType::Type(_, ty) => Some(Ty::parse(ty, &self.reals)),
            syn::ReturnType::Default => expect.cloned(),
        };
        let value = if control::expr_has_return(&c.body) {
            self.returning_body(&c.body, declared.as_ref())
        } else {
            self.expr(&c.body, declared.as_ref())
        };
        self.scopes = outer;
        self.calling.pop();
        value
    }

    /// A closure body with `return` or `?` in it, in a block of its own.
    fn returning_body(&mut self, body: &syn::Expr, expect: Option<&Ty>) -> Val {
        let ret = self.code();
        let ty = expect.cloned().unwrap_or(Ty::Unknown);
        let slot = self.slot("value", &ty, body.span());
        self.targets.push(Target {
            label: None,
            kind: TargetKind::Function { ret },
            depth: self.depth + 1,
            result: Some(slot),
            broken: false,
        });
        let index = self.targets.len() - 1;
        let (block, ()) = self.block(|l| {
            let value = l.expr(body, expect);
            if !matches!(value, Val::Never) {
                l.assign_result(index, value, body.span());
            }
        });
        self.close_target(index, block, ret)
    }
}

fn identifiers(code: TokenStream, out: &mut Vec<String>) {
    for tree in code {
        match tree {
            TokenTree::Ident(i) => {
                let name = crate::names::key(&i);
                if !out.contains(&name) {
                    out.push(name);
                }
            }
            TokenTree::Group(g) => identifiers(g.stream(), out),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
