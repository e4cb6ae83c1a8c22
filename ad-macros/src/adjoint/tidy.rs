//! What a careful person would not have written: variables that only rename another one or are used once in
//! the very next statement, and `mut` on what never changes.

use crate::ir::{Expr, Func, Passing, Place, Role, Stmt, VarId};
use std::collections::{HashMap, HashSet};

/// Tidies a reverse sweep.
pub fn tidy(func: &mut Func, body: &mut Vec<Stmt>, returned: &mut [Expr]) {
    let mut changed = HashSet::new();
    body.iter().for_each(|s| targets(s, &mut changed));
    rename(func, body, returned, &changed);
    inline(func, body, returned, &changed);
    for i in 0..func.vars.len() as u32 {
        let var = VarId(i);
        if matches!(func.var(var).role, Role::Shadow(_)) && !changed.contains(&var) {
            func.var_mut(var).mutable = false;
        }
    }
}

/// Variables that a statement changes after their declaration, or lends out to be changed.
fn targets(stmt: &Stmt, out: &mut HashSet<VarId>) {
    match stmt {
        Stmt::Assign { place, .. }
        | Stmt::Update { place, .. }
        | Stmt::Accumulate { shadow: place, .. }
        | Stmt::Restore { place, .. } => {
            out.extend(place.root_var());
        }
        Stmt::Swap { a, b, .. } => out.extend([a, b].into_iter().filter_map(|p| p.root_var())),
        _ => {}
    }
    let mut lent = |e: &Expr| lends(e, out);
    match stmt {
        Stmt::Let { value: Some(value), .. } => lent(value),
        Stmt::Assign { value, .. } | Stmt::Update { value, .. } | Stmt::Accumulate { value, .. } => {
            lent(value)
        }
        Stmt::Invoke { args, .. } => args.iter().for_each(lent),
        Stmt::Reverse { call, shadows, seed, .. } => {
            call.args.iter().chain(shadows).for_each(&mut lent);
            lent(seed);
        }
        Stmt::Call(call) => call.args.iter().for_each(lent),
        _ => {}
    }
    for block in blocks(stmt) {
        block.stmts.iter().chain(&block.replay).for_each(|s| targets(s, out));
    }
}

fn lends(e: &Expr, out: &mut HashSet<VarId>) {
    match e {
        Expr::Ref { exclusive: true, place } | Expr::Take(place) | Expr::MoveOut(place) => {
            out.extend(place.root_var())
        }
        Expr::Runtime(_, args) | Expr::Aggregate(_, args) => args.iter().for_each(|a| lends(a, out)),
        _ => {}
    }
}

fn blocks(stmt: &Stmt) -> Vec<&crate::ir::Block> {
    match stmt {
        Stmt::If { then, els, .. } | Stmt::Mirror { then, els, .. } => vec![then, els],
        Stmt::For(l) => vec![&l.body],
        Stmt::Loop(l) => vec![&l.body],
        _ => Vec::new(),
    }
}

/// `let a = b;` of scalars of which neither ever changes: `b` everywhere.
fn rename(func: &Func, body: &mut Vec<Stmt>, returned: &mut [Expr], changed: &HashSet<VarId>) {
    let mut names: HashMap<VarId, Place> = HashMap::new();
    collect(func, body, changed, &mut names);
    if names.is_empty() {
        return;
    }
    let resolve = |mut place: Place| {
        while let Some(next) = place.whole().and_then(|v| names.get(&v)) {
            place = next.clone();
        }
        place
    };
    let mut replace = |p: &mut Place| {
        if p.root_var().is_some_and(|v| names.contains_key(&v)) {
            let target = resolve(Place { proj: Vec::new(), ..p.clone() });
            p.root = target.root;
        }
    };
    drop_renamed(body, &names);
    body.iter_mut().for_each(|s| s.places_mut(&mut replace));
    returned.iter_mut().for_each(|e| e.places_mut(&mut replace));
}

fn is_renaming(func: &Func, stmt: &Stmt, changed: &HashSet<VarId>) -> Option<(VarId, Place)> {
    let Stmt::Let { var, value: Some(Expr::Read(place)) } = stmt else { return None };
    let source = place.whole()?;
    let plain =
        |v: VarId| func.var(v).passing == Passing::Value && func.var(v).ty.is_real() && !changed.contains(&v);
    let generated = matches!(func.var(source).role, Role::Shadow(_) | Role::Temp);
    (plain(*var) && plain(source) && generated && matches!(func.var(*var).role, Role::Shadow(_)))
        .then(|| (*var, place.clone()))
}

fn collect(func: &Func, stmts: &[Stmt], changed: &HashSet<VarId>, names: &mut HashMap<VarId, Place>) {
    for stmt in stmts {
        names.extend(is_renaming(func, stmt, changed));
        for block in blocks(stmt) {
            collect(func, &block.stmts, changed, names);
        }
    }
}

fn drop_renamed(stmts: &mut Vec<Stmt>, names: &HashMap<VarId, Place>) {
    stmts.retain(|s| !matches!(s, Stmt::Let { var, .. } if names.contains_key(var)));
    for stmt in stmts {
        for block in stmt.blocks_mut() {
            drop_renamed(&mut block.stmts, names);
        }
    }
}

/// A scalar computed for the next statement alone stands there.
fn inline(func: &Func, stmts: &mut Vec<Stmt>, returned: &mut [Expr], changed: &HashSet<VarId>) {
    for stmt in stmts.iter_mut() {
        for block in stmt.blocks_mut() {
            inline(func, &mut block.stmts, &mut [], changed);
        }
    }
    let mut i = 0;
    while i + 1 < stmts.len() {
        let Stmt::Let { var, value: Some(value) } = &stmts[i] else {
            i += 1;
            continue;
        };
        let (var, value) = (*var, value.clone());
        let info = func.var(var);
        let candidate = matches!(info.role, Role::Shadow(_)) && info.ty.is_real() && !changed.contains(&var);
        let uses = |s: &Stmt| {
            let mut n = 0;
            s.places(&mut |p| n += usize::from(p.root_var() == Some(var)));
            n
        };
        let elsewhere: usize = stmts[i + 2..].iter().map(uses).sum::<usize>()
            + returned.iter().map(|e| e.roots().iter().filter(|v| **v == var).count()).sum::<usize>();
        let next = &stmts[i + 1];
        let simple = match next {
            Stmt::Let { value: Some(_), .. } => true,
            Stmt::Assign { place, .. } | Stmt::Update { place, .. } => {
                // The value must not read what the statement writes before it.
                place.root_var().is_none_or(|r| r != var)
            }
            _ => false,
        };
        if candidate && simple && elsewhere == 0 && uses(next) == 1 && size(&value) <= 8 {
            let mut done = false;
            stmts[i + 1].exprs_mut(&mut |e| substitute(e, var, &value, &mut done));
            if done {
                stmts.remove(i);
                i = i.saturating_sub(1);
                continue;
            }
        }
        i += 1;
    }
}

fn substitute(e: &mut Expr, var: VarId, value: &Expr, done: &mut bool) {
    if matches!(e, Expr::Read(p) if p.whole() == Some(var)) {
        *e = value.clone();
        *done = true;
        return;
    }
    e.children_mut(&mut |c| substitute(c, var, value, done));
}

fn size(e: &Expr) -> usize {
    let mut n = 1;
    let mut e = e.clone();
    e.children_mut(&mut |c| n += size(c));
    n
}
