//! What the reverse sweep must find again, and how.
//!
//! A forward walk keeps the set of variables whose present value some reverse rule will read ("to be
//! recorded"). Where a variable in the set is overwritten, the old value is saved and the reverse sweep puts
//! it back; so at the mirror of every statement memory is as it was there. At the end of a branch or of a
//! loop body its own variables die: those in the set are either computed again at the start of the mirrored
//! block, from statements that read nothing that has changed since, or recorded.
//!
//! Hascoët, Naumann & Pascual, "To be recorded" analysis in reverse-mode automatic differentiation, 2005.

use crate::adjoint::needs::Needs;
use crate::ir::{
    ArithOp, Block, Call, CallMode, Expr, Func, Passing, Place, Role, Save, Stmt, Ty, Var, VarId,
};
use crate::names::Names;
use crate::rules;
use proc_macro2::Span;
use std::collections::HashSet;

/// Decides for every scope what is recorded and what is computed again; notes saves in the statements.
pub fn record(func: &mut Func, needs: &Needs, names: &mut Names) {
    let mut body = std::mem::take(&mut func.body);
    let mut walk = Walk { func, needs, names };
    let mut wanted = HashSet::new();
    walk.stmts(&mut body, &mut wanted, true);
    func.body = body;
}

struct Walk<'a> {
    func: &'a mut Func,
    needs: &'a Needs<'a>,
    names: &'a mut Names,
}

impl Walk<'_> {
    /// Walks the statements of a block; `commit` on the last of several passes.
    fn stmts(&mut self, block: &mut Block, wanted: &mut HashSet<VarId>, commit: bool) {
        let mut stmts = std::mem::take(&mut block.stmts);
        for stmt in &mut stmts {
            self.stmt(stmt, wanted, commit);
        }
        block.stmts = stmts;
    }

    /// A branch arm or loop body: its variables are recorded or computed again at its end.
    fn scope(&mut self, block: &mut Block, wanted: &mut HashSet<VarId>, commit: bool) {
        self.stmts(block, wanted, commit);
        let locals: HashSet<VarId> = block.locals().into_iter().collect();
        for v in &locals {
            if self.needs.shape(*v) {
                wanted.insert(*v);
            }
        }
        let mut needed: Vec<VarId> = locals.iter().copied().filter(|v| wanted.contains(v)).collect();
        needed.sort();
        wanted.retain(|v| !locals.contains(v));
        let mut restored = Vec::new();
        block.stmts.iter().for_each(|s| restored_roots(s, &mut restored));
        // What the reverse sweep only puts back must exist there, whatever it holds.
        let forced: HashSet<VarId> =
            restored.into_iter().filter(|v| locals.contains(v) && !needed.contains(v)).collect();
        needed.extend(forced.iter().copied());
        needed.sort();
        let plan = Plan::new(self.func, block, &locals, &needed, forced).solve();
        wanted.extend(plan.reads.iter().copied());
        if commit {
            for stmt in &mut block.stmts {
                if let Stmt::Call(call) = stmt {
                    if plan.replayed_calls.contains(&call.back) {
                        call.mode = CallMode::Plain;
                    }
                }
            }
            block.record = plan.record;
            block.replay = plan.replay;
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt, wanted: &mut HashSet<VarId>, commit: bool) {
        match stmt {
            Stmt::If { cond, then, els, record } => {
                let mut other = wanted.clone();
                self.scope(then, wanted, commit);
                self.scope(els, &mut other, commit);
                wanted.extend(other);
                let silent = then.stmts.iter().chain(&els.stmts).all(|s| self.needs.is_silent(self.func, s));
                if !silent {
                    wanted.extend(self.contents(cond));
                }
                if commit && !(then.record.is_empty() && els.record.is_empty()) {
                    let var = self.variable("branch", Role::Record, Ty::Unknown);
                    *record = Some(var);
                    wanted.insert(var);
                }
            }
            Stmt::For(l) => {
                self.fixpoint(&mut l.body, wanted, commit);
                if l.body.stmts.iter().all(|s| self.needs.is_silent(self.func, s)) {
                    return;
                }
                for e in [Some(&l.lo), Some(&l.hi), l.step.as_ref()].into_iter().flatten() {
                    wanted.extend(self.contents(e));
                }
                wanted.extend(l.trips);
                if commit && !l.body.record.is_empty() {
                    l.record = Some(self.variable("record", Role::Record, Ty::Unknown));
                }
            }
            Stmt::Loop(l) => {
                self.fixpoint(&mut l.body, wanted, commit);
                if l.body.stmts.iter().all(|s| self.needs.is_silent(self.func, s)) {
                    return;
                }
                wanted.insert(l.trips);
                if commit && !l.body.record.is_empty() {
                    l.record = Some(self.variable("record", Role::Record, Ty::Unknown));
                }
            }
            stmt => self.simple(stmt, wanted, commit),
        }
    }

    /// The variables whose contents an expression reads; a slice that is handed again keeps its length.
    fn contents(&self, expr: &Expr) -> Vec<VarId> {
        let mut out = Vec::new();
        expr.readings(&mut |p, length| {
            let handed = keeps_length(self.func, p);
            if !(length && handed) {
                out.extend(p.root_var());
            }
        });
        out
    }

    /// What the body's reverse reads is wanted at its start too, in every iteration but the first. One pass
    /// finds it: nothing that is wanted makes more be wanted.
    fn fixpoint(&mut self, body: &mut Block, wanted: &mut HashSet<VarId>, commit: bool) {
        if commit {
            let mut dry = body.clone();
            let mut after = wanted.clone();
            self.scope(&mut dry, &mut after, false);
            wanted.extend(after);
        }
        self.scope(body, wanted, commit);
    }

    fn simple(&mut self, stmt: &mut Stmt, wanted: &mut HashSet<VarId>, commit: bool) {
        wanted.extend(self.needs.of(self.func, stmt));
        match stmt {
            Stmt::Assign { place, value, init, saved } => {
                let root = place.root_var();
                if *init && place.proj.is_empty() {
                    return;
                }
                let dynamic = root.is_some_and(|r| self.needs.assigned_shape(self.func, r, place, value));
                if root.is_some_and(|r| wanted.contains(&r)) || dynamic {
                    if commit && !*init {
                        let var = self.saved(place);
                        *saved = Some(var);
                        wanted.insert(var);
                    }
                    if let Some(whole) = place.whole() {
                        wanted.remove(&whole);
                        wanted.extend(self.needs.of(self.func, stmt).into_iter().filter(|v| *v != whole));
                    }
                }
            }
            Stmt::Update { place, op, value, saved, undo } => {
                if !place.root_var().is_some_and(|r| wanted.contains(&r)) {
                    return;
                }
                let linear = matches!(op, ArithOp::Add | ArithOp::Sub);
                let own = value.roots().iter().any(|v| place.root_var() == Some(*v));
                if linear && matches!(place.ty, Ty::Int) && !own {
                    // Integers are taken back exactly; the value after stays wanted.
                    *undo = true;
                    wanted.extend(value.roots());
                    return;
                }
                if commit {
                    let var = self.saved(place);
                    *saved = Some(var);
                    wanted.insert(var);
                }
                if let Some(whole) = place.whole() {
                    wanted.remove(&whole);
                }
            }
            Stmt::Push { vec, back, .. } => *back |= vec.root_var().is_some_and(|r| wanted.contains(&r)),
            Stmt::Pop { vec, var, back }
                if vec.root_var().is_some_and(|r| wanted.contains(&r) || self.needs.is_active(r)) =>
            {
                *back = true;
                wanted.insert(*var);
            }
            Stmt::Swap { a, b, back } => {
                let roots: Vec<VarId> = [&*a, &*b].into_iter().filter_map(Place::root_var).collect();
                if roots.iter().any(|r| wanted.contains(r)) {
                    // What was wanted of one is now in the other.
                    *back = true;
                    wanted.extend(roots);
                }
            }
            Stmt::Call(call) => {
                self.save_arguments(call, wanted, commit);
                if self.needs.is_reversed(call) {
                    wanted.insert(call.back);
                    for arg in &call.args {
                        if let Expr::Ref { place, .. } = arg {
                            wanted.extend(place.root_var());
                        }
                    }
                } else if commit {
                    call.mode = CallMode::Value;
                }
            }
            _ => {}
        }
    }

    /// A callee leaves what it changed as it likes: what is still wanted of it is kept here.
    fn save_arguments(&mut self, call: &mut Call, wanted: &mut HashSet<VarId>, commit: bool) {
        for i in 0..call.args.len() {
            let Expr::Ref { exclusive: true, place } = &call.args[i] else { continue };
            let Some(root) = place.root_var().filter(|r| wanted.contains(r)) else { continue };
            let place = place.clone();
            if commit {
                let base = format!("{}_old", self.func.var(root).ident);
                let flat = matches!(place.ty, Ty::Slice(_) | Ty::Array(_) | Ty::Vec(_));
                let var =
                    self.variable(&base, if flat { Role::Record } else { Role::Saved }, place.ty.clone());
                call.saves.push((i, if flat { Save::Stack(var) } else { Save::Clone(var) }));
                if !flat {
                    wanted.insert(var);
                }
            }
            if place.proj.is_empty() {
                wanted.remove(&root);
            }
        }
    }

    fn saved(&mut self, place: &Place) -> VarId {
        let base = place.root_var().map_or("old".to_string(), |r| format!("{}_old", self.func.var(r).ident));
        self.variable(&base, Role::Saved, place.ty.clone())
    }

    fn variable(&mut self, base: &str, role: Role, ty: Ty) -> VarId {
        let ident = self.names.fresh(base, Span::mixed_site());
        self.func.add(Var {
            ident,
            ty,
            role,
            passing: Passing::Value,
            mutable: false,
            constant: true,
            annotation: None,
        })
    }
}

/// Which of a scope's needed variables are recorded and which computed again.
struct Plan<'a> {
    func: &'a Func,
    block: &'a Block,
    locals: &'a HashSet<VarId>,
    needed: &'a [VarId],
    /// Roots outside the scope that it writes.
    written: HashSet<VarId>,
    /// Variables that are recorded in any case.
    forced: HashSet<VarId>,
}

/// The decision.
struct Solved {
    record: Vec<VarId>,
    replay: Vec<Stmt>,
    replayed_calls: HashSet<VarId>,
    /// Variables from outside that the replay reads.
    reads: HashSet<VarId>,
}

impl<'a> Plan<'a> {
    fn new(
        func: &'a Func,
        block: &'a Block,
        locals: &'a HashSet<VarId>,
        needed: &'a [VarId],
        forced: HashSet<VarId>,
    ) -> Plan<'a> {
        let written = block.written().into_iter().filter(|v| !locals.contains(v)).collect();
        Plan { func, block, locals, needed, written, forced }
    }

    fn solve(&self) -> Solved {
        let mut recorded: HashSet<VarId> =
            self.needed.iter().copied().filter(|v| self.forced.contains(v) || !self.may_replay(*v)).collect();
        // Replaying needs what the replayed statements read: shrink until that holds.
        let replayed = loop {
            let mut replayed: HashSet<VarId> =
                self.needed.iter().copied().filter(|v| !recorded.contains(v)).collect();
            let failed = self.close(&mut replayed, &recorded);
            if failed.is_empty() {
                break replayed;
            }
            recorded.extend(failed);
        };
        let replay: Vec<Stmt> = self.block.stmts.iter().filter_map(|s| self.slice(s, &replayed)).collect();
        let mut reads = HashSet::new();
        let mut replayed_calls = HashSet::new();
        for stmt in &replay {
            stmt.readings(&mut |p, length| {
                let handed = keeps_length(self.func, p);
                if !(length && handed) {
                    reads.extend(p.root_var().filter(|v| !self.locals.contains(v)));
                }
            });
            if let Stmt::Call(call) = stmt {
                replayed_calls.insert(call.back);
            }
        }
        let mut record: Vec<VarId> = recorded.into_iter().collect();
        record.sort();
        Solved { record, replay, replayed_calls, reads }
    }

    /// Adds to `replayed` what its statements read; returns needed variables for which that fails.
    fn close(&self, replayed: &mut HashSet<VarId>, recorded: &HashSet<VarId>) -> Vec<VarId> {
        loop {
            let mut more = HashSet::new();
            for (i, stmt) in self.block.stmts.iter().enumerate() {
                let Some(slice) = self.slice(stmt, replayed) else { continue };
                let mut own = Vec::new();
                slice.writes(&mut own);
                slice.declares(&mut own);
                if own.iter().any(|v| recorded.contains(v)) {
                    // Running it again would change what was recorded.
                    let failed: Vec<VarId> = own.iter().copied().filter(|v| replayed.contains(v)).collect();
                    let needed: Vec<VarId> =
                        failed.iter().copied().filter(|v| self.needed.contains(v)).collect();
                    return if needed.is_empty() { self.dependents(&failed, replayed) } else { needed };
                }
                for read in self.reads_of(&slice) {
                    let ok = if !self.locals.contains(&read) {
                        !self.written.contains(&read)
                    } else if replayed.contains(&read) {
                        true
                    } else if recorded.contains(&read) {
                        !self.written_from(read, i)
                    } else if self.may_replay(read) {
                        more.insert(read);
                        true
                    } else {
                        own.contains(&read) && !self.declared_here(read)
                    };
                    if !ok {
                        // Everything that this statement defines must be recorded instead.
                        let failed: Vec<VarId> =
                            own.iter().copied().filter(|v| replayed.contains(v)).collect();
                        let needed: Vec<VarId> =
                            failed.iter().copied().filter(|v| self.needed.contains(v)).collect();
                        if needed.is_empty() {
                            // An intermediate of the replay: give up what depends on it.
                            return self.dependents(&failed, replayed);
                        }
                        return needed;
                    }
                }
            }
            if more.is_empty() {
                return Vec::new();
            }
            replayed.extend(more);
        }
    }

    /// Needed variables whose replay goes through one of `failed`.
    fn dependents(&self, failed: &[VarId], replayed: &HashSet<VarId>) -> Vec<VarId> {
        let mut bad: HashSet<VarId> = failed.iter().copied().collect();
        loop {
            let before = bad.len();
            for stmt in &self.block.stmts {
                let Some(slice) = self.slice(stmt, replayed) else { continue };
                if self.reads_of(&slice).iter().any(|r| bad.contains(r)) {
                    let mut own = Vec::new();
                    slice.writes(&mut own);
                    slice.declares(&mut own);
                    bad.extend(own.into_iter().filter(|v| replayed.contains(v)));
                }
            }
            if bad.len() == before {
                break;
            }
        }
        let out: Vec<VarId> = self.needed.iter().copied().filter(|v| bad.contains(v)).collect();
        if out.is_empty() {
            self.needed.iter().copied().filter(|v| replayed.contains(v)).collect()
        } else {
            out
        }
    }

    /// Everything that a statement reads, nested statements included, without what is declared inside it.
    fn reads_of(&self, stmt: &Stmt) -> Vec<VarId> {
        let mut inner = Vec::new();
        declared_inside(stmt, &mut inner);
        let mut out = Vec::new();
        stmt.readings(&mut |p, length| {
            let handed = keeps_length(self.func, p);
            if !(length && handed) {
                out.extend(p.root_var().filter(|v| !inner.contains(v)));
            }
        });
        out
    }

    fn declared_here(&self, var: VarId) -> bool {
        self.locals.contains(&var)
    }

    fn written_from(&self, var: VarId, index: usize) -> bool {
        self.block.stmts.iter().skip(index).any(|s| {
            let mut out = Vec::new();
            s.writes(&mut out);
            out.contains(&var)
        })
    }

    /// Whether all that defines a variable can run again, at a price worth paying.
    fn may_replay(&self, var: VarId) -> bool {
        if !self.locals.contains(&var) {
            return false;
        }
        let info = self.func.var(var);
        let scalar = matches!(info.ty, Ty::Real(_) | Ty::Int | Ty::Bool);
        let only: HashSet<VarId> = [var].into();
        let mut defs = self.block.stmts.iter().filter_map(|s| self.slice(s, &only)).peekable();
        if matches!(info.role, Role::Record) || defs.peek().is_none() {
            return false;
        }
        defs.all(|s| self.replayable(&s, scalar, matches!(info.ty, Ty::Int)))
    }

    /// Whether one statement can run again: it touches this scope's variables alone and costs little.
    fn replayable(&self, stmt: &Stmt, scalar: bool, integer: bool) -> bool {
        let local = |p: &Place| p.root_var().is_some_and(|v| self.locals.contains(&v));
        match stmt {
            Stmt::Let { value, .. } => value.as_ref().is_none_or(|v| is_cheap(v) || !scalar),
            Stmt::Assign { place, value, .. } => local(place) && (is_cheap(value) || !scalar),
            Stmt::Update { place, value, .. } => local(place) && (is_cheap(value) || !scalar),
            Stmt::Swap { a, b, .. } => local(a) && local(b),
            Stmt::Push { vec, .. } => local(vec),
            Stmt::Pop { vec, .. } => local(vec),
            Stmt::Call(call) => self.call_replayable(call),
            Stmt::If { then, els, .. } => {
                then.stmts.iter().chain(&els.stmts).all(|s| self.inner_replayable(s, scalar))
            }
            Stmt::For(l) => {
                (!scalar || integer)
                    && l.exit.is_none()
                    && l.body.stmts.iter().all(|s| self.inner_replayable(s, scalar))
            }
            _ => false,
        }
    }

    fn inner_replayable(&self, stmt: &Stmt, scalar: bool) -> bool {
        // Variables declared inside are free to change; others must be this scope's.
        match stmt {
            Stmt::Let { value, .. } => value.as_ref().is_none_or(|v| is_cheap(v) || !scalar),
            Stmt::If { then, els, .. } => {
                then.stmts.iter().chain(&els.stmts).all(|s| self.inner_replayable(s, scalar))
            }
            Stmt::For(l) => l.exit.is_none() && l.body.stmts.iter().all(|s| self.inner_replayable(s, scalar)),
            Stmt::Assign { place, .. } | Stmt::Update { place, .. } => {
                place.root_var().is_some_and(|v| !self.written.contains(&v) || self.locals.contains(&v))
                    || place.root_var().is_some_and(|v| !self.outer(v))
            }
            _ => false,
        }
    }

    /// Whether a variable belongs to a scope around this one.
    fn outer(&self, var: VarId) -> bool {
        let mut inside = Vec::new();
        self.block.stmts.iter().for_each(|s| declared_inside(s, &mut inside));
        !self.locals.contains(&var) && !inside.contains(&var)
    }

    fn call_replayable(&self, call: &Call) -> bool {
        if self.func.recursive {
            return false;
        }
        call.args.iter().all(|a| match a {
            Expr::Ref { exclusive: true, place } => {
                place.root_var().is_some_and(|v| self.locals.contains(&v))
            }
            _ => true,
        })
    }

    /// The part of a statement that writes one of `vars`; `None` where there is none.
    fn slice(&self, stmt: &Stmt, vars: &HashSet<VarId>) -> Option<Stmt> {
        let mut own = Vec::new();
        stmt.writes(&mut own);
        stmt.declares(&mut own);
        if !own.iter().any(|v| vars.contains(v)) {
            return None;
        }
        Some(match stmt {
            Stmt::If { cond, then, els, .. } => Stmt::If {
                cond: cond.clone(),
                then: self.slice_block(then, vars),
                els: self.slice_block(els, vars),
                record: None,
            },
            Stmt::For(l) => {
                let mut l = (**l).clone();
                l.body = self.slice_block(&l.body, vars);
                l.record = None;
                Stmt::For(Box::new(l))
            }
            Stmt::Call(call) => Stmt::Call(Call {
                saves: Vec::new(),
                mode: if call.mode == CallMode::Value { CallMode::Value } else { CallMode::Split },
                ..call.clone()
            }),
            stmt => stmt.clone(),
        })
    }

    /// The statements of a nested block that writing `vars` takes, with what they read.
    fn slice_block(&self, block: &Block, vars: &HashSet<VarId>) -> Block {
        let mut wanted = vars.clone();
        let locals: HashSet<VarId> = block.locals().into_iter().collect();
        loop {
            let before = wanted.len();
            for stmt in &block.stmts {
                if self.slice(stmt, &wanted).is_some() {
                    wanted.extend(stmt.roots().into_iter().filter(|v| locals.contains(v)));
                }
            }
            if wanted.len() == before {
                break;
            }
        }
        let stmts = block.stmts.iter().filter_map(|s| self.slice(s, &wanted)).map(without_saves).collect();
        Block { stmts, ..Block::default() }
    }
}

/// A nested statement run again needs no saves: its own reverse is not taken from there.
fn without_saves(mut stmt: Stmt) -> Stmt {
    if let Stmt::Update { undo, .. } = &mut stmt {
        *undo = false;
    }
    if let Stmt::Assign { saved, .. } | Stmt::Update { saved, .. } = &mut stmt {
        *saved = None;
    }
    stmt
}

/// Variables that the reverse of a statement gives an old value back.
fn restored_roots(stmt: &Stmt, out: &mut Vec<VarId>) {
    match stmt {
        Stmt::Assign { place, saved: Some(_), .. }
        | Stmt::Update { place, saved: Some(_), .. }
        | Stmt::Update { place, undo: true, .. } => {
            out.extend(place.root_var());
        }
        Stmt::Push { vec, back: true, .. } | Stmt::Pop { vec, back: true, .. } => out.extend(vec.root_var()),
        Stmt::Call(call) => {
            let saved = call.saves.iter().filter_map(|(i, _)| call.args.get(*i));
            out.extend(saved.filter_map(|a| match a {
                Expr::Ref { place, .. } => place.root_var(),
                _ => None,
            }));
        }
        Stmt::Swap { a, b, back: true } => {
            out.extend(a.root_var());
            out.extend(b.root_var());
        }
        Stmt::If { then, els, .. } => {
            then.stmts.iter().chain(&els.stmts).for_each(|s| restored_roots(s, out))
        }
        Stmt::For(l) => l.body.stmts.iter().for_each(|s| restored_roots(s, out)),
        Stmt::Loop(l) => l.body.stmts.iter().for_each(|s| restored_roots(s, out)),
        _ => {}
    }
}

fn declared_inside(stmt: &Stmt, out: &mut Vec<VarId>) {
    let block = |b: &Block, out: &mut Vec<VarId>| {
        out.extend(b.locals());
        b.stmts.iter().for_each(|s| declared_inside(s, out));
    };
    match stmt {
        Stmt::If { then, els, .. } => {
            block(then, out);
            block(els, out);
        }
        Stmt::For(l) => {
            out.push(l.counter);
            block(&l.body, out);
        }
        Stmt::Loop(l) => block(&l.body, out),
        _ => {}
    }
}

/// Whether a place keeps its length: a slice or an array that is handed again.
pub fn keeps_length(func: &Func, place: &Place) -> bool {
    place.whole().is_some_and(|v| {
        let info = func.var(v);
        info.passing != Passing::Value && matches!(info.ty, Ty::Slice(_) | Ty::Array(_))
    })
}

/// Whether computing a value again costs less than keeping it.
fn is_cheap(expr: &Expr) -> bool {
    match expr {
        Expr::Scalar(name, args) => rules::find(name).is_some_and(|r| r.cheap) && args.iter().all(is_cheap),
        Expr::Opaque(o) => o.tokens.to_string().contains("matches !"),
        Expr::Runtime(..)
        | Expr::Clone(_)
        | Expr::Convert { .. }
        | Expr::Repeat { .. }
        | Expr::Unwrap { .. }
        | Expr::MoveOut(_) => false,
        Expr::Unary(_, e) | Expr::Cast(e, _) | Expr::RefTo(e) => is_cheap(e),
        Expr::Arith(_, a, b) | Expr::Logic(_, a, b) => is_cheap(a) && is_cheap(b),
        Expr::Select(c, a, b) => is_cheap(c) && is_cheap(a) && is_cheap(b),
        Expr::Method { receiver, args, .. } => is_cheap(receiver) && args.iter().all(is_cheap),
        Expr::Call { args, .. } | Expr::Aggregate(_, args) => args.iter().all(is_cheap),
        _ => true,
    }
}
