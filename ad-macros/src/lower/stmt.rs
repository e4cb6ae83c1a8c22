//! Statements: declarations, assignments, blocks.

use super::{control, Lowerer, Val};
use crate::attributes;
use crate::ir::{ArithOp, Expr, Passing, Place, Proj, Role, Stmt, Ty};
use crate::names::key;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// A list of statements in the current scope; the value of the last one.
    pub(super) fn stmts(&mut self, stmts: &[syn::Stmt], expect: Option<&Ty>) -> Val {
        for stmt in stmts {
            if let syn::Stmt::Item(item) = stmt {
                self.item(item);
            }
        }
        let mut value = Val::Unit;
        for (i, stmt) in stmts.iter().enumerate() {
            if matches!(value, Val::Never) {
                break;
            }
            let last = i + 1 == stmts.len();
            if last && self.depth == 0 && self.targets.len() == 1 {
                self.wanted_array = self.result_type.clone().filter(|t| matches!(t, syn::Type::Array(_)));
            }
            value = self.stmt(stmt, if last { expect } else { None }, last);
            self.guard_unwinding();
        }
        value
    }

    fn stmt(&mut self, stmt: &syn::Stmt, expect: Option<&Ty>, last: bool) -> Val {
        match stmt {
            syn::Stmt::Local(local) => self.local(local),
            syn::Stmt::Item(_) => Val::Unit,
            syn::Stmt::Expr(expr, semi) => {
                let wanted = if last && semi.is_none() { expect } else { Some(&Ty::Unit) };
                let value = self.expr(expr, wanted);
                match (semi, &value) {
                    (_, Val::Never) => Val::Never,
                    (None, _) if last => value,
                    _ => {
                        self.discard(value, expr.span());
                        Val::Unit
                    }
                }
            }
            syn::Stmt::Macro(m) => {
                let value = self.macro_call(&m.mac);
                match (&m.semi_token, &value) {
                    (_, Val::Never) => Val::Never,
                    (None, _) if last => value,
                    _ => {
                        self.discard(value, m.span());
                        Val::Unit
                    }
                }
            }
        }
    }

    /// Evaluates what has an effect and forgets the value.
    fn discard(&mut self, value: Val, span: Span) {
        if let Val::Expr(expr, ty) = value {
            if matches!(expr, Expr::Unwrap { .. }) || matches!(&expr, Expr::Opaque(_)) {
                self.store(None, expr, ty, span);
            }
        }
    }

    fn item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Const(_)
            | syn::Item::Use(_)
            | syn::Item::Static(_)
            | syn::Item::Type(_)
            | syn::Item::Fn(_)
            | syn::Item::Struct(_)
            | syn::Item::Enum(_)
            | syn::Item::Impl(_)
            | syn::Item::Macro(_) => {
                self.func.items.push(item.to_token_stream());
            }
            other => {
                self.errors.at(
                    other,
                    "this kind of item is not supported inside a differentiated function",
                    "move it out of the function",
                );
            }
        }
    }

    fn local(&mut self, local: &syn::Local) -> Val {
        let mut attrs = local.attrs.clone();
        let constant = attributes::take_no_grad(&mut attrs, self.errors);
        let (pat, annotation) = match &local.pat {
            syn::Pat::Type(t) => (&*t.pat, Some((*t.ty).clone())),
            pat => (pat, None),
        };
        let declared = annotation.as_ref().map(|t| Ty::parse(t, &self.reals));
        let Some(init) = &local.init else {
            self.deferred(pat, declared.unwrap_or(Ty::Unknown), annotation, constant);
            return Val::Unit;
        };
        if let Some((_, diverge)) = &init.diverge {
            return self.let_else(pat, &init.expr, diverge);
        }
        self.wants_reference = matches!(annotation, Some(syn::Type::Reference(_)));
        self.wanted_array = annotation.clone().filter(|t| matches!(t, syn::Type::Array(_)));
        let value = if constant {
            self.constant_value(&init.expr, declared.as_ref())
        } else {
            self.expr(&init.expr, declared.as_ref())
        };
        self.wants_reference = false;
        self.wanted_array = None;
        if matches!(value, Val::Never) {
            return Val::Never;
        }
        let before = self.func.vars.len();
        match (annotation, pat) {
            (Some(annotation), syn::Pat::Ident(p))
                if p.subpat.is_none() && !matches!(annotation, syn::Type::Reference(_)) =>
            {
                self.annotated(p, value, annotation, declared.unwrap_or(Ty::Unknown), constant);
            }
            (Some(annotation), _)
                if matches!(value, Val::Expr(..)) && !matches!(annotation, syn::Type::Reference(_)) =>
            {
                let place = self.place(value, local.span());
                if let Some(var) = place.whole() {
                    self.func.var_mut(var).annotation = Some(annotation);
                }
                self.bind_pattern(pat, Val::Place(place), constant);
            }
            _ => self.bind_pattern(pat, value, constant),
        }
        if constant {
            self.func.vars[before..].iter_mut().for_each(|v| v.constant = true);
        }
        Val::Unit
    }

    /// The initialiser of a `#[no_grad] let`: taken verbatim where it is not plain language.
    fn constant_value(&mut self, init: &syn::Expr, expect: Option<&Ty>) -> Val {
        let ty = expect.cloned().unwrap_or(Ty::Unknown);
        let opaque = self.opaque(init);
        let place = {
            let var = self.temp(ty.clone(), init.span());
            self.func.var_mut(var).constant = true;
            self.out.push(Stmt::Let { var, value: Some(Expr::Opaque(opaque)) });
            Place::var(var, ty)
        };
        Val::Place(place)
    }

    fn annotated(
        &mut self,
        p: &syn::PatIdent,
        value: Val,
        annotation: syn::Type,
        declared: Ty,
        constant: bool,
    ) {
        let (expr, ty) = match value {
            Val::Iter(_) | Val::Closure(_) => {
                self.bind(&key(&p.ident), value);
                return;
            }
            value => self.read(value, p.ident.span()),
        };
        let ty = if matches!(declared, Ty::Unknown) { ty } else { declared };
        let ident = self.names.user(&p.ident);
        let var = self.add(ident, ty, Role::Local, Passing::Value, constant);
        let info = self.func.var_mut(var);
        info.mutable = p.mutability.is_some();
        info.annotation = Some(annotation);
        self.out.push(Stmt::Let { var, value: Some(expr) });
        self.bind(&key(&p.ident), self.variable(var));
    }

    fn deferred(&mut self, pat: &syn::Pat, ty: Ty, annotation: Option<syn::Type>, constant: bool) {
        if let syn::Pat::Tuple(t) = pat {
            for (i, p) in t.elems.iter().enumerate() {
                self.deferred(p, ty.component(i), None, constant);
            }
            return;
        }
        let syn::Pat::Ident(p) = pat else {
            self.errors.at(
                pat,
                "a declaration without a value needs a plain name",
                "declare each variable by `let name;`",
            );
            return;
        };
        let ident = self.names.user(&p.ident);
        let var = self.add(ident, ty, Role::Local, Passing::Value, constant);
        let info = self.func.var_mut(var);
        info.mutable = p.mutability.is_some();
        info.annotation = annotation;
        self.uninit.insert(var);
        if self.targets.first().is_some_and(|t| t.result.is_some()) {
            self.placeholders.insert(var);
        }
        self.out.push(Stmt::Let { var, value: None });
        self.bind(&key(&p.ident), self.variable(var));
    }

    /// `let pat = init else { diverge };`
    fn let_else(&mut self, pat: &syn::Pat, init: &syn::Expr, diverge: &syn::Expr) -> Val {
        let value = self.expr(init, None);
        let value = self.scrutinee(value, init.span());
        let test = self.pattern_test(pat, &value);
        if let Some(test) = test {
            let cond = self.cond(test, pat.span());
            let negated = negate(cond);
            self.diverging_guard(negated, |l| l.expr(diverge, None));
        }
        self.bind_pattern(pat, value, false);
        Val::Unit
    }

    /// `place = value`, on any left-hand side.
    pub(super) fn assign(&mut self, left: &syn::Expr, right: &syn::Expr) -> Val {
        match left {
            syn::Expr::Infer(_) => {
                let value = self.expr(right, None);
                self.discard(value, right.span());
            }
            syn::Expr::Tuple(_) | syn::Expr::Array(_) | syn::Expr::Struct(_) | syn::Expr::Call(_) => {
                let value = self.expr(right, None);
                let value = self.materialise(value, right.span());
                self.assign_pattern(left, value);
            }
            _ => {
                let expect = self.peek_type(left);
                let value = self.expr(right, expect.as_ref());
                if matches!(value, Val::Never) {
                    return Val::Never;
                }
                let value = if control::has_effect(left) { self.settled(value, right.span()) } else { value };
                self.assign_to(left, value);
            }
        }
        Val::Unit
    }

    /// Every component of the value in a variable of its own, so that all are read before any is written.
    fn materialise(&mut self, value: Val, span: Span) -> Val {
        match value {
            Val::Tuple(vals) => Val::Tuple(vals.into_iter().map(|v| self.materialise(v, span)).collect()),
            value => {
                let (expr, ty) = self.read(value, span);
                match expr {
                    Expr::Lit(_) | Expr::Path(_) => Val::Expr(expr, ty),
                    expr => Val::Place(self.store(None, expr, ty, span)),
                }
            }
        }
    }

    fn assign_pattern(&mut self, left: &syn::Expr, value: Val) {
        let span = left.span();
        match left {
            syn::Expr::Infer(_) => {}
            syn::Expr::Paren(p) => self.assign_pattern(&p.expr, value),
            syn::Expr::Tuple(t) => match value {
                Val::Tuple(vals) if vals.len() == t.elems.len() => {
                    t.elems.iter().zip(vals).for_each(|(e, v)| self.assign_pattern(e, v));
                }
                value => {
                    let place = self.place(value, span);
                    for (i, e) in t.elems.iter().enumerate() {
                        let ty = place.ty.component(i);
                        self.assign_pattern(e, Val::Place(place.then(Proj::Field(i.into()), ty)));
                    }
                }
            },
            syn::Expr::Array(a) => {
                let place = self.place(value, span);
                for (i, e) in a.elems.iter().enumerate() {
                    let index = Proj::Index(Box::new(crate::rules::int_lit(i as i64)));
                    self.assign_pattern(e, Val::Place(place.then(index, place.ty.element())));
                }
            }
            syn::Expr::Struct(s) => {
                let place = self.place(value, span);
                for field in &s.fields {
                    self.assign_pattern(
                        &field.expr,
                        Val::Place(place.then(Proj::Field(field.member.clone()), Ty::Unknown)),
                    );
                }
            }
            syn::Expr::Call(c) => {
                let place = self.place(value, span);
                for (i, e) in c.args.iter().enumerate() {
                    self.assign_pattern(e, Val::Place(place.then(Proj::Field(i.into()), Ty::Unknown)));
                }
            }
            other => self.assign_to(other, value),
        }
    }

    fn assign_to(&mut self, left: &syn::Expr, value: Val) {
        let span = left.span();
        if let Some(name) = control::name(left) {
            if let Some(Val::Ref { place, .. }) = self.lookup(&name) {
                if place.proj.is_empty()
                    || !matches!(value, Val::Expr(..))
                    || matches!(value, Val::Ref { .. })
                {
                    self.errors.at(
                        left,
                        format!("the reference `{name}` is given another target"),
                        "bind a new name by `let`, or keep an index and borrow where it is used",
                    );
                    return;
                }
            }
        }
        let target = self.expr(left, None);
        let place = match target {
            Val::Place(place) | Val::Ref { place, .. } => place,
            _ => {
                self.errors.at(
                    left,
                    "this cannot be assigned to",
                    "assign to a variable, a field or an element",
                );
                return;
            }
        };
        if matches!(value, Val::Ref { .. }) && place.proj.is_empty() {
            self.errors.at(
                left,
                "a variable holds a reference chosen at run time",
                "assign a value (`*r`, `.clone()`), or keep an index and borrow where it is used",
            );
            return;
        }
        let (expr, ty) = self.read(value, span);
        self.write(place, expr, &ty);
    }

    /// `place = value`, as a first assignment where the variable was declared without a value.
    pub(super) fn write(&mut self, place: Place, value: Expr, ty: &Ty) {
        let init = match place.whole() {
            Some(var) => {
                let info = self.func.var_mut(var);
                if matches!(info.ty, Ty::Unknown) {
                    info.ty = ty.clone();
                }
                self.uninit.remove(&var)
                    || (!self.func.var(var).mutable && self.func.var(var).passing == Passing::Value)
            }
            None => false,
        };
        self.out.push(Stmt::Assign { place, value, init, saved: None });
    }

    /// `place op= value`
    pub(super) fn update(&mut self, op: ArithOp, left: &syn::Expr, right: &syn::Expr) -> Val {
        let span = left.span();
        // For primitive operands Rust evaluates the right side first.
        let expect = self.peek_type(left);
        let value = self.expr(right, expect.as_ref());
        let value = if control::has_effect(left) { self.settled(value, right.span()) } else { value };
        let target = self.expr(left, None);
        let (Val::Place(place) | Val::Ref { place, .. }) = target else {
            self.errors.at(left, "this cannot be assigned to", "assign to a variable, a field or an element");
            return Val::Unit;
        };
        let place = self.pin(place, span);
        let (value, ty) = self.atom(value, right.span());
        let mut place = place;
        if matches!(place.ty, Ty::Unknown)
            && (ty.is_real() || matches!(ty, Ty::Int))
            && !matches!(op, ArithOp::Mul | ArithOp::Div)
        {
            place.ty = ty.clone();
        }
        let real = place.ty.is_real();
        match op {
            ArithOp::Add | ArithOp::Sub => {
                self.out.push(Stmt::Update { place, op, value, saved: None, undo: false })
            }
            _ if real || place.ty.is_inert() => {
                let read = Expr::Read(place.clone());
                let ty = place.ty.clone();
                let value = Expr::Arith(op, Box::new(read), Box::new(value));
                self.write(place, value, &ty);
            }
            _ => self.out.push(Stmt::Update { place, op, value, saved: None, undo: false }),
        }
        Val::Unit
    }

    /// The type of a left-hand side, without lowering it.
    fn peek_type(&self, left: &syn::Expr) -> Option<Ty> {
        let name = control::name(left)?;
        match self.lookup(&name)? {
            Val::Place(place) => Some(place.ty.clone()),
            _ => None,
        }
    }
}

/// `!cond`
pub(super) fn negate(cond: Expr) -> Expr {
    match cond {
        Expr::Unary(crate::ir::UnOp::Not, e) => *e,
        e => Expr::Unary(crate::ir::UnOp::Not, Box::new(e)),
    }
}
