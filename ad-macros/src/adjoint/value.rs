//! Cotangents of operands from the cotangent of a value: the rules of expressions.

use super::{Reverse, State};
use crate::ir::{Aggregate, ArithOp, Expr, Place, Proj, Stmt, Ty, UnOp, Variant};
use crate::rules;

impl Reverse<'_> {
    /// Adds to the shadows of the operands of `value`, whose cotangent is the contents of `seed`.
    pub(super) fn value(&mut self, out: &mut Vec<Stmt>, value: &Expr, seed: Place, result: Option<Place>) {
        let real = seed.ty.is_real();
        match value {
            Expr::Read(place) | Expr::MoveOut(place) | Expr::Clone(place) => {
                self.add_from(out, place, &seed, true)
            }
            Expr::Convert { from, .. } => {
                if let (Some(shadow), Some(root)) = (self.shadow(from), from.root_var()) {
                    self.declare(out, root);
                    let args = vec![
                        Expr::Ref { exclusive: true, place: all(&shadow) },
                        Expr::Ref { exclusive: false, place: all(&seed) },
                    ];
                    out.push(Stmt::Invoke { func: "accumulate_slice".into(), args });
                }
            }
            Expr::Unary(UnOp::Neg, a) if real => self.partial(out, a, rules::num(-1.0), &seed),
            Expr::Unary(UnOp::Neg, a) => self.operator(out, "neg_lhs", &[a], 0, &seed),
            Expr::Arith(op, a, b) if real => {
                let result = result.map_or_else(|| value.clone(), Expr::Read);
                self.arith(out, *op, [&**a, &**b], &result, &seed);
            }
            Expr::Arith(op, a, b) => {
                let name = op_name(*op);
                self.operator(out, &format!("{name}_lhs"), &[a, b], 0, &seed);
                self.operator(out, &format!("{name}_rhs"), &[a, b], 1, &seed);
            }
            Expr::Scalar(name, args) => {
                let Some(rule) = rules::find(name) else { return };
                let result = result.map_or_else(|| value.clone(), Expr::Read);
                let partials = (rule.partials)(args, &result);
                for (arg, partial) in args.iter().zip(partials) {
                    if let Some(partial) = partial {
                        self.partial(out, arg, partial, &seed);
                    }
                }
            }
            Expr::Cast(a, _) => self.cast(out, a, &seed),
            Expr::Aggregate(kind, parts) => self.aggregate(out, kind, parts, &seed),
            Expr::Repeat { elem, .. } => {
                if let Expr::Read(place) = &**elem {
                    let entries = Expr::Ref { exclusive: false, place: all(&seed) };
                    let sum = Expr::Runtime("sum_entries", vec![entries]);
                    if place.ty.is_real() {
                        self.add(out, place, sum);
                    } else if let (Some(shadow), Some(root)) = (self.shadow(place), place.root_var()) {
                        self.declare(out, root);
                        let args = vec![
                            Expr::Ref { exclusive: true, place: shadow },
                            Expr::Ref { exclusive: false, place: all(&seed) },
                        ];
                        out.push(Stmt::Invoke { func: "accumulate_entries".into(), args });
                    }
                }
            }
            Expr::Unwrap { from, variant, .. } => self.unwrap(out, from, *variant, &seed),
            _ => {}
        }
    }

    /// `shadow(arg) += seed * partial`
    fn partial(&mut self, out: &mut Vec<Stmt>, arg: &Expr, partial: Expr, seed: &Place) {
        if let Expr::Read(place) = arg {
            let value = rules::times(Expr::Read(seed.clone()), partial);
            self.add(out, place, value);
        }
    }

    fn arith(&mut self, out: &mut Vec<Stmt>, op: ArithOp, [a, b]: [&Expr; 2], result: &Expr, seed: &Place) {
        let square = op == ArithOp::Mul && same_place(a, b);
        if square {
            self.partial(out, a, rules::mul(rules::num(2.0), a), seed);
            return;
        }
        let [da, db] = rules::arith(op, a, b, result);
        self.partial(out, a, da, seed);
        self.partial(out, b, db, seed);
    }

    /// A rule of the runtime for an operand of an operator on something else than scalars.
    fn operator(&mut self, out: &mut Vec<Stmt>, name: &str, operands: &[&Expr], which: usize, seed: &Place) {
        let Expr::Read(place) = operands[which] else { return };
        let (Some(shadow), Some(root)) = (self.shadow(place), place.root_var()) else { return };
        self.declare(out, root);
        let mut args: Vec<Expr> = operands.iter().map(|e| borrowed(e)).collect();
        args.push(Expr::Ref { exclusive: false, place: seed.clone() });
        args.push(Expr::Ref { exclusive: true, place: shadow });
        out.push(Stmt::Invoke { func: format!("ops::{name}"), args });
    }

    fn cast(&mut self, out: &mut Vec<Stmt>, a: &Expr, seed: &Place) {
        let Expr::Read(place) = a else { return };
        let (Some(shadow), Some(root)) = (self.shadow(place), place.root_var()) else { return };
        self.declare(out, root);
        let args = vec![Expr::Ref { exclusive: true, place: shadow }, Expr::Read(seed.clone())];
        out.push(Stmt::Invoke { func: "accumulate_cast".into(), args });
    }

    fn aggregate(&mut self, out: &mut Vec<Stmt>, kind: &Aggregate, parts: &[Expr], seed: &Place) {
        let with_base = matches!(kind, Aggregate::Struct { base: true, .. });
        for (i, part) in parts.iter().enumerate() {
            let Expr::Read(place) = part else {
                if let (true, Aggregate::Struct { members, .. }) = (with_base, kind) {
                    self.clear_member(out, seed, members.get(i));
                }
                continue;
            };
            let proj = match kind {
                Aggregate::Tuple | Aggregate::TupleStruct { .. } => Proj::Field(i.into()),
                Aggregate::Array | Aggregate::Vec => Proj::Index(Box::new(rules::int_lit(i as i64))),
                Aggregate::Struct { members, .. } => match members.get(i) {
                    Some(member) => Proj::Field(member.clone()),
                    // What is left of the cotangent belongs to the base.
                    None => {
                        self.add_from(out, place, seed, false);
                        continue;
                    }
                },
                Aggregate::Variant(variant) => Proj::Payload(*variant),
            };
            let ty = place.ty.clone();
            let source = seed.then(proj, ty);
            self.add_from(out, place, &source, false);
            if let (true, Aggregate::Struct { members, .. }) = (with_base, kind) {
                self.clear_member(out, seed, members.get(i));
            }
        }
    }

    /// A field given by its own value takes nothing from the base.
    fn clear_member(&mut self, out: &mut Vec<Stmt>, seed: &Place, member: Option<&syn::Member>) {
        if let Some(member) = member {
            let place = seed.then(Proj::Field(member.clone()), Ty::Unknown);
            out.push(Stmt::Invoke {
                func: "set_zero".into(),
                args: vec![Expr::Ref { exclusive: true, place }],
            });
        }
    }

    fn unwrap(&mut self, out: &mut Vec<Stmt>, from: &Expr, variant: Variant, seed: &Place) {
        let (Expr::Read(place) | Expr::Clone(place)) = from else { return };
        let (Some(shadow), Some(root)) = (self.shadow(place), place.root_var()) else { return };
        if place.proj.is_empty() && self.state_of(root) == State::Undeclared && variant == Variant::Some {
            if let Some(var) = shadow.root_var() {
                let seed = Expr::Read(seed.clone());
                let value = match place.ty {
                    Ty::Option(_) => Expr::Aggregate(Aggregate::Variant(variant), vec![seed]),
                    _ => Expr::Runtime("wrapped", vec![seed]),
                };
                out.push(Stmt::Let { var, value: Some(value) });
                self.state.insert(root, State::Current);
                return;
            }
        }
        self.declare(out, root);
        let payload = shadow.then(Proj::Payload(variant), seed.ty.clone());
        out.push(Stmt::Accumulate {
            shadow: payload,
            value: Expr::Ref { exclusive: false, place: seed.clone() },
        });
    }
}

/// All elements of a sequence, as a slice.
fn all(place: &Place) -> Place {
    place.then(Proj::Slice { lo: None, hi: None }, Ty::Unknown)
}

/// An operand as an argument of a rule.
pub(super) fn borrowed(e: &Expr) -> Expr {
    match e {
        Expr::Read(place) => Expr::Ref { exclusive: false, place: place.clone() },
        e => Expr::RefTo(Box::new(e.clone())),
    }
}

pub(super) fn op_name(op: ArithOp) -> &'static str {
    match op {
        ArithOp::Add => "add",
        ArithOp::Sub => "sub",
        ArithOp::Mul => "mul",
        ArithOp::Div => "div",
        ArithOp::Rem => "rem",
    }
}

fn same_place(a: &Expr, b: &Expr) -> bool {
    match (a, b) {
        (Expr::Read(a), Expr::Read(b)) => a.to_string() == b.to_string(),
        _ => false,
    }
}
