//! What the reverse of a statement reads of the primal: found by writing that reverse and looking.

use super::{recipes, zero_of_type, Reverse, State};
use crate::analyse::activity::Activity;
use crate::ir::{Block, Call, Expr, Func, Place, Role, Stmt, Ty, VarId};
use crate::names::Names;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Answers what reverse rules need.
pub struct Needs<'a> {
    activity: &'a Activity,
    recipes: HashMap<VarId, Expr>,
    shapes: HashSet<VarId>,
    scratch: RefCell<(Func, Names)>,
}

impl<'a> Needs<'a> {
    /// Prepares to answer for the statements of a function.
    pub fn new(func: &Func, activity: &'a Activity, names: &Names) -> Needs<'a> {
        let recipes = recipes(func, &func.body);
        let mut shapes = HashSet::new();
        shape_needs(func, activity, &recipes, &func.body, &mut shapes);
        let mut scratch = Func { body: Block::default(), ..func.clone() };
        // Variables that the walk adds meanwhile have places of their own.
        scratch.vars.reserve(64);
        Needs { activity, recipes, shapes, scratch: RefCell::new((scratch, names.clone())) }
    }

    /// Whether the variable carries a derivative.
    pub fn is_active(&self, var: VarId) -> bool {
        self.activity.is_active(var)
    }

    /// Whether the reverse half of the call is run.
    pub fn is_reversed(&self, call: &Call) -> bool {
        call.exclusive_roots().next().is_some() || self.activity.is_active(call.result)
    }

    /// Whether the reverse sweep makes a zero of the shape of this variable's last value.
    pub fn shape(&self, var: VarId) -> bool {
        self.shapes.contains(&var)
    }

    /// Whether an assignment replaces a value whose shape the reverse sweep needs.
    pub fn assigned_shape(&self, func: &Func, root: VarId, place: &Place, value: &Expr) -> bool {
        if !self.is_active(root) || matches!(func.var(root).ty, Ty::Real(_)) {
            return false;
        }
        if !place.proj.is_empty() {
            return super::statement::reshapes(place, value);
        }
        zero_of_type(&place.ty).is_none() && !matches!(place.ty, Ty::Array(_))
    }

    /// Whether the reverse of a statement does nothing at all.
    pub fn is_silent(&self, func: &Func, stmt: &Stmt) -> bool {
        match stmt {
            Stmt::If { then, els, .. } => {
                then.stmts.iter().chain(&els.stmts).all(|s| self.is_silent(func, s))
            }
            Stmt::For(l) => l.body.stmts.iter().all(|s| self.is_silent(func, s)),
            Stmt::Loop(l) => l.body.stmts.iter().all(|s| self.is_silent(func, s)),
            Stmt::Assign { saved: Some(_), .. }
            | Stmt::Update { saved: Some(_), .. }
            | Stmt::Update { undo: true, .. } => false,
            Stmt::Push { back: true, .. } | Stmt::Pop { back: true, .. } | Stmt::Swap { back: true, .. } => {
                false
            }
            Stmt::Call(call) if !call.saves.is_empty() => false,
            stmt => self.reversed(func, stmt, |out, _, _| out.is_empty()),
        }
    }

    /// The variables whose values the reverse of a simple statement reads.
    pub fn of(&self, func: &Func, stmt: &Stmt) -> Vec<VarId> {
        self.reversed(func, stmt, |out, reverse, known| {
            let mut reads = Vec::new();
            for s in out {
                let restored = match s {
                    Stmt::Assign { place, value: Expr::Read(saved), .. }
                        if saved.root_var().is_some_and(|v| reverse.func.var(v).role == Role::Saved) =>
                    {
                        place.root_var()
                    }
                    _ => None,
                };
                s.readings(&mut |p, length| {
                    let handed = crate::analyse::record::keeps_length(reverse.func, p);
                    if length && handed {
                        return;
                    }
                    reads.extend(p.root_var().filter(|v| (v.0 as usize) < known && Some(*v) != restored));
                });
            }
            reads
        })
    }

    /// Writes the reverse of a simple statement and looks at it; `known` variables existed before.
    fn reversed<R>(&self, func: &Func, stmt: &Stmt, look: impl FnOnce(&[Stmt], &Reverse, usize) -> R) -> R {
        let mut scratch = self.scratch.borrow_mut();
        let (own, names) = &mut *scratch;
        own.vars.clone_from(&func.vars);
        let known = own.vars.len();
        let mut reverse = Reverse::new(own, self.activity, names, &Block::default());
        reverse.recipes = self.recipes.clone();
        for i in 0..known as u32 {
            reverse.state.insert(VarId(i), State::Current);
        }
        let mut out = Vec::new();
        reverse.statement(stmt, &mut out);
        let stale: Vec<VarId> =
            reverse.state.iter().filter(|(_, s)| **s == State::Stale).map(|(v, _)| *v).collect();
        stale.into_iter().for_each(|v| reverse.declare(&mut out, v));
        look(&out, &reverse, known)
    }
}

fn shape_needs(
    func: &Func,
    activity: &Activity,
    recipes: &HashMap<VarId, Expr>,
    block: &Block,
    out: &mut HashSet<VarId>,
) {
    for var in block.locals() {
        let ty = &func.var(var).ty;
        if !activity.is_active(var) || recipes.contains_key(&var) || zero_of_type(ty).is_some() {
            continue;
        }
        let last = block.stmts.iter().rev().find(|s| s.roots().contains(&var) || declares(s, var));
        if !last.is_some_and(|s| moves_whole(s, var)) {
            out.insert(var);
        }
    }
    for stmt in &block.stmts {
        match stmt {
            Stmt::If { then, els, .. } => {
                shape_needs(func, activity, recipes, then, out);
                shape_needs(func, activity, recipes, els, out);
            }
            Stmt::For(l) => shape_needs(func, activity, recipes, &l.body, out),
            Stmt::Loop(l) => shape_needs(func, activity, recipes, &l.body, out),
            _ => {}
        }
    }
}

fn declares(stmt: &Stmt, var: VarId) -> bool {
    let mut out = Vec::new();
    stmt.declares(&mut out);
    out.contains(&var)
}

/// Whether a statement hands the whole value on, so that its shadow starts as a copy of another shadow.
fn moves_whole(stmt: &Stmt, var: VarId) -> bool {
    let whole = |e: &Expr| match e {
        Expr::Read(p) | Expr::Clone(p) => p.whole() == Some(var),
        Expr::Unwrap { from, .. } => matches!(&**from, Expr::Read(p) if p.whole() == Some(var)),
        _ => false,
    };
    match stmt {
        Stmt::Let { value: Some(Expr::Aggregate(_, parts)), .. }
        | Stmt::Assign { value: Expr::Aggregate(_, parts), .. } => {
            parts.iter().filter(|p| whole(p)).count() == 1
        }
        Stmt::Let { value: Some(value), .. } | Stmt::Assign { value, .. } | Stmt::Push { value, .. } => {
            whole(value)
        }
        _ => false,
    }
}
