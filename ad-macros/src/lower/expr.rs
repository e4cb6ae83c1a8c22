//! Expressions.

use super::pattern::{static_place, Bindings};
use super::{control, Lowerer, Val};
use crate::ir::{Aggregate, ArithOp, Expr, Place, Proj, Scalar, Ty, UnOp};
use proc_macro2::Span;
use quote::{quote, ToTokens};
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// Lowers an expression; statements it needs go to the current list.
    pub(super) fn expr(&mut self, e: &syn::Expr, expect: Option<&Ty>) -> Val {
        if let syn::Expr::ForLoop(syn::ExprForLoop { attrs, .. })
        | syn::Expr::While(syn::ExprWhile { attrs, .. })
        | syn::Expr::Loop(syn::ExprLoop { attrs, .. })
        | syn::Expr::Block(syn::ExprBlock { attrs, .. }) = e
        {
            for attr in attrs.iter().filter(|a| crate::attributes::is(a, "no_grad")) {
                self.errors.at(
                    attr,
                    "`#[no_grad]` goes on a function, a parameter or a `let`",
                    "bind the result by `#[no_grad] let`",
                );
            }
        }
        match e {
            syn::Expr::Lit(l) => literal(&l.lit),
            syn::Expr::Path(p) => self.path(p, expect),
            syn::Expr::Paren(p) => self.expr(&p.expr, expect),
            syn::Expr::Group(g) => self.expr(&g.expr, expect),
            syn::Expr::Unary(u) => self.unary(u, expect),
            syn::Expr::Binary(b) => self.binary(b, expect),
            syn::Expr::Cast(c) => self.cast(c),
            syn::Expr::Block(b) => match &b.label {
                Some(label) => self.labelled_block(&label.name, &b.block, expect),
                None => self.scoped(|l| l.stmts(&b.block.stmts, expect)),
            },
            syn::Expr::If(i) => self.if_expr(i, expect),
            syn::Expr::Match(m) => self.match_expr(m, expect),
            syn::Expr::While(w) => self.while_expr(w),
            syn::Expr::Loop(l) => self.loop_expr(l, expect),
            syn::Expr::ForLoop(f) => self.for_expr(f),
            syn::Expr::Break(b) => self.break_expr(b),
            syn::Expr::Continue(c) => self.continue_expr(c),
            syn::Expr::Return(r) => self.return_expr(r),
            syn::Expr::Try(t) => self.try_expr(t),
            syn::Expr::Assign(a) => self.assign(&a.left, &a.right),
            syn::Expr::Index(i) => self.index(i),
            syn::Expr::Field(f) => self.field(f),
            syn::Expr::MethodCall(m) => self.method_call(m, expect),
            syn::Expr::Call(c) => self.call(c, expect),
            syn::Expr::Macro(m) => self.macro_call(&m.mac),
            syn::Expr::Closure(c) => self.closure(c),
            syn::Expr::Tuple(t) => {
                if t.elems.is_empty() {
                    return Val::Unit;
                }
                let vals = t
                    .elems
                    .iter()
                    .enumerate()
                    .map(|(i, e)| {
                        let ty = expect.map(|t| t.component(i));
                        let val = self.expr(e, ty.as_ref());
                        self.held(val, t.elems.iter().skip(i + 1), e.span())
                    })
                    .collect();
                Val::Tuple(vals)
            }
            syn::Expr::Array(a) => self.array(a, expect),
            syn::Expr::Repeat(r) => self.repeat(&r.expr, &r.len, false, expect),
            syn::Expr::Struct(s) => self.struct_literal(s),
            syn::Expr::Reference(r) => self.reference(r),
            syn::Expr::Range(r) => self.range(r),
            syn::Expr::Let(_) => {
                let (cond, bindings) = self.condition(e);
                self.bind_all(&bindings);
                Val::Expr(cond, Ty::Bool)
            }
            syn::Expr::Unsafe(u) => self.unsupported(
                u.unsafe_token,
                "`unsafe` code",
                "use safe indexing, or put it behind a function with `#[custom_adjoint(…)]`",
            ),
            syn::Expr::Async(a) => self.unsupported(
                a.async_token,
                "`async` code",
                "compute in a plain function and await around it",
            ),
            syn::Expr::Await(a) => {
                self.unsupported(a.await_token, "`.await`", "await outside and pass the value in")
            }
            syn::Expr::RawAddr(r) => self.unsupported(r, "a raw pointer", "take a reference"),
            syn::Expr::Const(c) => Val::Expr(Expr::Path(c.to_token_stream()), Ty::Unknown),
            other => self.unsupported(
                other,
                "this expression",
                "write it with the language listed in the documentation of `#[differentiate]`",
            ),
        }
    }

    /// A value that must not change while the expressions behind it are evaluated.
    pub(super) fn held<'a>(
        &mut self,
        val: Val,
        mut later: impl Iterator<Item = &'a syn::Expr>,
        span: Span,
    ) -> Val {
        let changes = later.any(control::has_effect);
        if changes {
            self.settled(val, span)
        } else {
            val
        }
    }

    /// The value in a variable of its own where a later statement could change it.
    pub(super) fn settled(&mut self, val: Val, span: Span) -> Val {
        match val {
            Val::Place(place)
                if !self.is_stable(&Expr::Read(place.clone()))
                    && (place.ty.is_copy() || !place.proj.is_empty()) =>
            {
                let ty = place.ty.clone();
                Val::Place(self.store(None, Expr::Read(place), ty, span))
            }
            Val::Expr(expr, ty) if !self.is_stable(&expr) => Val::Place(self.store(None, expr, ty, span)),
            val => val,
        }
    }

    fn path(&mut self, p: &syn::ExprPath, expect: Option<&Ty>) -> Val {
        if p.qself.is_none() {
            if let Some(ident) = p.path.get_ident() {
                let name = ident.to_string();
                if let Some(val) = self.lookup(&crate::names::key(ident)) {
                    return val.clone();
                }
                if self.consts.contains(&name) {
                    return Val::Expr(Expr::Path(ident.to_token_stream()), Ty::Int);
                }
                if name == "None" {
                    let ty = expect.cloned().unwrap_or(Ty::Option(Box::new(Ty::Unknown)));
                    return Val::Expr(Expr::Path(ident.to_token_stream()), ty);
                }
            }
        }
        let ty = constant_type(p, expect, &self.reals);
        let place = static_place(p.to_token_stream(), ty.clone());
        if ty.is_real() || ty.is_inert() {
            return Val::Expr(Expr::Path(p.to_token_stream()), ty);
        }
        Val::Place(place)
    }

    fn unary(&mut self, u: &syn::ExprUnary, expect: Option<&Ty>) -> Val {
        match u.op {
            syn::UnOp::Deref(_) => match self.expr(&u.expr, expect) {
                Val::Ref { place, .. } | Val::Place(place) => Val::Place(place),
                val => val,
            },
            syn::UnOp::Neg(_) => {
                let val = self.expr(&u.expr, expect);
                let (e, ty) = self.atom(val, u.span());
                Val::Expr(Expr::Unary(UnOp::Neg, Box::new(e)), ty)
            }
            _ => {
                let val = self.expr(&u.expr, expect);
                let (e, ty) = self.inert(val, u.span());
                Val::Expr(
                    Expr::Unary(UnOp::Not, Box::new(e)),
                    if matches!(ty, Ty::Int) { Ty::Int } else { Ty::Bool },
                )
            }
        }
    }

    /// An operand of something that carries no derivative: trees are kept.
    pub(super) fn inert(&mut self, val: Val, span: Span) -> (Expr, Ty) {
        let (expr, ty) = self.read(val, span);
        if super::is_simple(&expr) || matches!(expr, Expr::Opaque(_)) {
            return (expr, ty);
        }
        self.atom(Val::Expr(expr, ty), span)
    }

    /// An index, bound or count.
    pub(super) fn int_expr(&mut self, e: &syn::Expr) -> Expr {
        let val = self.expr(e, Some(&Ty::Int));
        let (expr, _) = self.inert(val, e.span());
        self.learn_int(&expr);
        expr
    }

    /// Variables in an index are integers.
    pub(super) fn learn_int(&mut self, expr: &Expr) {
        match expr {
            Expr::Read(place) => {
                if let Some(var) = place.whole() {
                    let info = self.func.var_mut(var);
                    if matches!(info.ty, Ty::Unknown) {
                        info.ty = Ty::Int;
                    }
                }
            }
            Expr::Arith(_, a, b) => {
                self.learn_int(a);
                self.learn_int(b);
            }
            Expr::Range { lo, hi, .. } => lo.iter().chain(hi).for_each(|e| self.learn_int(e)),
            _ => {}
        }
    }

    pub(super) fn bool_expr(&mut self, e: &syn::Expr) -> Expr {
        let val = self.expr(e, Some(&Ty::Bool));
        self.inert(val, e.span()).0
    }

    fn binary(&mut self, b: &syn::ExprBinary, expect: Option<&Ty>) -> Val {
        use syn::BinOp;
        let span = b.op.span();
        match b.op {
            BinOp::And(_) | BinOp::Or(_) => {
                let first = self.bool_expr(&b.left);
                let value =
                    self.short_circuit(first, matches!(b.op, BinOp::And(_)), span, |l| l.bool_expr(&b.right));
                Val::Expr(value, Ty::Bool)
            }
            BinOp::AddAssign(_) => self.update(ArithOp::Add, &b.left, &b.right),
            BinOp::SubAssign(_) => self.update(ArithOp::Sub, &b.left, &b.right),
            BinOp::MulAssign(_) => self.update(ArithOp::Mul, &b.left, &b.right),
            BinOp::DivAssign(_) => self.update(ArithOp::Div, &b.left, &b.right),
            BinOp::RemAssign(_) => self.update(ArithOp::Rem, &b.left, &b.right),
            BinOp::BitXorAssign(_) => self.bit_update(b, BinOp::BitXor(Default::default())),
            BinOp::BitAndAssign(_) => self.bit_update(b, BinOp::BitAnd(Default::default())),
            BinOp::BitOrAssign(_) => self.bit_update(b, BinOp::BitOr(Default::default())),
            BinOp::ShlAssign(_) => self.bit_update(b, BinOp::Shl(Default::default())),
            BinOp::ShrAssign(_) => self.bit_update(b, BinOp::Shr(Default::default())),
            BinOp::Add(_) => self.arith(ArithOp::Add, b, expect),
            BinOp::Sub(_) => self.arith(ArithOp::Sub, b, expect),
            BinOp::Mul(_) => self.arith(ArithOp::Mul, b, expect),
            BinOp::Div(_) => self.arith(ArithOp::Div, b, expect),
            BinOp::Rem(_) => self.arith(ArithOp::Rem, b, expect),
            op => {
                let left = self.expr(&b.left, None);
                let left = self.held(left, std::iter::once(&*b.right), b.left.span());
                let (left, lty) = self.inert(left, b.left.span());
                let right = self.expr(&b.right, Some(&lty));
                let (right, rty) = self.inert(right, b.right.span());
                let comparison = matches!(
                    op,
                    BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
                );
                let ty = match (comparison, &lty, &rty) {
                    (true, ..) | (_, Ty::Bool, _) | (_, _, Ty::Bool) => Ty::Bool,
                    _ => Ty::Int,
                };
                Val::Expr(Expr::Logic(op, Box::new(left), Box::new(right)), ty)
            }
        }
    }

    fn bit_update(&mut self, b: &syn::ExprBinary, op: syn::BinOp) -> Val {
        let right = self.expr(&b.right, None);
        let (right, ty) = self.inert(right, b.right.span());
        if let Val::Place(place) | Val::Ref { place, .. } = self.expr(&b.left, None) {
            let place = self.pin(place, b.span());
            let value = Expr::Logic(op, Box::new(Expr::Read(place.clone())), Box::new(right));
            self.write(place, value, &ty);
        }
        Val::Unit
    }

    fn arith(&mut self, op: ArithOp, b: &syn::ExprBinary, expect: Option<&Ty>) -> Val {
        let wanted = expect.filter(|t| t.is_real() || matches!(t, Ty::Int));
        let left = self.expr(&b.left, wanted);
        let left = match left {
            // An operation has atoms for operands: its own value is named before the other side runs.
            Val::Expr(..) => {
                let (e, ty) = self.atom(left, b.left.span());
                Val::Expr(e, ty)
            }
            left => left,
        };
        let left = self.held(left, std::iter::once(&*b.right), b.left.span());
        let right = self.expr(&b.right, wanted);
        if matches!(left, Val::Never) || matches!(right, Val::Never) {
            return Val::Never;
        }
        let (left, lty) = self.atom(left, b.left.span());
        let (right, rty) = self.atom(right, b.right.span());
        let ty = match (&lty, &rty) {
            (Ty::Int, _) | (_, Ty::Int) => Ty::Int,
            (Ty::Real(s), Ty::Real(r)) => Ty::Real(if *s == Scalar::Any { *r } else { *s }),
            (Ty::Real(_), Ty::Unknown) | (Ty::Unknown, Ty::Real(_)) | (Ty::Unknown, Ty::Unknown)
                if wanted.is_some_and(Ty::is_real) =>
            {
                wanted.cloned().unwrap_or(Ty::REAL)
            }
            (Ty::Real(_), Ty::Unknown) | (Ty::Unknown, Ty::Real(_))
                if matches!(op, ArithOp::Add | ArithOp::Sub | ArithOp::Rem) =>
            {
                Ty::REAL
            }
            (Ty::Matrix, _) | (_, Ty::Matrix) => Ty::Matrix,
            _ => Ty::Unknown,
        };
        Val::Expr(Expr::Arith(op, Box::new(left), Box::new(right)), ty)
    }

    fn cast(&mut self, c: &syn::ExprCast) -> Val {
        let ty = Ty::parse(&c.ty, &self.reals);
        let val = self.expr(&c.expr, None);
        let (e, _) = if ty.is_real() && !matches!(val, Val::Expr(_, Ty::Int)) {
            self.atom(val, c.span())
        } else {
            self.inert(val, c.span())
        };
        let expr = Expr::Cast(Box::new(e), (*c.ty).clone());
        Val::Expr(expr, ty)
    }

    fn index(&mut self, i: &syn::ExprIndex) -> Val {
        let base = self.expr(&i.expr, None);
        let base = match base {
            Val::Tuple(_) | Val::Expr(..) => Val::Place(self.place(base, i.expr.span())),
            base => base,
        };
        let place = match base {
            Val::Place(place) | Val::Ref { place, .. } => place,
            Val::Never => return Val::Never,
            _ => return self.unsupported(&i.expr, "indexing this", "bind the sequence by `let` first"),
        };
        match &*i.index {
            syn::Expr::Range(r) => {
                let Val::Range { lo, hi, inclusive } = self.range(r) else { return Val::Never };
                Val::Place(self.sub_slice(place, lo, hi, inclusive, i.span()))
            }
            index => {
                let val = self.expr(index, Some(&Ty::Int));
                if let Val::Range { lo, hi, inclusive } = val {
                    return Val::Place(self.sub_slice(place, lo, hi, inclusive, i.span()));
                }
                let (index, _) = self.inert(val, index.span());
                self.learn_int(&index);
                let ty = match &index {
                    Expr::Aggregate(Aggregate::Tuple, _) => Ty::Real(Scalar::Any),
                    _ => place.ty.element(),
                };
                Val::Place(place.then(Proj::Index(Box::new(index)), ty))
            }
        }
    }

    /// `place[lo..hi]`
    pub(super) fn sub_slice(
        &mut self,
        place: Place,
        lo: Option<Expr>,
        hi: Option<Expr>,
        inclusive: bool,
        span: Span,
    ) -> Place {
        let ty = Ty::Slice(Box::new(place.ty.element()));
        let lo = lo.map(|e| Box::new(self.stable(e, span)));
        let hi = hi.map(|e| {
            let e = if inclusive { control::int(ArithOp::Add, e, crate::rules::int_lit(1)) } else { e };
            Box::new(self.stable(e, span))
        });
        match (&lo, &hi) {
            (None, None) => place,
            _ => place.then(Proj::Slice { lo, hi }, ty),
        }
    }

    fn field(&mut self, f: &syn::ExprField) -> Val {
        let base = self.expr(&f.base, None);
        match (base, &f.member) {
            (Val::Tuple(vals), syn::Member::Unnamed(i)) => {
                vals.get(i.index as usize).cloned().unwrap_or(Val::Unit)
            }
            (Val::Never, _) => Val::Never,
            (base, member) => {
                let place = self.place(base, f.base.span());
                let ty = match member {
                    syn::Member::Unnamed(i) => place.ty.component(i.index as usize),
                    syn::Member::Named(n)
                        if matches!(place.ty, Ty::Matrix)
                            && matches!(n.to_string().as_str(), "x" | "y" | "z" | "w") =>
                    {
                        return Val::Place(place.then(
                            Proj::Index(Box::new(crate::rules::int_lit(
                                "xyzw".find(&n.to_string()).unwrap_or(0) as i64,
                            ))),
                            Ty::REAL,
                        ));
                    }
                    syn::Member::Named(_) => Ty::Unknown,
                };
                Val::Place(place.then(Proj::Field(member.clone()), ty))
            }
        }
    }

    fn array(&mut self, a: &syn::ExprArray, expect: Option<&Ty>) -> Val {
        let element = expect.map(Ty::element);
        let mut ty = Ty::Unknown;
        let mut parts = Vec::new();
        for (i, e) in a.elems.iter().enumerate() {
            let val = self.expr(e, element.as_ref());
            if let Val::Ref { place, .. } = &val {
                if !place.ty.is_copy() {
                    self.errors.at(
                        e,
                        "an array of references cannot be differentiated",
                        "use the values where they are needed, or copy them into the array",
                    );
                }
            }
            let val = self.held(val, a.elems.iter().skip(i + 1), e.span());
            let (part, t) = self.atom(val, e.span());
            if matches!(ty, Ty::Unknown) {
                ty = t;
            }
            parts.push(part);
        }
        if let (Ty::Unknown, Some(t)) = (&ty, element) {
            ty = t;
        }
        Val::Expr(Expr::Aggregate(Aggregate::Array, parts), Ty::Array(Box::new(ty)))
    }

    /// `[elem; len]` or `vec![elem; len]`
    pub(super) fn repeat(
        &mut self,
        elem: &syn::Expr,
        len: &syn::Expr,
        vec: bool,
        expect: Option<&Ty>,
    ) -> Val {
        let element = expect.map(Ty::element);
        let val = self.expr(elem, element.as_ref());
        let (e, mut ty) = self.read(val, elem.span());
        let e = if super::is_atom(&e) || is_constant_value(&e) {
            e
        } else {
            self.atom(Val::Expr(e, ty.clone()), elem.span()).0
        };
        if let (Ty::Unknown, Some(t)) = (&ty, element) {
            ty = t;
        }
        let len = if vec {
            let n = self.int_expr(len);
            self.stable(n, len.span())
        } else {
            Expr::Path(len.to_token_stream())
        };
        let whole = if vec { Ty::Vec(Box::new(ty)) } else { Ty::Array(Box::new(ty)) };
        Val::Expr(Expr::Repeat { vec, elem: Box::new(e), len: Box::new(len) }, whole)
    }

    fn struct_literal(&mut self, s: &syn::ExprStruct) -> Val {
        let mut members = Vec::new();
        let mut parts = Vec::new();
        for (i, f) in s.fields.iter().enumerate() {
            let val = self.expr(&f.expr, None);
            let later = s.fields.iter().skip(i + 1).map(|f| &f.expr);
            let val = self.held(val, later, f.expr.span());
            if let Val::Ref { place, .. } = &val {
                if !place.ty.is_copy() {
                    self.errors.at(
                        &f.expr,
                        "a struct that holds a reference cannot be differentiated",
                        "store a value: `.clone()`, `.to_vec()`",
                    );
                }
            }
            let (part, _) = self.atom(val, f.expr.span());
            members.push(f.member.clone());
            parts.push(part);
        }
        let base = s.rest.is_some();
        if let Some(rest) = &s.rest {
            let val = self.expr(rest, None);
            let place = self.place(val, rest.span());
            parts.push(Expr::Read(place));
        }
        let name = s.path.to_token_stream().to_string();
        let kind = Aggregate::Struct { path: s.path.clone(), members, base };
        Val::Expr(Expr::Aggregate(kind, parts), Ty::Named(name))
    }

    fn reference(&mut self, r: &syn::ExprReference) -> Val {
        let exclusive = r.mutability.is_some();
        match self.expr(&r.expr, None) {
            Val::Place(place) | Val::Ref { place, .. } => {
                let place = self.pin(place, r.span());
                Val::Ref { place, exclusive }
            }
            val @ (Val::Iter(_) | Val::Closure(_) | Val::Range { .. } | Val::Never) => val,
            val => {
                let place = self.place(val, r.span());
                Val::Ref { place, exclusive }
            }
        }
    }

    pub(super) fn range(&mut self, r: &syn::ExprRange) -> Val {
        let lo = r.start.as_ref().map(|e| self.int_expr(e));
        let hi = r.end.as_ref().map(|e| self.int_expr(e));
        Val::Range { lo, hi, inclusive: matches!(r.limits, syn::RangeLimits::Closed(_)) }
    }

    /// A condition, with the patterns that hold where it does.
    pub(super) fn condition<'a>(&mut self, e: &'a syn::Expr) -> (Expr, Bindings<'a>) {
        match e {
            syn::Expr::Let(l) => {
                let val = self.expr(&l.expr, None);
                let val = self.scrutinee(val, l.expr.span());
                let test = self.pattern_test(&l.pat, &val).unwrap_or(Expr::Path(quote!(true)));
                (test, vec![(&*l.pat, val)])
            }
            syn::Expr::Binary(b) if matches!(b.op, syn::BinOp::And(_)) && control::contains_let(e) => {
                let (first, mut bindings) = self.condition(&b.left);
                let first = self.cond(first, b.left.span());
                let mut more = Vec::new();
                let earlier = bindings.clone();
                let test = self.conjunction(first.clone(), b.span(), |l| {
                    l.bind_all(&earlier);
                    let (second, found) = l.condition(&b.right);
                    more = found;
                    second
                });
                bindings.append(&mut more);
                (test, bindings)
            }
            syn::Expr::Paren(p) => self.condition(&p.expr),
            e => (self.bool_expr(e), Vec::new()),
        }
    }

    /// Reads a `Maybe` as an `Option` of its value.
    pub(super) fn maybe_value(&mut self, val: Val, span: Span) -> (Expr, Ty) {
        let Val::Maybe { present, some } = val else { return self.read(val, span) };
        let some_val = *some;
        let cond = self.cond(present, span);
        let arms: Vec<control::Arm> = vec![
            Box::new(move |l: &mut Lowerer| {
                let (atom, ty) = l.atom(some_val, span);
                Val::Expr(
                    Expr::Aggregate(Aggregate::Variant(crate::ir::Variant::Some), vec![atom]),
                    Ty::Option(Box::new(ty)),
                )
            }),
            Box::new(|_: &mut Lowerer| {
                Val::Expr(Expr::Path(quote!(::core::option::Option::None)), Ty::Option(Box::new(Ty::Unknown)))
            }),
        ];
        let val = self.branch(vec![cond], arms, None, span);
        self.read(val, span)
    }
}

fn literal(lit: &syn::Lit) -> Val {
    let ty = match lit {
        syn::Lit::Float(f) => match f.suffix() {
            "f32" => Ty::Real(Scalar::F32),
            "f64" => Ty::Real(Scalar::F64),
            _ => Ty::REAL,
        },
        syn::Lit::Int(i) => match i.suffix() {
            "f32" => Ty::Real(Scalar::F32),
            "f64" => Ty::Real(Scalar::F64),
            _ => Ty::Int,
        },
        syn::Lit::Bool(_) => Ty::Bool,
        _ => Ty::Inert,
    };
    Val::Expr(Expr::Lit(lit.clone()), ty)
}

/// Whether an expression is built of constants alone.
pub(super) fn is_constant_value(e: &Expr) -> bool {
    match e {
        Expr::Lit(_) | Expr::Real(_) | Expr::Path(_) => true,
        Expr::Repeat { elem, len, .. } => is_constant_value(elem) && super::is_simple(len),
        Expr::Aggregate(_, parts) => parts.iter().all(is_constant_value),
        Expr::Unary(_, e) | Expr::Cast(e, _) => is_constant_value(e),
        Expr::Call { args, .. } => args.iter().all(|e| is_constant_value(e) || super::is_simple(e)),
        _ => false,
    }
}

/// The type of a constant by its path, where the path tells.
fn constant_type(p: &syn::ExprPath, expect: Option<&Ty>, reals: &[String]) -> Ty {
    let segments: Vec<String> = p.path.segments.iter().map(|s| s.ident.to_string()).collect();
    let has = |name: &str| segments.iter().any(|s| s == name);
    if has("f64") {
        return if has("DIGITS") || has("RADIX") || has("MANTISSA_DIGITS") {
            Ty::Int
        } else {
            Ty::Real(Scalar::F64)
        };
    }
    if has("f32") {
        return Ty::Real(Scalar::F32);
    }
    if segments.len() == 2 {
        if reals.contains(&segments[0]) {
            return Ty::Real(Scalar::Generic);
        }
        let ints = ["usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128"];
        if ints.contains(&segments[0].as_str()) {
            return Ty::Int;
        }
    }
    match expect {
        Some(t) if t.is_real() || matches!(t, Ty::Int | Ty::Bool) => t.clone(),
        _ => Ty::Unknown,
    }
}
