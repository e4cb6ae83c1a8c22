//! Iterators, lowered to counted loops over places: element `k` of `x.iter()` is the place `x[k]`, so its
//! shadow is that element of the shadow, and nothing is copied on the way.

use super::closure::Closure;
use super::control::{self, int, Counted};
use super::{Lowerer, Val};
use crate::ir::{ArithOp, Block, Expr, Passing, Place, Proj, Role, Stmt, Ty};
use crate::rules::int_lit;
use proc_macro2::Span;
use quote::quote;
use std::rc::Rc;
use syn::spanned::Spanned;

/// An iterator, as its source and its adaptors.
#[derive(Clone)]
#[allow(clippy::large_enum_variant)] // One per iterator chain.
pub enum Iter {
    /// The elements of a sequence, by reference.
    Elements { place: Place, exclusive: bool },
    /// Integers.
    Range { lo: Expr, hi: Option<Expr>, inclusive: bool },
    /// `.windows(n)`
    Windows { place: Place, size: Expr },
    /// `.chunks(n)` and the like.
    Chunks { place: Place, size: Expr, exact: bool, exclusive: bool },
    /// `.copied()`, `.cloned()`, `into_iter()` of an owned sequence.
    Values(Box<Iter>),
    /// `.zip(other)`
    Zip(Box<Iter>, Box<Iter>),
    /// `.enumerate()`
    Enumerate(Box<Iter>),
    /// `.rev()`
    Rev(Box<Iter>),
    /// `.skip(n)`
    Skip(Box<Iter>, Expr),
    /// `.take(n)`
    Take(Box<Iter>, Expr),
    /// `.step_by(n)`
    StepBy(Box<Iter>, Expr),
    /// `.map(f)`
    Map(Box<Iter>, Rc<Closure>),
    /// `.filter(f)`
    Filter(Box<Iter>, Rc<Closure>),
    /// `.flat_map(f)`
    FlatMap(Box<Iter>, Rc<Closure>),
    /// `.filter_map(f)`
    FilterMap(Box<Iter>, Rc<Closure>),
    /// `.flatten()`
    Flatten(Box<Iter>),
    /// `.chain(other)`
    Chain(Box<Iter>, Box<Iter>),
    /// Columns of a matrix.
    Views { place: Place, method: &'static str, count: &'static str },
}

impl Iter {
    /// Whether running over it takes more than one loop.
    fn is_several_loops(&self) -> bool {
        match self {
            Iter::FlatMap(..) | Iter::Flatten(_) | Iter::Chain(..) => true,
            Iter::Map(i, _) | Iter::Filter(i, _) | Iter::FilterMap(i, _) => i.is_several_loops(),
            _ => false,
        }
    }
}

impl Lowerer<'_> {
    /// What `for` iterates over, from the value of its expression.
    pub(super) fn iterated(&mut self, val: Val, span: Span) -> Option<Iter> {
        match val {
            Val::Iter(iter) => Some(iter),
            Val::Range { lo: Some(lo), hi, inclusive } => Some(Iter::Range { lo, hi, inclusive }),
            Val::Ref { place, exclusive } => Some(Iter::Elements { place, exclusive }),
            Val::Place(place) if matches!(place.ty, Ty::Inert) => {
                let field = |name: &str| {
                    Expr::Read(
                        place.then(Proj::Field(syn::Member::Named(syn::Ident::new(name, span))), Ty::Int),
                    )
                };
                Some(Iter::Range { lo: field("start"), hi: Some(field("end")), inclusive: false })
            }
            Val::Place(place) => Some(Iter::Values(Box::new(Iter::Elements { place, exclusive: false }))),
            Val::Expr(e, Ty::Inert) => {
                let items = self.store(
                    Some("items"),
                    Expr::Runtime("items", vec![e]),
                    Ty::Vec(Box::new(Ty::Inert)),
                    span,
                );
                Some(Iter::Values(Box::new(Iter::Elements { place: items, exclusive: false })))
            }
            Val::Expr(..) => {
                let place = self.place(val, span);
                Some(Iter::Values(Box::new(Iter::Elements { place, exclusive: false })))
            }
            _ => {
                self.errors.span(
                    span,
                    "this cannot be iterated over",
                    "iterate over a range, a slice, an array or a `Vec`",
                );
                None
            }
        }
    }

    pub(super) fn for_expr(&mut self, f: &syn::ExprForLoop) -> Val {
        let val = self.expr(&f.expr, None);
        if matches!(val, Val::Never) {
            return Val::Never;
        }
        let Some(iter) = self.iterated(val, f.expr.span()) else { return Val::Unit };
        let name = match &*f.pat {
            syn::Pat::Ident(p) if p.mutability.is_none() && p.by_ref.is_none() && p.subpat.is_none() => {
                Some(p.ident.clone())
            }
            _ => None,
        };
        let span = f.expr.span();
        if iter.is_several_loops() && control::leaves_loop(&f.body) {
            self.errors.at(
                &f.expr,
                "`break` out of a loop that runs over several sequences",
                "write the loops out, with a flag or a label",
            );
            return Val::Unit;
        }
        self.each(iter, f.label.as_ref(), name, span, &mut |l, item| {
            l.bind_pattern(&f.pat, item, false);
            l.stmts(&f.body.stmts, Some(&Ty::Unit));
        });
        Val::Unit
    }

    /// Runs `body` with every item.
    pub(super) fn each(
        &mut self,
        iter: Iter,
        label: Option<&syn::Label>,
        name: Option<syn::Ident>,
        span: Span,
        body: &mut dyn FnMut(&mut Self, Val),
    ) {
        match iter {
            Iter::Filter(inner, f) => self.each(*inner, label, None, span, &mut |l, item| {
                let item = l.settled_item(item, span);
                let seen = l.by_reference(item.clone(), span);
                let test = l.call_closure(&f, vec![seen], Some(&Ty::Bool), span);
                let (test, _) = l.inert(test, span);
                let cond = l.cond(test, span);
                let (then, ()) = l.block(|l| body(l, item));
                l.out.push(Stmt::If { cond, then, els: Block::default(), record: None });
            }),
            Iter::FilterMap(inner, f) => self.each(*inner, label, None, span, &mut |l, item| {
                let val = l.call_closure(&f, vec![item], None, span);
                let (present, some) = match val {
                    Val::Maybe { present, some } => (present, *some),
                    val => {
                        let place = l.place(val, span);
                        let ty = match &place.ty {
                            Ty::Option(t) => (**t).clone(),
                            _ => Ty::Unknown,
                        };
                        let some = Val::Place(place.then(Proj::Payload(crate::ir::Variant::Some), ty));
                        (super::pattern::query(place, "is_some"), some)
                    }
                };
                let cond = l.cond(present, span);
                let (then, ()) = l.block(|l| body(l, some));
                l.out.push(Stmt::If { cond, then, els: Block::default(), record: None });
            }),
            Iter::Flatten(inner) => self.each(*inner, label, None, span, &mut |l, item| {
                if let Some(iter) = l.iterated(item, span) {
                    l.each(iter, None, None, span, body);
                }
            }),
            Iter::Chain(first, second) if label.is_none() => {
                self.each(*first, None, None, span, body);
                self.each(*second, None, None, span, body);
            }
            Iter::FlatMap(inner, f) => self.each(*inner, label, None, span, &mut |l, item| {
                let val = l.call_closure(&f, vec![item], None, span);
                if let Some(iter) = l.iterated(val, span) {
                    l.each(iter, None, None, span, body);
                }
            }),
            Iter::Map(inner, f) => self.each(*inner, label, None, span, &mut |l, item| {
                let val = l.call_closure(&f, vec![item], None, span);
                body(l, val);
            }),
            iter if !self.is_indexed(&iter) => {
                self.errors.span(
                    span,
                    "this adaptor cannot follow `filter` or `flat_map`",
                    "put it before them, or write the loop with a counter",
                );
            }
            iter => match native_range(&iter) {
                Some((lo, hi, inclusive, rev, step)) => {
                    let range = Counted {
                        name,
                        lo: self.stable(lo, span),
                        hi: self.stable(hi, span),
                        inclusive,
                        step,
                        rev,
                        span,
                    };
                    self.counted(label, range, &mut |l, k| body(l, Val::Place(k)));
                }
                None => {
                    let iter = self.pinned(iter, span);
                    let Some(len) = self.len_of(&iter) else {
                        self.errors.span(
                            span,
                            "this iterator has no end",
                            "zip it with a sequence, or give the range an end",
                        );
                        return;
                    };
                    let len = self.stable(len, span);
                    let range = Counted {
                        name: None,
                        lo: int_lit(0),
                        hi: len,
                        inclusive: false,
                        step: None,
                        rev: false,
                        span,
                    };
                    self.counted(label, range, &mut |l, k| {
                        if let Some(item) = l.nth_item(&iter, Expr::Read(k), span) {
                            body(l, item);
                        }
                    });
                }
            },
        }
    }

    /// Whether the iterator knows its length and gives its items by position.
    fn is_indexed(&self, iter: &Iter) -> bool {
        match iter {
            Iter::Elements { .. }
            | Iter::Range { .. }
            | Iter::Windows { .. }
            | Iter::Chunks { .. }
            | Iter::Views { .. } => true,
            Iter::Filter(..)
            | Iter::FlatMap(..)
            | Iter::FilterMap(..)
            | Iter::Flatten(_)
            | Iter::Chain(..) => false,
            Iter::Zip(a, b) => self.is_indexed(a) && self.is_indexed(b),
            Iter::Values(i)
            | Iter::Enumerate(i)
            | Iter::Rev(i)
            | Iter::Skip(i, _)
            | Iter::Take(i, _)
            | Iter::StepBy(i, _)
            | Iter::Map(i, _) => self.is_indexed(i),
        }
    }

    /// The iterator with its places and counts fixed to their present values.
    fn pinned(&mut self, iter: Iter, span: Span) -> Iter {
        let boxed = |l: &mut Self, i: Box<Iter>| Box::new(l.pinned(*i, span));
        match iter {
            Iter::Elements { place, exclusive } => Iter::Elements { place: self.pin(place, span), exclusive },
            Iter::Range { lo, hi, inclusive } => {
                Iter::Range { lo: self.stable(lo, span), hi: hi.map(|e| self.stable(e, span)), inclusive }
            }
            Iter::Windows { place, size } => {
                Iter::Windows { place: self.pin(place, span), size: self.stable(size, span) }
            }
            Iter::Chunks { place, size, exact, exclusive } => {
                Iter::Chunks { place: self.pin(place, span), size: self.stable(size, span), exact, exclusive }
            }
            Iter::Views { place, method, count } => {
                Iter::Views { place: self.pin(place, span), method, count }
            }
            Iter::Values(i) => Iter::Values(boxed(self, i)),
            Iter::Zip(a, b) => Iter::Zip(boxed(self, a), boxed(self, b)),
            Iter::Enumerate(i) => Iter::Enumerate(boxed(self, i)),
            Iter::Rev(i) => Iter::Rev(boxed(self, i)),
            Iter::Skip(i, n) => Iter::Skip(boxed(self, i), self.stable(n, span)),
            Iter::Take(i, n) => Iter::Take(boxed(self, i), self.stable(n, span)),
            Iter::StepBy(i, n) => Iter::StepBy(boxed(self, i), self.stable(n, span)),
            Iter::Map(i, f) => Iter::Map(boxed(self, i), f),
            Iter::Filter(i, f) => Iter::Filter(boxed(self, i), f),
            Iter::FlatMap(i, f) => Iter::FlatMap(boxed(self, i), f),
            other => other,
        }
    }

    /// Number of items; `None` for an endless range.
    pub(super) fn len_of(&mut self, iter: &Iter) -> Option<Expr> {
        Some(match iter {
            Iter::Elements { place, .. } => len(place),
            Iter::Range { lo, hi, inclusive } => {
                let hi = hi.clone()?;
                let hi = if *inclusive { int(ArithOp::Add, hi, int_lit(1)) } else { hi };
                match lo {
                    Expr::Lit(syn::Lit::Int(i)) if i.base10_parse::<u64>().ok() == Some(0) && counts(&hi) => {
                        hi
                    }
                    lo if !counts(&hi) => Expr::Runtime("range_len", vec![lo.clone(), hi]),
                    lo => method(hi, "saturating_sub", vec![lo.clone()]),
                }
            }
            Iter::Windows { place, size } => match size {
                // One subtraction, so that rustc sees that the last window ends inside.
                Expr::Lit(syn::Lit::Int(n)) => {
                    let less = n.base10_parse::<i64>().unwrap_or(1) - 1;
                    method(len(place), "saturating_sub", vec![int_lit(less)])
                }
                size => {
                    method(int(ArithOp::Add, len(place), int_lit(1)), "saturating_sub", vec![size.clone()])
                }
            },
            Iter::Chunks { place, size, exact: true, .. } => int(ArithOp::Div, len(place), size.clone()),
            Iter::Chunks { place, size, exact: false, .. } => {
                method(len(place), "div_ceil", vec![size.clone()])
            }
            Iter::Views { place, count, .. } => method(Expr::Read(place.clone()), count, Vec::new()),
            Iter::Zip(a, b) => match (self.len_of(a), self.len_of(b)) {
                (Some(a), Some(b)) => method(a, "min", vec![b]),
                (a, b) => a.or(b)?,
            },
            Iter::Skip(i, n) => method(self.len_of(i)?, "saturating_sub", vec![n.clone()]),
            Iter::Take(i, n) => match self.len_of(i) {
                Some(len) => method(len, "min", vec![n.clone()]),
                None => n.clone(),
            },
            Iter::StepBy(i, n) => method(self.len_of(i)?, "div_ceil", vec![n.clone()]),
            Iter::Values(i) | Iter::Enumerate(i) | Iter::Rev(i) | Iter::Map(i, _) => self.len_of(i)?,
            _ => return None,
        })
    }

    /// Item number `k`.
    pub(super) fn nth_item(&mut self, iter: &Iter, k: Expr, span: Span) -> Option<Val> {
        Some(match iter {
            Iter::Elements { place, exclusive } => {
                let ty = place.ty.element();
                Val::Ref { place: place.then(Proj::Index(Box::new(k)), ty), exclusive: *exclusive }
            }
            Iter::Range { lo, hi: Some(hi), .. } if counts(hi) => {
                Val::Expr(int(ArithOp::Add, lo.clone(), k), Ty::Int)
            }
            Iter::Range { lo, .. } => Val::Expr(Expr::Runtime("nth_of_range", vec![lo.clone(), k]), Ty::Int),
            Iter::Windows { place, size } => {
                let hi = int(ArithOp::Add, k.clone(), size.clone());
                Val::Ref { place: slice(place, k, hi), exclusive: false }
            }
            Iter::Chunks { place, size, exact, exclusive } => {
                let lo = int(ArithOp::Mul, k, size.clone());
                let mut hi = int(ArithOp::Add, lo.clone(), size.clone());
                if !exact {
                    hi = method(hi, "min", vec![len(place)]);
                }
                let lo = self.stable(lo, span);
                let hi = self.stable(hi, span);
                Val::Ref { place: slice(place, lo, hi), exclusive: *exclusive }
            }
            Iter::Views { place, method, .. } => {
                let view = Proj::View { method: syn::Ident::new(method, span), args: vec![k] };
                Val::Ref { place: place.then(view, Ty::Matrix), exclusive: false }
            }
            Iter::Values(i) => match self.nth_item(i, k, span)? {
                Val::Ref { place, .. } => Val::Place(place),
                val => val,
            },
            Iter::Zip(a, b) => {
                Val::Tuple(vec![self.nth_item(a, k.clone(), span)?, self.nth_item(b, k, span)?])
            }
            Iter::Enumerate(i) => Val::Tuple(vec![Val::Expr(k.clone(), Ty::Int), self.nth_item(i, k, span)?]),
            Iter::Rev(i) => {
                let n = self.len_of(i)?;
                let back = int(ArithOp::Sub, int(ArithOp::Sub, n, int_lit(1)), k);
                let back = self.stable(back, span);
                self.nth_item(i, back, span)?
            }
            Iter::Skip(i, n) => {
                let k = int(ArithOp::Add, k, n.clone());
                let k = self.stable(k, span);
                self.nth_item(i, k, span)?
            }
            Iter::Take(i, _) => self.nth_item(i, k, span)?,
            Iter::StepBy(i, n) => {
                let k = int(ArithOp::Mul, k, n.clone());
                let k = self.stable(k, span);
                self.nth_item(i, k, span)?
            }
            Iter::Map(i, f) => {
                let item = self.nth_item(i, k, span)?;
                self.call_closure(f, vec![item], None, span)
            }
            _ => return None,
        })
    }

    /// An item that is looked at twice: a computed one gets a variable.
    fn settled_item(&mut self, val: Val, span: Span) -> Val {
        match val {
            Val::Expr(e, ty) if !super::is_atom(&e) => Val::Place(self.store(None, e, ty, span)),
            Val::Tuple(vals) => Val::Tuple(vals.into_iter().map(|v| self.settled_item(v, span)).collect()),
            val => val,
        }
    }

    /// A closure that takes `&item` sees a reference to it.
    pub(super) fn by_reference(&mut self, val: Val, span: Span) -> Val {
        match val {
            Val::Place(place) => Val::Ref { place, exclusive: false },
            Val::Expr(e, ty) => Val::Ref { place: self.store(None, e, ty, span), exclusive: false },
            Val::Tuple(vals) => Val::Tuple(vals.into_iter().map(|v| self.by_reference(v, span)).collect()),
            val => val,
        }
    }

    /// `sum`, `product`
    pub(super) fn accumulate(&mut self, iter: Iter, product: bool, ty: Option<Ty>, span: Span) -> Val {
        let known = ty.filter(|t| !matches!(t, Ty::Unknown | Ty::Unit));
        let is_int =
            matches!(known, Some(Ty::Int)) || (known.is_none() && matches!(iter, Iter::Range { .. }));
        let init = match (is_int, product) {
            (true, false) => int_lit(0),
            (true, true) => int_lit(1),
            // An empty sum of floats is -0.0, as std has it.
            (false, false) => Expr::Real(-0.0),
            (false, true) => Expr::Real(1.0),
        };
        let ty = known.unwrap_or(if is_int { Ty::Int } else { Ty::REAL });
        let op = if product { ArithOp::Mul } else { ArithOp::Add };
        let acc = self.accumulator(if product { "product" } else { "sum" }, init, ty.clone(), span);
        self.each(iter, None, None, span, &mut |l, item| {
            let (value, _) = l.atom(item, span);
            if product {
                let value = Expr::Arith(op, Box::new(Expr::Read(acc.clone())), Box::new(value));
                l.write(acc.clone(), value, &ty);
            } else {
                l.out.push(Stmt::Update { place: acc.clone(), op, value, saved: None, undo: false });
            }
        });
        Val::Place(acc)
    }

    /// A mutable variable with a first value.
    pub(super) fn accumulator(&mut self, base: &str, init: Expr, ty: Ty, span: Span) -> Place {
        let ident = self.names.fresh(base, span);
        let var = self.add(ident, ty.clone(), Role::Local, Passing::Value, false);
        self.func.var_mut(var).mutable = true;
        self.out.push(Stmt::Let { var, value: Some(init) });
        Place::var(var, ty)
    }

    /// `fold(init, f)`
    pub(super) fn fold(
        &mut self,
        iter: Iter,
        init: &syn::Expr,
        f: &syn::Expr,
        expect: Option<&Ty>,
        span: Span,
    ) -> Val {
        let init_val = self.expr(init, expect);
        let Some(f) = self.callable(f) else { return Val::Unit };
        let (init_vals, single) = match init_val {
            Val::Tuple(vals) => (vals, false),
            val => (vec![val], true),
        };
        let accs: Vec<Place> = init_vals
            .into_iter()
            .map(|v| {
                let (e, ty) = self.read(v, span);
                self.accumulator("acc", e, ty, span)
            })
            .collect();
        let pack = |accs: &[Place]| match accs {
            [one] if single => Val::Place(one.clone()),
            many => Val::Tuple(many.iter().map(|p| Val::Place(p.clone())).collect()),
        };
        self.each(iter, None, None, span, &mut |l, item| {
            let next = l.call_closure(&f, vec![pack(&accs), item], None, span);
            let next = match (next, single) {
                (Val::Tuple(vals), false) => vals,
                (val, true) => vec![val],
                (val, false) => {
                    let place = l.place(val, span);
                    (0..accs.len())
                        .map(|i| Val::Place(place.then(Proj::Field(i.into()), place.ty.component(i))))
                        .collect()
                }
            };
            // All components are computed before any is replaced.
            let next: Vec<(Expr, Ty)> = next
                .into_iter()
                .map(|v| {
                    if single {
                        l.read(v, span)
                    } else {
                        let (e, ty) = l.read(v, span);
                        match e {
                            Expr::Lit(_) => (e, ty),
                            e => {
                                let place = l.store(None, e, ty.clone(), span);
                                (Expr::Read(place), ty)
                            }
                        }
                    }
                })
                .collect();
            for (acc, (value, ty)) in accs.iter().zip(next) {
                let itself =
                    matches!(&value, Expr::Read(p) if p.whole().is_some() && p.whole() == acc.whole());
                if !itself {
                    l.write(acc.clone(), value, &ty);
                }
            }
        });
        pack(&accs)
    }

    /// `collect` into a `Vec`
    pub(super) fn collect(&mut self, iter: Iter, element: Option<Ty>, span: Span) -> Val {
        let indexed = self.is_indexed(&iter);
        let capacity = if indexed { self.len_of(&iter) } else { None };
        let init = match capacity {
            Some(n) => {
                let n = self.stable(n, span);
                Expr::Call { path: quote!(::std::vec::Vec::with_capacity), args: vec![n] }
            }
            None => Expr::Call { path: quote!(::std::vec::Vec::new), args: Vec::new() },
        };
        let vec = self.accumulator(
            "collected",
            init,
            Ty::Vec(Box::new(element.clone().unwrap_or(Ty::Unknown))),
            span,
        );
        self.each(iter, None, None, span, &mut |l, item| {
            let (value, ty) = l.atom(item, span);
            if let (Some(var), None) = (vec.whole(), &element) {
                l.func.var_mut(var).ty = Ty::Vec(Box::new(ty));
            }
            l.out.push(Stmt::Push { vec: vec.clone(), value, back: false });
        });
        let ty = vec.whole().map(|v| self.func.var(v).ty.clone()).unwrap_or(Ty::Unknown);
        Val::Place(Place { ty, ..vec })
    }

    /// `min_by`, `max_by`, and their ilk: the position of the extreme, then a reference to it.
    pub(super) fn extreme(&mut self, iter: Iter, compare: &syn::Expr, max: bool, span: Span) -> Val {
        let Some(f) = self.callable(compare) else { return Val::Unit };
        let iter = self.pinned(iter, span);
        if !self.is_indexed(&iter) {
            self.errors.span(span, "the extreme of a filtered sequence", "use `fold` with the comparison");
            return Val::Unit;
        }
        let Some(n) = self.len_of(&iter) else { return Val::Unit };
        let n = self.stable(n, span);
        let best = self.accumulator("best", int_lit(0), Ty::Int, span);
        if let Some(var) = best.whole() {
            self.func.var_mut(var).annotation = Some(syn::parse_quote!(usize));
        }
        let range = Counted {
            name: None,
            lo: int_lit(1),
            hi: n.clone(),
            inclusive: false,
            step: None,
            rev: false,
            span,
        };
        self.counted(None, range, &mut |l, k| {
            let there = l.nth_item(&iter, Expr::Read(best.clone()), span).unwrap_or(Val::Unit);
            let here = l.nth_item(&iter, Expr::Read(k.clone()), span).unwrap_or(Val::Unit);
            let (there, here) = (l.by_reference(there, span), l.by_reference(here, span));
            let order = l.call_closure(&f, vec![there, here], Some(&Ty::Inert), span);
            let (order, _) = l.inert(order, span);
            // std keeps the last of equal maxima and the first of equal minima.
            let wanted = if max { quote!(is_le) } else { quote!(is_gt) };
            let name = syn::Ident::new(&wanted.to_string(), span);
            let test = Expr::Method {
                receiver: Box::new(order),
                name,
                turbofish: Default::default(),
                args: Vec::new(),
            };
            let cond = l.cond(test, span);
            let then = Block {
                stmts: vec![Stmt::Assign {
                    place: best.clone(),
                    value: Expr::Read(k),
                    init: false,
                    saved: None,
                }],
                ..Block::default()
            };
            l.out.push(Stmt::If { cond, then, els: Block::default(), record: None });
        });
        let fixed = self.store(Some("at"), Expr::Read(best), Ty::Int, span);
        let present = Expr::Logic(syn::BinOp::Gt(Default::default()), Box::new(n), Box::new(int_lit(0)));
        let present = self.cond(present, span);
        match self.nth_item(&iter, Expr::Read(fixed), span) {
            Some(item) => Val::Maybe { present, some: Box::new(item) },
            None => Val::Unit,
        }
    }
}

/// Whether an integer is surely a `usize`.
fn counts(e: &Expr) -> bool {
    match e {
        Expr::Method { name, .. } => name == "len" || name == "nrows" || name == "ncols",
        Expr::Arith(_, a, b) => counts(a) || counts(b),
        Expr::Cast(_, ty) => quote!(#ty).to_string() == "usize",
        _ => false,
    }
}

/// A plain range of integers with `rev` and `step_by`, which Rust's own loop runs: `lo, hi, inclusive, rev, step`.
fn native_range(iter: &Iter) -> Option<(Expr, Expr, bool, bool, Option<Expr>)> {
    match iter {
        Iter::Range { lo, hi: Some(hi), inclusive } => {
            Some((lo.clone(), hi.clone(), *inclusive, false, None))
        }
        Iter::Rev(inner) => match &**inner {
            Iter::Range { lo, hi: Some(hi), inclusive } => {
                Some((lo.clone(), hi.clone(), *inclusive, true, None))
            }
            _ => None,
        },
        Iter::StepBy(inner, step) => match native_range(inner)? {
            (lo, hi, inclusive, rev, None) => {
                let hi = if inclusive { int(ArithOp::Add, hi, int_lit(1)) } else { hi };
                Some((lo, hi, false, rev, Some(step.clone())))
            }
            _ => None,
        },
        _ => None,
    }
}

/// `place.len()`
pub(super) fn len(place: &Place) -> Expr {
    // The length of a sub-slice is the difference of its bounds.
    if let Some(Proj::Slice { lo, hi: Some(hi) }) = place.proj.last() {
        return match lo {
            Some(lo) => int(ArithOp::Sub, (**hi).clone(), (**lo).clone()),
            None => (**hi).clone(),
        };
    }
    method(Expr::Read(place.clone()), "len", Vec::new())
}

/// `receiver.name(args)`
pub(super) fn method(receiver: Expr, name: &str, args: Vec<Expr>) -> Expr {
    Expr::Method {
        receiver: Box::new(receiver),
        name: syn::Ident::new(name, Span::mixed_site()),
        turbofish: Default::default(),
        args,
    }
}

fn slice(place: &Place, lo: Expr, hi: Expr) -> Place {
    place.then(
        Proj::Slice { lo: Some(Box::new(lo)), hi: Some(Box::new(hi)) },
        Ty::Slice(Box::new(place.ty.element())),
    )
}
