//! Patterns: tests for the refutable parts, bindings for the rest.

use super::{Lowerer, Val};
use crate::ir::{Expr, Opaque, Passing, Place, Proj, Role, Root, Stmt, Ty, Variant};
use crate::names::key;
use crate::rules::int_lit;
use proc_macro2::{Ident, Span};
use quote::{quote, ToTokens};
use syn::spanned::Spanned;

/// A pattern matched against a value, to be bound where the match holds.
pub(super) type Bindings<'a> = Vec<(&'a syn::Pat, Val)>;

impl Lowerer<'_> {
    pub(super) fn bind_all(&mut self, bindings: &Bindings) {
        for (pat, val) in bindings {
            self.bind_pattern(pat, val.clone(), false);
        }
    }

    /// Binds the names of a pattern that is known to match.
    pub(super) fn bind_pattern(&mut self, pat: &syn::Pat, val: Val, constant: bool) {
        match pat {
            syn::Pat::Ident(p) => self.bind_ident(p, val, constant),
            syn::Pat::Wild(_) | syn::Pat::Rest(_) | syn::Pat::Lit(_) | syn::Pat::Range(_) => {}
            syn::Pat::Path(_) => {}
            syn::Pat::Paren(p) => self.bind_pattern(&p.pat, val, constant),
            syn::Pat::Type(p) => {
                let ty = Ty::parse(&p.ty, &self.reals);
                self.bind_pattern(&p.pat, typed(val, ty), constant);
            }
            syn::Pat::Reference(p) => {
                let val = match val {
                    Val::Ref { place, .. } => Val::Place(place),
                    val => val,
                };
                self.bind_pattern(&p.pat, val, constant);
            }
            syn::Pat::Tuple(p) => {
                let parts = self.components(&p.elems, val, p.span());
                parts.into_iter().for_each(|(pat, val)| self.bind_pattern(pat, val, constant));
            }
            syn::Pat::TupleStruct(p) => {
                let parts = self.payloads(p, val);
                parts.into_iter().for_each(|(pat, val)| self.bind_pattern(pat, val, constant));
            }
            syn::Pat::Struct(p) => {
                if is_enum_path(&p.path) {
                    self.bind_enum(pat, val);
                    return;
                }
                let (place, by_ref) = self.matched(val, p.span());
                for field in &p.fields {
                    let part = place.then(Proj::Field(field.member.clone()), Ty::Unknown);
                    self.bind_pattern(&field.pat, by_ref.of(part), constant);
                }
            }
            syn::Pat::Slice(p) => {
                let parts = self.elements(p, val);
                parts.into_iter().for_each(|(pat, val)| self.bind_pattern(pat, val, constant));
            }
            syn::Pat::Or(p) => {
                if binds_names(pat) {
                    self.bind_enum(pat, val);
                }
                let _ = p;
            }
            other => {
                self.errors.at(
                    other,
                    "this kind of pattern is not supported",
                    "bind a name and take it apart by fields or indices",
                );
            }
        }
    }

    fn bind_ident(&mut self, p: &syn::PatIdent, val: Val, constant: bool) {
        let name = key(&p.ident);
        if let Some((_, sub)) = &p.subpat {
            let (place, by_ref) = self.matched(val, p.span());
            self.bind_pattern(sub, by_ref.of(place.clone()), constant);
            let plain = syn::PatIdent { subpat: None, ..p.clone() };
            self.bind_ident(&plain, by_ref.of(place), constant);
            return;
        }
        if is_constant_name(&p.ident.to_string())
            && !matches!(val, Val::Iter(_))
            && p.by_ref.is_none()
            && p.mutability.is_none()
        {
            return;
        }
        let span = p.ident.span();
        if p.by_ref.is_some() {
            let place = self.place(val, span);
            let place = self.pin(place, span);
            self.bind(&name, Val::Ref { place, exclusive: p.mutability.is_some() });
            return;
        }
        match val {
            Val::Ref { place, exclusive } => {
                let place = self.pin(place, span);
                self.bind(&name, Val::Ref { place, exclusive });
            }
            Val::Iter(_) | Val::Closure(_) | Val::Range { .. } => self.bind(&name, val),
            Val::Tuple(parts) if parts.iter().any(holds_reference) => {
                let parts = parts.into_iter().map(|v| self.own(v, span)).collect();
                self.bind(&name, Val::Tuple(parts));
            }
            Val::Maybe { present, some } => {
                let present = self.cond(present, span);
                self.bind(&name, Val::Maybe { present, some });
            }
            Val::Unit | Val::Never => self.bind(&name, val),
            Val::Place(place) if self.names_fixed(&place) && p.mutability.is_none() => {
                self.bind(&name, Val::Place(place))
            }
            val => {
                let (expr, ty) = self.read(val, span);
                if let Some(var) = self.adopted(&expr) {
                    let ident = self.names.user(&p.ident);
                    let info = self.func.var_mut(var);
                    info.ident = ident;
                    info.role = Role::Local;
                    info.mutable = p.mutability.is_some();
                    info.constant |= constant;
                    self.bind(&name, self.variable(var));
                    return;
                }
                let ident = self.names.user(&p.ident);
                let var = self.add(ident, ty, Role::Local, Passing::Value, constant);
                self.func.var_mut(var).mutable = p.mutability.is_some();
                self.out.push(Stmt::Let { var, value: Some(expr) });
                self.bind(&name, self.variable(var));
            }
        }
    }

    /// A loop counter keeps its own name.
    fn names_fixed(&self, place: &Place) -> bool {
        place.whole().is_some_and(|v| self.func.var(v).role == Role::Counter)
    }

    /// The temporary that the last statement made for this very value, which can take the user's name.
    fn adopted(&self, expr: &Expr) -> Option<crate::ir::VarId> {
        let Expr::Read(place) = expr else { return None };
        let var = place.whole().filter(|v| self.func.var(*v).role == Role::Temp)?;
        match self.out.last()? {
            Stmt::Call(call) if call.result == var => Some(var),
            Stmt::Pop { var: popped, .. } if *popped == var => Some(var),
            _ => None,
        }
    }

    /// A component of a tuple of references kept under one name: values get a variable.
    fn own(&mut self, val: Val, span: Span) -> Val {
        match val {
            Val::Ref { place, exclusive } => Val::Ref { place: self.pin(place, span), exclusive },
            Val::Expr(..) | Val::Place(_) => {
                let (expr, ty) = self.read(val, span);
                Val::Place(self.store(None, expr, ty, span))
            }
            val => val,
        }
    }

    /// The place behind a value under a structural pattern, and how its parts are bound.
    fn matched(&mut self, val: Val, span: Span) -> (Place, Mode) {
        match val {
            Val::Ref { place, exclusive } => (self.pin(place, span), Mode::Ref { exclusive }),
            Val::Place(place) => (self.pin(place, span), Mode::Value),
            val => (self.place(val, span), Mode::Value),
        }
    }

    fn components<'a>(
        &mut self,
        elems: &'a syn::punctuated::Punctuated<syn::Pat, syn::Token![,]>,
        val: Val,
        span: Span,
    ) -> Vec<(&'a syn::Pat, Val)> {
        let rest = elems.iter().position(|p| matches!(p, syn::Pat::Rest(_)));
        if let Val::Tuple(vals) = val {
            let n = vals.len();
            return elems
                .iter()
                .enumerate()
                .filter(|(_, p)| !matches!(p, syn::Pat::Rest(_)))
                .map(|(i, p)| {
                    let at = if rest.is_some_and(|r| i > r) { n - (elems.len() - i) } else { i };
                    (p, vals.get(at).cloned().unwrap_or(Val::Unit))
                })
                .collect();
        }
        let (place, mode) = self.matched(val, span);
        let n = match &place.ty {
            Ty::Tuple(ts) => Some(ts.len()),
            _ => None,
        };
        let mut out = Vec::new();
        for (i, p) in elems.iter().enumerate() {
            if matches!(p, syn::Pat::Rest(_)) {
                continue;
            }
            let at = match (rest, n) {
                (Some(r), Some(n)) if i > r => n - (elems.len() - i),
                (Some(r), None) if i > r => {
                    self.errors.at(
                        p,
                        "`..` before this component hides its position",
                        "name every component, with `_` for those not used",
                    );
                    i
                }
                _ => i,
            };
            let ty = place.ty.component(at);
            out.push((p, mode.of(place.then(Proj::Field(at.into()), ty))));
        }
        out
    }

    fn payloads<'a>(&mut self, p: &'a syn::PatTupleStruct, val: Val) -> Vec<(&'a syn::Pat, Val)> {
        match variant(&p.path) {
            Some(variant) => {
                let Some(inner) = p.elems.first() else { return Vec::new() };
                if let Val::Maybe { some, .. } = val {
                    return vec![(inner, *some)];
                }
                let (place, mode) = self.matched(val, p.span());
                let ty = match &place.ty {
                    // An error carries no derivative.
                    _ if variant == Variant::Err => Ty::Inert,
                    Ty::Option(t) => (**t).clone(),
                    Ty::Inert => Ty::Inert,
                    _ => Ty::Unknown,
                };
                vec![(inner, mode.of(place.then(Proj::Payload(variant), ty)))]
            }
            None if is_enum_path(&p.path) => {
                self.bind_enum(&syn::Pat::TupleStruct(p.clone()), val);
                Vec::new()
            }
            None => self.components(&p.elems, val, p.span()),
        }
    }

    fn elements<'a>(&mut self, p: &'a syn::PatSlice, val: Val) -> Vec<(&'a syn::Pat, Val)> {
        let (place, mode) = self.matched(val, p.span());
        let rest = p.elems.iter().position(is_rest);
        let len = Expr::Method {
            receiver: Box::new(Expr::Read(place.clone())),
            name: Ident::new("len", Span::mixed_site()),
            turbofish: Default::default(),
            args: Vec::new(),
        };
        let mut out = Vec::new();
        for (i, elem) in p.elems.iter().enumerate() {
            let behind = (p.elems.len() - i) as i64;
            let from_end =
                |k: i64| Expr::Arith(crate::ir::ArithOp::Sub, Box::new(len.clone()), Box::new(int_lit(k)));
            match rest {
                Some(r) if i == r => {
                    if let syn::Pat::Ident(name) = elem {
                        let hi = (behind > 1).then(|| Box::new(from_end(behind - 1)));
                        let part = place.then(
                            Proj::Slice { lo: Some(Box::new(int_lit(i as i64))), hi },
                            Ty::Slice(Box::new(place.ty.element())),
                        );
                        let val = mode.of(part);
                        self.bind(&key(&name.ident), val);
                    }
                }
                Some(r) if i > r => {
                    let index = Proj::Index(Box::new(from_end(behind)));
                    out.push((elem, mode.of(place.then(index, place.ty.element()))));
                }
                _ => {
                    let index = Proj::Index(Box::new(int_lit(i as i64)));
                    out.push((elem, mode.of(place.then(index, place.ty.element()))));
                }
            }
        }
        out
    }

    /// Binds the payload of a user's enum: constants, because an enum of the user carries no derivative.
    fn bind_enum(&mut self, pat: &syn::Pat, val: Val) {
        let mut names = Vec::new();
        pattern_names(pat, &mut names);
        if names.is_empty() {
            return;
        }
        let span = pat.span();
        let (place, _) = self.matched(val, span);
        if let Some(root) = place.root_var().filter(|_| !place.ty.is_inert()) {
            self.func.enums.push((root, span));
        }
        for name in names {
            let ident = self.names.user(&name);
            let var = self.add(ident, Ty::Unknown, Role::Local, Passing::Value, true);
            let source = Ident::new("payload", Span::mixed_site());
            let tokens = quote!(match #source { #pat => ::core::clone::Clone::clone(#name), _ => ::core::unreachable!() });
            let opaque = Opaque { tokens, uses: vec![place.clone()], binds: vec![(source, place.clone())] };
            self.out.push(Stmt::Let { var, value: Some(Expr::Opaque(opaque)) });
            self.bind(&key(&name), self.variable(var));
        }
    }

    /// A condition under which the pattern matches; `None` where it always does.
    pub(super) fn pattern_test(&mut self, pat: &syn::Pat, val: &Val) -> Option<Expr> {
        match pat {
            syn::Pat::Wild(_) | syn::Pat::Rest(_) => None,
            syn::Pat::Ident(p) => match &p.subpat {
                Some((_, sub)) => self.pattern_test(sub, val),
                // An imported variant or a constant: a match on it must not be taken for a binding.
                None if p.ident.to_string().starts_with(char::is_uppercase) && p.by_ref.is_none() => {
                    if p.ident == "None" {
                        return Some(self.absent(val));
                    }
                    let ident = &p.ident;
                    Some(self.matches_test(quote!(#ident), val, pat.span()))
                }
                None => None,
            },
            syn::Pat::Paren(p) => self.pattern_test(&p.pat, val),
            syn::Pat::Type(p) => self.pattern_test(&p.pat, val),
            syn::Pat::Reference(p) => self.pattern_test(&p.pat, val),
            syn::Pat::Lit(_) | syn::Pat::Range(_) => {
                Some(self.matches_test(pat.to_token_stream(), val, pat.span()))
            }
            syn::Pat::Path(p) => {
                if p.path.segments.last().is_some_and(|s| s.ident == "None") {
                    return Some(self.absent(val));
                }
                Some(self.matches_test(pat.to_token_stream(), val, pat.span()))
            }
            syn::Pat::Tuple(p) => {
                let parts = self.components(&p.elems, val.clone(), p.span());
                self.all_tests(parts)
            }
            syn::Pat::TupleStruct(p) => match variant(&p.path) {
                Some(kind) => {
                    let present = self.present(val, kind, p.span());
                    let inner = p.elems.first().and_then(|inner| {
                        let val = match val {
                            Val::Maybe { some, .. } => (**some).clone(),
                            val => {
                                let (place, mode) = self.matched(val.clone(), p.span());
                                let ty = match &place.ty {
                                    _ if kind == Variant::Err => Ty::Inert,
                                    Ty::Option(t) => (**t).clone(),
                                    _ => Ty::Unknown,
                                };
                                mode.of(place.then(Proj::Payload(kind), ty))
                            }
                        };
                        self.pattern_test(inner, &val)
                    });
                    Some(match inner {
                        Some(inner) => and(present, inner),
                        None => present,
                    })
                }
                None if is_enum_path(&p.path) => Some(self.enum_test(pat, val)),
                None => {
                    let parts = self.components(&p.elems, val.clone(), p.span());
                    self.all_tests(parts)
                }
            },
            syn::Pat::Struct(p) => {
                if is_enum_path(&p.path) {
                    return Some(self.enum_test(pat, val));
                }
                let (place, mode) = self.matched(val.clone(), p.span());
                let parts = p
                    .fields
                    .iter()
                    .map(|f| (&*f.pat, mode.of(place.then(Proj::Field(f.member.clone()), Ty::Unknown))))
                    .collect();
                self.all_tests(parts)
            }
            syn::Pat::Slice(p) => {
                let parts = self.elements(p, val.clone());
                let inner = self.all_tests(parts);
                let place = self.place(val.clone(), p.span());
                if matches!(place.ty, Ty::Array(_)) {
                    return inner;
                }
                let len = Expr::Method {
                    receiver: Box::new(Expr::Read(place)),
                    name: Ident::new("len", Span::mixed_site()),
                    turbofish: Default::default(),
                    args: Vec::new(),
                };
                let has_rest = p.elems.iter().any(is_rest);
                let n = int_lit(p.elems.len() as i64 - i64::from(has_rest));
                let op = if has_rest {
                    syn::BinOp::Ge(Default::default())
                } else {
                    syn::BinOp::Eq(Default::default())
                };
                let enough = Expr::Logic(op, Box::new(len), Box::new(n));
                Some(match inner {
                    Some(inner) => and(enough, inner),
                    None => enough,
                })
            }
            syn::Pat::Or(p) => {
                let mut out: Option<Expr> = None;
                for case in &p.cases {
                    let test = self.pattern_test(case, val)?;
                    out = Some(match out {
                        Some(acc) => {
                            Expr::Logic(syn::BinOp::Or(Default::default()), Box::new(acc), Box::new(test))
                        }
                        None => test,
                    });
                }
                out
            }
            _ => None,
        }
    }

    fn all_tests(&mut self, parts: Vec<(&syn::Pat, Val)>) -> Option<Expr> {
        let mut out: Option<Expr> = None;
        for (pat, val) in parts {
            if let Some(test) = self.pattern_test(pat, &val) {
                out = Some(match out {
                    Some(acc) => and(acc, test),
                    None => test,
                });
            }
        }
        out
    }

    fn enum_test(&mut self, pat: &syn::Pat, val: &Val) -> Expr {
        if binds_names(pat) {
            // Names would be unused in a test: the payload is bound apart.
            let tokens = without_names(pat);
            return self.matches_test(tokens, val, pat.span());
        }
        self.matches_test(pat.to_token_stream(), val, pat.span())
    }

    /// `matches!(value, pattern)`
    fn matches_test(&mut self, pat: proc_macro2::TokenStream, val: &Val, span: Span) -> Expr {
        let place = match val {
            Val::Expr(Expr::Lit(l), _) => {
                let tokens = quote!(::core::matches!(#l, #pat));
                return Expr::Opaque(Opaque { tokens, uses: Vec::new(), binds: Vec::new() });
            }
            val => {
                let place = self.place(val.clone(), span);
                self.pin(place, span)
            }
        };
        if let Some(lit) = simple_literal(&pat) {
            return Expr::Logic(
                syn::BinOp::Eq(Default::default()),
                Box::new(Expr::Read(place)),
                Box::new(Expr::Lit(lit)),
            );
        }
        let source = Ident::new("scrutinee", Span::mixed_site());
        let text = syn::parse2::<syn::LitStr>(pat.clone()).is_ok();
        let tokens = if text { quote!(*#source == *#pat) } else { quote!(::core::matches!(*#source, #pat)) };
        Expr::Opaque(Opaque { tokens, uses: vec![place.clone()], binds: vec![(source, place)] })
    }

    fn present(&mut self, val: &Val, kind: Variant, span: Span) -> Expr {
        match val {
            Val::Maybe { present, .. } => present.clone(),
            val => {
                let place = self.place(val.clone(), span);
                let name = match kind {
                    Variant::Some => "is_some",
                    Variant::Ok => "is_ok",
                    Variant::Err => "is_err",
                };
                query(place, name)
            }
        }
    }

    fn absent(&mut self, val: &Val) -> Expr {
        match val {
            Val::Maybe { present, .. } => super::stmt::negate(present.clone()),
            val => {
                let place = self.place(val.clone(), Span::mixed_site());
                query(place, "is_none")
            }
        }
    }

    /// A scrutinee whose parts can be named several times.
    pub(super) fn scrutinee(&mut self, val: Val, span: Span) -> Val {
        match val {
            Val::Expr(Expr::Lit(_), _) | Val::Maybe { .. } | Val::Unit | Val::Never => val,
            Val::Tuple(vals) => Val::Tuple(vals.into_iter().map(|v| self.scrutinee(v, span)).collect()),
            Val::Ref { place, exclusive } => Val::Ref { place: self.pin(place, span), exclusive },
            Val::Place(place) => Val::Place(self.pin(place, span)),
            val => Val::Place(self.place(val, span)),
        }
    }

    pub(super) fn match_expr(&mut self, e: &syn::ExprMatch, expect: Option<&Ty>) -> Val {
        let value = self.expr(&e.expr, None);
        if matches!(value, Val::Never) {
            return Val::Never;
        }
        let value = self.scrutinee(value, e.expr.span());
        self.scoped(|l| l.match_arms(&e.arms, &value, expect, e.span()))
    }

    fn match_arms(&mut self, arms: &[syn::Arm], value: &Val, expect: Option<&Ty>, span: Span) -> Val {
        let Some((arm, rest)) = arms.split_first() else { return Val::Never };
        if let syn::Pat::Or(or) = &arm.pat {
            if binds_names(&arm.pat) {
                // One arm per alternative: each finds its names elsewhere.
                let mut split: Vec<syn::Arm> =
                    or.cases.iter().map(|case| syn::Arm { pat: case.clone(), ..arm.clone() }).collect();
                split.extend(rest.iter().cloned());
                return self.match_arms(&split, value, expect, span);
            }
        }
        let test = self.pattern_test(&arm.pat, value);
        let bindings: Bindings = vec![(&arm.pat, value.clone())];
        let last = rest.is_empty() || (test.is_none() && arm.guard.is_none());
        if last {
            self.bind_all(&bindings);
            return self.expr(&arm.body, expect);
        }
        let cond = match (test, &arm.guard) {
            (test, Some((_, guard))) => self.guarded(test, guard, &bindings),
            (Some(test), None) => test,
            (None, None) => Expr::Path(quote!(true)),
        };
        let cond = self.cond(cond, arm.pat.span());
        let exits = super::control::expr_exits(&arm.body);
        if exits {
            self.diverging_guard(cond, |l| {
                l.bind_all(&bindings);
                l.expr(&arm.body, None)
            });
            return self.match_arms(rest, value, expect, span);
        }
        if rest.iter().all(|a| super::control::expr_exits(&a.body)) {
            self.diverging_guard(super::stmt::negate(cond), |l| l.match_arms(rest, value, None, span));
            self.bind_all(&bindings);
            return self.expr(&arm.body, expect);
        }
        let arms: Vec<super::control::Arm> = vec![
            Box::new(|l: &mut Lowerer| {
                l.bind_all(&bindings);
                l.expr(&arm.body, expect)
            }),
            Box::new(|l: &mut Lowerer| l.match_arms(rest, value, expect, span)),
        ];
        self.branch(vec![cond], arms, expect, span)
    }

    /// `test && guard`, the guard seeing the pattern's names only where the test holds.
    fn guarded(&mut self, test: Option<Expr>, guard: &syn::Expr, bindings: &Bindings) -> Expr {
        self.scoped(|l| {
            let Some(test) = test else {
                l.bind_all(bindings);
                return l.bool_expr(guard);
            };
            let cond = l.cond(test, guard.span());
            l.conjunction(cond, guard.span(), |l| {
                l.bind_all(bindings);
                l.bool_expr(guard)
            })
        })
    }

    /// `first && second`, where `second` may need statements of its own.
    pub(super) fn conjunction(
        &mut self,
        first: Expr,
        span: Span,
        second: impl FnOnce(&mut Self) -> Expr,
    ) -> Expr {
        self.short_circuit(first, true, span, second)
    }

    /// `first && second` or `first || second`.
    pub(super) fn short_circuit(
        &mut self,
        first: Expr,
        and_op: bool,
        span: Span,
        second: impl FnOnce(&mut Self) -> Expr,
    ) -> Expr {
        let (mut block, value) = self.block(|l| second(l));
        if block.stmts.is_empty() {
            return if and_op {
                and(first, value)
            } else {
                Expr::Logic(syn::BinOp::Or(Default::default()), Box::new(first), Box::new(value))
            };
        }
        let var = self.named_temp("cond", Ty::Bool, span);
        self.func.var_mut(var).mutable = true;
        self.out.push(Stmt::Let { var, value: Some(first) });
        let place = Place::var(var, Ty::Bool);
        block.stmts.push(Stmt::Assign { place: place.clone(), value, init: false, saved: None });
        let read = Expr::Read(place);
        let test = if and_op { read.clone() } else { super::stmt::negate(read.clone()) };
        let entered = self.store(Some("first"), test, Ty::Bool, span);
        self.out.push(Stmt::If {
            cond: Expr::Read(entered),
            then: block,
            els: Default::default(),
            record: None,
        });
        read
    }
}

/// How the parts of a matched value are bound.
#[derive(Clone, Copy)]
enum Mode {
    Value,
    Ref { exclusive: bool },
}

impl Mode {
    fn of(self, place: Place) -> Val {
        match self {
            Mode::Value => Val::Place(place),
            Mode::Ref { exclusive } => Val::Ref { place, exclusive },
        }
    }
}

fn typed(val: Val, ty: Ty) -> Val {
    match val {
        Val::Expr(e, Ty::Unknown) => Val::Expr(e, ty),
        Val::Place(mut p) if matches!(p.ty, Ty::Unknown) => {
            p.ty = ty;
            Val::Place(p)
        }
        val => val,
    }
}

fn holds_reference(val: &Val) -> bool {
    match val {
        Val::Ref { .. } | Val::Iter(_) | Val::Closure(_) | Val::Range { .. } | Val::Maybe { .. } => true,
        Val::Tuple(vals) => vals.iter().any(holds_reference),
        _ => false,
    }
}

pub(super) fn and(a: Expr, b: Expr) -> Expr {
    Expr::Logic(syn::BinOp::And(Default::default()), Box::new(a), Box::new(b))
}

pub(super) fn query(place: Place, name: &str) -> Expr {
    Expr::Method {
        receiver: Box::new(Expr::Read(place)),
        name: Ident::new(name, Span::mixed_site()),
        turbofish: Default::default(),
        args: Vec::new(),
    }
}

/// The variant behind `Some`, `Ok` or `Err`, under any path.
pub(super) fn variant(path: &syn::Path) -> Option<Variant> {
    match path.segments.last()?.ident.to_string().as_str() {
        "Some" => Some(Variant::Some),
        "Ok" => Some(Variant::Ok),
        "Err" => Some(Variant::Err),
        _ => None,
    }
}

/// Whether a path looks like a variant of an enum: `Type::Variant`.
pub(super) fn is_enum_path(path: &syn::Path) -> bool {
    let owner = path.segments.iter().rev().nth(1);
    owner.is_some_and(|s| s.ident.to_string().starts_with(char::is_uppercase))
}

fn is_constant_name(name: &str) -> bool {
    name == "None"
        || (name.len() > 1
            && name.chars().all(|c| c.is_uppercase() || c == '_' || c.is_ascii_digit())
            && name.starts_with(char::is_uppercase))
}

fn is_rest(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Rest(_) => true,
        syn::Pat::Ident(p) => p.subpat.as_ref().is_some_and(|(_, s)| matches!(**s, syn::Pat::Rest(_))),
        _ => false,
    }
}

fn simple_literal(tokens: &proc_macro2::TokenStream) -> Option<syn::Lit> {
    match syn::parse2::<syn::Lit>(tokens.clone()).ok()? {
        lit @ (syn::Lit::Int(_) | syn::Lit::Bool(_) | syn::Lit::Char(_)) => Some(lit),
        _ => None,
    }
}

/// The names that a pattern binds.
pub(super) fn pattern_names(pat: &syn::Pat, out: &mut Vec<Ident>) {
    struct V<'o>(&'o mut Vec<Ident>);
    impl<'a> syn::visit::Visit<'a> for V<'_> {
        fn visit_pat_ident(&mut self, p: &'a syn::PatIdent) {
            let name = p.ident.to_string();
            if !is_constant_name(&name) && !self.0.contains(&p.ident) {
                self.0.push(p.ident.clone());
            }
            syn::visit::visit_pat_ident(self, p);
        }
    }
    syn::visit::Visit::visit_pat(&mut V(out), pat);
}

fn binds_names(pat: &syn::Pat) -> bool {
    let mut names = Vec::new();
    pattern_names(pat, &mut names);
    !names.is_empty()
}

/// The pattern with every binding replaced by `_`.
fn without_names(pat: &syn::Pat) -> proc_macro2::TokenStream {
    struct V;
    impl syn::visit_mut::VisitMut for V {
        fn visit_pat_mut(&mut self, p: &mut syn::Pat) {
            match p {
                syn::Pat::Ident(i) if i.subpat.is_none() && !is_constant_name(&i.ident.to_string()) => {
                    *p = syn::parse_quote!(_)
                }
                p => syn::visit_mut::visit_pat_mut(self, p),
            }
        }
        fn visit_field_pat_mut(&mut self, f: &mut syn::FieldPat) {
            if f.colon_token.is_none() {
                f.colon_token = Some(Default::default());
            }
            syn::visit_mut::visit_field_pat_mut(self, f);
        }
    }
    let mut pat = pat.clone();
    syn::visit_mut::VisitMut::visit_pat_mut(&mut V, &mut pat);
    pat.to_token_stream()
}

/// The place of a static or constant.
pub(super) fn static_place(tokens: proc_macro2::TokenStream, ty: Ty) -> Place {
    Place { root: Root::Static(tokens), proj: Vec::new(), ty }
}
