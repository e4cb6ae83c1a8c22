//! Control flow: branches, loops and every kind of early exit, turned into structured form.
//!
//! An exit sets `flow` to the code of its target and what follows it stands in the other arm of a branch.
//! Where the exit is the last thing that its own statement list does, that arm alone suffices and `flow` is
//! not needed.

use super::{Lowerer, Slot, Target, TargetKind, Val};
use crate::ir::{ArithOp, Block, Expr, For, Loop, Passing, Place, Proj, Role, Stmt, Ty, Variant};
use crate::rules::int_lit;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::Visit;

impl Lowerer<'_> {
    /// A condition as something that the reverse sweep can name.
    pub(super) fn cond(&mut self, cond: Expr, span: Span) -> Expr {
        match &cond {
            Expr::Lit(_) | Expr::Path(_) => cond,
            Expr::Read(place) if self.is_stable(&Expr::Read(place.clone())) => cond,
            Expr::Unary(crate::ir::UnOp::Not, e) => super::stmt::negate(self.cond((**e).clone(), span)),
            _ => Expr::Read(self.store(Some("cond"), cond, Ty::Bool, span)),
        }
    }

    pub(super) fn if_expr(&mut self, e: &syn::ExprIf, expect: Option<&Ty>) -> Val {
        if let syn::Expr::Binary(b) = &*e.cond {
            if matches!(b.op, syn::BinOp::And(_)) && contains_let(&e.cond) && has_effect(&b.right) {
                // What a later condition computes must reach the branch: nest them, and leave when it is done.
                let (first, second, then) = (&b.left, &b.right, &e.then_branch);
                let els = e.else_branch.as_ref().map(|(_, els)| quote::quote!(#els));
                let nested: syn::ExprBlock =
                    syn::parse_quote!('chain: { if #first { if #second { break 'chain #then } } #els });
                return self.expr(&syn::Expr::Block(nested), expect);
            }
        }
        self.scoped(|l| {
            let (cond, bindings) = l.condition(&e.cond);
            let cond = l.cond(cond, e.cond.span());
            let then_exits = exits(&e.then_branch);
            let els = e.else_branch.as_ref().map(|(_, b)| &**b);
            if then_exits {
                l.diverging_guard(cond, |l| {
                    l.bind_all(&bindings);
                    l.stmts(&e.then_branch.stmts, None)
                });
                return els.map_or(Val::Unit, |b| l.expr(b, expect));
            }
            if els.is_some_and(expr_exits) {
                if let Some(els) = els {
                    l.diverging_guard(super::stmt::negate(cond), |l| l.expr(els, None));
                }
                l.bind_all(&bindings);
                return l.stmts(&e.then_branch.stmts, expect);
            }
            let arms: Vec<Arm> = vec![
                Box::new(|l: &mut Lowerer| {
                    l.bind_all(&bindings);
                    l.stmts(&e.then_branch.stmts, expect)
                }),
                Box::new(|l: &mut Lowerer| els.map_or(Val::Unit, |b| l.expr(b, expect))),
            ];
            l.branch(vec![cond], arms, expect, e.span())
        })
    }

    /// Arms of which the first whose condition holds is taken; the last has no condition.
    pub(super) fn branch(
        &mut self,
        conds: Vec<Expr>,
        arms: Vec<Arm>,
        expect: Option<&Ty>,
        span: Span,
    ) -> Val {
        let mut slot = None;
        let unit = matches!(expect, Some(Ty::Unit));
        let mut result = Val::Never;
        let mut blocks = Vec::new();
        let uninit = self.uninit.clone();
        let mut still = None::<std::collections::HashSet<_>>;
        for arm in arms {
            self.uninit = uninit.clone();
            let (block, value) = self.block(|l| {
                let value = arm(l);
                match value {
                    Val::Never => None,
                    Val::Unit => Some(Val::Unit),
                    value if unit => {
                        let _ = value;
                        Some(Val::Unit)
                    }
                    value => Some(l.assign_arm(&mut slot, value, expect, span)),
                }
            });
            if let Some(value) = value {
                still = Some(match still {
                    None => self.uninit.clone(),
                    Some(s) => s.intersection(&self.uninit).copied().collect(),
                });
                if matches!(result, Val::Never) {
                    result = value;
                }
            }
            blocks.push(block);
        }
        self.uninit = still.unwrap_or(uninit);
        if let Some(var) = slot {
            let maybe_skipped = self.unwinding.iter().any(|(t, n)| *t <= self.depth && self.depth < *n);
            let ty = self.func.var(var).ty.clone();
            let value = if maybe_skipped { self.dummy(&ty, span) } else { None };
            self.func.var_mut(var).mutable = maybe_skipped;
            self.out.push(Stmt::Let { var, value });
        }
        let mut els = blocks.pop().unwrap_or_default();
        for (cond, then) in conds.into_iter().zip(blocks).rev() {
            if then.stmts.is_empty() && els.stmts.is_empty() {
                els = Block::default();
                continue;
            }
            els = Block { stmts: vec![Stmt::If { cond, then, els, record: None }], ..Block::default() };
        }
        self.out.append(&mut els.stmts);
        self.guard_unwinding();
        result
    }

    /// Something to initialise a variable with that is assigned before it is read.
    fn dummy(&mut self, ty: &Ty, span: Span) -> Option<Expr> {
        match ty {
            Ty::Real(_) => Some(Expr::Real(0.0)),
            Ty::Int => Some(int_lit(0)),
            Ty::Bool => Some(Expr::Path(quote::quote!(false))),
            _ => {
                self.errors.span(
                    span,
                    "a branch gives a value on some paths and leaves the loop or function on others",
                    "leave first, in an `if` of its own, or declare the variable with a value before the branch",
                );
                None
            }
        }
    }

    fn assign_arm(
        &mut self,
        slot: &mut Option<crate::ir::VarId>,
        value: Val,
        expect: Option<&Ty>,
        span: Span,
    ) -> Val {
        if matches!(&value, Val::Ref { place, exclusive } if *exclusive || !(place.ty.is_copy() || place.ty.is_inert()))
        {
            self.errors.span(
                span,
                "a branch chooses between references",
                "choose the value (`*r`, `.clone()`) or an index, and borrow after the branch",
            );
        }
        let (expr, ty) = self.read(value, span);
        let var = *slot.get_or_insert_with(|| {
            let ident = self.names.fresh("value", span);
            self.add(ident, Ty::Unknown, Role::Local, Passing::Value, false)
        });
        if matches!(self.func.var(var).ty, Ty::Unknown) {
            let known = match expect {
                Some(t) if !matches!(t, Ty::Unknown) => t.clone(),
                _ => ty,
            };
            self.func.var_mut(var).ty = known;
        }
        let place = Place::var(var, self.func.var(var).ty.clone());
        self.out.push(Stmt::Assign { place, value: expr, init: true, saved: None });
        Val::Place(Place::var(var, self.func.var(var).ty.clone()))
    }

    /// Runs `exit` where `cond` holds; what follows in this list runs where it does not.
    pub(super) fn diverging_guard(&mut self, cond: Expr, exit: impl FnOnce(&mut Self) -> Val) {
        let list = self.depth;
        let outer = std::mem::take(&mut self.unwinding);
        let uninit = self.uninit.clone();
        let (mut then, _) = self.block(exit);
        self.uninit = uninit;
        let mut inner = std::mem::replace(&mut self.unwinding, outer);
        if inner.is_empty() {
            // It panics: nothing has to be skipped.
            self.out.push(Stmt::If { cond, then, els: Block::default(), record: None });
            return;
        }
        if inner.contains_key(&list) && self.drop_redundant_flow(&mut then, list) {
            inner.remove(&list);
        }
        // The other arm of this guard is all that follows in this list.
        self.unwinding.extend(inner.into_keys().map(|target| (target, list)));
        self.open_guard(cond, then);
    }

    /// Drops `flow = code` at the end of a guard that skips to the end of its target's own list anyway.
    fn drop_redundant_flow(&mut self, then: &mut Block, list: usize) -> bool {
        let code = self.targets.iter().rev().find_map(|t| match t.kind {
            TargetKind::Loop { cont, .. } if t.depth == list => Some(cont),
            TargetKind::Function { ret } if t.depth == list => Some(ret),
            _ => None,
        });
        let Some(code) = code else { return false };
        let redundant = then.stmts.last().is_some_and(|s| self.sets_flow(s, code));
        if redundant {
            then.stmts.pop();
        }
        redundant
            && !then
                .stmts
                .iter()
                .any(|s| self.flow.is_some_and(|f| assigns_flow(std::slice::from_ref(s), f, code)))
    }

    fn sets_flow(&self, stmt: &Stmt, code: i64) -> bool {
        self.flow.is_some_and(|flow| {
            matches!(stmt, Stmt::Assign { .. }) && assigns_flow(std::slice::from_ref(stmt), flow, code)
        })
    }

    /// After a statement in which exits were taken: what follows in this list runs only where none was.
    pub(super) fn guard_unwinding(&mut self) {
        let depth = self.depth;
        let mut hit = false;
        for (target, noticed) in &mut self.unwinding {
            if *target <= depth && depth < *noticed {
                *noticed = depth;
                hit = true;
            }
        }
        let (true, Some(flow)) = (hit, self.flow) else { return };
        let place = Place::var(flow, Ty::Int);
        let test = Expr::Logic(
            syn::BinOp::Ne(Default::default()),
            Box::new(Expr::Read(place)),
            Box::new(int_lit(0)),
        );
        let cond = Expr::Read(self.store(Some("left"), test, Ty::Bool, Span::mixed_site()));
        self.open_guard(cond, Block::default());
    }

    fn leave(&mut self, target: usize, code: i64) {
        let flow = self.flow_var();
        let place = Place::var(flow, Ty::Int);
        self.out.push(Stmt::Assign { place, value: int_lit(code), init: false, saved: None });
        let depth = self.targets[target].depth;
        self.unwinding.insert(depth, self.depth);
    }

    pub(super) fn return_expr(&mut self, e: &syn::ExprReturn) -> Val {
        let index = self.function_target();
        let ty = match index {
            0 => Some(self.func.result_ty.clone()),
            _ => None,
        };
        if let Some(value) = &e.expr {
            let value = self.expr(value, ty.as_ref());
            if matches!(value, Val::Never) {
                return Val::Never;
            }
            self.assign_result(index, value, e.span());
        }
        self.leave_function(index);
        Val::Never
    }

    /// The innermost function or closure body.
    pub(super) fn function_target(&self) -> usize {
        self.targets.iter().rposition(|t| matches!(t.kind, TargetKind::Function { .. })).unwrap_or(0)
    }

    fn leave_function(&mut self, index: usize) {
        if let TargetKind::Function { ret } = self.targets[index].kind {
            self.leave(index, ret);
        }
    }

    /// Assigns the result of the function, loop or block `index`.
    pub(super) fn assign_result(&mut self, index: usize, value: Val, span: Span) {
        if matches!(value, Val::Unit) && self.targets[index].result.is_none() {
            return;
        }
        let (expr, ty) = self.read(value, span);
        let mut slot = match self.targets[index].result.clone() {
            Some(slot) => slot,
            None => self.slot("result", &ty, span),
        };
        if slot.wrapped.is_none() {
            let known = if matches!(self.func.var(slot.var).ty, Ty::Unknown) {
                ty.clone()
            } else {
                self.func.var(slot.var).ty.clone()
            };
            slot.wrapped = Some(!matches!(known, Ty::Real(_) | Ty::Int | Ty::Bool));
            self.func.var_mut(slot.var).ty = match slot.wrapped {
                Some(true) => Ty::Option(Box::new(known)),
                _ => known,
            };
        }
        if let (0, Some(true), Some(ty)) = (index, slot.wrapped, &self.result_type) {
            self.func.var_mut(slot.var).annotation = Some(syn::parse_quote!(::core::option::Option<#ty>));
        }
        let place = Place::var(slot.var, self.func.var(slot.var).ty.clone());
        let value = match slot.wrapped {
            Some(true) => {
                let (atom, _) = self.atom(Val::Expr(expr, ty), span);
                Expr::Aggregate(crate::ir::Aggregate::Variant(Variant::Some), vec![atom])
            }
            _ => expr,
        };
        // A result is assigned once on every way through: its first value is only a placeholder.
        self.out.push(Stmt::Assign { place, value, init: true, saved: None });
        self.slots.insert(slot.var, slot.wrapped == Some(true));
        self.targets[index].result = Some(slot);
    }

    /// A variable for a result assigned on several paths; declared where this is called.
    pub(super) fn slot(&mut self, base: &str, ty: &Ty, span: Span) -> Slot {
        let ident = self.names.fresh(base, span);
        let var = self.add(ident, ty.clone(), Role::Local, Passing::Value, false);
        self.func.var_mut(var).mutable = true;
        self.out.push(Stmt::Let { var, value: None });
        self.slots.insert(var, false);
        Slot { var, wrapped: None }
    }

    /// Where the value of a slot is read.
    pub(super) fn slot_place(&self, slot: &Slot) -> Place {
        let ty = self.func.var(slot.var).ty.clone();
        match (slot.wrapped, &ty) {
            (Some(true), Ty::Option(inner)) => {
                Place::var(slot.var, ty.clone()).then(Proj::Payload(Variant::Some), (**inner).clone())
            }
            _ => Place::var(slot.var, ty),
        }
    }

    /// Gives the declaration of every slot its first value, now that its type is known.
    pub(super) fn finish_slots(&mut self) {
        let mut stmts = std::mem::take(&mut self.func.body.stmts);
        self.fill_slots(&mut stmts);
        self.func.body.stmts = stmts;
    }

    fn fill_slots(&mut self, stmts: &mut [Stmt]) {
        for stmt in stmts {
            match stmt {
                Stmt::Let { var, value } if value.is_none() => {
                    let first = match self.func.var(*var).ty {
                        Ty::Real(_) => Some(Expr::Real(0.0)),
                        Ty::Int => Some(int_lit(0)),
                        Ty::Bool => Some(Expr::Path(quote::quote!(false))),
                        _ => None,
                    };
                    if let (true, Some(first)) = (self.placeholders.contains(var), first) {
                        self.func.var_mut(*var).mutable = true;
                        *value = Some(first);
                        continue;
                    }
                    if let Some(wrapped) = self.slots.get(var) {
                        *value = Some(match (wrapped, &self.func.var(*var).ty) {
                            (true, _) => Expr::Path(quote::quote!(::core::option::Option::None)),
                            (_, Ty::Int) => int_lit(0),
                            (_, Ty::Bool) => Expr::Path(quote::quote!(false)),
                            (_, Ty::Real(_)) => Expr::Real(0.0),
                            _ => Expr::Path(quote::quote!(::core::option::Option::None)),
                        });
                    }
                }
                Stmt::If { then, els, .. } => {
                    self.fill_slots(&mut then.stmts);
                    self.fill_slots(&mut els.stmts);
                }
                Stmt::For(l) => self.fill_slots(&mut l.body.stmts),
                Stmt::Loop(l) => self.fill_slots(&mut l.body.stmts),
                _ => {}
            }
        }
    }

    fn loop_target(&mut self, label: Option<&syn::Lifetime>, at: impl ToTokens) -> Option<usize> {
        let found = self.targets.iter().rposition(|t| match (&t.kind, label) {
            (TargetKind::Loop { .. }, None) => true,
            (TargetKind::Loop { .. } | TargetKind::Block { .. }, Some(l)) => {
                t.label.as_deref() == Some(&l.ident.to_string())
            }
            _ => false,
        });
        if found.is_none() {
            self.errors.at(at, "no loop here to leave", "`break` and `continue` belong inside a loop");
        }
        found
    }

    pub(super) fn break_expr(&mut self, e: &syn::ExprBreak) -> Val {
        let Some(index) = self.loop_target(e.label.as_ref(), e) else { return Val::Never };
        if let Some(value) = &e.expr {
            let value = self.expr(value, None);
            if matches!(value, Val::Never) {
                return Val::Never;
            }
            if !matches!(value, Val::Unit) {
                self.assign_result(index, value, e.span());
            }
        }
        self.targets[index].broken = true;
        match self.targets[index].kind {
            TargetKind::Loop { brk, .. } | TargetKind::Block { brk } => self.leave(index, brk),
            TargetKind::Function { .. } => {}
        }
        Val::Never
    }

    pub(super) fn continue_expr(&mut self, e: &syn::ExprContinue) -> Val {
        let Some(index) = self.loop_target(e.label.as_ref(), e) else { return Val::Never };
        if let TargetKind::Loop { cont, .. } = self.targets[index].kind {
            self.leave(index, cont);
        }
        Val::Never
    }

    /// `value?`
    pub(super) fn try_expr(&mut self, e: &syn::ExprTry) -> Val {
        let value = self.expr(&e.expr, None);
        let span = e.span();
        if let Val::Maybe { present, some } = value {
            let cond = self.cond(super::stmt::negate(present), span);
            self.diverging_guard(cond, |l| l.return_none(span));
            return *some;
        }
        let result = matches!(self.func.result_ty, Ty::Named(_) | Ty::Unknown);
        let place = self.place(value, span);
        let inert = |name: &str| Expr::Method {
            receiver: Box::new(Expr::Read(place.clone())),
            name: proc_macro2::Ident::new(name, span),
            turbofish: Default::default(),
            args: Vec::new(),
        };
        let in_function = self.function_target() == 0;
        if result && in_function {
            let cond = self.cond(inert("is_err"), span);
            let err = place.then(Proj::Payload(Variant::Err), Ty::Unknown);
            self.diverging_guard(cond, |l| {
                let (err, _) = l.atom(Val::Place(err), span);
                let from = Expr::Call { path: quote::quote!(::core::convert::From::from), args: vec![err] };
                let value = Expr::Aggregate(crate::ir::Aggregate::Variant(Variant::Err), vec![from]);
                let index = l.function_target();
                l.assign_result(index, Val::Expr(value, Ty::Unknown), span);
                l.leave_function(index);
                Val::Never
            });
            return Val::Expr(
                Expr::Unwrap {
                    from: Box::new(Expr::Read(place)),
                    variant: Variant::Ok,
                    call: quote::quote!(.unwrap_or_else(|_| ::core::unreachable!())),
                },
                Ty::Unknown,
            );
        }
        let cond = self.cond(inert("is_none"), span);
        self.diverging_guard(cond, |l| l.return_none(span));
        let ty = match &place.ty {
            Ty::Option(t) => (**t).clone(),
            _ => Ty::Unknown,
        };
        Val::Expr(
            Expr::Unwrap {
                from: Box::new(Expr::Read(place)),
                variant: Variant::Some,
                call: quote::quote!(.unwrap()),
            },
            ty,
        )
    }

    fn return_none(&mut self, span: Span) -> Val {
        let index = self.function_target();
        self.assign_result(
            index,
            Val::Expr(
                Expr::Path(quote::quote!(::core::option::Option::None)),
                Ty::Option(Box::new(Ty::Unknown)),
            ),
            span,
        );
        self.leave_function(index);
        Val::Never
    }

    /// A block with a label, which `break 'label value` may leave.
    pub(super) fn labelled_block(
        &mut self,
        label: &syn::Lifetime,
        body: &syn::Block,
        expect: Option<&Ty>,
    ) -> Val {
        let brk = self.code();
        let ty = expect.cloned().unwrap_or(Ty::Unknown);
        let tail = matches!(body.stmts.last(), Some(syn::Stmt::Expr(e, None)) if !expr_exits(e))
            && !matches!(expect, Some(Ty::Unit));
        let slot = (tail || has_break_value(Some(label), body)).then(|| self.slot("value", &ty, body.span()));
        self.targets.push(Target {
            label: Some(label.ident.to_string()),
            kind: TargetKind::Block { brk },
            depth: self.depth + 1,
            result: slot,
            broken: false,
        });
        let index = self.targets.len() - 1;
        let (block, value) = self.block(|l| {
            let value = l.stmts(&body.stmts, expect);
            if l.targets[index].result.is_some() && !matches!(value, Val::Never) {
                l.assign_result(index, value, body.span());
                Val::Unit
            } else {
                value
            }
        });
        match self.close_target(index, block, brk) {
            Val::Unit => value,
            result => result,
        }
    }

    /// Ends a block that exits with `code` may leave, and reads its result.
    pub(super) fn close_target(&mut self, index: usize, block: Block, code: i64) -> Val {
        let target = self.targets.drain(index..).next();
        self.unwinding.remove(&(self.depth + 1));
        let cond = Expr::Path(quote::quote!(true));
        self.out.push(Stmt::If { cond, then: block, els: Block::default(), record: None });
        self.clear_flow(code);
        match target.and_then(|t| t.result) {
            Some(slot) => Val::Place(self.slot_place(&slot)),
            None => Val::Unit,
        }
    }

    /// `if flow == code { flow = 0 }`
    fn clear_flow(&mut self, code: i64) {
        let Some(flow) = self.flow else { return };
        let place = Place::var(flow, Ty::Int);
        let test = Expr::Logic(
            syn::BinOp::Eq(Default::default()),
            Box::new(Expr::Read(place.clone())),
            Box::new(int_lit(code)),
        );
        let then = Block {
            stmts: vec![Stmt::Assign { place, value: int_lit(0), init: false, saved: None }],
            ..Block::default()
        };
        self.out.push(Stmt::If { cond: test, then, els: Block::default(), record: None });
    }

    /// The body of a loop, with `break` and `continue` resolved. Returns the block and the exit condition.
    pub(super) fn loop_body(
        &mut self,
        label: Option<&syn::Label>,
        result: Option<Slot>,
        body: &mut dyn FnMut(&mut Self),
    ) -> LoopBody {
        let (brk, cont) = (self.code(), self.code());
        self.targets.push(Target {
            label: label.map(|l| l.name.ident.to_string()),
            kind: TargetKind::Loop { brk, cont },
            depth: self.depth + 1,
            result,
            broken: false,
        });
        let before = std::mem::take(&mut self.unwinding);
        let (mut block, ()) = self.block(|l| body(l));
        let target = self.targets.pop();
        let inner = std::mem::replace(&mut self.unwinding, before);
        let outward: Vec<usize> = inner.into_keys().filter(|d| *d <= self.depth).collect();
        let broken = target.as_ref().is_some_and(|t| t.broken);
        let mut exit = None;
        if let Some(flow) = self.flow {
            let place = Place::var(flow, Ty::Int);
            if assigns_flow(&block.stmts, flow, cont) {
                let test = Expr::Logic(
                    syn::BinOp::Eq(Default::default()),
                    Box::new(Expr::Read(place.clone())),
                    Box::new(int_lit(cont)),
                );
                let then = Block {
                    stmts: vec![Stmt::Assign {
                        place: place.clone(),
                        value: int_lit(0),
                        init: false,
                        saved: None,
                    }],
                    ..Block::default()
                };
                block.stmts.push(Stmt::If { cond: test, then, els: Block::default(), record: None });
            }
            if broken || !outward.is_empty() {
                exit = Some(Expr::Logic(
                    syn::BinOp::Ne(Default::default()),
                    Box::new(Expr::Read(place)),
                    Box::new(int_lit(0)),
                ));
            }
        }
        LoopBody { block, exit, outward, brk: broken.then_some(brk), result: target.and_then(|t| t.result) }
    }

    /// After the loop statement: what left further out stays pending.
    pub(super) fn after_loop(&mut self, body: &LoopBody) {
        if let Some(brk) = body.brk {
            self.clear_flow(brk);
        }
        self.unwinding.extend(body.outward.iter().map(|target| (*target, self.depth + 1)));
    }

    pub(super) fn while_expr(&mut self, e: &syn::ExprWhile) -> Val {
        let span = e.span();
        let trips = self.trips(span);
        // The head is plain where computing it only reads.
        if !has_effect(&e.cond) && !matches!(&*e.cond, syn::Expr::Let(_)) && !contains_let(&e.cond) {
            let before = std::mem::take(&mut self.out);
            let guards = self.guards.len();
            let (cond, _) = self.condition(&e.cond);
            let head = std::mem::replace(&mut self.out, before);
            if self.guards.len() == guards && head.iter().all(is_plain) {
                let body = self.loop_body(e.label.as_ref(), None, &mut |l| {
                    l.stmts(&e.body.stmts, Some(&Ty::Unit));
                });
                self.push_loop(head, cond, trips, body);
                return Val::Unit;
            }
            self.errors.at(
                &e.cond,
                "this loop condition cannot be differentiated",
                "compute it at the end of the body, or write `loop { if !condition { break; } … }`",
            );
            return Val::Unit;
        }
        let body = self.loop_body(e.label.as_ref(), None, &mut |l| {
            let (cond, bindings) = l.condition(&e.cond);
            let cond = l.cond(super::stmt::negate(cond), e.cond.span());
            let index = l.targets.len() - 1;
            l.diverging_guard(cond, |l| l.break_out(index));
            l.bind_all(&bindings);
            l.stmts(&e.body.stmts, Some(&Ty::Unit));
        });
        self.push_loop(Vec::new(), Expr::Path(quote::quote!(true)), trips, body);
        Val::Unit
    }

    /// `break` of the loop `index`.
    pub(super) fn break_out(&mut self, index: usize) -> Val {
        self.targets[index].broken = true;
        if let TargetKind::Loop { brk, .. } = self.targets[index].kind {
            self.leave(index, brk);
        }
        Val::Never
    }

    pub(super) fn loop_expr(&mut self, e: &syn::ExprLoop, expect: Option<&Ty>) -> Val {
        let span = e.span();
        let ty = expect.filter(|t| !matches!(t, Ty::Unit)).cloned().unwrap_or(Ty::Unknown);
        let label = e.label.as_ref().map(|l| &l.name);
        let slot = has_break_value(label, &e.body).then(|| self.slot("value", &ty, span));
        let trips = self.trips(span);
        let body = self.loop_body(e.label.as_ref(), slot, &mut |l| {
            l.stmts(&e.body.stmts, Some(&Ty::Unit));
        });
        let result = body.result.clone();
        let endless = body.brk.is_none();
        self.push_loop(Vec::new(), Expr::Path(quote::quote!(true)), trips, body);
        match result {
            Some(slot) => Val::Place(self.slot_place(&slot)),
            None if endless => Val::Never,
            None => Val::Unit,
        }
    }

    fn push_loop(&mut self, head: Vec<Stmt>, cond: Expr, trips: crate::ir::VarId, body: LoopBody) {
        let after = LoopBody { block: Block::default(), ..body.clone() };
        let body_block = body.block;
        self.out.push(Stmt::Loop(Box::new(Loop {
            head,
            cond,
            exit: body.exit,
            trips,
            body: body_block,
            record: None,
        })));
        self.after_loop(&after);
    }

    /// A variable that counts the iterations of a loop; the loop itself declares it.
    pub(super) fn trips(&mut self, span: Span) -> crate::ir::VarId {
        let ident = self.names.fresh("trips", span);
        let var = self.add(ident, Ty::Int, Role::Temp, Passing::Value, true);
        self.func.var_mut(var).annotation = Some(syn::parse_quote!(usize));
        var
    }

    /// Pushes a counted loop over `0..len`, whose body is lowered by `f` with the counter.
    pub(super) fn counted(
        &mut self,
        label: Option<&syn::Label>,
        range: Counted,
        f: &mut dyn FnMut(&mut Self, Place),
    ) {
        let ident = match &range.name {
            Some(ident) => self.names.user(ident),
            None => {
                let mut letter = "ijk".chars().nth(self.loops_open().min(2)).unwrap_or('k').to_string();
                if self.lookup(&letter).is_some() {
                    letter.push_str("_it");
                }
                self.names.fresh(&letter, range.span)
            }
        };
        let counter = self.add(ident, Ty::Int, Role::Counter, Passing::Value, true);
        let place = Place::var(counter, Ty::Int);
        let body = self.loop_body(label, None, &mut |l| f(l, place.clone()));
        let trips = body.exit.is_some().then(|| self.trips(range.span));
        let after = LoopBody { block: Block::default(), ..body.clone() };
        self.out.push(Stmt::For(Box::new(For {
            counter,
            lo: range.lo,
            hi: range.hi,
            inclusive: range.inclusive,
            step: range.step,
            rev: range.rev,
            exit: body.exit,
            trips,
            body: body.block,
            record: None,
        })));
        self.after_loop(&after);
    }

    fn loops_open(&self) -> usize {
        self.targets.iter().filter(|t| matches!(t.kind, TargetKind::Loop { .. })).count()
    }
}

/// The range of a counted loop.
pub(super) struct Counted {
    /// The user's name of the counter.
    pub name: Option<proc_macro2::Ident>,
    pub lo: Expr,
    pub hi: Expr,
    pub inclusive: bool,
    pub step: Option<Expr>,
    pub rev: bool,
    pub span: Span,
}

/// A lowered loop body with its exits.
#[derive(Clone)]
pub(super) struct LoopBody {
    pub block: Block,
    pub exit: Option<Expr>,
    /// Depths of targets further out that the body leaves for.
    pub outward: Vec<usize>,
    pub brk: Option<i64>,
    pub result: Option<Slot>,
}

/// One arm of a branch.
pub(super) type Arm<'a> = Box<dyn FnOnce(&mut Lowerer) -> Val + 'a>;

fn is_plain(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Let { value: Some(_), .. })
}

fn assigns_flow(stmts: &[Stmt], flow: crate::ir::VarId, code: i64) -> bool {
    stmts.iter().any(|s| match s {
        Stmt::Assign { place, value: Expr::Lit(syn::Lit::Int(lit)), .. } => {
            place.whole() == Some(flow) && lit.base10_parse::<i64>().ok() == Some(code)
        }
        Stmt::If { then, els, .. } => {
            assigns_flow(&then.stmts, flow, code) || assigns_flow(&els.stmts, flow, code)
        }
        Stmt::For(l) => assigns_flow(&l.body.stmts, flow, code),
        Stmt::Loop(l) => assigns_flow(&l.body.stmts, flow, code),
        _ => false,
    })
}

/// The name of a plain variable.
pub(super) fn name(expr: &syn::Expr) -> Option<String> {
    match expr {
        syn::Expr::Path(p) if p.qself.is_none() => p.path.get_ident().map(crate::names::key),
        syn::Expr::Paren(p) => name(&p.expr),
        _ => None,
    }
}

/// Whether a block always ends by leaving for somewhere else (`return`, `break`, `continue`).
pub(super) fn exits(block: &syn::Block) -> bool {
    block.stmts.last().is_some_and(|s| match s {
        syn::Stmt::Expr(e, _) => expr_exits(e),
        _ => false,
    })
}

pub(super) fn expr_exits(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Return(_) | syn::Expr::Break(_) | syn::Expr::Continue(_) => true,
        syn::Expr::Block(b) if b.label.is_none() => exits(&b.block),
        syn::Expr::If(i) => {
            exits(&i.then_branch) && i.else_branch.as_ref().is_some_and(|(_, e)| expr_exits(e))
        }
        syn::Expr::Paren(p) => expr_exits(&p.expr),
        _ => false,
    }
}

/// Finds `return` and `?`.
struct Exits(bool);

impl<'a> Visit<'a> for Exits {
    fn visit_expr_return(&mut self, _: &'a syn::ExprReturn) {
        self.0 = true;
    }
    fn visit_expr_try(&mut self, _: &'a syn::ExprTry) {
        self.0 = true;
    }
    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Whether a function body returns before its end.
pub(super) fn has_return(body: &syn::Block) -> bool {
    let mut v = Exits(false);
    v.visit_block(body);
    v.0
}

/// Whether a closure body returns before its end.
pub(super) fn expr_has_return(body: &syn::Expr) -> bool {
    let mut v = Exits(false);
    v.visit_expr(body);
    v.0
}

/// Finds a `break` that `counts`, which is told whether it stands in no loop further in.
struct Breaks<'c> {
    counts: &'c dyn Fn(&syn::ExprBreak, bool) -> bool,
    nested: usize,
    found: bool,
}

impl Breaks<'_> {
    fn any(body: &syn::Block, counts: &dyn Fn(&syn::ExprBreak, bool) -> bool) -> bool {
        let mut v = Breaks { counts, nested: 0, found: false };
        v.visit_block(body);
        v.found
    }

    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.nested += 1;
        visit(self);
        self.nested -= 1;
    }
}

impl<'a> Visit<'a> for Breaks<'_> {
    fn visit_expr_break(&mut self, e: &'a syn::ExprBreak) {
        self.found |= (self.counts)(e, self.nested == 0);
        syn::visit::visit_expr_break(self, e);
    }
    fn visit_expr_loop(&mut self, e: &'a syn::ExprLoop) {
        self.inside(|v| syn::visit::visit_expr_loop(v, e));
    }
    fn visit_expr_while(&mut self, e: &'a syn::ExprWhile) {
        self.inside(|v| syn::visit::visit_expr_while(v, e));
    }
    fn visit_expr_for_loop(&mut self, e: &'a syn::ExprForLoop) {
        self.inside(|v| syn::visit::visit_expr_for_loop(v, e));
    }
    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Whether some `break` out of this loop or block carries a value.
fn has_break_value(label: Option<&syn::Lifetime>, body: &syn::Block) -> bool {
    Breaks::any(body, &|e, innermost| {
        let here = match (&e.label, label) {
            (None, _) => innermost,
            (Some(a), Some(b)) => a.ident == b.ident,
            (Some(_), None) => false,
        };
        here && e.expr.is_some()
    })
}

/// Whether a loop body has a `break` that may end its own loop.
pub(super) fn leaves_loop(body: &syn::Block) -> bool {
    Breaks::any(body, &|e, innermost| innermost || e.label.is_some())
}

struct Effects(bool);

impl<'a> Visit<'a> for Effects {
    fn visit_expr_assign(&mut self, _: &'a syn::ExprAssign) {
        self.0 = true;
    }
    fn visit_expr_binary(&mut self, e: &'a syn::ExprBinary) {
        use syn::BinOp::*;
        self.0 |= matches!(
            e.op,
            AddAssign(_)
                | SubAssign(_)
                | MulAssign(_)
                | DivAssign(_)
                | RemAssign(_)
                | BitXorAssign(_)
                | BitAndAssign(_)
                | BitOrAssign(_)
                | ShlAssign(_)
                | ShrAssign(_)
        );
        syn::visit::visit_expr_binary(self, e);
    }
    fn visit_expr_reference(&mut self, e: &'a syn::ExprReference) {
        self.0 |= e.mutability.is_some();
        syn::visit::visit_expr_reference(self, e);
    }
    fn visit_expr_call(&mut self, e: &'a syn::ExprCall) {
        self.0 |= name(&e.func).is_some_and(|n| n.starts_with(char::is_lowercase));
        syn::visit::visit_expr_call(self, e);
    }
    fn visit_expr_method_call(&mut self, e: &'a syn::ExprMethodCall) {
        self.0 |= matches!(
            e.method.to_string().as_str(),
            "push" | "pop" | "swap" | "next" | "take" | "replace" | "insert" | "remove" | "extend"
        );
        syn::visit::visit_expr_method_call(self, e);
    }
    fn visit_expr_try(&mut self, _: &'a syn::ExprTry) {
        self.0 = true;
    }
    fn visit_expr_return(&mut self, _: &'a syn::ExprReturn) {
        self.0 = true;
    }
    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
}

/// Whether evaluating the expression may change a variable or leave it.
pub(super) fn has_effect(expr: &syn::Expr) -> bool {
    let mut v = Effects(false);
    v.visit_expr(expr);
    v.0
}

/// Whether a condition binds a pattern.
pub(super) fn contains_let(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(b) => contains_let(&b.left) || contains_let(&b.right),
        syn::Expr::Paren(p) => contains_let(&p.expr),
        _ => false,
    }
}

/// `a op b` over integers, folded where both are literals.
pub fn int(op: ArithOp, a: Expr, b: Expr) -> Expr {
    let value = |e: &Expr| match e {
        Expr::Lit(syn::Lit::Int(i)) if i.suffix().is_empty() => i.base10_parse::<i64>().ok(),
        _ => None,
    };
    match (op, value(&a), value(&b)) {
        (ArithOp::Add, Some(0), _) => b,
        (ArithOp::Add | ArithOp::Sub, _, Some(0)) => a,
        (ArithOp::Mul, Some(1), _) => b,
        (ArithOp::Mul | ArithOp::Div, _, Some(1)) => a,
        (ArithOp::Add, Some(x), Some(y)) => int_lit(x + y),
        (ArithOp::Mul, Some(x), Some(y)) => int_lit(x * y),
        _ => Expr::Arith(op, Box::new(a), Box::new(b)),
    }
}
