//! Changing the representation in place.

use super::{Block, Expr, Place, Proj, Stmt};

impl Expr {
    /// Calls `f` on every direct subexpression.
    pub fn children_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match self {
            Expr::Lit(_) | Expr::Real(_) | Expr::Path(_) => {}
            Expr::Read(p)
            | Expr::Ref { place: p, .. }
            | Expr::Clone(p)
            | Expr::MoveOut(p)
            | Expr::Take(p)
            | Expr::ZeroLike(p) => {
                p.exprs_mut(f);
            }
            Expr::Convert { from, .. } => from.exprs_mut(f),
            Expr::RefTo(e) | Expr::Unary(_, e) | Expr::Cast(e, _) | Expr::Scratch(e) => f(e),
            Expr::Unwrap { from, .. } => f(from),
            Expr::Arith(_, a, b) | Expr::Logic(_, a, b) => {
                f(a);
                f(b);
            }
            Expr::Scalar(_, args)
            | Expr::Runtime(_, args)
            | Expr::Call { args, .. }
            | Expr::Aggregate(_, args) => {
                args.iter_mut().for_each(f);
            }
            Expr::Method { receiver, args, .. } => {
                f(receiver);
                args.iter_mut().for_each(f);
            }
            Expr::Range { lo, hi, .. } => lo.iter_mut().chain(hi).for_each(|e| f(e)),
            Expr::Repeat { elem, len, .. } => {
                f(elem);
                f(len);
            }
            Expr::Select(c, a, b) => {
                f(c);
                f(a);
                f(b);
            }
            Expr::Opaque(o) => {
                for p in o.uses.iter_mut().chain(o.binds.iter_mut().map(|(_, p)| p)) {
                    p.exprs_mut(f);
                }
            }
        }
    }

    /// Calls `f` on the place that this expression itself names, if any.
    pub fn place_mut(&mut self) -> Option<&mut Place> {
        match self {
            Expr::Read(p)
            | Expr::Ref { place: p, .. }
            | Expr::Clone(p)
            | Expr::MoveOut(p)
            | Expr::Take(p)
            | Expr::ZeroLike(p) => Some(p),
            Expr::Convert { from, .. } => Some(from),
            _ => None,
        }
    }

    /// Calls `f` on every place in this expression.
    pub fn places_mut(&mut self, f: &mut dyn FnMut(&mut Place)) {
        if let Some(p) = self.place_mut() {
            f(p);
        }
        if let Expr::Opaque(o) = self {
            o.uses.iter_mut().chain(o.binds.iter_mut().map(|(_, p)| p)).for_each(&mut *f);
        }
        self.children_mut(&mut |e| e.places_mut(f));
    }
}

impl Place {
    /// Calls `f` on the expressions in the indices.
    pub fn exprs_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        for proj in &mut self.proj {
            match proj {
                Proj::Index(e) => f(e),
                Proj::Slice { lo, hi } => lo.iter_mut().chain(hi).for_each(|e| f(e)),
                Proj::View { args, .. } => args.iter_mut().for_each(&mut *f),
                Proj::Field(_) | Proj::Payload(_) | Proj::AsArray { .. } => {}
            }
        }
    }
}

impl Stmt {
    /// Calls `f` on every expression of the statement itself, not of nested blocks.
    pub fn exprs_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match self {
            Stmt::Let { value, .. } => value.iter_mut().for_each(f),
            Stmt::Assign { place, value, .. }
            | Stmt::Update { place, value, .. }
            | Stmt::Push { vec: place, value, .. } => {
                place.exprs_mut(f);
                f(value);
            }
            Stmt::Accumulate { shadow, value } => {
                shadow.exprs_mut(f);
                f(value);
            }
            Stmt::Call(call) => call.args.iter_mut().for_each(f),
            Stmt::If { cond, .. } => f(cond),
            Stmt::For(l) => {
                f(&mut l.lo);
                f(&mut l.hi);
                l.step.iter_mut().chain(&mut l.exit).for_each(f);
            }
            Stmt::Loop(l) => {
                f(&mut l.cond);
                l.exit.iter_mut().for_each(f);
            }
            Stmt::Swap { a, b, .. } => {
                a.exprs_mut(f);
                b.exprs_mut(f);
            }
            Stmt::Pop { vec, .. } => vec.exprs_mut(f),
            Stmt::Effect(o) => {
                for p in o.uses.iter_mut().chain(o.binds.iter_mut().map(|(_, p)| p)) {
                    p.exprs_mut(f);
                }
            }
            Stmt::Invoke { args, .. } => args.iter_mut().for_each(f),
            Stmt::Reverse { call, shadows, seed, .. } => {
                call.args.iter_mut().chain(shadows).for_each(&mut *f);
                f(seed);
            }
            Stmt::Restore { place, .. } => place.exprs_mut(f),
            Stmt::Mirror { .. } => {}
        }
    }

    /// The blocks nested in the statement.
    pub fn blocks_mut(&mut self) -> Vec<&mut Block> {
        match self {
            Stmt::If { then, els, .. } | Stmt::Mirror { then, els, .. } => vec![then, els],
            Stmt::For(l) => vec![&mut l.body],
            Stmt::Loop(l) => vec![&mut l.body],
            _ => Vec::new(),
        }
    }

    /// Calls `f` on every place of the statement, nested blocks included.
    pub fn places_mut(&mut self, f: &mut dyn FnMut(&mut Place)) {
        match self {
            Stmt::Assign { place, .. }
            | Stmt::Update { place, .. }
            | Stmt::Push { vec: place, .. }
            | Stmt::Pop { vec: place, .. } => f(place),
            Stmt::Accumulate { shadow, .. } | Stmt::Restore { place: shadow, .. } => f(shadow),
            Stmt::Swap { a, b, .. } => {
                f(a);
                f(b);
            }
            Stmt::Effect(o) => o.uses.iter_mut().chain(o.binds.iter_mut().map(|(_, p)| p)).for_each(&mut *f),
            _ => {}
        }
        self.exprs_mut(&mut |e| e.places_mut(f));
        if let Stmt::Loop(l) = self {
            l.head.iter_mut().for_each(|s| s.places_mut(f));
        }
        for block in self.blocks_mut() {
            block.stmts.iter_mut().for_each(|s| s.places_mut(f));
        }
    }
}
