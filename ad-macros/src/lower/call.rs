//! Calls of paths: scalar functions, constructors, the standard library's own, closures, and everything that
//! must bring its own rules.

use super::pattern::variant;
use super::{Lowerer, Val};
use crate::ir::types::is_matrix;
use crate::ir::{Aggregate, Call, Callee, Expr, Passing, Place, Proj, Role, Scalar, Stmt, Ty};
use crate::rules;
use proc_macro2::{Ident, Span};
use quote::{quote, ToTokens};
use syn::spanned::Spanned;

impl Lowerer<'_> {
    pub(super) fn call(&mut self, c: &syn::ExprCall, expect: Option<&Ty>) -> Val {
        let syn::Expr::Path(p) = &*c.func else {
            if let Val::Closure(f) = self.expr(&c.func, None) {
                let args = self.arguments(&c.args);
                return self.call_closure(&f, args, expect, c.span());
            }
            return self.unsupported(
                &c.func,
                "a call through a value",
                "call a function by its name, choosing between several by `match`",
            );
        };
        if let Some(ident) = p.path.get_ident() {
            match self.lookup(&crate::names::key(ident)).cloned() {
                Some(Val::Closure(f)) => {
                    let args = self.arguments(&c.args);
                    return self.call_closure(&f, args, expect, c.span());
                }
                Some(_) => {
                    return self.unsupported(
                        &c.func,
                        "a call through a variable",
                        "call a function by its name, choosing between several by `match`",
                    );
                }
                None => {}
            }
        }
        if let Some(val) = self.std_call(p, c, expect) {
            return val;
        }
        let args = self.arguments(&c.args);
        self.call_path(p, args, expect, c.span())
    }

    /// The values of arguments, in order.
    pub(super) fn arguments(
        &mut self,
        args: &syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>,
    ) -> Vec<Val> {
        args.iter()
            .enumerate()
            .map(|(i, e)| {
                let val = self.expr(e, None);
                self.held(val, args.iter().skip(i + 1), e.span())
            })
            .collect()
    }

    /// Functions that are part of the language this crate understands and take more than values.
    fn std_call(&mut self, p: &syn::ExprPath, c: &syn::ExprCall, expect: Option<&Ty>) -> Option<Val> {
        let names = segments(p);
        let last = names.last()?.as_str();
        let before = names.len().checked_sub(2).map(|i| names[i].as_str());
        let args: Vec<&syn::Expr> = c.args.iter().collect();
        let span = c.span();
        match (before, last, args.as_slice()) {
            (Some("mem"), "swap", [a, b]) | (None, "swap", [a, b]) => {
                let a = self.expr(a, None);
                let b = self.expr(b, None);
                for (val, e) in [(&a, args[0]), (&b, args[1])] {
                    if let (syn::Expr::Reference(r), true) = (e, is_reference_variable(self, e)) {
                        self.errors.at(
                            r,
                            "two references would be exchanged",
                            "own the two buffers (`Vec`, array) and exchange those, or use `copy_from_slice`",
                        );
                    }
                    if !matches!(val, Val::Ref { .. } | Val::Place(_)) {
                        self.errors.at(e, "this cannot be exchanged", "pass `&mut variable`");
                    }
                }
                let (a, b) = (self.place(a, span), self.place(b, span));
                self.out.push(Stmt::Swap { a, b, back: false });
                Some(Val::Unit)
            }
            (Some("mem"), "replace", [p, v]) => {
                let value = self.expr(v, None);
                let (value, _) = self.atom(value, v.span());
                let place = self.expr(p, None);
                let place = self.place(place, p.span());
                Some(self.replace(place, value, span))
            }
            (Some("mem"), "take", [p]) => {
                let place = self.expr(p, None);
                let place = self.place(place, p.span());
                let value = if place.ty.is_real() {
                    Expr::Real(0.0)
                } else {
                    Expr::Call { path: quote!(::core::default::Default::default), args: Vec::new() }
                };
                Some(self.replace(place, value, span))
            }
            (_, "drop", [e]) if names.len() == 1 => {
                let val = self.expr(e, None);
                let _ = val;
                Some(Val::Unit)
            }
            (_, "stop_gradient", [e]) => {
                let val = self.expr(e, expect);
                let (value, ty) = self.read(val, span);
                let place = self.store(None, value, ty, span);
                if let Some(var) = place.whole() {
                    self.func.var_mut(var).constant = true;
                }
                Some(Val::Place(place))
            }
            (Some("array"), "from_fn", [f]) => Some(self.array_from_fn(f, expect, span)),
            (Some(ty), "from_fn", args) if is_matrix(ty) => Some(self.matrix_from_fn(p, args, span)),
            (Some("f64" | "f32"), "from", [e]) => {
                let val = self.expr(e, None);
                let (value, ty) = self.atom(val, span);
                let target: syn::Type =
                    if before == Some("f64") { syn::parse_quote!(f64) } else { syn::parse_quote!(f32) };
                let real = if before == Some("f64") { Scalar::F64 } else { Scalar::F32 };
                if matches!(ty, Ty::Bool) {
                    let path = quote!(f64::from);
                    return Some(Val::Expr(Expr::Call { path, args: vec![value] }, Ty::Real(real)));
                }
                Some(Val::Expr(Expr::Cast(Box::new(value), target), Ty::Real(real)))
            }
            (Some("Vec"), "from", [e]) => {
                let val = self.expr(e, expect);
                let place = self.place(val, span);
                let ty = Ty::Vec(Box::new(place.ty.element()));
                Some(Val::Expr(Expr::Convert { from: place, call: quote!(.to_vec()) }, ty))
            }
            (Some("iter"), "zip", [a, b]) => {
                let a = self.expr(a, None);
                let b = self.expr(b, None);
                let (a, b) = (self.iterated(a, span)?, self.iterated(b, span)?);
                Some(Val::Iter(super::Iter::Zip(Box::new(a), Box::new(b))))
            }
            _ => None,
        }
    }

    /// `mem::replace(place, value)`
    pub(super) fn replace(&mut self, place: Place, value: Expr, span: Span) -> Val {
        let place = self.pin(place, span);
        let ty = place.ty.clone();
        let copied = if ty.is_copy() { Expr::Read(place.clone()) } else { Expr::Clone(place.clone()) };
        let old = self.store(None, copied, ty.clone(), span);
        self.write(place, value, &ty);
        Val::Place(old)
    }

    fn array_from_fn(&mut self, f: &syn::Expr, expect: Option<&Ty>, span: Span) -> Val {
        let Some(f) = self.callable(f) else { return Val::Unit };
        let element = expect.map_or(Ty::Unknown, Ty::element);
        let init = if self.func.generic_real.is_some() && element.is_real() {
            Expr::Runtime("zero_array", Vec::new())
        } else {
            let zero = if element.is_real() {
                quote!(|_| 0.0)
            } else {
                quote!(|_| ::core::default::Default::default())
            };
            Expr::Call { path: quote!(::core::array::from_fn), args: vec![Expr::Path(zero)] }
        };
        let annotation = self.wanted_array.take();
        let inner = match &annotation {
            Some(syn::Type::Array(a)) => Some((*a.elem).clone()).filter(|t| matches!(t, syn::Type::Array(_))),
            _ => None,
        };
        let array = self.accumulator("array", init, Ty::Array(Box::new(element)), span);
        if let Some(var) = array.whole() {
            self.func.var_mut(var).annotation = annotation;
        }
        let n = super::iter::len(&array);
        let range = super::control::Counted {
            name: None,
            lo: rules::int_lit(0),
            hi: n,
            inclusive: false,
            step: None,
            rev: false,
            span,
        };
        self.counted(None, range, &mut |l, k| {
            l.wanted_array = inner.clone();
            let val = l.call_closure(&f, vec![Val::Place(k.clone())], None, span);
            let (value, ty) = l.read(val, span);
            if let Some(var) = array.whole() {
                if matches!(l.func.var(var).ty.element(), Ty::Unknown) {
                    l.func.var_mut(var).ty = Ty::Array(Box::new(ty.clone()));
                }
            }
            let target = array.then(Proj::Index(Box::new(Expr::Read(k))), ty.clone());
            l.out.push(Stmt::Assign { place: target, value, init: true, saved: None });
        });
        let ty = array.whole().map_or(Ty::Unknown, |v| self.func.var(v).ty.clone());
        Val::Place(Place { ty, ..array })
    }

    fn matrix_from_fn(&mut self, p: &syn::ExprPath, args: &[&syn::Expr], span: Span) -> Val {
        let Some((f, dims)) = args.split_last() else { return Val::Unit };
        let Some(f) = self.callable(f) else { return Val::Unit };
        let dims: Vec<Expr> = dims
            .iter()
            .map(|d| {
                let n = self.int_expr(d);
                self.stable(n, span)
            })
            .collect();
        let mut zeros = p.clone();
        if let Some(last) = zeros.path.segments.last_mut() {
            last.ident = Ident::new("zeros", last.ident.span());
            last.arguments = syn::PathArguments::None;
        }
        let init = Expr::Call { path: zeros.to_token_stream(), args: dims };
        let matrix = self.accumulator("matrix", init, Ty::Matrix, span);
        let size = |name: &str| super::iter::method(Expr::Read(matrix.clone()), name, Vec::new());
        let (rows, cols) = (self.stable(size("nrows"), span), self.stable(size("ncols"), span));
        let range = |hi: Expr| super::control::Counted {
            name: None,
            lo: rules::int_lit(0),
            hi,
            inclusive: false,
            step: None,
            rev: false,
            span,
        };
        self.counted(None, range(cols), &mut |l, j| {
            let rows = rows.clone();
            l.counted(None, range(rows), &mut |l, i| {
                let val = l.call_closure(
                    &f,
                    vec![Val::Place(i.clone()), Val::Place(j.clone())],
                    Some(&Ty::REAL),
                    span,
                );
                let (value, _) = l.read(val, span);
                let index = Expr::Aggregate(Aggregate::Tuple, vec![Expr::Read(i), Expr::Read(j.clone())]);
                let target = matrix.then(Proj::Index(Box::new(index)), Ty::REAL);
                l.out.push(Stmt::Assign { place: target, value, init: true, saved: None });
            });
        });
        Val::Place(matrix)
    }

    /// A call of a path with values.
    pub(super) fn call_path(
        &mut self,
        p: &syn::ExprPath,
        args: Vec<Val>,
        expect: Option<&Ty>,
        span: Span,
    ) -> Val {
        let names = segments(p);
        let (Some(last), n) = (names.last().cloned(), names.len()) else { return Val::Unit };
        let before = n.checked_sub(2).map(|i| names[i].clone());
        if args.iter().any(|a| matches!(a, Val::Closure(_) | Val::Iter(_))) {
            self.errors.at(
                p,
                "a closure or an iterator is passed to a function",
                "pass the values it works on, or write the loop here",
            );
            return Val::Expr(Expr::Real(0.0), Ty::Unknown);
        }
        if let Some(kind) = variant(&p.path) {
            if let Some(val) = args.into_iter().next() {
                let (e, ty) = self.atom(val, span);
                return Val::Expr(
                    Expr::Aggregate(Aggregate::Variant(kind), vec![e]),
                    Ty::Option(Box::new(ty)),
                );
            }
            return Val::Unit;
        }
        let scalar_type = match before.as_deref() {
            Some("f64") => Some(Scalar::F64),
            Some("f32") => Some(Scalar::F32),
            Some(t) if self.reals.iter().any(|r| r == t) => Some(Scalar::Generic),
            _ => None,
        };
        if let Some(scalar) = scalar_type {
            return self.scalar_path(&last, scalar, p, args, span);
        }
        if before.as_deref().is_some_and(|b| INTEGERS.contains(&b)) {
            return self.inert_call(p, args, Ty::Int, span);
        }
        if before.as_deref() == Some("Vec") && matches!(last.as_str(), "new" | "with_capacity") {
            let element = expect.map_or(Ty::Unknown, Ty::element);
            return self.inert_call(p, args, Ty::Vec(Box::new(element)), span);
        }
        if before.as_deref() == Some("String") || (before.as_deref() == Some("Default") && last == "default")
        {
            let ty = expect.cloned().unwrap_or(Ty::Unknown);
            return self.inert_call(p, args, ty, span);
        }
        let inert_args = args.iter().all(|a| self.is_known_inert(a));
        let constant_args = args.iter().all(|a| {
            matches!(a, Val::Expr(e, _) if super::expr::is_constant_value(e)) || self.is_known_inert(a)
        });
        if before.as_deref().is_some_and(is_matrix) && constant_args {
            return self.inert_call(p, args, Ty::Matrix, span);
        }
        let capital = last.starts_with(char::is_uppercase);
        if capital {
            if let Some(b) = &before {
                if b.starts_with(char::is_uppercase) && b != "Self" {
                    return self.enum_value(p, args, span);
                }
            }
            let parts = args.into_iter().map(|a| self.atom(a, span).0).collect();
            let kind = Aggregate::TupleStruct { path: p.path.clone() };
            return Val::Expr(Expr::Aggregate(kind, parts), Ty::Named(last));
        }
        let associated =
            before.as_deref().is_some_and(|b| b.starts_with(char::is_uppercase)) || p.qself.is_some();
        let convert = matches!(last.as_str(), "convert" | "size_of" | "from_f64" | "from_usize" | "from_i32");
        if convert && constant_args {
            return self.inert_call(p, args, Ty::Unknown, span);
        }
        if inert_args && !args.is_empty() && !associated {
            let ty = expect.filter(|t| !matches!(t, Ty::Unit)).cloned().unwrap_or(Ty::Unknown);
            return self.inert_call(p, args, ty, span);
        }
        let own = last == self.own_name && (n == 1 || before.as_deref() == Some("Self"));
        self.func.recursive |= own;
        let callee =
            if associated { Callee::Associated(p.clone()) } else { Callee::Companion(p.path.clone()) };
        if p.qself.as_ref().is_some_and(|q| q.position > 0) {
            self.errors.at(
                p,
                "a function named through a trait has no rules",
                "call an annotated function or inherent method by its own path",
            );
        }
        let ty = if before.as_deref().is_some_and(is_matrix) { Ty::Matrix } else { Ty::Unknown };
        self.rule_call(callee, args, ty, span)
    }

    /// Whether a value surely carries no derivative, by its type.
    pub(super) fn is_known_inert(&self, val: &Val) -> bool {
        match val {
            Val::Expr(_, ty) => ty.is_inert(),
            Val::Place(p) | Val::Ref { place: p, exclusive: false } => p.ty.is_inert(),
            Val::Tuple(vals) => vals.iter().all(|v| self.is_known_inert(v)),
            Val::Range { .. } | Val::Unit => true,
            _ => false,
        }
    }

    /// A call that is printed as it is and carries no derivative.
    pub(super) fn inert_call(&mut self, p: &syn::ExprPath, args: Vec<Val>, ty: Ty, span: Span) -> Val {
        let args = args.into_iter().map(|a| self.inert_argument(a, span)).collect();
        Val::Expr(Expr::Call { path: p.to_token_stream(), args }, ty)
    }

    pub(super) fn inert_argument(&mut self, val: Val, span: Span) -> Expr {
        match val {
            Val::Ref { place, exclusive }
                if place.whole().is_none_or(|v| self.func.var(v).passing == Passing::Value)
                    || !place.ty.is_copy() =>
            {
                Expr::Ref { exclusive, place }
            }
            val => self.inert(val, span).0,
        }
    }

    fn enum_value(&mut self, p: &syn::ExprPath, args: Vec<Val>, span: Span) -> Val {
        let parts: Vec<Expr> = args.into_iter().map(|a| self.atom(a, span).0).collect();
        let ident = self.names.fresh("choice", span);
        let var = self.add(ident, Ty::Unknown, Role::Local, Passing::Value, false);
        self.out.push(Stmt::Let {
            var,
            value: Some(Expr::Aggregate(Aggregate::TupleStruct { path: p.path.clone() }, parts)),
        });
        self.func.enums.push((var, span));
        Val::Place(Place::var(var, Ty::Unknown))
    }

    /// `f64::name(args)`, `T::name(args)`
    fn scalar_path(
        &mut self,
        name: &str,
        scalar: Scalar,
        p: &syn::ExprPath,
        args: Vec<Val>,
        span: Span,
    ) -> Val {
        if name == "sin_cos" {
            if let Some(val) = args.into_iter().next() {
                return self.sin_cos(val, span);
            }
            return Val::Unit;
        }
        if rules::find(name).is_some_and(|r| r.arity == args.len()) {
            return self.scalar_function(name, args, Ty::Real(scalar), span);
        }
        if matches!(
            name,
            "is_nan" | "is_finite" | "is_infinite" | "total_cmp" | "is_sign_negative" | "is_sign_positive"
        ) {
            return self.inert_call(p, args, Ty::Bool, span);
        }
        let constant = args.iter().all(|a| {
            matches!(a, Val::Expr(e, _) if super::expr::is_constant_value(e)) || self.is_known_inert(a)
        });
        if constant && !matches!(name, "from_bits") {
            return self.inert_call(p, args, Ty::Real(scalar), span);
        }
        self.unsupported(
            p,
            &format!("`{name}`"),
            "use a function of std with a derivative, or ask for a constant with `stop_gradient(…)`",
        )
    }

    /// A function of the table.
    pub(super) fn scalar_function(&mut self, name: &str, args: Vec<Val>, ty: Ty, span: Span) -> Val {
        let Some(rule) = rules::find(name) else { return Val::Unit };
        if let Ty::Real(scalar @ (Scalar::F64 | Scalar::F32)) = ty {
            for arg in &args {
                if let Some(var) = match arg {
                    Val::Place(p) => p.whole(),
                    _ => None,
                } {
                    let info = self.func.var_mut(var);
                    if matches!(info.ty, Ty::Real(Scalar::Any)) {
                        info.ty = Ty::Real(scalar);
                    }
                }
            }
        }
        let args = args
            .into_iter()
            .enumerate()
            .map(|(i, a)| {
                if name == "powi" && i == 1 {
                    let (e, _) = self.inert(a, span);
                    return self.stable(e, span);
                }
                self.atom(a, span).0
            })
            .collect();
        Val::Expr(Expr::Scalar(rule.name, args), ty)
    }

    pub(super) fn sin_cos(&mut self, val: Val, span: Span) -> Val {
        let (x, ty) = self.atom(val, span);
        Val::Tuple(vec![
            Val::Expr(Expr::Scalar("sin", vec![x.clone()]), ty.clone()),
            Val::Expr(Expr::Scalar("cos", vec![x]), ty),
        ])
    }

    /// A call that brings its own rules.
    pub(super) fn rule_call(&mut self, callee: Callee, args: Vec<Val>, ty: Ty, span: Span) -> Val {
        let args = args.into_iter().map(|a| self.argument(a, span)).collect();
        let result = self.temp(ty.clone(), span);
        let ident = self.names.fresh(&format!("{}_back", self.func.var(result).ident), span);
        let back = self.add(ident, Ty::Unknown, Role::Back, Passing::Value, true);
        self.out.push(Stmt::Call(Call {
            callee,
            args,
            result,
            back,
            saves: Vec::new(),
            mode: crate::ir::CallMode::Split,
        }));
        Val::Place(Place::var(result, ty))
    }

    fn argument(&mut self, val: Val, span: Span) -> Expr {
        match val {
            Val::Ref { place, exclusive } => {
                let place = self.pin(place, span);
                Expr::Ref { exclusive, place }
            }
            Val::Tuple(ref vals)
                if vals.iter().any(|v| matches!(v, Val::Ref { place, .. } if !place.ty.is_copy())) =>
            {
                self.errors.span(
                    span,
                    "references inside a tuple are passed to a function",
                    "pass each reference as a parameter of its own",
                );
                Expr::Real(0.0)
            }
            val => self.atom(val, span).0,
        }
    }
}

const INTEGERS: &[&str] =
    &["usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128"];

/// The names of a path's segments.
fn segments(p: &syn::ExprPath) -> Vec<String> {
    let mut names: Vec<String> = p.path.segments.iter().map(|s| s.ident.to_string()).collect();
    // `<[f64]>::…` and `<T as Trait>::…` start with a type.
    if let Some(q) = &p.qself {
        if let syn::Type::Path(t) = &*q.ty {
            if let Some(s) = t.path.segments.last() {
                names.insert(names.len().saturating_sub(1), s.ident.to_string());
            }
        }
    }
    names
}

fn is_reference_variable(l: &Lowerer, e: &syn::Expr) -> bool {
    match e {
        syn::Expr::Reference(r) => {
            super::control::name(&r.expr).is_some_and(|n| matches!(l.lookup(&n), Some(Val::Ref { .. })))
        }
        _ => false,
    }
}
