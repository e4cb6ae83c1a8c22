//! Activity: which variables carry a derivative.
//!
//! A variable is *varied* where it depends on an active parameter through values that have derivatives, and
//! *useful* where the result or an exclusive parameter depends on it. It is active where it is both, unless
//! it is marked constant or its type carries no derivative.

use crate::ir::{Aggregate, Expr, Func, Passing, Role, Stmt, Ty, UnOp, VarId, Variant};
use crate::rules;
use std::collections::HashSet;

/// The active variables of a function.
pub struct Activity {
    varied: HashSet<VarId>,
    useful: HashSet<VarId>,
    inert: HashSet<VarId>,
}

impl Activity {
    /// Whether the variable depends on an active parameter.
    pub fn is_varied(&self, var: VarId) -> bool {
        self.varied.contains(&var)
    }

    /// Whether the variable carries a derivative.
    pub fn is_active(&self, var: VarId) -> bool {
        self.varied.contains(&var) && self.useful.contains(&var) && !self.inert.contains(&var)
    }
}

/// Finds the active variables.
pub fn activity(func: &Func) -> Activity {
    let inert: HashSet<VarId> = (0..func.vars.len() as u32)
        .map(VarId)
        .filter(|v| func.var(*v).constant || func.var(*v).ty.is_inert())
        .collect();
    let mut varied: HashSet<VarId> = func.params.iter().copied().filter(|p| !inert.contains(p)).collect();
    loop {
        let before = varied.len();
        func.body.stmts.iter().for_each(|s| vary(s, &mut varied, &inert));
        if varied.len() == before {
            break;
        }
    }
    let mut useful: HashSet<VarId> = func
        .params
        .iter()
        .copied()
        .filter(|p| matches!(func.var(*p).role, Role::Param(_)) && func.var(*p).passing == Passing::Exclusive)
        .collect();
    if let Some(result) = &func.result {
        carriers(result, &mut |v| {
            useful.insert(v);
        });
    }
    loop {
        let before = useful.len();
        func.body.stmts.iter().rev().for_each(|s| use_(s, &mut useful));
        if useful.len() == before {
            break;
        }
    }
    Activity { varied, useful, inert }
}

/// Whether an active value is put into an `Err`, which carries no derivative.
pub fn lost_in_error(stmts: &[Stmt], activity: &Activity) -> bool {
    stmts.iter().any(|s| match s {
        Stmt::Let { value: Some(value), .. } | Stmt::Assign { value, .. } | Stmt::Push { value, .. } => {
            let error = matches!(value, Expr::Aggregate(Aggregate::Variant(Variant::Err), _));
            error && carries(value, &activity.varied)
        }
        Stmt::If { then, els, .. } => {
            lost_in_error(&then.stmts, activity) || lost_in_error(&els.stmts, activity)
        }
        Stmt::For(l) => lost_in_error(&l.body.stmts, activity),
        Stmt::Loop(l) => lost_in_error(&l.body.stmts, activity),
        _ => false,
    })
}

/// Calls `f` on the root of every place through which a derivative enters the value of `expr`.
pub fn carriers(expr: &Expr, f: &mut dyn FnMut(VarId)) {
    match expr {
        Expr::Read(p)
        | Expr::Clone(p)
        | Expr::MoveOut(p)
        | Expr::Convert { from: p, .. }
        | Expr::Ref { place: p, .. } => p.root_var().filter(|_| !p.ty.is_inert()).into_iter().for_each(f),
        Expr::Unary(UnOp::Neg, e) | Expr::Unwrap { from: e, .. } | Expr::RefTo(e) => carriers(e, f),
        Expr::Cast(e, ty) if Ty::parse(ty, &[]).is_real() => carriers(e, f),
        Expr::Arith(_, a, b) | Expr::Select(_, a, b) => {
            carriers(a, f);
            carriers(b, f);
        }
        Expr::Scalar(name, args) => {
            let partials =
                rules::find(name).map(|r| (r.partials)(args, &Expr::Real(0.0))).unwrap_or_default();
            for (arg, partial) in args.iter().zip(partials) {
                if partial.is_some() {
                    carriers(arg, f);
                }
            }
        }
        Expr::Aggregate(_, parts) => parts.iter().for_each(|p| carriers(p, f)),
        Expr::Repeat { elem, .. } => carriers(elem, f),
        _ => {}
    }
}

/// Whether a derivative enters the value of `expr` through one of `vars`.
fn carries(expr: &Expr, vars: &HashSet<VarId>) -> bool {
    let mut found = false;
    carriers(expr, &mut |v| found |= vars.contains(&v));
    found
}

fn vary(stmt: &Stmt, varied: &mut HashSet<VarId>, inert: &HashSet<VarId>) {
    let mark = |var: Option<VarId>, varied: &mut HashSet<VarId>| {
        if let Some(var) = var.filter(|v| !inert.contains(v)) {
            varied.insert(var);
        }
    };
    match stmt {
        Stmt::Let { var, value: Some(value) } if carries(value, varied) => mark(Some(*var), varied),
        Stmt::Assign { place, value, .. }
        | Stmt::Update { place, value, .. }
        | Stmt::Push { vec: place, value, .. }
            if carries(value, varied) =>
        {
            mark(place.root_var(), varied);
        }
        Stmt::Pop { var, vec, .. } if vec.root_var().is_some_and(|v| varied.contains(&v)) => {
            mark(Some(*var), varied)
        }
        Stmt::Swap { a, b, .. } => {
            let either = [a, b].iter().any(|p| p.root_var().is_some_and(|v| varied.contains(&v)));
            if either {
                mark(a.root_var(), varied);
                mark(b.root_var(), varied);
            }
        }
        Stmt::Call(call) if call.args.iter().any(|a| carries(a, varied)) => {
            mark(Some(call.result), varied);
            let roots: Vec<VarId> = call.exclusive_roots().collect();
            roots.into_iter().for_each(|r| mark(Some(r), varied));
        }
        Stmt::If { then, els, .. } => {
            then.stmts.iter().chain(&els.stmts).for_each(|s| vary(s, varied, inert))
        }
        Stmt::For(l) => l.body.stmts.iter().for_each(|s| vary(s, varied, inert)),
        Stmt::Loop(l) => l.head.iter().chain(&l.body.stmts).for_each(|s| vary(s, varied, inert)),
        _ => {}
    }
}

fn use_(stmt: &Stmt, useful: &mut HashSet<VarId>) {
    let need = |expr: &Expr, useful: &mut HashSet<VarId>| {
        carriers(expr, &mut |v| {
            useful.insert(v);
        });
    };
    match stmt {
        Stmt::Let { var, value: Some(value) } if useful.contains(var) => need(value, useful),
        Stmt::Assign { place, value, .. }
        | Stmt::Update { place, value, .. }
        | Stmt::Push { vec: place, value, .. }
            if place.root_var().is_some_and(|v| useful.contains(&v)) =>
        {
            need(value, useful);
        }
        Stmt::Pop { var, vec, .. } if useful.contains(var) => useful.extend(vec.root_var()),
        Stmt::Swap { a, b, .. }
            if [a, b].iter().any(|p| p.root_var().is_some_and(|v| useful.contains(&v))) =>
        {
            useful.extend(a.root_var());
            useful.extend(b.root_var());
        }
        Stmt::Call(call) => {
            let used = useful.contains(&call.result) || call.exclusive_roots().any(|r| useful.contains(&r));
            if used {
                call.args.iter().for_each(|a| need(a, useful));
            }
        }
        Stmt::If { then, els, .. } => {
            els.stmts.iter().rev().chain(then.stmts.iter().rev()).for_each(|s| use_(s, useful))
        }
        Stmt::For(l) => l.body.stmts.iter().rev().for_each(|s| use_(s, useful)),
        Stmt::Loop(l) => l.body.stmts.iter().rev().chain(l.head.iter().rev()).for_each(|s| use_(s, useful)),
        _ => {}
    }
}
