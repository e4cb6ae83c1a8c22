//! Macro calls: assertions and printing pass through, `vec!` is understood, the rest is refused.

use super::{Lowerer, Val};
use crate::ir::{Aggregate, Expr, Stmt, Ty};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::Token;

impl Lowerer<'_> {
    pub(super) fn macro_call(&mut self, mac: &syn::Macro) -> Val {
        let name = mac.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
        match name.as_str() {
            "vec" => self.vec_macro(mac),
            "assert" | "assert_eq" | "assert_ne" | "debug_assert" | "debug_assert_eq" | "debug_assert_ne"
            | "println" | "print" | "eprintln" | "eprint" => {
                let opaque = self.opaque_macro(mac);
                self.out.push(Stmt::Effect(opaque));
                Val::Unit
            }
            "panic" | "unreachable" => {
                let opaque = self.opaque_macro(mac);
                self.out.push(Stmt::Effect(opaque));
                Val::Never
            }
            "dbg" => match syn::parse2::<syn::Expr>(mac.tokens.clone()) {
                Ok(e) => {
                    let opaque = self.opaque_macro(mac);
                    self.out.push(Stmt::Effect(opaque));
                    self.expr(&e, None)
                }
                Err(_) => {
                    let parsed =
                        Punctuated::<syn::Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone());
                    let opaque = self.opaque_macro(mac);
                    self.out.push(Stmt::Effect(opaque));
                    Val::Tuple(parsed.into_iter().flatten().map(|e| self.expr(&e, None)).collect())
                }
            },
            "matches" => {
                let parser = |input: syn::parse::ParseStream| {
                    let e: syn::Expr = input.parse()?;
                    input.parse::<Token![,]>()?;
                    let pat = syn::Pat::parse_multi_with_leading_vert(input)?;
                    let guard = if input.peek(Token![if]) {
                        input.parse::<Token![if]>()?;
                        Some(input.parse::<syn::Expr>()?)
                    } else {
                        None
                    };
                    let _ = input.parse::<Option<Token![,]>>()?;
                    Ok((e, pat, guard))
                };
                match parser.parse2(mac.tokens.clone()) {
                    Ok((e, _, _)) => {
                        let whole = syn::Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac: mac.clone() });
                        let _ = e;
                        let opaque = self.opaque(&whole);
                        Val::Expr(Expr::Opaque(opaque), Ty::Bool)
                    }
                    Err(e) => {
                        self.errors.push(e);
                        Val::Expr(Expr::Path(quote::quote!(false)), Ty::Bool)
                    }
                }
            }
            "format" | "concat" | "stringify" | "line" | "file" | "column" => {
                let opaque = self.opaque_macro(mac);
                Val::Expr(Expr::Opaque(opaque), Ty::Inert)
            }
            "compile_error" => Val::Never,
            other => {
                self.errors.at(
                    &mac.path,
                    format!("what the macro `{other}!` expands to cannot be seen from here"),
                    "write its code out, or call it in a function with `#[no_grad]` or `#[custom_adjoint(…)]`",
                );
                Val::Expr(Expr::Real(0.0), Ty::Unknown)
            }
        }
    }

    fn vec_macro(&mut self, mac: &syn::Macro) -> Val {
        let repeated = |input: syn::parse::ParseStream| {
            let elem: syn::Expr = input.parse()?;
            input.parse::<Token![;]>()?;
            let len: syn::Expr = input.parse()?;
            Ok((elem, len))
        };
        if let Ok((elem, len)) = repeated.parse2(mac.tokens.clone()) {
            return self.repeat(&elem, &len, true, None);
        }
        match Punctuated::<syn::Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone()) {
            Ok(elems) => {
                let mut ty = Ty::Unknown;
                let mut parts = Vec::new();
                for (i, e) in elems.iter().enumerate() {
                    let val = self.expr(e, None);
                    let val = self.held(val, elems.iter().skip(i + 1), e.span());
                    if let Val::Ref { place, .. } = &val {
                        if !place.ty.is_copy() {
                            self.errors.at(
                                e,
                                "a `Vec` of references cannot be differentiated",
                                "use the values where they are needed, or copy them",
                            );
                        }
                    }
                    let (part, t) = self.atom(val, e.span());
                    if matches!(ty, Ty::Unknown) {
                        ty = t;
                    }
                    parts.push(part);
                }
                Val::Expr(Expr::Aggregate(Aggregate::Vec, parts), Ty::Vec(Box::new(ty)))
            }
            Err(e) => {
                self.errors.push(e);
                Val::Unit
            }
        }
    }
}
