//! From syntax to the intermediate representation: the fence, and the only place that rejects syntax.
//!
//! The lowering interprets the function symbolically. A [`Val`] is what an expression stands for: a value, a
//! place, a reference to a place, a tuple of those, an iterator, a closure. References, iterators and closures
//! exist only here; what reaches the representation are places and loops.

mod call;
mod closure;
mod control;
mod expr;
mod iter;
mod macros;
mod method;
mod opaque;
mod pattern;
mod stmt;

use crate::diagnostics::Errors;
use crate::ir::{Block, Expr, Func, Passing, Place, Proj, Role, Stmt, Ty, Var, VarId};
use crate::names::{key, Names};
use closure::Closure;
pub use control::int;
use iter::Iter;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What an expression stands for while lowering.
#[derive(Clone)]
pub enum Val {
    /// A pure expression: an atom, one operation over atoms, or an inert tree.
    Expr(Expr, Ty),
    /// A place, not yet read.
    Place(Place),
    /// A reference to a place.
    Ref { place: Place, exclusive: bool },
    /// A tuple, by its components.
    Tuple(Vec<Val>),
    /// An iterator, not yet run.
    Iter(Iter),
    /// A closure, not yet called.
    Closure(Rc<Closure>),
    /// A range of integers.
    Range { lo: Option<Expr>, hi: Option<Expr>, inclusive: bool },
    /// `Some(some)` where `present` holds, as `get`, `first`, `last`, `min_by` give it.
    Maybe { present: Expr, some: Box<Val> },
    /// `()`
    Unit,
    /// Control does not get here.
    Never,
}

/// A loop, or a function whose body is being lowered, that exits refer to.
struct Target {
    label: Option<String>,
    kind: TargetKind,
    depth: usize,
    result: Option<Slot>,
    broken: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TargetKind {
    Loop { brk: i64, cont: i64 },
    Block { brk: i64 },
    Function { ret: i64 },
}

/// A result that is assigned on several paths.
#[derive(Clone)]
struct Slot {
    var: VarId,
    /// `None` until the type of the first assigned value is known; then whether it is kept in an `Option`.
    wrapped: Option<bool>,
}

/// Lowers one function.
pub struct Lowerer<'e> {
    func: Func,
    scopes: Vec<HashMap<String, Val>>,
    out: Vec<Stmt>,
    depth: usize,
    guards: Vec<Guard>,
    targets: Vec<Target>,
    next_code: i64,
    flow: Option<VarId>,
    /// Exits taken: depth of the target's list, and the outermost list that already skips what follows.
    unwinding: HashMap<usize, usize>,
    /// Variables that hold results assigned on several paths; whether in an `Option`.
    slots: HashMap<VarId, bool>,
    /// Variables declared without a value in a function that may be left before they get one.
    placeholders: HashSet<VarId>,
    uninit: HashSet<VarId>,
    errors: &'e mut Errors,
    names: Names,
    reals: Vec<String>,
    consts: HashSet<String>,
    own_name: String,
    calling: Vec<usize>,
    /// The declaration being lowered is annotated with a reference type.
    wants_reference: bool,
    /// The array type that the declaration being lowered is annotated with.
    wanted_array: Option<syn::Type>,
    /// The function's result type as written.
    result_type: Option<syn::Type>,
}

/// A branch opened in the middle of a statement list: what follows stands in its other arm.
struct Guard {
    cond: Expr,
    then: Block,
    before: Vec<Stmt>,
}

/// Lowers a function. Errors are collected; the result is meaningful only when there are none.
pub fn lower(sig: &syn::Signature, inactive: &[bool], body: &syn::Block, errors: &mut Errors) -> Func {
    let names = Names::new(body.to_token_stream().into_iter().chain(sig.to_token_stream()).collect());
    let reals = real_parameters(sig);
    let consts = sig.generics.const_params().map(|c| c.ident.to_string()).collect();
    let func = Func {
        vars: Vec::new(),
        params: Vec::new(),
        body: Block::default(),
        result: None,
        result_ty: Ty::Unit,
        generic_real: reals.first().cloned(),
        recursive: false,
        items: Vec::new(),
        enums: Vec::new(),
        fresh: Vec::new(),
    };
    let mut lowerer = Lowerer {
        func,
        scopes: vec![HashMap::new()],
        out: Vec::new(),
        depth: 0,
        guards: Vec::new(),
        targets: Vec::new(),
        next_code: 1,
        flow: None,
        unwinding: HashMap::new(),
        slots: HashMap::new(),
        placeholders: HashSet::new(),
        uninit: HashSet::new(),
        errors,
        names,
        reals,
        consts,
        own_name: sig.ident.to_string(),
        calling: Vec::new(),
        wants_reference: false,
        wanted_array: None,
        result_type: match &sig.output {
            syn::ReturnType::Type(_, ty) => Some((**ty).clone()),
            syn::ReturnType::Default => None,
        },
    };
    lowerer.function(sig, inactive, body);
    lowerer.func
}

/// Names of the type parameters bounded by `Real`.
///
/// The generics of an `impl` block cannot be seen from its methods: there a type named `T`, `F` or `R` is
/// taken for such a parameter, and rustc refuses the arithmetic where it is not.
pub fn real_parameters(sig: &syn::Signature) -> Vec<String> {
    let generics = &sig.generics;
    let is_real = |bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>| {
        bounds.iter().any(|b| match b {
            syn::TypeParamBound::Trait(t) => t.path.segments.last().is_some_and(|s| s.ident == "Real"),
            _ => false,
        })
    };
    let mut out: Vec<String> =
        generics.type_params().filter(|p| is_real(&p.bounds)).map(|p| p.ident.to_string()).collect();
    for predicate in generics.where_clause.iter().flat_map(|w| &w.predicates) {
        if let syn::WherePredicate::Type(t) = predicate {
            if is_real(&t.bounds) {
                out.push(t.bounded_ty.to_token_stream().to_string());
            }
        }
    }
    if sig.receiver().is_some() {
        let mut outer = OneLetter {
            own: generics.type_params().map(|p| p.ident.to_string()).collect(),
            found: Vec::new(),
        };
        syn::visit::Visit::visit_signature(&mut outer, sig);
        out.extend(outer.found);
    }
    out
}

struct OneLetter {
    own: Vec<String>,
    found: Vec<String>,
}

impl<'a> syn::visit::Visit<'a> for OneLetter {
    fn visit_type_path(&mut self, p: &'a syn::TypePath) {
        if let Some(ident) = p.path.get_ident() {
            let name = ident.to_string();
            let letter = matches!(name.as_str(), "T" | "F" | "R");
            if letter && !self.own.contains(&name) && !self.found.contains(&name) {
                self.found.push(name);
            }
        }
        syn::visit::visit_type_path(self, p);
    }
}

impl Lowerer<'_> {
    fn function(&mut self, sig: &syn::Signature, inactive: &[bool], body: &syn::Block) {
        for (i, input) in sig.inputs.iter().enumerate() {
            self.parameter(i, input, inactive.get(i).copied().unwrap_or(false));
        }
        let result_ty = match &sig.output {
            syn::ReturnType::Default => Ty::Unit,
            syn::ReturnType::Type(_, ty) => Ty::parse(ty, &self.reals),
        };
        self.func.result_ty = result_ty.clone();
        let early = control::has_return(body);
        let slot = (early && !matches!(result_ty, Ty::Unit))
            .then(|| self.slot("result", &result_ty, Span::mixed_site()));
        let ret = self.code();
        self.targets.push(Target {
            label: None,
            kind: TargetKind::Function { ret },
            depth: 0,
            result: slot,
            broken: false,
        });
        let mut result = Val::Unit;
        let value = self.stmts(&body.stmts, Some(&result_ty));
        if self.targets[0].result.is_some() {
            if !matches!(value, Val::Never) {
                self.assign_result(0, value, body.span_end());
            }
        } else {
            result = value;
        }
        let result_expr = match self.targets[0].result.clone() {
            _ if matches!(result_ty, Ty::Unit) => None,
            Some(_) => None,
            None if matches!(result, Val::Never) => None,
            None => {
                let atom = self.atom(result, body.span_end());
                Some(atom.0)
            }
        };
        self.close_guards(0);
        let target = self.targets.pop();
        self.func.result = match target.and_then(|t| t.result) {
            Some(slot) => {
                let place = self.slot_place(&slot);
                let moved = if slot.wrapped == Some(true) {
                    let from = Box::new(Expr::Read(Place::var(slot.var, Ty::Unknown)));
                    let var = self.temp(result_ty.clone(), Span::mixed_site());
                    let call = quote::quote!(.unwrap());
                    self.out.push(Stmt::Let {
                        var,
                        value: Some(Expr::Unwrap { from, variant: crate::ir::Variant::Some, call }),
                    });
                    Place::var(var, result_ty.clone())
                } else {
                    place
                };
                Some(Expr::Read(moved))
            }
            None => result_expr,
        };
        self.func.body.stmts = std::mem::take(&mut self.out);
        if let Some(flow) = self.flow {
            self.func.body.stmts.insert(0, Stmt::Let { var: flow, value: Some(crate::rules::int_lit(0)) });
        }
        self.finish_slots();
    }

    fn parameter(&mut self, i: usize, input: &syn::FnArg, constant: bool) {
        match input {
            syn::FnArg::Receiver(r) => {
                let passing = match (&r.reference, &r.mutability) {
                    (None, _) => Passing::Value,
                    (Some(_), None) => Passing::Shared,
                    (Some(_), Some(_)) => Passing::Exclusive,
                };
                let ident = self.names.fresh("this", r.self_token.span);
                let var = self.add(ident, Ty::Named("Self".into()), Role::Param(i), passing, constant);
                self.func.var_mut(var).mutable = r.reference.is_none() && r.mutability.is_some();
                self.func.params.push(var);
                self.bind(&key(&Ident::new("self", r.self_token.span)), self.variable(var));
            }
            syn::FnArg::Typed(t) => {
                let passing = match &*t.ty {
                    syn::Type::Reference(r) if r.mutability.is_some() => Passing::Exclusive,
                    syn::Type::Reference(_) => Passing::Shared,
                    _ => Passing::Value,
                };
                let ty = Ty::parse(&t.ty, &self.reals);
                match &*t.pat {
                    syn::Pat::Ident(p) if p.by_ref.is_none() && p.subpat.is_none() => {
                        let ident = self.names.user(&p.ident);
                        let var = self.add(ident, ty, Role::Param(i), passing, constant);
                        self.func.var_mut(var).mutable = p.mutability.is_some();
                        self.func.params.push(var);
                        self.bind(&key(&p.ident), self.variable(var));
                    }
                    pat => {
                        let ident = self.names.fresh(&format!("arg{i}"), Span::mixed_site());
                        let var = self.add(ident, ty, Role::Param(i), passing, constant);
                        self.func.params.push(var);
                        let val = self.variable(var);
                        self.bind_pattern(pat, val, false);
                    }
                }
            }
        }
    }

    /// The value that the name of a variable stands for.
    fn variable(&self, var: VarId) -> Val {
        let info = self.func.var(var);
        let place = Place::var(var, info.ty.clone());
        match info.passing {
            Passing::Value => Val::Place(place),
            Passing::Shared => Val::Ref { place, exclusive: false },
            Passing::Exclusive => Val::Ref { place, exclusive: true },
        }
    }

    fn add(&mut self, ident: Ident, ty: Ty, role: Role, passing: Passing, constant: bool) -> VarId {
        self.func.add(Var { ident, ty, role, passing, mutable: false, constant, annotation: None })
    }

    fn temp(&mut self, ty: Ty, span: Span) -> VarId {
        let ident = self.names.numbered("t", span);
        self.add(ident, ty, Role::Temp, Passing::Value, false)
    }

    fn named_temp(&mut self, base: &str, ty: Ty, span: Span) -> VarId {
        let ident = self.names.fresh(base, span);
        self.add(ident, ty, Role::Temp, Passing::Value, false)
    }

    fn bind(&mut self, name: &str, val: Val) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_string(), val);
        }
    }

    fn lookup(&self, name: &str) -> Option<&Val> {
        self.scopes.iter().rev().find_map(|s| s.get(name))
    }

    /// Runs `f` in a scope of names of its own.
    fn scoped<R>(&mut self, f: impl FnOnce(&mut Self) -> R) -> R {
        self.scopes.push(HashMap::new());
        let result = f(self);
        self.scopes.pop();
        result
    }

    /// Runs `f` with its statements going into a block of its own.
    fn block<R>(&mut self, f: impl FnOnce(&mut Self) -> R) -> (Block, R) {
        let before = std::mem::take(&mut self.out);
        let guards = self.guards.len();
        self.depth += 1;
        let result = self.scoped(f);
        self.close_guards(guards);
        self.depth -= 1;
        let stmts = std::mem::replace(&mut self.out, before);
        (Block { stmts, ..Block::default() }, result)
    }

    /// What follows in the current list runs only where `cond` is false; `then` runs where it is true.
    fn open_guard(&mut self, cond: Expr, then: Block) {
        let before = std::mem::take(&mut self.out);
        self.guards.push(Guard { cond, then, before });
    }

    fn close_guards(&mut self, down_to: usize) {
        while self.guards.len() > down_to {
            let Some(guard) = self.guards.pop() else { break };
            let els = Block { stmts: std::mem::replace(&mut self.out, guard.before), ..Block::default() };
            if guard.then.stmts.is_empty() && els.stmts.is_empty() {
                continue;
            }
            self.out.push(Stmt::If { cond: guard.cond, then: guard.then, els, record: None });
        }
    }

    /// Binds a value to a new variable and returns its place.
    fn store(&mut self, base: Option<&str>, value: Expr, ty: Ty, span: Span) -> Place {
        let var = match base {
            Some(base) => self.named_temp(base, ty.clone(), span),
            None => self.temp(ty.clone(), span),
        };
        self.out.push(Stmt::Let { var, value: Some(value) });
        Place::var(var, ty)
    }

    /// The value as an atom: a literal, a constant, or a place; inert trees stay as they are.
    fn atom(&mut self, val: Val, span: Span) -> (Expr, Ty) {
        let (expr, ty) = self.read(val, span);
        if is_atom(&expr) || (ty.is_inert() && is_simple(&expr)) {
            return (expr, ty);
        }
        let place = self.store(None, expr, ty.clone(), span);
        (Expr::Read(place), ty)
    }

    /// The value, by value.
    fn read(&mut self, val: Val, span: Span) -> (Expr, Ty) {
        match val {
            Val::Expr(e, ty) => (e, ty),
            Val::Place(place) | Val::Ref { place, .. } => {
                let ty = place.ty.clone();
                (Expr::Read(place), ty)
            }
            Val::Tuple(vals) => {
                let (exprs, tys): (Vec<_>, Vec<_>) = vals.into_iter().map(|v| self.atom(v, span)).unzip();
                (Expr::Aggregate(crate::ir::Aggregate::Tuple, exprs), Ty::Tuple(tys))
            }
            Val::Range { lo, hi, inclusive } => {
                (Expr::Range { lo: lo.map(Box::new), hi: hi.map(Box::new), inclusive }, Ty::Inert)
            }
            Val::Maybe { .. } => self.maybe_value(val, span),
            Val::Unit => (Expr::Aggregate(crate::ir::Aggregate::Tuple, Vec::new()), Ty::Unit),
            Val::Never => (Expr::Path(quote::quote!(::core::unreachable!())), Ty::Unknown),
            Val::Iter(_) => {
                self.errors.span(
                    span,
                    "an iterator cannot be a value here",
                    "use it in a `for` loop, or finish it with `sum`, `fold`, `collect` …",
                );
                (Expr::Real(0.0), Ty::Unknown)
            }
            Val::Closure(_) => {
                self.errors.span(
                    span,
                    "a closure cannot be a value here",
                    "bind it by `let` and call it, or write an annotated `fn`",
                );
                (Expr::Real(0.0), Ty::Unknown)
            }
        }
    }

    /// The value as a place; one is made where there is none.
    fn place(&mut self, val: Val, span: Span) -> Place {
        match val {
            Val::Place(place) | Val::Ref { place, .. } => place,
            other => {
                let (expr, ty) = self.read(other, span);
                match expr {
                    Expr::Read(place) => place,
                    Expr::Path(tokens) => {
                        Place { root: crate::ir::Root::Static(tokens), proj: Vec::new(), ty }
                    }
                    expr => self.store(None, expr, ty, span),
                }
            }
        }
    }

    /// An integer expression that has the same value wherever the reverse sweep evaluates it.
    fn stable(&mut self, expr: Expr, span: Span) -> Expr {
        if self.is_stable(&expr) {
            return expr;
        }
        let base = match &expr {
            Expr::Method { name, .. } if name == "len" => "len",
            _ => "n",
        };
        let place = self.store(Some(base), expr, Ty::Int, span);
        Expr::Read(place)
    }

    /// Whether evaluating `expr` anywhere later gives the same value.
    fn is_stable(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(_) | Expr::Real(_) | Expr::Path(_) => true,
            Expr::Read(place) => place.whole().is_some_and(|v| self.is_fixed(v)),
            Expr::Method { receiver, name, args, .. } if name == "len" && args.is_empty() => {
                match &**receiver {
                    Expr::Read(place) => place.whole().is_some_and(|v| {
                        let info = self.func.var(v);
                        matches!(info.ty, Ty::Slice(_) | Ty::Array(_))
                            || (self.is_fixed(v) && info.passing != Passing::Exclusive)
                    }),
                    _ => false,
                }
            }
            Expr::Arith(_, a, b) => self.is_stable(a) && self.is_stable(b),
            Expr::Cast(e, _) => self.is_stable(e),
            _ => false,
        }
    }

    fn is_fixed(&self, var: VarId) -> bool {
        let info = self.func.var(var);
        !info.mutable && info.passing != Passing::Exclusive && !self.uninit.contains(&var)
    }

    /// The place with every index in it fixed to its present value, so that it can be named later.
    fn pin(&mut self, mut place: Place, span: Span) -> Place {
        let proj = std::mem::take(&mut place.proj);
        for p in proj {
            let pinned = match p {
                Proj::Index(e) => Proj::Index(Box::new(self.pin_expr(*e, span))),
                Proj::Slice { lo, hi } => Proj::Slice {
                    lo: lo.map(|e| Box::new(self.pin_expr(*e, span))),
                    hi: hi.map(|e| Box::new(self.pin_expr(*e, span))),
                },
                Proj::View { method, args } => {
                    Proj::View { method, args: args.into_iter().map(|e| self.pin_expr(e, span)).collect() }
                }
                other => other,
            };
            place.proj.push(pinned);
        }
        place
    }

    fn pin_expr(&mut self, expr: Expr, span: Span) -> Expr {
        if let Expr::Aggregate(kind, parts) = expr {
            return Expr::Aggregate(kind, parts.into_iter().map(|e| self.pin_expr(e, span)).collect());
        }
        self.stable(expr, span)
    }

    fn code(&mut self) -> i64 {
        let code = self.next_code;
        self.next_code += 1;
        code
    }

    fn flow_var(&mut self) -> VarId {
        if let Some(flow) = self.flow {
            return flow;
        }
        let ident = self.names.fresh("flow", Span::mixed_site());
        let flow = self.add(ident, Ty::Int, Role::Local, Passing::Value, true);
        self.func.var_mut(flow).mutable = true;
        self.func.var_mut(flow).annotation = Some(syn::parse_quote!(i32));
        self.flow = Some(flow);
        flow
    }

    fn unsupported(&mut self, at: impl ToTokens, what: &str, hint: &str) -> Val {
        self.errors.at(at, format!("{what} cannot be differentiated"), hint);
        Val::Expr(Expr::Real(0.0), Ty::Unknown)
    }
}

/// Whether an expression needs no variable of its own to be an operand.
fn is_atom(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Real(_) | Expr::Path(_) | Expr::Read(_) | Expr::Ref { .. } | Expr::RefTo(_) => {
            true
        }
        Expr::Unary(_, e) => matches!(**e, Expr::Lit(_)),
        _ => false,
    }
}

/// Whether an inert expression can be repeated in the reverse sweep as a tree.
fn is_simple(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Real(_) | Expr::Path(_) | Expr::Read(_) => true,
        Expr::Unary(_, e) | Expr::Cast(e, _) => is_simple(e),
        Expr::Arith(_, a, b) | Expr::Logic(_, a, b) => is_simple(a) && is_simple(b),
        Expr::Method { receiver, args, .. } => is_simple(receiver) && args.iter().all(is_simple),
        Expr::Range { lo, hi, .. } => lo.iter().chain(hi).all(|e| is_simple(e)),
        Expr::Aggregate(_, parts) => parts.iter().all(is_simple),
        _ => false,
    }
}

trait SpanEnd {
    fn span_end(&self) -> Span;
}

impl SpanEnd for syn::Block {
    fn span_end(&self) -> Span {
        match self.stmts.last() {
            Some(stmt) => syn::spanned::Spanned::span(stmt),
            None => self.brace_token.span.join(),
        }
    }
}
