//! The reverse of each kind of statement.

use super::{may_overlap, Reverse, State};
use crate::ir::{ArithOp, Call, Expr, For, Loop, Passing, Place, Stmt, Ty};

impl Reverse<'_> {
    pub(super) fn statement(&mut self, stmt: &Stmt, out: &mut Vec<Stmt>) {
        match stmt {
            Stmt::Let { var, value: Some(value) } => {
                let ty = self.func.var(*var).ty.clone();
                if let Some(shadow) = self.shadows.get(var).copied() {
                    if self.state_of(*var) == State::Current {
                        let result = Place::var(*var, ty.clone());
                        self.value(out, value, Place::var(shadow, ty), Some(result));
                    }
                    self.state.remove(var);
                }
            }
            Stmt::Let { var, value: None } => {
                self.state.remove(var);
            }
            Stmt::Assign { place, value, init, saved } => self.assign(out, place, value, *init, *saved),
            Stmt::Update { place, op, value, undo: true, .. } => {
                let op = if *op == ArithOp::Add { ArithOp::Sub } else { ArithOp::Add };
                out.push(Stmt::Update {
                    place: place.clone(),
                    op,
                    value: value.clone(),
                    saved: None,
                    undo: false,
                });
            }
            Stmt::Update { place, op, value, saved, .. } => self.update(out, place, *op, value, *saved),
            Stmt::Call(call) => self.call(out, call),
            Stmt::If { cond, then, els, record } => {
                self.declare_for(out, stmt);
                let then = self.nested(then);
                let els = self.nested(els);
                if then.stmts.is_empty() && els.stmts.is_empty() {
                    return;
                }
                out.push(match record {
                    Some(record) => Stmt::Mirror { record: *record, then, els },
                    None => Stmt::If { cond: cond.clone(), then, els, record: None },
                });
            }
            Stmt::For(l) => {
                self.declare_for(out, stmt);
                let body = self.nested(&l.body);
                if !body.stmts.is_empty() {
                    out.push(Stmt::For(Box::new(For { body, rev: !l.rev, exit: None, ..(**l).clone() })));
                }
            }
            Stmt::Loop(l) => {
                self.declare_for(out, stmt);
                let body = self.nested(&l.body);
                if !body.stmts.is_empty() {
                    out.push(Stmt::Loop(Box::new(Loop {
                        body,
                        head: Vec::new(),
                        exit: None,
                        ..(**l).clone()
                    })));
                }
            }
            Stmt::Swap { a, b, back } => {
                if let (Some(x), Some(y)) = (self.shadow(a), self.shadow(b)) {
                    let undeclared = |r: &Self, p: &Place| {
                        p.root_var().is_some_and(|v| r.state_of(v) == State::Undeclared)
                    };
                    if !(undeclared(self, a) && undeclared(self, b)) {
                        for p in [a, b] {
                            if let Some(root) = p.root_var() {
                                self.declare(out, root);
                            }
                        }
                        out.push(Stmt::Swap { a: x, b: y, back: false });
                    }
                }
                if *back {
                    out.push(Stmt::Swap { a: a.clone(), b: b.clone(), back: false });
                }
            }
            Stmt::Push { vec, value, back } => self.push(out, vec, value, *back),
            Stmt::Pop { var, vec, back } => self.pop(out, *var, vec, *back),
            Stmt::Effect(_) => {}
            Stmt::Accumulate { .. }
            | Stmt::Invoke { .. }
            | Stmt::Reverse { .. }
            | Stmt::Mirror { .. }
            | Stmt::Restore { .. } => {}
        }
    }

    fn restore(&mut self, out: &mut Vec<Stmt>, place: &Place, saved: Option<crate::ir::VarId>) {
        if let Some(saved) = saved {
            let value = Expr::Read(Place::var(saved, place.ty.clone()));
            out.push(Stmt::Assign { place: place.clone(), value, init: false, saved: None });
        }
    }

    fn assign(
        &mut self,
        out: &mut Vec<Stmt>,
        place: &Place,
        value: &Expr,
        init: bool,
        saved: Option<crate::ir::VarId>,
    ) {
        let (Some(shadow), Some(root)) = (self.shadow(place), place.root_var()) else {
            self.restore(out, place, saved);
            return;
        };
        let local = place.proj.is_empty() && self.func.var(root).passing == Passing::Value;
        if local && self.state_of(root) != State::Current {
            self.restore(out, place, saved);
            return;
        }
        self.declare(out, root);
        let mut reads_itself = false;
        crate::analyse::activity::carriers(value, &mut |v| reads_itself |= v == root);
        let constant = !self.receives(value);
        let real = place.ty.is_real();
        if init && (local || real) {
            self.restore(out, place, saved);
            self.value(out, value, shadow, None);
            if local {
                self.state.insert(root, if real { State::Stale } else { State::Current });
            }
            return;
        }
        if real && constant {
            if local {
                self.state.insert(root, State::Stale);
            } else {
                out.push(Stmt::Assign { place: shadow, value: Expr::Real(0.0), init: false, saved: None });
            }
            self.restore(out, place, saved);
            return;
        }
        if real && local && !reads_itself {
            self.restore(out, place, saved);
            self.value(out, value, shadow, None);
            self.state.insert(root, State::Stale);
            return;
        }
        let base = format!("{}_seed", self.func.var(root).ident);
        let seed = self.temp(&base, place.ty.clone());
        self.func.var_mut(seed).mutable = !real;
        if real {
            out.push(Stmt::Let { var: seed, value: Some(Expr::Read(shadow.clone())) });
            if local {
                self.state.insert(root, State::Stale);
            } else {
                out.push(Stmt::Assign { place: shadow, value: Expr::Real(0.0), init: false, saved: None });
            }
            self.restore(out, place, saved);
        } else if saved.is_some() && (place.proj.is_empty() || reshapes(place, value)) {
            // The shape of the old value may differ.
            out.push(Stmt::Let { var: seed, value: Some(Expr::MoveOut(shadow.clone())) });
            self.restore(out, place, saved);
            let zero = Expr::ZeroLike(place.clone());
            out.push(Stmt::Assign { place: shadow, value: zero, init: false, saved: None });
        } else {
            out.push(Stmt::Let { var: seed, value: Some(Expr::Take(shadow)) });
            self.restore(out, place, saved);
        }
        self.value(out, value, Place::var(seed, place.ty.clone()), None);
    }

    /// Whether some operand of the value has a shadow.
    fn receives(&self, value: &Expr) -> bool {
        let mut found = false;
        crate::analyse::activity::carriers(value, &mut |v| found |= self.shadows.contains_key(&v));
        found
    }

    fn update(
        &mut self,
        out: &mut Vec<Stmt>,
        place: &Place,
        op: ArithOp,
        value: &Expr,
        saved: Option<crate::ir::VarId>,
    ) {
        let (Some(shadow), Some(root)) = (self.shadow(place), place.root_var()) else {
            self.restore(out, place, saved);
            return;
        };
        let local = self.func.var(root).passing == Passing::Value;
        if local && self.state_of(root) != State::Current {
            self.restore(out, place, saved);
            return;
        }
        self.restore(out, place, saved);
        if place.ty.is_real() {
            let seed = Expr::Read(shadow);
            if let Expr::Read(operand) = value {
                let contribution = if op == ArithOp::Sub { crate::rules::neg(seed) } else { seed };
                self.add(out, operand, contribution);
            }
            return;
        }
        let name = super::value::op_name(op);
        let old = Expr::Ref { exclusive: false, place: place.clone() };
        let operand = super::value::borrowed(value);
        let target = match value {
            Expr::Read(operand) => self.shadow(operand).map(|s| (s, operand.root_var())),
            _ => None,
        };
        if op == ArithOp::Add {
            if let Expr::Read(operand) = value {
                self.add_from(out, operand, &shadow, false);
            }
            return;
        }
        if op == ArithOp::Sub {
            if let Some((target, root)) = target {
                root.into_iter().for_each(|r| self.declare(out, r));
                let seed = Expr::Ref { exclusive: false, place: shadow };
                let args = vec![operand, seed, Expr::Ref { exclusive: true, place: target }];
                out.push(Stmt::Invoke { func: "ops::neg_lhs".into(), args });
            }
            return;
        }
        let base = format!("{}_seed", self.func.var(root).ident);
        let seed = self.temp(&base, place.ty.clone());
        out.push(Stmt::Let { var: seed, value: Some(Expr::Take(shadow.clone())) });
        let seed = Expr::Ref { exclusive: false, place: Place::var(seed, place.ty.clone()) };
        let args =
            vec![old.clone(), operand.clone(), seed.clone(), Expr::Ref { exclusive: true, place: shadow }];
        out.push(Stmt::Invoke { func: format!("ops::{name}_lhs"), args });
        if let Some((target, root)) = target {
            root.into_iter().for_each(|r| self.declare(out, r));
            let args = vec![old, operand, seed, Expr::Ref { exclusive: true, place: target }];
            out.push(Stmt::Invoke { func: format!("ops::{name}_rhs"), args });
        }
    }

    fn push(&mut self, out: &mut Vec<Stmt>, vec: &Place, value: &Expr, back: bool) {
        if let (Some(shadow), Some(root)) = (self.shadow(vec), vec.root_var()) {
            if self.state_of(root) == State::Current {
                let ty = crate::analyse::infer::type_of(value);
                let element = if matches!(ty, Ty::Unknown) { vec.ty.element() } else { ty };
                let seed = self.temp("pushed_bar", element.clone());
                let popped = Expr::Runtime("popped", vec![Expr::Ref { exclusive: true, place: shadow }]);
                out.push(Stmt::Let { var: seed, value: Some(popped) });
                self.value(out, value, Place::var(seed, element), None);
            }
        }
        if back {
            out.push(Stmt::Invoke {
                func: "unpush".into(),
                args: vec![Expr::Ref { exclusive: true, place: vec.clone() }],
            });
        }
    }

    fn pop(&mut self, out: &mut Vec<Stmt>, var: crate::ir::VarId, vec: &Place, back: bool) {
        let value = Place::var(var, self.func.var(var).ty.clone());
        if let (Some(shadow), Some(root)) = (self.shadow(vec), vec.root_var()) {
            self.declare(out, root);
            let cotangent = match self.shadows.get(&var) {
                Some(bar) if self.state_of(var) == State::Current => {
                    Expr::Read(Place::var(*bar, value.ty.clone()))
                }
                _ => Expr::ZeroLike(value.clone()),
            };
            out.push(Stmt::Invoke {
                func: "unpop".into(),
                args: vec![Expr::Ref { exclusive: true, place: shadow }, cotangent],
            });
        }
        self.state.remove(&var);
        if back {
            let args = vec![Expr::Ref { exclusive: true, place: vec.clone() }, Expr::Read(value)];
            out.push(Stmt::Invoke { func: "unpop".into(), args });
        }
    }

    fn call(&mut self, out: &mut Vec<Stmt>, call: &Call) {
        let state = self.state_of(call.result);
        let result = Place::var(call.result, self.func.var(call.result).ty.clone());
        if !self.is_reversed(call) || (state == State::Undeclared && call.exclusive_roots().next().is_none())
        {
            self.state.remove(&call.result);
            self.restore_arguments(out, call);
            return;
        }
        let seed = match self.shadows.get(&call.result) {
            Some(bar) if state == State::Current => Expr::Read(Place::var(*bar, result.ty.clone())),
            _ => Expr::ZeroLike(result),
        };
        self.state.remove(&call.result);
        for arg in &call.args {
            if let Some(root) = argument_place(arg).and_then(Place::root_var) {
                if self.shadows.contains_key(&root) {
                    self.declare(out, root);
                }
            }
        }
        let mut shadows = Vec::new();
        let mut cotangents = Vec::new();
        let mut after = Vec::new();
        let mut before = Vec::new();
        for (i, arg) in call.args.iter().enumerate() {
            match arg {
                Expr::Ref { place, exclusive } => {
                    let shadow = match self.shadow(place) {
                        None => {
                            let tmp = self.temp("unused_bar", place.ty.clone());
                            self.func.var_mut(tmp).mutable = true;
                            let like = Expr::Ref { exclusive: false, place: place.clone() };
                            let unused = Place::var(tmp, place.ty.clone());
                            if matches!(&place.ty, Ty::Slice(t) | Ty::Vec(t) if t.is_real()) {
                                // Nobody reads it: one buffer serves every call from here.
                                self.scratch.push(tmp);
                                let args = vec![Expr::Ref { exclusive: true, place: unused.clone() }, like];
                                before.push(Stmt::Invoke { func: "resized".into(), args });
                            } else {
                                before
                                    .push(Stmt::Let { var: tmp, value: Some(Expr::Scratch(Box::new(like))) });
                            }
                            Expr::Ref { exclusive: true, place: unused }
                        }
                        Some(shadow) if self.conflicts(call, i, place, *exclusive) => {
                            let tmp = self.temp("view_bar", place.ty.clone());
                            self.func.var_mut(tmp).mutable = true;
                            before.push(Stmt::Let { var: tmp, value: Some(Expr::ZeroLike(place.clone())) });
                            let tmp = Place::var(tmp, place.ty.clone());
                            after.push(Stmt::Accumulate {
                                shadow,
                                value: Expr::Ref { exclusive: false, place: tmp.clone() },
                            });
                            Expr::Ref { exclusive: true, place: tmp }
                        }
                        Some(shadow) => Expr::Ref { exclusive: true, place: shadow },
                    };
                    shadows.push(shadow);
                }
                arg => {
                    let target = argument_place(arg).and_then(|p| self.shadow(p));
                    cotangents.push(target.map(|shadow| {
                        let base = shadow
                            .root_var()
                            .map_or("part".into(), |v| format!("{}_part", self.func.var(v).ident));
                        let part = self.temp(&base, Ty::Unknown);
                        after.push(Stmt::Accumulate {
                            shadow,
                            value: Expr::Read(Place::var(part, Ty::Unknown)),
                        });
                        part
                    }));
                }
            }
        }
        out.extend(before);
        out.push(Stmt::Reverse { call: call.clone(), shadows, cotangents, seed });
        self.restore_arguments(out, call);
        out.extend(after);
    }

    fn restore_arguments(&self, out: &mut Vec<Stmt>, call: &Call) {
        for (i, save) in call.saves.iter().rev() {
            if let Some(Expr::Ref { place, .. }) = call.args.get(*i) {
                out.push(Stmt::Restore { place: place.clone(), save: *save });
            }
        }
    }

    /// Whether the shadow of argument `i` would alias that of an earlier one.
    fn conflicts(&self, call: &Call, i: usize, place: &Place, exclusive: bool) -> bool {
        !exclusive
            && call.args.iter().take(i).any(|other| match other {
                Expr::Ref { place: p, exclusive: false } => {
                    p.root_var() == place.root_var() && may_overlap(&p.proj, &place.proj)
                }
                _ => false,
            })
    }

    /// Whether the reverse sweep runs the reverse half of a call.
    pub(super) fn is_reversed(&self, call: &Call) -> bool {
        call.exclusive_roots().next().is_some() || self.activity.is_active(call.result)
    }
}

fn argument_place(arg: &Expr) -> Option<&Place> {
    match arg {
        Expr::Ref { place, .. } | Expr::Read(place) | Expr::Clone(place) => Some(place),
        _ => None,
    }
}

/// Whether an assignment to a part may change its shape.
pub(super) fn reshapes(place: &Place, value: &Expr) -> bool {
    let changes = |ty: &Ty| matches!(ty, Ty::Option(_) | Ty::Vec(_));
    let emptied = matches!(value, Expr::Call { path, .. } if path.to_string().ends_with("default"));
    emptied || changes(&place.ty) || changes(&crate::analyse::infer::type_of(value))
}
