//! Expressions and places as tokens.

use super::Printer;
use crate::analyse::infer::type_of;
use crate::ir::{Aggregate, ArithOp, Expr, Passing, Place, Proj, Root, Ty, UnOp, VarId, Variant};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::ToTokens;

/// How tightly an expression binds.
type Level = u8;
const LOWEST: Level = 0;
const OR: Level = 1;
const AND: Level = 2;
const COMPARE: Level = 3;
const SUM: Level = 5;
const PRODUCT: Level = 6;
const CAST: Level = 7;
const UNARY: Level = 8;
const POSTFIX: Level = 9;

impl Printer<'_> {
    /// An expression by value; `real` where the context says that it is a real scalar.
    pub fn expr(&self, e: &Expr, real: bool) -> TokenStream {
        self.level(e, real).0
    }

    fn at(&self, e: &Expr, real: bool, least: Level) -> TokenStream {
        let (tokens, level) = self.level(e, real);
        if level < least {
            site!((#tokens))
        } else {
            tokens
        }
    }

    fn level(&self, e: &Expr, real: bool) -> (TokenStream, Level) {
        match e {
            Expr::Lit(lit) => (lit.to_token_stream(), POSTFIX),
            Expr::Real(value) => self.real(*value),
            Expr::Path(tokens) => {
                (tokens.clone(), if tokens.to_string().starts_with('|') { LOWEST } else { POSTFIX })
            }
            Expr::Read(place) => self.read(place),
            Expr::Ref { exclusive, place } => (self.reference(place, *exclusive), UNARY),
            Expr::RefTo(e) => {
                let e = self.at(e, false, UNARY);
                (site!(&#e), UNARY)
            }
            Expr::Unary(op, e) => {
                let real = real || type_of(e).is_real();
                let inner = match &**e {
                    Expr::Read(place) if !real && !place.ty.is_inert() => self.operand(e),
                    e => self.at(e, real, UNARY),
                };
                let op = if *op == UnOp::Neg { site!(-) } else { site!(!) };
                (site!(#op #inner), UNARY)
            }
            Expr::Arith(op, a, b) => {
                self.arith(*op, a, b, real || matches!(type_of(e), Ty::Real(_) | Ty::Int))
            }
            Expr::Logic(op, a, b) => self.logic(op, a, b),
            Expr::Cast(e, ty) => {
                let e = self.at(e, true, CAST);
                (site!(#e as #ty), CAST)
            }
            Expr::Scalar(name, args) => self.scalar(name, args),
            Expr::Method { receiver, name, turbofish, args } => {
                let receiver = match &**receiver {
                    Expr::Read(place) => self.place(place, false),
                    receiver => self.at(receiver, true, POSTFIX),
                };
                let args = args.iter().map(|a| self.expr(a, true));
                (site!(#receiver.#name #turbofish (#(#args),*)), POSTFIX)
            }
            Expr::Call { path, args } => {
                let args = args.iter().map(|a| self.expr(a, true));
                (site!(#path(#(#args),*)), POSTFIX)
            }
            Expr::Runtime(name, args) => {
                let rt = self.rt;
                let name: TokenStream = name.parse().unwrap_or_default();
                let args = args.iter().map(|a| self.expr(a, true));
                (site!(#rt::#name(#(#args),*)), POSTFIX)
            }
            Expr::Range { lo, hi, inclusive } => {
                let lo = lo.as_ref().map(|e| self.at(e, true, OR));
                let hi = hi.as_ref().map(|e| self.at(e, true, OR));
                (if *inclusive { site!(#lo..=#hi) } else { site!(#lo..#hi) }, LOWEST)
            }
            Expr::Aggregate(kind, parts) => (self.aggregate(kind, parts), POSTFIX),
            Expr::Repeat { vec, elem, len } => {
                let elem = self.expr(elem, false);
                let len = self.expr(len, true);
                (if *vec { site!(::std::vec![#elem; #len]) } else { site!([#elem; #len]) }, POSTFIX)
            }
            Expr::Clone(place) => (self.clone_of(place), POSTFIX),
            Expr::Convert { from, call } => {
                let from = self.place(from, false);
                (site!(#from #call), POSTFIX)
            }
            Expr::MoveOut(place) => {
                let local = place.whole().is_some_and(|v| self.func.var(v).passing == Passing::Value);
                if local || place.ty.is_copy() {
                    (self.place(place, false), POSTFIX)
                } else {
                    let rt = self.rt;
                    let place = self.reference(place, true);
                    (site!(#rt::take(#place)), POSTFIX)
                }
            }
            Expr::Unwrap { from, call, .. } => {
                let from = self.at(from, false, POSTFIX);
                (site!(#from #call), POSTFIX)
            }
            Expr::Select(c, a, b) => {
                let (c, a, b) = (self.expr(c, true), self.expr(a, true), self.expr(b, true));
                (site!(if #c { #a } else { #b }), LOWEST)
            }
            Expr::Opaque(o) => {
                let binds = o.binds.iter().map(|(name, place)| {
                    let place = self.reference(place, false);
                    site!(let #name = #place;)
                });
                let code = &o.tokens;
                if o.binds.is_empty() {
                    (site!((#code)), POSTFIX)
                } else {
                    (site!({ #(#binds)* #code }), LOWEST)
                }
            }
            Expr::Take(place) => {
                let rt = self.rt;
                let place = self.reference(place, true);
                (site!(#rt::take(#place)), POSTFIX)
            }
            Expr::ZeroLike(place) => {
                let rt = self.rt;
                let place = self.reference(place, false);
                (site!(#rt::zero(#place)), POSTFIX)
            }
            Expr::Scratch(e) => {
                let rt = self.rt;
                let e = self.expr(e, false);
                (site!(#rt::scratch!(#e)), POSTFIX)
            }
        }
    }

    fn real(&self, value: f64) -> (TokenStream, Level) {
        let lit = Literal::f64_unsuffixed(value.abs());
        let signed = if value.is_sign_negative() { site!(-#lit) } else { site!(#lit) };
        if let Some(name) = &self.func.generic_real {
            let rt = self.rt;
            let name = Ident::new(name, Span::call_site());
            return (site!(#rt::lit::<#name>(#signed)), POSTFIX);
        }
        (signed, if value.is_sign_negative() { UNARY } else { POSTFIX })
    }

    fn read(&self, place: &Place) -> (TokenStream, Level) {
        let tokens = self.place(place, false);
        if place.ty.is_copy() || place.ty.is_inert() && !matches!(place.ty, Ty::Inert) {
            return (tokens, if tokens_start_with_deref(place, self) { UNARY } else { POSTFIX });
        }
        let behind = place.root_var().is_some_and(|v| self.func.var(v).passing != Passing::Value)
            || place.proj.iter().any(|p| matches!(p, Proj::Payload(_) | Proj::Index(_) | Proj::View { .. }));
        let is_static = matches!(place.root, Root::Static(_));
        let later = place.root_var().is_some_and(|v| self.kept.contains(&v)) && !self.reverse;
        if (behind || later || self.replaying.get()) && !is_static {
            return (self.clone_of(place), POSTFIX);
        }
        (tokens, POSTFIX)
    }

    /// A clone of what a place holds, never of a reference to it.
    pub fn clone_of(&self, place: &Place) -> TokenStream {
        if place.ty.is_real() {
            return self.place(place, false);
        }
        let view = matches!(place.proj.last(), Some(Proj::View { .. }));
        if view {
            let place = self.place(place, false);
            return site!(#place.into_owned());
        }
        let rt = self.rt;
        let place = self.reference(place, false);
        site!(#rt::keep(#place))
    }

    /// An operand of an operator on something else than known scalars.
    fn operand(&self, e: &Expr) -> TokenStream {
        match e {
            Expr::Read(place) if matches!(place.ty, Ty::Real(_)) || place.ty.is_inert() => {
                self.at(e, true, UNARY)
            }
            Expr::Read(place) if matches!(place.ty, Ty::Matrix) => {
                let tokens = self.reference(place, false);
                site!(#tokens)
            }
            Expr::Read(place) => {
                let rt = self.rt;
                let place = self.reference(place, false);
                site!(#rt::operand(#place))
            }
            e => self.at(e, false, UNARY),
        }
    }

    /// An operand that is a scalar here: its place is its value.
    fn scalar_operand(&self, e: &Expr, least: Level) -> TokenStream {
        match e {
            Expr::Read(place) => self.place(place, false),
            e => self.at(e, true, least),
        }
    }

    fn arith(&self, op: ArithOp, a: &Expr, b: &Expr, plain: bool) -> (TokenStream, Level) {
        let (symbol, level) = match op {
            ArithOp::Add => (site!(+), SUM),
            ArithOp::Sub => (site!(-), SUM),
            ArithOp::Mul => (site!(*), PRODUCT),
            ArithOp::Div => (site!(/), PRODUCT),
            ArithOp::Rem => (site!(%), PRODUCT),
        };
        if !plain {
            let (a, b) = (self.operand(a), self.operand(b));
            return (site!(#a #symbol #b), level);
        }
        let a = self.scalar_operand(a, level);
        let b = self.scalar_operand(b, level + 1);
        (site!(#a #symbol #b), level)
    }

    fn logic(&self, op: &syn::BinOp, a: &Expr, b: &Expr) -> (TokenStream, Level) {
        use syn::BinOp::*;
        let (level, left, right) = match op {
            Or(_) => (OR, OR, AND),
            And(_) => (AND, AND, COMPARE),
            Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) => (COMPARE, SUM, SUM),
            _ => (SUM, UNARY, UNARY),
        };
        let a = match (op, a) {
            // `x as usize < y` would read as the start of generic arguments.
            (Lt(_) | Shl(_), Expr::Cast(..)) => self.at(a, true, UNARY),
            _ => self.at(a, true, left),
        };
        let b = self.at(b, true, right);
        (site!(#a #op #b), level)
    }

    fn scalar(&self, name: &str, args: &[Expr]) -> (TokenStream, Level) {
        let name = quote::format_ident!("{}", name);
        let Some((receiver, rest)) = args.split_first() else { return (site!(), POSTFIX) };
        let rest: Vec<TokenStream> = rest.iter().map(|a| self.expr(a, true)).collect();
        let literal = matches!(receiver, Expr::Lit(syn::Lit::Float(f)) if f.suffix().is_empty())
            || matches!(receiver, Expr::Real(_)) && self.func.generic_real.is_none()
            || matches!(receiver, Expr::Unary(_, e) if matches!(&**e, Expr::Lit(_)));
        if literal {
            let receiver = self.expr(receiver, true);
            return (site!(f64::#name(#receiver #(, #rest)*)), POSTFIX);
        }
        let receiver = match receiver {
            Expr::Read(place) => self.place(place, false),
            receiver => self.at(receiver, true, POSTFIX),
        };
        (site!(#receiver.#name(#(#rest),*)), POSTFIX)
    }

    fn aggregate(&self, kind: &Aggregate, parts: &[Expr]) -> TokenStream {
        let values: Vec<TokenStream> = parts.iter().map(|p| self.expr(p, false)).collect();
        match kind {
            Aggregate::Tuple if values.len() == 1 => site!((#(#values,)*)),
            Aggregate::Tuple => site!((#(#values),*)),
            Aggregate::Array => site!([#(#values),*]),
            Aggregate::Vec => site!(::std::vec![#(#values),*]),
            Aggregate::TupleStruct { path } => site!(#path(#(#values),*)),
            Aggregate::Struct { path, members, base } => {
                let fields = members.iter().zip(&values).map(|(m, v)| site!(#m: #v));
                let rest = base.then(|| values.last()).flatten().map(|b| site!(..#b));
                let comma = (!members.is_empty() && *base).then(|| site!(,));
                site!(#path { #(#fields),* #comma #rest })
            }
            Aggregate::Variant(variant) => {
                let name = quote::format_ident!("{}", variant.name());
                let module = if *variant == Variant::Some {
                    site!(::core::option::Option)
                } else {
                    site!(::core::result::Result)
                };
                site!(#module::#name(#(#values),*))
            }
        }
    }

    /// The name of a variable.
    pub fn name(&self, var: VarId) -> TokenStream {
        self.func.var(var).ident.to_token_stream()
    }

    /// A place as an expression that names it; `exclusive` where it is about to be changed.
    pub fn place(&self, place: &Place, exclusive: bool) -> TokenStream {
        let base = match &place.root {
            Root::Static(tokens) => tokens.clone(),
            Root::Var(var) => {
                let name = self.name(*var);
                if place.proj.is_empty() && self.func.var(*var).passing != Passing::Value {
                    return site!((*#name));
                }
                name
            }
        };
        if self.reverse {
            return self.project(base, &merged(&place.proj), exclusive);
        }
        self.project(base, &place.proj, exclusive)
    }

    /// The part of `base` behind `proj`.
    pub fn project(&self, base: TokenStream, proj: &[Proj], exclusive: bool) -> TokenStream {
        proj.iter().fold(base, |base, p| match p {
            Proj::Field(member) => site!(#base.#member),
            Proj::Index(index) => {
                let index = self.expr(index, true);
                site!(#base[#index])
            }
            Proj::Slice { lo, hi } => {
                let lo = lo.as_ref().map(|e| self.at(e, true, OR));
                let hi = hi.as_ref().map(|e| self.at(e, true, OR));
                site!(#base[#lo..#hi])
            }
            Proj::Payload(variant) => {
                let view = if exclusive { site!(as_mut) } else { site!(as_ref) };
                let ok = match variant {
                    Variant::Some => site!(),
                    Variant::Ok => site!(.ok()),
                    Variant::Err => site!(.err()),
                };
                site!((*#base.#view()#ok.unwrap()))
            }
            Proj::View { method, args } => {
                let name = if exclusive { quote::format_ident!("{}_mut", method) } else { method.clone() };
                let args = args.iter().map(|a| self.expr(a, true));
                site!(#base.#name(#(#args),*))
            }
            Proj::AsArray { method, method_mut } => {
                let method = if exclusive { method_mut } else { method };
                site!((*#base #method))
            }
        })
    }

    /// A reference to a place.
    pub fn reference(&self, place: &Place, exclusive: bool) -> TokenStream {
        if let Some(var) = place.whole() {
            let name = self.name(var);
            match (self.func.var(var).passing, exclusive) {
                (Passing::Value, false) => return site!(&#name),
                (Passing::Value, true) => return site!(&mut #name),
                (Passing::Shared, _) => return name,
                (Passing::Exclusive, false) => return site!(&*#name),
                (Passing::Exclusive, true) => return site!(&mut *#name),
            }
        }
        let place = self.place(place, exclusive);
        if exclusive {
            site!(&mut #place)
        } else {
            site!(&#place)
        }
    }
}

fn tokens_start_with_deref(place: &Place, printer: &Printer) -> bool {
    place.whole().is_some_and(|v| printer.func.var(v).passing != Passing::Value)
}

/// An element of a sub-slice as an element of the whole: the forward sweep has checked the bounds of both.
fn merged(proj: &[Proj]) -> Vec<Proj> {
    let mut out: Vec<Proj> = Vec::new();
    for p in proj {
        let lo = match out.last() {
            Some(Proj::Slice { lo, .. }) => {
                Some(lo.clone().map_or_else(|| crate::rules::int_lit(0), |lo| *lo))
            }
            _ => None,
        };
        let add = |e: &Expr, lo: &Expr| Box::new(crate::lower::int(ArithOp::Add, lo.clone(), e.clone()));
        match (p, lo) {
            (Proj::Index(index), Some(lo)) if !matches!(**index, Expr::Aggregate(..)) => {
                out.pop();
                out.push(Proj::Index(add(index, &lo)));
            }
            (Proj::Slice { lo: inner, hi: Some(hi) }, Some(lo)) => {
                out.pop();
                let from = inner.as_ref().map_or_else(|| Box::new(lo.clone()), |inner| add(inner, &lo));
                out.push(Proj::Slice { lo: Some(from), hi: Some(add(hi, &lo)) });
            }
            (p, _) => out.push(p.clone()),
        }
    }
    out
}
