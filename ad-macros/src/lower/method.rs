//! Method calls.

use super::iter::len;
use super::{control, Iter, Lowerer, Val};
use crate::ir::{ArithOp, Block, Callee, Expr, Passing, Place, Proj, Stmt, Ty, Variant};
use crate::rules::{self, int_lit};
use proc_macro2::Span;
use quote::{quote, ToTokens};
use syn::spanned::Spanned;

/// Results that carry no derivative, whatever the receiver, and their types.
fn inert_result(name: &str) -> Option<Ty> {
    Some(match name {
        "len" | "nrows" | "ncols" | "capacity" | "count_ones" | "count_zeros" | "leading_zeros"
        | "trailing_zeros" | "ilog2" | "isqrt" | "div_ceil" | "saturating_sub" | "saturating_add"
        | "wrapping_add" | "wrapping_sub" | "wrapping_mul" | "abs_diff" | "unsigned_abs"
        | "next_power_of_two" | "next_multiple_of" => Ty::Int,
        "is_empty" | "is_nan" | "is_finite" | "is_infinite" | "is_normal" | "is_sign_negative"
        | "is_sign_positive" | "contains" | "is_some" | "is_none" | "is_ok" | "is_err" | "eq" | "ne"
        | "lt" | "le" | "gt" | "ge" | "is_power_of_two" | "starts_with" | "ends_with" | "is_square"
        | "is_multiple_of" | "is_le" | "is_lt" | "is_ge" | "is_gt" | "is_eq" | "is_ne" => Ty::Bool,
        "total_cmp" | "partial_cmp" | "cmp" | "shape" | "checked_sub" | "checked_add" | "checked_div"
        | "checked_mul" | "to_string" => Ty::Inert,
        _ => return None,
    })
}

/// Searches, taken verbatim.
fn search(name: &str) -> Option<Ty> {
    Some(match name {
        "partition_point" | "count" => Ty::Int,
        "any" | "all" | "is_some_and" | "is_none_or" | "is_sorted" | "is_sorted_by" => Ty::Bool,
        "position" | "rposition" | "binary_search" | "binary_search_by" | "binary_search_by_key" => Ty::Inert,
        _ => return None,
    })
}

impl Lowerer<'_> {
    pub(super) fn method_call(&mut self, m: &syn::ExprMethodCall, expect: Option<&Ty>) -> Val {
        let name = m.method.to_string();
        if let Some(ty) = search(&name) {
            let opaque = self.opaque(&syn::Expr::MethodCall(m.clone()));
            return Val::Expr(Expr::Opaque(opaque), ty);
        }
        let receiver = self.expr(
            &m.receiver,
            if rules::find(&name).is_some() { expect.filter(|t| t.is_real()) } else { None },
        );
        let receiver = self.held(receiver, m.args.iter(), m.receiver.span());
        match receiver {
            Val::Never => Val::Never,
            Val::Iter(iter) => self.iter_method(iter, m, &name, expect),
            Val::Range { lo, hi, inclusive } => self.range_method(lo, hi, inclusive, m, &name, expect),
            Val::Maybe { present, some } => self.maybe_method(present, *some, m, &name, expect),
            Val::Closure(_) => self.unsupported(m, "a method of a closure", "call the closure"),
            Val::Tuple(_) if name == "clone" => receiver,
            Val::Tuple(vals) => {
                let (e, ty) = self.read(Val::Tuple(vals), m.receiver.span());
                let place = self.store(None, e, ty, m.receiver.span());
                self.value_method(Val::Place(place), m, &name, expect)
            }
            receiver => self.value_method(receiver, m, &name, expect),
        }
    }

    fn range_method(
        &mut self,
        lo: Option<Expr>,
        hi: Option<Expr>,
        inclusive: bool,
        m: &syn::ExprMethodCall,
        name: &str,
        expect: Option<&Ty>,
    ) -> Val {
        let Some(lo) = lo else {
            return self.unsupported(m, "a range without a start", "give it one: `0..`");
        };
        if let Some(ty) = inert_result(name) {
            let opaque = self.opaque(&syn::Expr::MethodCall(m.clone()));
            return Val::Expr(Expr::Opaque(opaque), ty);
        }
        self.iter_method(Iter::Range { lo, hi, inclusive }, m, name, expect)
    }

    fn iter_method(&mut self, iter: Iter, m: &syn::ExprMethodCall, name: &str, expect: Option<&Ty>) -> Val {
        let span = m.method.span();
        let args: Vec<&syn::Expr> = m.args.iter().collect();
        if matches!(name, "next" | "nth" | "by_ref") && control::name(&m.receiver).is_some() {
            return self.unsupported(
                &m.method,
                "an iterator that is stepped by hand",
                "keep an index, or write a `for` loop over the sequence",
            );
        }
        let boxed = Box::new(iter.clone());
        let adapted = match (name, args.as_slice()) {
            ("iter" | "into_iter" | "by_ref" | "iter_mut", []) => iter,
            ("copied" | "cloned", []) => Iter::Values(boxed),
            ("enumerate", []) => Iter::Enumerate(boxed),
            ("rev", []) => Iter::Rev(boxed),
            ("zip", [other]) => {
                let other = self.expr(other, None);
                match self.iterated(other, span) {
                    Some(other) => Iter::Zip(boxed, Box::new(other)),
                    None => return Val::Unit,
                }
            }
            ("skip", [n]) => Iter::Skip(boxed, self.int_expr(n)),
            ("take", [n]) => Iter::Take(boxed, self.int_expr(n)),
            ("step_by", [n]) => Iter::StepBy(boxed, self.int_expr(n)),
            ("map", [f]) => match self.callable(f) {
                Some(f) => Iter::Map(boxed, f),
                None => return Val::Unit,
            },
            ("filter", [f]) => match self.callable(f) {
                Some(f) => Iter::Filter(boxed, f),
                None => return Val::Unit,
            },
            ("flat_map", [f]) => match self.callable(f) {
                Some(f) => Iter::FlatMap(boxed, f),
                None => return Val::Unit,
            },
            ("filter_map", [f]) => match self.callable(f) {
                Some(f) => Iter::FilterMap(boxed, f),
                None => return Val::Unit,
            },
            ("flatten", []) => Iter::Flatten(boxed),
            ("chain", [other]) => {
                let other = self.expr(other, None);
                match self.iterated(other, span) {
                    Some(other) => Iter::Chain(boxed, Box::new(other)),
                    None => return Val::Unit,
                }
            }
            ("sum" | "product", []) => {
                let ty = turbofish_type(m).map(|t| Ty::parse(&t, &self.reals)).or_else(|| expect.cloned());
                return self.accumulate(iter, name == "product", ty, span);
            }
            ("fold", [init, f]) => return self.fold(iter, init, f, expect, span),
            ("for_each", [f]) => {
                let Some(f) = self.callable(f) else { return Val::Unit };
                self.each(iter, None, None, span, &mut |l, item| {
                    l.call_closure(&f, vec![item], Some(&Ty::Unit), span);
                });
                return Val::Unit;
            }
            ("collect", []) => {
                let element = turbofish_type(m)
                    .map(|t| Ty::parse(&t, &self.reals))
                    .or_else(|| expect.cloned())
                    .map(|t| t.element());
                return self.collect(iter, element.filter(|t| !matches!(t, Ty::Unknown)), span);
            }
            ("min_by", [f]) => return self.extreme(iter, f, false, span),
            ("max_by", [f]) => return self.extreme(iter, f, true, span),
            ("len", []) => {
                if let Some(n) = self.len_of(&iter) {
                    return Val::Expr(n, Ty::Int);
                }
                return self.unsupported(&m.method, "the length of this iterator", "count in a loop");
            }
            ("last", []) => {
                let iter = Iter::Rev(boxed);
                return self.nth(iter, int_lit(0), span);
            }
            ("nth", [n]) => {
                let n = self.int_expr(n);
                return self.nth(iter, n, span);
            }
            ("next", []) => return self.nth(iter, int_lit(0), span),
            _ => {
                return self.unsupported(
                    &m.method,
                    &format!("the iterator method `{name}`"),
                    "use `zip`, `enumerate`, `rev`, `skip`, `take`, `step_by`, `map`, `filter`, `flat_map`, `fold`, `sum`, `product`, `for_each`, `collect`, or a `for` loop",
                );
            }
        };
        Val::Iter(adapted)
    }

    /// Item `n` of an iterator that is used up by it.
    fn nth(&mut self, iter: Iter, n: Expr, span: Span) -> Val {
        let Some(count) = self.len_of(&iter) else { return Val::Unit };
        let test = Expr::Logic(syn::BinOp::Lt(Default::default()), Box::new(n.clone()), Box::new(count));
        let present = self.cond(test, span);
        match self.nth_item(&iter, n, span) {
            Some(item) => Val::Maybe { present, some: Box::new(item) },
            None => Val::Unit,
        }
    }

    fn maybe_method(
        &mut self,
        present: Expr,
        some: Val,
        m: &syn::ExprMethodCall,
        name: &str,
        expect: Option<&Ty>,
    ) -> Val {
        let span = m.method.span();
        let args: Vec<&syn::Expr> = m.args.iter().collect();
        match (name, args.as_slice()) {
            ("unwrap", []) | ("expect", [_]) => {
                let message = match args.first() {
                    Some(e) => e.to_token_stream(),
                    None => quote!("called `Option::unwrap()` on a `None` value"),
                };
                let cond = self.cond(present, span);
                let check = self.opaque_check(&cond, message);
                self.out.push(check);
                some
            }
            ("copied" | "cloned", []) => {
                let some = match some {
                    Val::Ref { place, .. } => Val::Place(place),
                    val => val,
                };
                Val::Maybe { present, some: Box::new(some) }
            }
            ("unwrap_or", [default]) => {
                let default = self.expr(default, expect);
                let cond = self.cond(present, span);
                let arms: Vec<control::Arm> =
                    vec![Box::new(move |_: &mut Lowerer| some), Box::new(move |_: &mut Lowerer| default)];
                self.branch(vec![cond], arms, expect, span)
            }
            ("unwrap_or_else", [f]) => {
                let Some(f) = self.callable(f) else { return Val::Unit };
                let cond = self.cond(present, span);
                let arms: Vec<control::Arm> = vec![
                    Box::new(move |_: &mut Lowerer| some),
                    Box::new(move |l: &mut Lowerer| l.call_closure(&f, Vec::new(), None, span)),
                ];
                self.branch(vec![cond], arms, expect, span)
            }
            ("map_or", [default, f]) => {
                let default = self.expr(default, expect);
                let Some(f) = self.callable(f) else { return Val::Unit };
                let cond = self.cond(present, span);
                let arms: Vec<control::Arm> = vec![
                    Box::new(move |l: &mut Lowerer| l.call_closure(&f, vec![some], None, span)),
                    Box::new(move |_: &mut Lowerer| default),
                ];
                self.branch(vec![cond], arms, expect, span)
            }
            ("map", [f]) => {
                let Some(f) = self.callable(f) else { return Val::Unit };
                let cond = self.cond(present, span);
                let arms: Vec<control::Arm> = vec![
                    Box::new(move |l: &mut Lowerer| {
                        let val = l.call_closure(&f, vec![some], None, span);
                        let (e, ty) = l.atom(val, span);
                        Val::Expr(
                            Expr::Aggregate(crate::ir::Aggregate::Variant(Variant::Some), vec![e]),
                            Ty::Option(Box::new(ty)),
                        )
                    }),
                    Box::new(|_: &mut Lowerer| {
                        Val::Expr(
                            Expr::Path(quote!(::core::option::Option::None)),
                            Ty::Option(Box::new(Ty::Unknown)),
                        )
                    }),
                ];
                self.branch(vec![cond], arms, None, span)
            }
            ("is_some", []) => Val::Expr(present, Ty::Bool),
            ("is_none", []) => Val::Expr(super::stmt::negate(present), Ty::Bool),
            _ => {
                let (e, ty) = self.maybe_value(Val::Maybe { present, some: Box::new(some) }, span);
                self.value_method(Val::Expr(e, ty), m, name, expect)
            }
        }
    }

    /// `if !cond { panic!(message) }`
    fn opaque_check(&mut self, cond: &Expr, message: proc_macro2::TokenStream) -> Stmt {
        let panic = crate::ir::Opaque {
            tokens: quote!(::core::panic!("{}", #message)),
            uses: Vec::new(),
            binds: Vec::new(),
        };
        Stmt::If {
            cond: super::stmt::negate(cond.clone()),
            then: Block { stmts: vec![Stmt::Effect(panic)], ..Block::default() },
            els: Block::default(),
            record: None,
        }
    }

    fn value_method(
        &mut self,
        receiver: Val,
        m: &syn::ExprMethodCall,
        name: &str,
        expect: Option<&Ty>,
    ) -> Val {
        let span = m.method.span();
        let args: Vec<&syn::Expr> = m.args.iter().collect();
        let ty = match &receiver {
            Val::Expr(_, ty) => ty.clone(),
            Val::Place(p) | Val::Ref { place: p, .. } => p.ty.clone(),
            _ => Ty::Unknown,
        };
        if let Some(val) = self.sequence_method(&receiver, &ty, m, name, &args) {
            return val;
        }
        if let Some(val) = self.option_method(&receiver, &ty, m, name, &args, expect) {
            return val;
        }
        if let Some(result) = inert_result(name) {
            let receiver = self.inert(receiver, span).0;
            let args = args
                .iter()
                .map(|a| {
                    let val = self.expr(a, None);
                    self.inert_argument(val, a.span())
                })
                .collect();
            return Val::Expr(
                Expr::Method {
                    receiver: Box::new(receiver),
                    name: m.method.clone(),
                    turbofish: Default::default(),
                    args,
                },
                result,
            );
        }
        if matches!(ty, Ty::Int | Ty::Bool | Ty::Inert) || ty.is_inert() {
            return self.inert_method(receiver, ty, m);
        }
        if name == "sin_cos" && args.is_empty() {
            return self.sin_cos(receiver, span);
        }
        let is_scalar =
            rules::find(name).is_some_and(|r| r.arity == args.len() + 1) && !matches!(ty, Ty::Matrix);
        if is_scalar {
            let real =
                if ty.is_real() { ty } else { expect.filter(|t| t.is_real()).cloned().unwrap_or(Ty::REAL) };
            let mut vals = vec![receiver];
            for (i, a) in args.iter().enumerate() {
                let want = if name == "powi" { Ty::Int } else { real.clone() };
                let val = self.expr(a, Some(&want));
                vals.push(self.held(val, args.iter().skip(i + 1).copied(), a.span()));
            }
            return self.scalar_function(name, vals, real, span);
        }
        if let Some(val) = self.matrix_method(&receiver, &ty, m, name, &args) {
            return val;
        }
        self.user_method(receiver, m, &ty)
    }

    /// `condition.then(f)`: an `Option` of what `f` gives.
    fn then_called(&mut self, present: Expr, f: std::rc::Rc<super::closure::Closure>, span: Span) -> Val {
        let arms: Vec<control::Arm> = vec![
            Box::new(move |l: &mut Lowerer| {
                let val = l.call_closure(&f, Vec::new(), None, span);
                let (e, ty) = l.atom(val, span);
                Val::Expr(
                    Expr::Aggregate(crate::ir::Aggregate::Variant(Variant::Some), vec![e]),
                    Ty::Option(Box::new(ty)),
                )
            }),
            Box::new(|_: &mut Lowerer| {
                Val::Expr(Expr::Path(quote!(::core::option::Option::None)), Ty::Option(Box::new(Ty::Unknown)))
            }),
        ];
        self.branch(vec![present], arms, None, span)
    }

    /// A method of something without derivatives, as it is.
    fn inert_method(&mut self, receiver: Val, ty: Ty, m: &syn::ExprMethodCall) -> Val {
        let name = m.method.to_string();
        if let (Ty::Bool, "then" | "then_some", Some(arg)) = (&ty, name.as_str(), m.args.first()) {
            let present = self.inert(receiver, m.span()).0;
            let present = self.cond(present, m.span());
            let some = match name.as_str() {
                "then_some" => self.expr(arg, None),
                _ => {
                    let Some(f) = self.callable(arg) else { return Val::Unit };
                    return self.then_called(present, f, m.span());
                }
            };
            return Val::Maybe { present, some: Box::new(some) };
        }
        let closure = m.args.iter().any(|a| matches!(a, syn::Expr::Closure(_) | syn::Expr::Path(_)));
        if closure {
            let opaque = self.opaque(&syn::Expr::MethodCall(m.clone()));
            if opaque.uses.iter().chain(opaque.binds.iter().map(|(_, p)| p)).any(|p| !p.ty.is_inert()) {
                return self.unsupported(
                    &m.method,
                    &format!("`{name}` with values that may carry a derivative"),
                    "write it with `if` or `match`",
                );
            }
            return Val::Expr(
                Expr::Opaque(opaque),
                if matches!(ty, Ty::Inert) || ty.is_inert() && !matches!(ty, Ty::Int | Ty::Bool) {
                    Ty::Unknown
                } else {
                    ty
                },
            );
        }
        let receiver = self.inert(receiver, m.span()).0;
        let args = m
            .args
            .iter()
            .map(|a| {
                let val = self.expr(a, None);
                if !self.is_known_inert(&val)
                    && !matches!(&val, Val::Expr(e, _) if super::expr::is_constant_value(e))
                {
                    self.errors.at(
                        a,
                        format!("an argument of `{}` may carry a derivative", m.method),
                        "write the operation out, or say `stop_gradient(…)`",
                    );
                }
                self.inert_argument(val, a.span())
            })
            .collect();
        let turbofish = m.turbofish.to_token_stream();
        let result = match ty {
            Ty::Int => Ty::Int,
            _ => Ty::Inert,
        };
        Val::Expr(
            Expr::Method { receiver: Box::new(receiver), name: m.method.clone(), turbofish, args },
            result,
        )
    }

    /// Methods of slices, arrays and `Vec`.
    fn sequence_method(
        &mut self,
        receiver: &Val,
        ty: &Ty,
        m: &syn::ExprMethodCall,
        name: &str,
        args: &[&syn::Expr],
    ) -> Option<Val> {
        let span = m.method.span();
        let exclusive = matches!(
            name,
            "iter_mut"
                | "chunks_mut"
                | "chunks_exact_mut"
                | "split_at_mut"
                | "split_first_mut"
                | "split_last_mut"
                | "first_mut"
                | "last_mut"
                | "get_mut"
        );
        let known = matches!(
            (name, args.len()),
            (
                "iter"
                    | "iter_mut"
                    | "into_iter"
                    | "first"
                    | "last"
                    | "first_mut"
                    | "last_mut"
                    | "first_chunk"
                    | "try_into",
                0
            ) | (
                "to_vec"
                    | "to_owned"
                    | "clone"
                    | "as_slice"
                    | "as_mut_slice"
                    | "pop"
                    | "split_first"
                    | "split_last"
                    | "split_first_mut"
                    | "split_last_mut"
                    | "into",
                0
            ) | (
                "as_ref"
                    | "as_mut"
                    | "as_str"
                    | "into_owned"
                    | "clone_owned"
                    | "column_iter"
                    | "row_iter"
                    | "clear"
                    | "reverse"
                    | "to_array"
                    | "into_vec",
                0
            ) | (
                "windows"
                    | "chunks"
                    | "chunks_exact"
                    | "chunks_mut"
                    | "chunks_exact_mut"
                    | "split_at"
                    | "split_at_mut",
                1
            ) | (
                "get"
                    | "get_mut"
                    | "push"
                    | "truncate"
                    | "extend"
                    | "extend_from_slice"
                    | "fill"
                    | "copy_from_slice"
                    | "clone_from_slice",
                1
            ) | ("swap", 2)
        ) && (!matches!(ty, Ty::Option(_)) || matches!(name, "clone" | "into"))
            && !(matches!(ty, Ty::Matrix) && matches!(name, "push" | "get" | "swap"));
        if !known {
            return None;
        }
        if matches!(name, "clone" | "to_owned" | "into_owned" | "clone_owned") {
            return Some(match receiver {
                Val::Expr(..) => receiver.clone(),
                Val::Place(p) | Val::Ref { place: p, .. } if p.ty.is_copy() => Val::Place(p.clone()),
                Val::Place(p) | Val::Ref { place: p, .. }
                    if name != "to_owned" || !matches!(p.ty, Ty::Slice(_)) =>
                {
                    let ty = p.ty.clone();
                    Val::Expr(Expr::Clone(p.clone()), ty)
                }
                Val::Place(p) | Val::Ref { place: p, .. } => Val::Expr(
                    Expr::Convert { from: p.clone(), call: quote!(.to_vec()) },
                    Ty::Vec(Box::new(p.ty.element())),
                ),
                _ => return None,
            });
        }
        let place = self.place(receiver.clone(), m.receiver.span());
        let element = place.ty.element();
        let at =
            |k: Expr| Val::Ref { place: place.then(Proj::Index(Box::new(k)), element.clone()), exclusive };
        let nonempty =
            || Expr::Logic(syn::BinOp::Gt(Default::default()), Box::new(len(&place)), Box::new(int_lit(0)));
        let last_index = || control::int(ArithOp::Sub, len(&place), int_lit(1));
        Some(match (name, args) {
            ("into_iter", []) if matches!(receiver, Val::Place(_) | Val::Expr(..)) => {
                Val::Iter(Iter::Values(Box::new(Iter::Elements { place, exclusive: false })))
            }
            ("iter" | "iter_mut" | "into_iter", []) => {
                let exclusive =
                    exclusive || matches!(receiver, Val::Ref { exclusive: true, .. } if name == "into_iter");
                Val::Iter(Iter::Elements { place, exclusive })
            }
            ("column_iter", []) => Val::Iter(Iter::Views { place, method: "column", count: "ncols" }),
            ("row_iter", []) => Val::Iter(Iter::Views { place, method: "row", count: "nrows" }),
            ("windows", [n]) => Val::Iter(Iter::Windows { place, size: self.int_expr(n) }),
            ("chunks" | "chunks_mut", [n]) => {
                Val::Iter(Iter::Chunks { place, size: self.int_expr(n), exact: false, exclusive })
            }
            ("chunks_exact" | "chunks_exact_mut", [n]) => {
                Val::Iter(Iter::Chunks { place, size: self.int_expr(n), exact: true, exclusive })
            }
            ("as_slice" | "as_mut_slice" | "as_ref" | "as_mut" | "as_str", []) => {
                Val::Ref { place, exclusive: matches!(name, "as_mut_slice" | "as_mut") }
            }
            ("to_vec", []) => Val::Expr(
                Expr::Convert { from: place.clone(), call: quote!(.to_vec()) },
                Ty::Vec(Box::new(element)),
            ),
            ("into", []) if ty.is_real() => {
                return Some(self.unsupported(&m.method, "`into` of a number", "write `as f64`"));
            }
            ("into", []) => return None,
            ("split_at" | "split_at_mut", [k]) => {
                let k = self.int_expr(k);
                let k = self.stable(k, span);
                let (whole, at) = (
                    proc_macro2::Ident::new("whole", span),
                    self.store(Some("at"), k.clone(), Ty::Int, span),
                );
                let name = at.whole().map(|v| self.func.var(v).ident.clone());
                let check = crate::ir::Opaque {
                    tokens: quote!(if #name > #whole.len() { let _ = #whole.split_at(#name); }),
                    uses: vec![place.clone(), at],
                    binds: vec![(whole, place.clone())],
                };
                self.out.push(Stmt::Effect(check));
                let left = self.sub_slice(place.clone(), Some(int_lit(0)), Some(k.clone()), false, span);
                let right = self.sub_slice(place, Some(k), None, false, span);
                Val::Tuple(vec![Val::Ref { place: left, exclusive }, Val::Ref { place: right, exclusive }])
            }
            ("split_first" | "split_first_mut", []) => {
                let rest = self.sub_slice(place.clone(), Some(int_lit(1)), None, false, span);
                let pair = Val::Tuple(vec![at(int_lit(0)), Val::Ref { place: rest, exclusive }]);
                Val::Maybe { present: self.cond(nonempty(), span), some: Box::new(pair) }
            }
            ("split_last" | "split_last_mut", []) => {
                let back = last_index();
                let back = self.stable(back, span);
                let rest = self.sub_slice(place.clone(), Some(int_lit(0)), Some(back.clone()), false, span);
                let pair = Val::Tuple(vec![at(back), Val::Ref { place: rest, exclusive }]);
                Val::Maybe { present: self.cond(nonempty(), span), some: Box::new(pair) }
            }
            ("first" | "first_mut", []) => Val::Maybe { present: nonempty(), some: Box::new(at(int_lit(0))) },
            ("last" | "last_mut", []) => Val::Maybe { present: nonempty(), some: Box::new(at(last_index())) },
            ("get" | "get_mut", [i]) => {
                let val = self.expr(i, Some(&Ty::Int));
                if matches!(val, Val::Range { .. }) {
                    return Some(self.unsupported(
                        *i,
                        "`get` of a range",
                        "test the length and index by the range",
                    ));
                }
                let i = self.inert(val, span).0;
                let i = self.stable(i, span);
                let inside = Expr::Logic(
                    syn::BinOp::Lt(Default::default()),
                    Box::new(i.clone()),
                    Box::new(len(&place)),
                );
                Val::Maybe { present: inside, some: Box::new(at(i)) }
            }
            ("first_chunk", []) => {
                let Some(turbofish) = &m.turbofish else {
                    return Some(self.unsupported(
                        &m.method,
                        "`first_chunk` without its length",
                        "write `first_chunk::<N>()`",
                    ));
                };
                let n = Expr::Path(const_argument(turbofish));
                let enough =
                    Expr::Logic(syn::BinOp::Ge(Default::default()), Box::new(len(&place)), Box::new(n));
                let array = Proj::AsArray {
                    method: quote!(.first_chunk #turbofish ().unwrap()),
                    method_mut: quote!(.first_chunk_mut #turbofish ().unwrap()),
                };
                let place = place.then(array, Ty::Array(Box::new(element)));
                Val::Maybe { present: enough, some: Box::new(Val::Ref { place, exclusive }) }
            }
            ("try_into", []) => Val::Maybe {
                present: Expr::Path(quote!(true)),
                some: Box::new(self.array_of(place, element)),
            },
            ("push", [v]) => {
                let hint = place.ty.element();
                let val = self.expr(v, Some(&hint));
                let (value, ty) = self.atom(val, v.span());
                if let (Some(var), Ty::Unknown) = (place.whole(), &hint) {
                    if matches!(self.func.var(var).ty, Ty::Vec(_)) {
                        self.func.var_mut(var).ty = Ty::Vec(Box::new(ty));
                    }
                }
                self.out.push(Stmt::Push { vec: place, value, back: false });
                Val::Unit
            }
            ("clear", []) => {
                self.truncate(place, int_lit(0), span);
                Val::Unit
            }
            ("truncate", [n]) => {
                let n = self.int_expr(n);
                self.truncate(place, n, span);
                Val::Unit
            }
            ("pop", []) => {
                let ty = Ty::Option(Box::new(element));
                let var = self.temp(ty.clone(), span);
                self.out.push(Stmt::Pop { var, vec: place, back: false });
                Val::Place(Place::var(var, ty))
            }
            ("extend" | "extend_from_slice", [other]) => {
                let val = self.expr(other, None);
                let iter = self.iterated(val, span)?;
                self.each(iter, None, None, span, &mut |l, item| {
                    let item = match item {
                        Val::Ref { place, .. } => Val::Place(place),
                        val => val,
                    };
                    let (value, _) = l.atom(item, span);
                    l.out.push(Stmt::Push { vec: place.clone(), value, back: false });
                });
                Val::Unit
            }
            ("swap", [a, b]) => {
                let a = self.int_expr(a);
                let a = self.stable(a, span);
                let b = self.int_expr(b);
                let b = self.stable(b, span);
                let place = self.pin(place, span);
                let at = |k: Expr| place.then(Proj::Index(Box::new(k)), element.clone());
                self.out.push(Stmt::Swap { a: at(a), b: at(b), back: false });
                Val::Unit
            }
            ("reverse", []) => {
                let place = self.pin(place, span);
                let n = self.stable(len(&place), span);
                let half = self.stable(control::int(ArithOp::Div, n.clone(), int_lit(2)), span);
                let range = control::Counted {
                    name: None,
                    lo: int_lit(0),
                    hi: half,
                    inclusive: false,
                    step: None,
                    rev: false,
                    span,
                };
                self.counted(None, range, &mut |l, k| {
                    let back = control::int(
                        ArithOp::Sub,
                        control::int(ArithOp::Sub, n.clone(), int_lit(1)),
                        Expr::Read(k.clone()),
                    );
                    let at = |k: Expr| place.then(Proj::Index(Box::new(k)), element.clone());
                    l.out.push(Stmt::Swap { a: at(Expr::Read(k)), b: at(back), back: false });
                });
                Val::Unit
            }
            ("fill", [v]) => {
                let val = self.expr(v, Some(&element));
                let (value, ty) = self.atom(val, v.span());
                let element = if matches!(element, Ty::Unknown) { ty } else { element };
                let place = self.pin(place, span);
                self.fill_loop(&place, &element, span, &mut |_, _| value.clone());
                Val::Unit
            }
            ("copy_from_slice" | "clone_from_slice", [other]) => {
                let val = self.expr(other, None);
                let source = self.place(val, span);
                let source = self.pin(source, span);
                let place = self.pin(place, span);
                let check = crate::ir::Opaque {
                    // The primal's own panic, where the lengths differ.
                    tokens: quote!(if destination.len() != source.len() {
                        destination.to_vec().copy_from_slice(&source[..])
                    }),
                    uses: vec![place.clone(), source.clone()],
                    binds: vec![
                        (proc_macro2::Ident::new("destination", span), place.clone()),
                        (proc_macro2::Ident::new("source", span), source.clone()),
                    ],
                };
                self.out.push(Stmt::Effect(check));
                let element = match (&element, source.ty.element()) {
                    (Ty::Unknown, t) => t,
                    _ => element,
                };
                let ty = element.clone();
                self.fill_loop(&place, &element, span, &mut |_, k| {
                    Expr::Read(source.then(Proj::Index(Box::new(k)), ty.clone()))
                });
                Val::Unit
            }
            _ => return None,
        })
    }

    /// Pops until `n` elements are left.
    fn truncate(&mut self, vec: Place, n: Expr, span: Span) {
        let n = self.stable(n, span);
        let trips = self.trips(span);
        let cond = Expr::Logic(syn::BinOp::Gt(Default::default()), Box::new(len(&vec)), Box::new(n));
        let ty = Ty::Option(Box::new(vec.ty.element()));
        let var = self.temp(ty, span);
        let body = Block { stmts: vec![Stmt::Pop { var, vec, back: false }], ..Block::default() };
        let l = crate::ir::Loop { head: Vec::new(), cond, exit: None, trips, body, record: None };
        self.out.push(Stmt::Loop(Box::new(l)));
    }

    /// The array that a slice is turned into: the same memory where a reference is wanted, else a copy.
    fn array_of(&mut self, place: Place, element: Ty) -> Val {
        if self.wants_reference {
            return Val::Ref { place, exclusive: false };
        }
        Val::Expr(
            Expr::Convert { from: place, call: quote!(.try_into().unwrap()) },
            Ty::Array(Box::new(element)),
        )
    }

    /// `for k in 0..place.len() { place[k] = value(k) }`
    fn fill_loop(
        &mut self,
        place: &Place,
        element: &Ty,
        span: Span,
        value: &mut dyn FnMut(&mut Self, Expr) -> Expr,
    ) {
        let n = self.stable(len(place), span);
        let range = control::Counted {
            name: None,
            lo: int_lit(0),
            hi: n,
            inclusive: false,
            step: None,
            rev: false,
            span,
        };
        self.counted(None, range, &mut |l, k| {
            let v = value(l, Expr::Read(k.clone()));
            let target = place.then(Proj::Index(Box::new(Expr::Read(k))), element.clone());
            l.out.push(Stmt::Assign { place: target, value: v, init: false, saved: None });
        });
    }

    /// Methods of `Option` and `Result` values.
    fn option_method(
        &mut self,
        receiver: &Val,
        ty: &Ty,
        m: &syn::ExprMethodCall,
        name: &str,
        args: &[&syn::Expr],
        expect: Option<&Ty>,
    ) -> Option<Val> {
        let span = m.method.span();
        let inner = match ty {
            Ty::Option(t) => (**t).clone(),
            _ => Ty::Unknown,
        };
        let only_options = matches!(
            name,
            "unwrap_or"
                | "unwrap_or_else"
                | "unwrap_or_default"
                | "map_or"
                | "map_or_else"
                | "and_then"
                | "ok_or"
        );
        let is_option = matches!(ty, Ty::Option(_))
            || (matches!(ty, Ty::Unknown)
                && (only_options
                    || (name == "map" && m.args.len() == 1)
                    || (name == "take" && m.args.is_empty())))
            || (matches!(ty, Ty::Named(n) if n.starts_with("Result") || n.starts_with("Option")));
        match (name, args) {
            ("ok", []) if !ty.is_inert() => {
                let place = self.place(receiver.clone(), span);
                let place = self.pin(place, span);
                let present = super::pattern::query(place.clone(), "is_ok");
                let some = Val::Place(place.then(Proj::Payload(Variant::Ok), Ty::Unknown));
                Some(Val::Maybe { present, some: Box::new(some) })
            }
            ("unwrap" | "unwrap_unchecked", []) | ("expect", [_]) => {
                if ty.is_inert() {
                    return None;
                }
                let (from, _) = self.atom(receiver.clone(), span);
                let call = match args {
                    [message] => {
                        let message = self.opaque(message).tokens;
                        quote!(.expect(#message))
                    }
                    _ => quote!(.unwrap()),
                };
                let from = match from {
                    Expr::Read(place)
                        if !place.proj.is_empty()
                            || place
                                .root_var()
                                .is_some_and(|v| self.func.var(v).passing != Passing::Value) =>
                    {
                        Expr::Clone(place)
                    }
                    from => from,
                };
                Some(Val::Expr(Expr::Unwrap { from: Box::new(from), variant: Variant::Some, call }, inner))
            }
            (
                "unwrap_or" | "unwrap_or_else" | "map_or" | "map_or_else" | "map" | "and_then"
                | "unwrap_or_default" | "as_ref" | "as_mut" | "copied" | "cloned" | "take" | "ok_or"
                | "filter",
                _,
            ) if is_option && !ty.is_inert() => {
                let place = self.place(receiver.clone(), span);
                let place = self.pin(place, span);
                if matches!(name, "as_ref" | "as_mut" | "copied" | "cloned") {
                    return Some(Val::Place(place));
                }
                if name == "take" {
                    return Some(self.replace(place, Expr::Path(quote!(::core::option::Option::None)), span));
                }
                let present = super::pattern::query(place.clone(), "is_some");
                let some = Val::Place(place.then(Proj::Payload(Variant::Some), inner));
                match name {
                    "unwrap_or_default" => {
                        let cond = self.cond(present, span);
                        let zero = Val::Expr(
                            Expr::Call { path: quote!(::core::default::Default::default), args: Vec::new() },
                            Ty::Unknown,
                        );
                        let arms: Vec<control::Arm> = vec![
                            Box::new(move |_: &mut Lowerer| some),
                            Box::new(move |_: &mut Lowerer| zero),
                        ];
                        Some(self.branch(vec![cond], arms, expect, span))
                    }
                    "and_then" => {
                        let f = self.callable(args.first()?)?;
                        let cond = self.cond(present, span);
                        let arms: Vec<control::Arm> = vec![
                            Box::new(move |l: &mut Lowerer| l.call_closure(&f, vec![some], None, span)),
                            Box::new(|_: &mut Lowerer| {
                                Val::Expr(
                                    Expr::Path(quote!(::core::option::Option::None)),
                                    Ty::Option(Box::new(Ty::Unknown)),
                                )
                            }),
                        ];
                        Some(self.branch(vec![cond], arms, None, span))
                    }
                    "map_or" => {
                        let default = self.expr(args.first()?, expect);
                        let f = self.callable(args.get(1)?)?;
                        let cond = self.cond(present, span);
                        let arms: Vec<control::Arm> = vec![
                            Box::new(move |l: &mut Lowerer| l.call_closure(&f, vec![some], None, span)),
                            Box::new(move |_: &mut Lowerer| default),
                        ];
                        Some(self.branch(vec![cond], arms, expect, span))
                    }
                    "unwrap_or" | "unwrap_or_else" | "map" => {
                        Some(self.maybe_method(present, some, m, name, expect))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Methods of nalgebra's matrices that are views or loops; the others have rules of their own.
    fn matrix_method(
        &mut self,
        receiver: &Val,
        ty: &Ty,
        m: &syn::ExprMethodCall,
        name: &str,
        args: &[&syn::Expr],
    ) -> Option<Val> {
        let span = m.method.span();
        let view = |n: &str| {
            matches!(
                n,
                "column"
                    | "row"
                    | "columns"
                    | "rows"
                    | "view"
                    | "column_mut"
                    | "row_mut"
                    | "columns_mut"
                    | "rows_mut"
                    | "view_mut"
            )
        };
        if view(name) {
            let place = self.place(receiver.clone(), span);
            let exclusive = name.ends_with("_mut");
            let base = name.trim_end_matches("_mut");
            let args = args
                .iter()
                .map(|a| {
                    let e = self.int_expr(a);
                    self.pin_expr(e, span)
                })
                .collect();
            let proj = Proj::View { method: syn::Ident::new(base, span), args };
            return Some(Val::Ref { place: place.then(proj, Ty::Matrix), exclusive });
        }
        if name == "map" && matches!(ty, Ty::Matrix | Ty::Array(_)) {
            let f = self.callable(args.first()?)?;
            let source = self.place(receiver.clone(), span);
            let source = self.pin(source, span);
            let element = source.ty.element();
            let init = match ty {
                Ty::Matrix => {
                    Expr::Runtime("zero", vec![Expr::Ref { exclusive: false, place: source.clone() }])
                }
                _ => Expr::Runtime("array_like", vec![Expr::Ref { exclusive: false, place: source.clone() }]),
            };
            let out = self.accumulator(
                "mapped",
                init,
                if matches!(ty, Ty::Matrix) { Ty::Matrix } else { Ty::Array(Box::new(Ty::Unknown)) },
                span,
            );
            if let Some(var) = out.whole() {
                // Where the shape comes from does not make the first value depend on it.
                self.func.fresh.push(var);
            }
            let n = self.stable(len(&source), span);
            let range = control::Counted {
                name: None,
                lo: int_lit(0),
                hi: n,
                inclusive: false,
                step: None,
                rev: false,
                span,
            };
            self.counted(None, range, &mut |l, k| {
                let item = source.then(Proj::Index(Box::new(Expr::Read(k.clone()))), element.clone());
                let val = l.call_closure(&f, vec![Val::Place(item)], None, span);
                let (value, t) = l.read(val, span);
                if let Some(var) = out.whole() {
                    if let Ty::Array(_) = l.func.var(var).ty {
                        l.func.var_mut(var).ty = Ty::Array(Box::new(t.clone()));
                    }
                }
                let target = out.then(Proj::Index(Box::new(Expr::Read(k))), t);
                l.out.push(Stmt::Assign { place: target, value, init: true, saved: None });
            });
            let ty = out.whole().map_or(Ty::Unknown, |v| self.func.var(v).ty.clone());
            return Some(Val::Place(Place { ty, ..out }));
        }
        if name == "map" {
            return Some(self.unsupported(
                &m.method,
                "`map` of a value whose type is not visible here",
                "give the receiver a type: `let v: DVector<f64> = …;`",
            ));
        }
        None
    }

    /// A method that brings its own rules.
    fn user_method(&mut self, receiver: Val, m: &syn::ExprMethodCall, ty: &Ty) -> Val {
        let span = m.method.span();
        if m.args.iter().any(|a| matches!(a, syn::Expr::Closure(_))) {
            return self.unsupported(
                &m.method,
                &format!("`{}` with a closure", m.method),
                "write the loop here, or put it into an annotated function",
            );
        }
        let exclusive_borrow = matches!(receiver, Val::Ref { exclusive: true, .. });
        let place = self.place(receiver, m.receiver.span());
        let place = self.pin(place, span);
        let mutable = !matches!(ty, Ty::Matrix)
            && place.root_var().is_some_and(|v| {
                let info = self.func.var(v);
                info.passing == Passing::Exclusive || (info.passing == Passing::Value && info.mutable)
            })
            || exclusive_borrow;
        let mut args = vec![Val::Ref { place, exclusive: mutable }];
        args.extend(self.arguments(&m.args));
        let name = m.method.to_string();
        let reduces = matches!(
            name.as_str(),
            "dot" | "norm" | "norm_squared" | "sum" | "trace" | "determinant" | "mean" | "variance"
        );
        let result = match ty {
            Ty::Matrix if reduces => Ty::REAL,
            Ty::Matrix if matches!(name.as_str(), "cholesky" | "try_inverse" | "lu" | "qr") => {
                if matches!(name.as_str(), "cholesky" | "try_inverse") {
                    Ty::Option(Box::new(if name == "try_inverse" { Ty::Matrix } else { Ty::Unknown }))
                } else {
                    Ty::Unknown
                }
            }
            Ty::Matrix => Ty::Matrix,
            _ if reduces => Ty::REAL,
            _ => Ty::Unknown,
        };
        if name == self.own_name {
            self.func.recursive = true;
        }
        self.rule_call(Callee::Method(m.method.clone(), m.turbofish.clone()), args, result, span)
    }
}

fn turbofish_type(m: &syn::ExprMethodCall) -> Option<syn::Type> {
    m.turbofish.as_ref()?.args.iter().find_map(|a| match a {
        syn::GenericArgument::Type(t) => Some(t.clone()),
        _ => None,
    })
}

fn const_argument(turbofish: &syn::AngleBracketedGenericArguments) -> proc_macro2::TokenStream {
    turbofish.args.to_token_stream()
}
