//! Walking the representation: which variables a piece of it reads, writes and declares.

use super::{Block, Expr, Place, Proj, Stmt, VarId};

impl Expr {
    /// Calls `f` on every place.
    pub fn places(&self, f: &mut dyn FnMut(&Place)) {
        self.readings(&mut |p, _| f(p));
    }

    /// Calls `f` on every place read by this expression, including the places inside indices; the flag says
    /// that no more than its length is read.
    pub fn readings(&self, f: &mut dyn FnMut(&Place, bool)) {
        match self {
            Expr::Lit(_) | Expr::Real(_) | Expr::Path(_) => {}
            Expr::Read(p)
            | Expr::Ref { place: p, .. }
            | Expr::Clone(p)
            | Expr::MoveOut(p)
            | Expr::Convert { from: p, .. }
            | Expr::Take(p)
            | Expr::ZeroLike(p) => {
                p.readings(f);
            }
            Expr::RefTo(e) | Expr::Unary(_, e) | Expr::Cast(e, _) | Expr::Scratch(e) => e.readings(f),
            Expr::Unwrap { from, .. } => from.readings(f),
            Expr::Arith(_, a, b) | Expr::Logic(_, a, b) => {
                a.readings(f);
                b.readings(f);
            }
            Expr::Scalar(_, args)
            | Expr::Runtime(_, args)
            | Expr::Call { args, .. }
            | Expr::Aggregate(_, args) => {
                args.iter().for_each(|a| a.readings(f));
            }
            Expr::Method { receiver, name, args, .. } => {
                match &**receiver {
                    Expr::Read(place) if name == "len" => {
                        f(place, true);
                        place.index_readings(f);
                    }
                    receiver => receiver.readings(f),
                }
                args.iter().for_each(|a| a.readings(f));
            }
            Expr::Range { lo, hi, .. } => {
                lo.iter().chain(hi).for_each(|e| e.readings(f));
            }
            Expr::Repeat { elem, len, .. } => {
                elem.readings(f);
                len.readings(f);
            }
            Expr::Select(c, a, b) => {
                c.readings(f);
                a.readings(f);
                b.readings(f);
            }
            Expr::Opaque(o) => {
                o.uses.iter().for_each(|p| p.readings(f));
                o.binds.iter().for_each(|(_, p)| p.readings(f));
            }
        }
    }

    /// The roots of all places read.
    pub fn roots(&self) -> Vec<VarId> {
        let mut out = Vec::new();
        self.places(&mut |p| out.extend(p.root_var()));
        out
    }
}

impl Proj {
    /// The expressions inside a projection.
    pub fn exprs(&self) -> Vec<&Expr> {
        match self {
            Proj::Index(e) => vec![e],
            Proj::Slice { lo, hi } => lo.iter().chain(hi).map(|e| &**e).collect(),
            Proj::View { args, .. } => args.iter().collect(),
            Proj::Field(_) | Proj::Payload(_) | Proj::AsArray { .. } => Vec::new(),
        }
    }
}

impl Place {
    /// Calls `f` as [`Expr::readings`] does, on this place and on every place inside its indices.
    pub fn readings(&self, f: &mut dyn FnMut(&Place, bool)) {
        f(self, false);
        self.index_readings(f);
    }

    /// Calls `f` on every place inside the indices.
    pub fn index_readings(&self, f: &mut dyn FnMut(&Place, bool)) {
        for proj in &self.proj {
            proj.exprs().iter().for_each(|e| e.readings(f));
        }
    }
}

impl Stmt {
    /// Calls `f` on every place.
    pub fn places(&self, f: &mut dyn FnMut(&Place)) {
        self.readings(&mut |p, _| f(p));
    }

    /// Calls `f` as [`Expr::readings`] does, on every place that the statement reads or writes, nested blocks
    /// included.
    pub fn readings(&self, f: &mut dyn FnMut(&Place, bool)) {
        match self {
            Stmt::Let { value, .. } => value.iter().for_each(|e| e.readings(f)),
            Stmt::Assign { place, value, .. } | Stmt::Update { place, value, .. } => {
                place.readings(f);
                value.readings(f);
            }
            Stmt::Call(call) => call.args.iter().for_each(|a| a.readings(f)),
            Stmt::If { cond, then, els, .. } => {
                cond.readings(f);
                then.readings(f);
                els.readings(f);
            }
            Stmt::For(l) => {
                l.lo.readings(f);
                l.hi.readings(f);
                l.step.iter().chain(&l.exit).for_each(|e| e.readings(f));
                l.body.readings(f);
            }
            Stmt::Loop(l) => {
                l.head.iter().for_each(|s| s.readings(f));
                l.cond.readings(f);
                l.exit.iter().for_each(|e| e.readings(f));
                l.body.readings(f);
            }
            Stmt::Swap { a, b, .. } => {
                a.readings(f);
                b.readings(f);
            }
            Stmt::Push { vec, value, .. } => {
                vec.readings(f);
                value.readings(f);
            }
            Stmt::Pop { vec, .. } => vec.readings(f),
            Stmt::Effect(o) => Expr::Opaque(o.clone()).readings(f),
            Stmt::Accumulate { shadow, value } => {
                shadow.readings(f);
                value.readings(f);
            }
            Stmt::Invoke { args, .. } => args.iter().for_each(|a| a.readings(f)),
            Stmt::Reverse { call, shadows, seed, .. } => {
                call.args.iter().chain(shadows).for_each(|a| a.readings(f));
                seed.readings(f);
            }
            Stmt::Mirror { then, els, .. } => {
                then.readings(f);
                els.readings(f);
            }
            Stmt::Restore { place, .. } => place.readings(f),
        }
    }

    /// The roots of all places read or written.
    pub fn roots(&self) -> Vec<VarId> {
        let mut out = Vec::new();
        self.places(&mut |p| out.extend(p.root_var()));
        out
    }

    /// Roots that the statement itself or anything nested in it writes.
    pub fn writes(&self, out: &mut Vec<VarId>) {
        match self {
            Stmt::Let { var, .. } => out.push(*var),
            Stmt::Assign { place, .. } | Stmt::Update { place, .. } => out.extend(place.root_var()),
            Stmt::Push { vec, .. } => out.extend(vec.root_var()),
            Stmt::Pop { var, vec, .. } => {
                out.push(*var);
                out.extend(vec.root_var());
            }
            Stmt::Call(call) => {
                out.push(call.result);
                out.extend(call.exclusive_roots());
            }
            Stmt::If { then, els, .. } => {
                then.stmts.iter().chain(&els.stmts).for_each(|s| s.writes(out));
            }
            Stmt::For(l) => {
                out.push(l.counter);
                out.extend(l.trips);
                l.body.stmts.iter().for_each(|s| s.writes(out));
            }
            Stmt::Loop(l) => {
                out.push(l.trips);
                l.head.iter().chain(&l.body.stmts).for_each(|s| s.writes(out));
            }
            Stmt::Swap { a, b, .. } => {
                out.extend(a.root_var());
                out.extend(b.root_var());
            }
            _ => {}
        }
    }

    /// The variable that this statement declares in its own scope.
    pub fn declares(&self, out: &mut Vec<VarId>) {
        match self {
            Stmt::Let { var, .. } | Stmt::Pop { var, .. } => out.push(*var),
            Stmt::Call(call) => {
                out.extend([call.result, call.back]);
                out.extend(call.saves.iter().filter_map(|(_, save)| match save {
                    super::Save::Clone(var) => Some(*var),
                    super::Save::Stack(_) => None,
                }));
            }
            Stmt::If { record, .. } => out.extend(*record),
            Stmt::For(l) => out.extend(l.trips),
            Stmt::Loop(l) => out.push(l.trips),
            Stmt::Assign { saved, .. } | Stmt::Update { saved, .. } => out.extend(*saved),
            _ => {}
        }
    }
}

impl super::Call {
    /// Roots of the arguments passed by exclusive reference.
    pub fn exclusive_roots(&self) -> impl Iterator<Item = VarId> + '_ {
        self.args.iter().filter_map(|a| match a {
            Expr::Ref { exclusive: true, place } => place.root_var(),
            _ => None,
        })
    }
}

impl Block {
    /// Calls `f` as [`Expr::readings`] does, on every place of the block.
    pub fn readings(&self, f: &mut dyn FnMut(&Place, bool)) {
        self.stmts.iter().for_each(|s| s.readings(f));
    }

    /// The variables that the block declares directly.
    pub fn locals(&self) -> Vec<VarId> {
        let mut out = Vec::new();
        self.stmts.iter().for_each(|s| s.declares(&mut out));
        out
    }

    /// The roots written anywhere inside.
    pub fn written(&self) -> Vec<VarId> {
        let mut out = Vec::new();
        self.stmts.iter().for_each(|s| s.writes(&mut out));
        out
    }
}
