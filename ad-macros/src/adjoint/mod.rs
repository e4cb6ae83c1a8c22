//! Reverse mode: from a function's forward sweep to its reverse sweep, both in the representation.
//!
//! Every active variable has a shadow of its shape. The reverse sweep runs the statements backwards; each one
//! takes the cotangent of what it wrote and adds to the shadows of what it read. A shadow is declared at its
//! first contribution, so that straight-line scalar code reads as a person would write it.

pub mod needs;
mod statement;
mod tidy;
mod value;

use crate::analyse::activity::Activity;
use crate::ir::{ArithOp, Block, Expr, Func, Passing, Place, Proj, Role, Stmt, Ty, Var, VarId};
use crate::names::Names;
use proc_macro2::Span;
use std::collections::{HashMap, HashSet};

/// The reverse sweep of a function.
pub struct ReverseSweep {
    /// Its statements.
    pub body: Vec<Stmt>,
    /// The cotangent of every parameter passed by value, in order; `None` where it carries none.
    pub cotangents: Vec<(VarId, Option<Expr>)>,
    /// The shadow of every parameter, where it has one.
    pub shadows: HashMap<VarId, VarId>,
    /// The seed, where the function has a result.
    pub seed: Option<VarId>,
}

/// What is known of a shadow at one point of the reverse sweep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Not declared: nothing was added yet.
    Undeclared,
    /// Declared, and holding a value that stands for zero until the next contribution.
    Stale,
    /// Declared and up to date.
    Current,
}

/// Writes reverse sweeps.
struct Reverse<'a> {
    func: &'a mut Func,
    activity: &'a Activity,
    names: &'a mut Names,
    shadows: HashMap<VarId, VarId>,
    state: HashMap<VarId, State>,
    recipes: HashMap<VarId, Expr>,
    /// Buffers for shadows that nobody reads, declared at the start of the sweep.
    scratch: Vec<VarId>,
}

/// Writes the reverse sweep of a function whose records are decided.
pub fn adjoint(func: &mut Func, activity: &Activity, names: &mut Names) -> ReverseSweep {
    let body = std::mem::take(&mut func.body);
    let mut reverse = Reverse::new(func, activity, names, &body);
    let mut out = Vec::new();
    let seed = reverse.seed(&mut out);
    reverse.block_into(&body.stmts, &mut out);
    let params = reverse.func.params.clone();
    let mut cotangents = Vec::new();
    for p in params {
        let info = reverse.func.var(p).clone();
        if info.passing != Passing::Value {
            continue;
        }
        let cotangent = if info.constant || info.ty.is_inert() {
            None
        } else {
            Some(match (reverse.activity.is_active(p), reverse.state_of(p)) {
                (true, State::Current) => Expr::Read(Place::var(reverse.shadows[&p], info.ty.clone())),
                _ => reverse.zero(p),
            })
        };
        cotangents.push((p, cotangent));
    }
    let shadows = reverse.shadows.clone();
    let buffers = std::mem::take(&mut reverse.scratch);
    let empty = || Expr::Call { path: quote::quote!(::std::vec::Vec::new), args: Vec::new() };
    out.splice(0..0, buffers.into_iter().map(|var| Stmt::Let { var, value: Some(empty()) }));
    func.body = body;
    let mut returned: Vec<Expr> = cotangents.iter_mut().filter_map(|(_, e)| e.clone()).collect();
    tidy::tidy(func, &mut out, &mut returned);
    let mut returned = returned.into_iter();
    for (_, e) in cotangents.iter_mut().filter(|(_, e)| e.is_some()) {
        *e = returned.next();
    }
    ReverseSweep { body: out, cotangents, shadows, seed }
}

impl<'a> Reverse<'a> {
    fn new(func: &'a mut Func, activity: &'a Activity, names: &'a mut Names, body: &Block) -> Reverse<'a> {
        let recipes = recipes(func, body);
        let mut reverse = Reverse {
            func,
            activity,
            names,
            shadows: HashMap::new(),
            state: HashMap::new(),
            recipes,
            scratch: Vec::new(),
        };
        for i in 0..reverse.func.vars.len() as u32 {
            let var = VarId(i);
            let param = matches!(reverse.func.var(var).role, Role::Param(_));
            let info = reverse.func.var(var);
            if activity.is_active(var)
                || (param && info.passing != Passing::Value && !info.constant && !info.ty.is_inert())
            {
                reverse.add_shadow(var);
            }
        }
        reverse
    }

    fn add_shadow(&mut self, var: VarId) {
        let info = self.func.var(var).clone();
        let ident = self.names.fresh(&format!("{}_bar", info.ident), info.ident.span());
        let param_ref = matches!(info.role, Role::Param(_)) && info.passing != Passing::Value;
        let shadow = self.func.add(Var {
            ident,
            ty: info.ty.clone(),
            role: Role::Shadow(var),
            passing: if param_ref { Passing::Exclusive } else { Passing::Value },
            mutable: true,
            constant: false,
            annotation: None,
        });
        self.shadows.insert(var, shadow);
    }

    fn state_of(&self, var: VarId) -> State {
        let by_reference = self.func.var(var).passing != Passing::Value;
        if by_reference {
            return State::Current;
        }
        self.state.get(&var).copied().unwrap_or(State::Undeclared)
    }

    fn temp(&mut self, base: &str, ty: Ty) -> VarId {
        let ident = self.names.fresh(base, Span::mixed_site());
        self.func.add(Var {
            ident,
            ty,
            role: Role::Temp,
            passing: Passing::Value,
            mutable: false,
            constant: true,
            annotation: None,
        })
    }

    /// The seed of the result flows into what the result was read from.
    fn seed(&mut self, out: &mut Vec<Stmt>) -> Option<VarId> {
        let result = self.func.result.clone()?;
        let ty = self.func.result_ty.clone();
        let seed = self.temp("seed", ty.clone());
        self.value(out, &result, Place::var(seed, ty), None);
        Some(seed)
    }

    /// The shadow of a place; `None` where the place carries no derivative.
    fn shadow(&self, place: &Place) -> Option<Place> {
        let root = place.root_var()?;
        if place.ty.is_inert() {
            return None;
        }
        let shadow = *self.shadows.get(&root)?;
        Some(Place { root: crate::ir::Root::Var(shadow), proj: place.proj.clone(), ty: place.ty.clone() })
    }

    /// Makes the shadow of a variable hold a value, zero if nothing else.
    fn declare(&mut self, out: &mut Vec<Stmt>, var: VarId) {
        let Some(shadow) = self.shadows.get(&var).copied() else { return };
        match self.state_of(var) {
            State::Current => {}
            State::Undeclared => {
                let value = self.zero(var);
                out.push(Stmt::Let { var: shadow, value: Some(value) });
                self.state.insert(var, State::Current);
            }
            State::Stale => {
                let place = Place::var(shadow, self.func.var(var).ty.clone());
                out.push(Stmt::Assign { place, value: Expr::Real(0.0), init: false, saved: None });
                self.state.insert(var, State::Current);
            }
        }
    }

    /// A zero of the shape of a variable.
    fn zero(&self, var: VarId) -> Expr {
        if let Some(recipe) = self.recipes.get(&var) {
            return recipe.clone();
        }
        let ty = &self.func.var(var).ty;
        zero_of_type(ty).unwrap_or_else(|| Expr::ZeroLike(Place::var(var, ty.clone())))
    }

    /// `shadow(place) += value` for a real `value`.
    fn add(&mut self, out: &mut Vec<Stmt>, place: &Place, value: Expr) {
        let Some(shadow) = self.shadow(place) else { return };
        let Some(root) = place.root_var() else { return };
        if matches!(value, Expr::Real(0.0)) {
            return;
        }
        if place.proj.is_empty() && self.state_of(root) == State::Undeclared {
            if let Some(var) = shadow.root_var() {
                out.push(Stmt::Let { var, value: Some(value) });
                self.state.insert(root, State::Current);
                return;
            }
        }
        if place.proj.is_empty() && self.state_of(root) == State::Stale {
            out.push(Stmt::Assign { place: shadow, value, init: false, saved: None });
            self.state.insert(root, State::Current);
            return;
        }
        self.declare(out, root);
        let (op, value) = match value {
            Expr::Unary(crate::ir::UnOp::Neg, e) => (ArithOp::Sub, *e),
            value => (ArithOp::Add, value),
        };
        out.push(Stmt::Update { place: shadow, op, value, saved: None, undo: false });
    }

    /// `shadow(place) += contents of source`, on whatever type; `moved` where the source is not used again.
    fn add_from(&mut self, out: &mut Vec<Stmt>, place: &Place, source: &Place, moved: bool) {
        let Some(shadow) = self.shadow(place) else { return };
        let Some(root) = place.root_var() else { return };
        if place.ty.is_real() || source.ty.is_real() {
            self.add(out, place, Expr::Read(source.clone()));
            return;
        }
        if place.proj.is_empty() && self.state_of(root) == State::Undeclared {
            if let Some(var) = shadow.root_var() {
                let value = if moved { Expr::Read(source.clone()) } else { Expr::Clone(source.clone()) };
                out.push(Stmt::Let { var, value: Some(value) });
                self.state.insert(root, State::Current);
                return;
            }
        }
        self.declare(out, root);
        let value = Expr::Ref { exclusive: false, place: source.clone() };
        out.push(Stmt::Accumulate { shadow, value });
    }

    /// Declares the shadows of everything that `stmts` may add to, because they are about to be nested.
    fn declare_for(&mut self, out: &mut Vec<Stmt>, stmt: &Stmt) {
        let mut inside = Vec::new();
        nested_locals(stmt, &mut inside);
        let inside: HashSet<VarId> = inside.into_iter().collect();
        let mut roots = stmt.roots();
        let mut written = Vec::new();
        stmt.writes(&mut written);
        roots.extend(written);
        let mut seen = HashSet::new();
        for root in roots {
            if !inside.contains(&root) && seen.insert(root) && self.shadows.contains_key(&root) {
                self.declare(out, root);
            }
        }
    }

    /// The statements of a nested block, reversed, after what makes its variables available again.
    fn nested(&mut self, block: &Block) -> Block {
        let mut out = Vec::new();
        let before = self.state.clone();
        self.block_into(&block.stmts, &mut out);
        // What is declared outside must be up to date when the block ends.
        let stale: Vec<VarId> = before
            .iter()
            .filter(|(v, s)| **s == State::Current && self.state_of(**v) == State::Stale)
            .map(|(v, _)| *v)
            .collect();
        for v in stale {
            self.declare(&mut out, v);
        }
        self.state = before;
        if out.is_empty() {
            return Block::default();
        }
        Block { stmts: out, record: block.record.clone(), replay: block.replay.clone() }
    }

    fn block_into(&mut self, stmts: &[Stmt], out: &mut Vec<Stmt>) {
        for stmt in stmts.iter().rev() {
            self.statement(stmt, out);
        }
    }
}

/// A zero known from the type alone.
fn zero_of_type(ty: &Ty) -> Option<Expr> {
    match ty {
        Ty::Real(_) => Some(Expr::Real(0.0)),
        Ty::Int | Ty::Bool | Ty::Unit | Ty::Inert => {
            Some(Expr::Aggregate(crate::ir::Aggregate::Tuple, Vec::new()))
        }
        Ty::Tuple(ts) => {
            let parts: Option<Vec<Expr>> = ts.iter().map(zero_of_type).collect();
            Some(Expr::Aggregate(crate::ir::Aggregate::Tuple, parts?))
        }
        _ => None,
    }
}

/// Zeros known from how a variable was first given its value, where its shape never changes.
fn recipes(func: &Func, body: &Block) -> HashMap<VarId, Expr> {
    let mut out = HashMap::new();
    let mut reshaped = HashSet::new();
    collect_recipes(func, body, &mut out, &mut reshaped);
    out.retain(|v, _| !reshaped.contains(v));
    out
}

fn collect_recipes(
    func: &Func,
    block: &Block,
    out: &mut HashMap<VarId, Expr>,
    reshaped: &mut HashSet<VarId>,
) {
    for stmt in &block.stmts {
        match stmt {
            Stmt::Let { var, value: Some(value) } => {
                if let Some(zero) = zero_like_value(value) {
                    out.insert(*var, zero);
                }
            }
            Stmt::Assign { place, .. } => reshaped.extend(place.whole()),
            Stmt::Push { vec, .. } | Stmt::Pop { vec, .. } => reshaped.extend(vec.root_var()),
            Stmt::Swap { a, b, .. } => {
                reshaped.extend(a.root_var());
                reshaped.extend(b.root_var());
            }
            Stmt::Call(call) => {
                let grown = |v: &VarId| !matches!(func.var(*v).ty, Ty::Array(_));
                reshaped.extend(call.args.iter().filter_map(|a| match a {
                    Expr::Ref { exclusive: true, place } => place.whole().filter(grown),
                    _ => None,
                }));
            }
            Stmt::If { then, els, .. } => {
                collect_recipes(func, then, out, reshaped);
                collect_recipes(func, els, out, reshaped);
            }
            Stmt::For(l) => collect_recipes(func, &l.body, out, reshaped),
            Stmt::Loop(l) => collect_recipes(func, &l.body, out, reshaped),
            _ => {}
        }
    }
}

fn zero_like_value(value: &Expr) -> Option<Expr> {
    match value {
        Expr::Lit(syn::Lit::Float(_)) | Expr::Real(_) => Some(Expr::Real(0.0)),
        Expr::Repeat { vec, elem, len } => {
            let elem = match &**elem {
                Expr::Read(place) if place.ty.is_real() => Expr::Real(0.0),
                elem => zero_like_value(elem)?,
            };
            Some(Expr::Repeat { vec: *vec, elem: Box::new(elem), len: len.clone() })
        }
        Expr::Aggregate(kind @ (crate::ir::Aggregate::Array | crate::ir::Aggregate::Vec), parts) => {
            let reals = parts.iter().all(|p| crate::analyse::infer::type_of(p).is_real());
            reals.then(|| Expr::Aggregate(kind.clone(), vec![Expr::Real(0.0); parts.len()]))
        }
        Expr::Call { path, .. } if path.to_string().ends_with("zeros") => Some(value.clone()),
        Expr::Call { path, .. } if path.to_string().ends_with("array :: from_fn") => Some(value.clone()),
        Expr::Runtime("zero" | "zero_array", _) => Some(value.clone()),
        _ => None,
    }
}

fn nested_locals(stmt: &Stmt, out: &mut Vec<VarId>) {
    let block = |b: &Block, out: &mut Vec<VarId>| {
        out.extend(b.locals());
        b.stmts.iter().for_each(|s| nested_locals(s, out));
    };
    match stmt {
        Stmt::If { then, els, .. } => {
            block(then, out);
            block(els, out);
        }
        Stmt::For(l) => block(&l.body, out),
        Stmt::Loop(l) => block(&l.body, out),
        _ => {}
    }
}

/// Whether two projections may name the same memory.
fn may_overlap(a: &[Proj], b: &[Proj]) -> bool {
    for (p, q) in a.iter().zip(b) {
        match (p, q) {
            (Proj::Field(m), Proj::Field(n)) if m != n => return false,
            (Proj::Field(_), Proj::Field(_)) => {}
            _ => return true,
        }
    }
    true
}
