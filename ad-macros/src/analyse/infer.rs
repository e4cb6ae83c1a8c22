//! Types of variables that the code does not state, from what is done with them.
//!
//! An operation whose result is a real scalar has real operands, and the other way round; an index is an
//! integer. A wrong guess cannot be silent: the plain arithmetic printed for a real would not compile on
//! anything else.

use crate::ir::{ArithOp, Block, Expr, Func, Place, Proj, Scalar, Stmt, Ty, UnOp, Variant};

/// Completes the types of variables and places.
pub fn infer(func: &mut Func) {
    let mut body = std::mem::take(&mut func.body);
    for _ in 0..8 {
        let mut changed = false;
        body.stmts.iter_mut().for_each(|s| s.places_mut(&mut |p| changed |= retype(func, p)));
        changed |= block(func, &body);
        if let (Some(Expr::Read(place)), true) = (&func.result, func.result_ty.is_real()) {
            let place = place.clone();
            changed |= learn_place(func, &place, &func.result_ty.clone());
        }
        if !changed {
            break;
        }
    }
    if let Some(result) = &mut func.result.take() {
        result.places_mut(&mut |p| {
            retype(func, p);
        });
        func.result = Some(result.clone());
    }
    normalise(&mut body);
    func.body = body;
}

/// `x *= e` of a scalar is `x = x * e`, now that scalars are known.
fn normalise(block: &mut Block) {
    for stmt in &mut block.stmts {
        if let Stmt::Update { place, op: op @ (ArithOp::Mul | ArithOp::Div | ArithOp::Rem), value, .. } = stmt
        {
            if place.ty.is_real() || place.ty.is_inert() {
                let old = Box::new(Expr::Read(place.clone()));
                let value = Expr::Arith(*op, old, Box::new(value.clone()));
                *stmt = Stmt::Assign { place: place.clone(), value, init: false, saved: None };
            }
        }
        stmt.blocks_mut().into_iter().for_each(normalise);
    }
}

fn retype(func: &Func, place: &mut Place) -> bool {
    if !matches!(place.ty, Ty::Unknown)
        && !matches!(&place.ty, Ty::Vec(t) | Ty::Array(t) | Ty::Slice(t) | Ty::Option(t) if matches!(**t, Ty::Unknown))
    {
        return false;
    }
    let Some(root) = place.root_var() else { return false };
    let mut ty = func.var(root).ty.clone();
    for proj in &place.proj {
        ty = match proj {
            Proj::Field(syn::Member::Unnamed(i)) => ty.component(i.index as usize),
            Proj::Field(_) => Ty::Unknown,
            Proj::Index(_) => ty.element(),
            Proj::Slice { .. } => Ty::Slice(Box::new(ty.element())),
            Proj::Payload(Variant::Some) => match ty {
                Ty::Option(t) => *t,
                _ => Ty::Unknown,
            },
            Proj::Payload(_) => Ty::Unknown,
            Proj::View { .. } => Ty::Matrix,
            Proj::AsArray { .. } => Ty::Array(Box::new(ty.element())),
        };
    }
    if same(&ty, &place.ty) {
        return false;
    }
    place.ty = ty;
    true
}

fn same(a: &Ty, b: &Ty) -> bool {
    a.to_string() == b.to_string()
}

fn block(func: &mut Func, block_: &Block) -> bool {
    let mut changed = false;
    for stmt in &block_.stmts {
        changed |= statement(func, stmt);
    }
    changed
}

fn statement(func: &mut Func, stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Let { var, value: Some(value) } => {
            let ty = type_of(value);
            let mut changed = learn(func, *var, &ty);
            let known = func.var(*var).ty.clone();
            changed |= expect(func, value, &known);
            changed
        }
        Stmt::Assign { place, value, .. } => {
            let ty = type_of(value);
            let mut changed = learn_place(func, place, &ty);
            let known = place_type(func, place);
            changed |= expect(func, value, &known);
            changed
        }
        Stmt::Update { place, value, op, .. } => {
            let ty = type_of(value);
            let linear = matches!(op, ArithOp::Add | ArithOp::Sub);
            let mut changed = linear && learn_place(func, place, &ty);
            let known = place_type(func, place);
            if linear || known.is_real() {
                changed |= expect(func, value, &known);
            }
            changed
        }
        Stmt::Push { vec, value, .. } => {
            let ty = type_of(value);
            let mut changed = false;
            if let (Some(var), false) = (vec.whole(), matches!(ty, Ty::Unknown)) {
                if matches!(&func.var(var).ty, Ty::Vec(t) if matches!(**t, Ty::Unknown)) {
                    func.var_mut(var).ty = Ty::Vec(Box::new(ty));
                    changed = true;
                }
            }
            let known = place_type(func, vec).element();
            changed | expect(func, value, &known)
        }
        Stmt::If { then, els, .. } => block(func, then) | block(func, els),
        Stmt::For(l) => block(func, &l.body),
        Stmt::Loop(l) => {
            let mut changed = block(func, &l.body);
            for s in &l.head {
                changed |= statement(func, s);
            }
            changed
        }
        _ => false,
    }
}

fn place_type(func: &Func, place: &Place) -> Ty {
    match place.whole() {
        Some(var) => func.var(var).ty.clone(),
        None => place.ty.clone(),
    }
}

/// Gives a variable of unknown type a type.
fn learn(func: &mut Func, var: crate::ir::VarId, ty: &Ty) -> bool {
    let info = func.var_mut(var);
    let open = matches!(info.ty, Ty::Unknown)
        || matches!((&info.ty, ty), (Ty::Vec(a), Ty::Vec(b)) | (Ty::Array(a), Ty::Array(b)) | (Ty::Option(a), Ty::Option(b)) if matches!(**a, Ty::Unknown) && !matches!(**b, Ty::Unknown));
    if !open || matches!(ty, Ty::Unknown) || same(&info.ty, ty) {
        return false;
    }
    info.ty = ty.clone();
    true
}

fn learn_place(func: &mut Func, place: &Place, ty: &Ty) -> bool {
    place.whole().is_some_and(|var| learn(func, var, ty))
}

/// What the type of a result says of the operands.
fn expect(func: &mut Func, value: &Expr, ty: &Ty) -> bool {
    match (value, ty) {
        (Expr::Read(place), ty) => learn_place(func, place, ty),
        (Expr::Arith(_, a, b), Ty::Real(_)) => expect(func, a, ty) | expect(func, b, ty),
        (Expr::Unary(UnOp::Neg, a), Ty::Real(_)) => expect(func, a, ty),
        (Expr::Scalar(name, args), Ty::Real(_)) => {
            let mut changed = false;
            for (i, a) in args.iter().enumerate() {
                if !(*name == "powi" && i == 1) {
                    changed |= expect(func, a, ty);
                }
            }
            changed
        }
        (Expr::Aggregate(crate::ir::Aggregate::Tuple, parts), Ty::Tuple(tys)) => {
            parts.iter().zip(tys).fold(false, |c, (p, t)| expect(func, p, t) | c)
        }
        (Expr::Aggregate(crate::ir::Aggregate::Array | crate::ir::Aggregate::Vec, parts), ty) => {
            let element = ty.element();
            parts.iter().fold(false, |c, p| expect(func, p, &element) | c)
        }
        (Expr::Aggregate(crate::ir::Aggregate::Variant(_), parts), Ty::Option(t)) => {
            parts.iter().fold(false, |c, p| expect(func, p, t) | c)
        }
        _ => false,
    }
}

/// The type of an expression, from the types of its parts.
pub fn type_of(expr: &Expr) -> Ty {
    match expr {
        Expr::Lit(syn::Lit::Float(f)) => match f.suffix() {
            "f32" => Ty::Real(Scalar::F32),
            "f64" => Ty::Real(Scalar::F64),
            _ => Ty::REAL,
        },
        Expr::Lit(syn::Lit::Int(i)) if i.suffix().starts_with('f') => Ty::REAL,
        Expr::Lit(syn::Lit::Int(_)) => Ty::Int,
        Expr::Lit(syn::Lit::Bool(_)) => Ty::Bool,
        Expr::Lit(_) => Ty::Inert,
        Expr::Real(_) => Ty::REAL,
        Expr::Path(path) if path.to_string().ends_with("None") => Ty::Option(Box::new(Ty::Unknown)),
        Expr::Read(p) | Expr::Clone(p) | Expr::MoveOut(p) => p.ty.clone(),
        Expr::Unary(_, e) => type_of(e),
        Expr::Arith(op, a, b) => match (type_of(a), type_of(b)) {
            (Ty::Int, _) | (_, Ty::Int) => Ty::Int,
            (Ty::Real(s), Ty::Real(r)) => Ty::Real(if s == Scalar::Any { r } else { s }),
            (Ty::Real(_), Ty::Unknown) | (Ty::Unknown, Ty::Real(_))
                if matches!(op, ArithOp::Add | ArithOp::Sub | ArithOp::Rem) =>
            {
                Ty::REAL
            }
            (Ty::Matrix, _) | (_, Ty::Matrix) => Ty::Matrix,
            _ => Ty::Unknown,
        },
        Expr::Logic(..) => Ty::Unknown,
        Expr::Cast(_, ty) => Ty::parse(ty, &[]),
        Expr::Scalar(_, args) => match args.first().map(type_of) {
            Some(Ty::Real(s)) => Ty::Real(s),
            _ => Ty::REAL,
        },
        Expr::Aggregate(crate::ir::Aggregate::Tuple, parts) => Ty::Tuple(parts.iter().map(type_of).collect()),
        Expr::Aggregate(crate::ir::Aggregate::Array, parts) => {
            Ty::Array(Box::new(parts.first().map_or(Ty::Unknown, type_of)))
        }
        Expr::Aggregate(crate::ir::Aggregate::Vec, parts) => {
            Ty::Vec(Box::new(parts.first().map_or(Ty::Unknown, type_of)))
        }
        Expr::Aggregate(crate::ir::Aggregate::Variant(Variant::Some), parts) => {
            Ty::Option(Box::new(parts.first().map_or(Ty::Unknown, type_of)))
        }
        Expr::Repeat { vec: true, elem, .. } => Ty::Vec(Box::new(type_of(elem))),
        Expr::Repeat { vec: false, elem, .. } => Ty::Array(Box::new(type_of(elem))),
        Expr::Unwrap { from, .. } => match type_of(from) {
            Ty::Option(t) => *t,
            _ => Ty::Unknown,
        },
        Expr::Select(_, a, _) => type_of(a),
        _ => Ty::Unknown,
    }
}
