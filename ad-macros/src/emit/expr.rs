//! Expressions and places as tokens.

use super::Printer;
use crate::analyse::infer::type_of;
use crate::ir::{Aggregate, ArithOp, Expr, Passing, Place, Proj, Root, Ty, UnOp, VarId, Variant};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, ToTokens};

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
            quote!((#tokens))
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
                (quote!(&#e), UNARY)
            }
            Expr::Unary(op, e) => {
                let real = real || type_of(e).is_real();
                let inner = match &**e {
                    Expr::Read(place) if !real && !place.ty.is_inert() => self.operand(e),
                    e => self.at(e, real, UNARY),
                };
                let op = if *op == UnOp::Neg { quote!(-) } else { quote!(!) };
                (quote!(#op #inner), UNARY)
            }
            Expr::Arith(op, a, b) => {
                self.arith(*op, a, b, real || matches!(type_of(e), Ty::Real(_) | Ty::Int))
            }
            Expr::Logic(op, a, b) => self.logic(op, a, b),
            Expr::Cast(e, ty) => {
                let e = self.at(e, true, CAST);
                (quote!(#e as #ty), CAST)
            }
            Expr::Scalar(name, args) => self.scalar(name, args),
            Expr::Method { receiver, name, turbofish, args } => {
                let receiver = match &**receiver {
                    Expr::Read(place) => self.place(place, false),
                    receiver => self.at(receiver, true, POSTFIX),
                };
                let args = args.iter().map(|a| self.expr(a, true));
                (quote!(#receiver.#name #turbofish (#(#args),*)), POSTFIX)
            }
            Expr::Call { path, args } => {
                let args = args.iter().map(|a| self.expr(a, true));
                (quote!(#path(#(#args),*)), POSTFIX)
            }
            Expr::Runtime(name, args) => {
                let rt = self.rt;
                let name: TokenStream = name.parse().unwrap_or_default();
                let args = args.iter().map(|a| self.expr(a, true));
                (quote!(#rt::#name(#(#args),*)), POSTFIX)
            }
            Expr::Range { lo, hi, inclusive } => {
                let lo = lo.as_ref().map(|e| self.at(e, true, OR));
                let hi = hi.as_ref().map(|e| self.at(e, true, OR));
                (if *inclusive { quote!(#lo..=#hi) } else { quote!(#lo..#hi) }, LOWEST)
            }
            Expr::Aggregate(kind, parts) => (self.aggregate(kind, parts), POSTFIX),
            Expr::Repeat { vec, elem, len } => {
                let elem = self.expr(elem, false);
                let len = self.expr(len, true);
                (if *vec { quote!(::std::vec![#elem; #len]) } else { quote!([#elem; #len]) }, POSTFIX)
            }
            Expr::Clone(place) => (self.clone_of(place), POSTFIX),
            Expr::Convert { from, call } => {
                let from = self.place(from, false);
                (quote!(#from #call), POSTFIX)
            }
            Expr::MoveOut(place) => {
                let local = place.whole().is_some_and(|v| self.func.var(v).passing == Passing::Value);
                if local || place.ty.is_copy() {
                    (self.place(place, false), POSTFIX)
                } else {
                    let rt = self.rt;
                    let place = self.reference(place, true);
                    (quote!(#rt::take(#place)), POSTFIX)
                }
            }
            Expr::Unwrap { from, call, .. } => {
                let from = self.at(from, false, POSTFIX);
                (quote!(#from #call), POSTFIX)
            }
            Expr::Select(c, a, b) => {
                let (c, a, b) = (self.expr(c, true), self.expr(a, true), self.expr(b, true));
                (quote!(if #c { #a } else { #b }), LOWEST)
            }
            Expr::Opaque(o) => {
                let binds = o.binds.iter().map(|(name, place)| {
                    let place = self.reference(place, false);
                    quote!(let #name = #place;)
                });
                let code = &o.tokens;
                if o.binds.is_empty() {
                    (quote!((#code)), POSTFIX)
                } else {
                    (quote!({ #(#binds)* #code }), LOWEST)
                }
            }
            Expr::Take(place) => {
                let rt = self.rt;
                let place = self.reference(place, true);
                (quote!(#rt::take(#place)), POSTFIX)
            }
            Expr::ZeroLike(place) => {
                let rt = self.rt;
                let place = self.reference(place, false);
                (quote!(#rt::zero(#place)), POSTFIX)
            }
            Expr::Scratch(e) => {
                let rt = self.rt;
                let e = self.expr(e, false);
                (quote!(&mut #rt::scratch!(#e)), UNARY)
            }
        }
    }

    fn real(&self, value: f64) -> (TokenStream, Level) {
        let lit = Literal::f64_unsuffixed(value.abs());
        let signed = if value.is_sign_negative() { quote!(-#lit) } else { quote!(#lit) };
        if self.func.generic_real {
            let rt = self.rt;
            return (quote!(#rt::lit(#signed)), POSTFIX);
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
    fn clone_of(&self, place: &Place) -> TokenStream {
        if place.ty.is_real() {
            return self.place(place, false);
        }
        let view = matches!(place.proj.last(), Some(Proj::View { .. }));
        if view {
            let place = self.place(place, false);
            return quote!(#place.into_owned());
        }
        let rt = self.rt;
        let place = self.reference(place, false);
        quote!(#rt::keep(#place))
    }

    /// An operand of an operator on something else than known scalars.
    fn operand(&self, e: &Expr) -> TokenStream {
        match e {
            Expr::Read(place) if matches!(place.ty, Ty::Real(_)) || place.ty.is_inert() => {
                self.at(e, true, UNARY)
            }
            Expr::Read(place) if matches!(place.ty, Ty::Matrix) => {
                let tokens = self.reference(place, false);
                quote!(#tokens)
            }
            Expr::Read(place) => {
                let rt = self.rt;
                let place = self.reference(place, false);
                quote!(#rt::operand(#place))
            }
            e => self.at(e, false, UNARY),
        }
    }

    fn arith(&self, op: ArithOp, a: &Expr, b: &Expr, plain: bool) -> (TokenStream, Level) {
        let (symbol, level) = match op {
            ArithOp::Add => (quote!(+), SUM),
            ArithOp::Sub => (quote!(-), SUM),
            ArithOp::Mul => (quote!(*), PRODUCT),
            ArithOp::Div => (quote!(/), PRODUCT),
            ArithOp::Rem => (quote!(%), PRODUCT),
        };
        if !plain {
            let (a, b) = (self.operand(a), self.operand(b));
            return (quote!(#a #symbol #b), level);
        }
        let a = self.at(a, true, level);
        let b = self.at(b, true, level + 1);
        (quote!(#a #symbol #b), level)
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
        (quote!(#a #op #b), level)
    }

    fn scalar(&self, name: &str, args: &[Expr]) -> (TokenStream, Level) {
        let name = quote::format_ident!("{}", name);
        let Some((receiver, rest)) = args.split_first() else { return (quote!(), POSTFIX) };
        let rest: Vec<TokenStream> = rest.iter().map(|a| self.expr(a, true)).collect();
        let literal = matches!(receiver, Expr::Lit(syn::Lit::Float(f)) if f.suffix().is_empty())
            || matches!(receiver, Expr::Real(_)) && !self.func.generic_real
            || matches!(receiver, Expr::Unary(_, e) if matches!(&**e, Expr::Lit(_)));
        if literal {
            let receiver = self.expr(receiver, true);
            return (quote!(f64::#name(#receiver #(, #rest)*)), POSTFIX);
        }
        let receiver = match receiver {
            Expr::Read(place) => self.place(place, false),
            receiver => self.at(receiver, true, POSTFIX),
        };
        (quote!(#receiver.#name(#(#rest),*)), POSTFIX)
    }

    fn aggregate(&self, kind: &Aggregate, parts: &[Expr]) -> TokenStream {
        let values: Vec<TokenStream> = parts.iter().map(|p| self.expr(p, false)).collect();
        match kind {
            Aggregate::Tuple if values.len() == 1 => quote!((#(#values,)*)),
            Aggregate::Tuple => quote!((#(#values),*)),
            Aggregate::Array => quote!([#(#values),*]),
            Aggregate::Vec => quote!(::std::vec![#(#values),*]),
            Aggregate::TupleStruct { path } => quote!(#path(#(#values),*)),
            Aggregate::Struct { path, members, base } => {
                let fields = members.iter().zip(&values).map(|(m, v)| quote!(#m: #v));
                let rest = base.then(|| values.last()).flatten().map(|b| quote!(..#b));
                let comma = (!members.is_empty() && *base).then(|| quote!(,));
                quote!(#path { #(#fields),* #comma #rest })
            }
            Aggregate::Variant(variant) => {
                let name = quote::format_ident!("{}", variant.name());
                let module = if *variant == Variant::Some {
                    quote!(::core::option::Option)
                } else {
                    quote!(::core::result::Result)
                };
                quote!(#module::#name(#(#values),*))
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
                    return quote!((*#name));
                }
                name
            }
        };
        self.project(base, &place.proj, exclusive)
    }

    /// The part of `base` behind `proj`.
    pub fn project(&self, base: TokenStream, proj: &[Proj], exclusive: bool) -> TokenStream {
        proj.iter().fold(base, |base, p| match p {
            Proj::Field(member) => quote!(#base.#member),
            Proj::Index(index) => {
                let index = self.expr(index, true);
                quote!(#base[#index])
            }
            Proj::Slice { lo, hi } => {
                let lo = lo.as_ref().map(|e| self.at(e, true, OR));
                let hi = hi.as_ref().map(|e| self.at(e, true, OR));
                quote!(#base[#lo..#hi])
            }
            Proj::Payload(variant) => {
                let view = if exclusive { quote!(as_mut) } else { quote!(as_ref) };
                let ok = match variant {
                    Variant::Some => quote!(),
                    Variant::Ok => quote!(.ok()),
                    Variant::Err => quote!(.err()),
                };
                quote!((*#base.#view()#ok.unwrap()))
            }
            Proj::View { method, args } => {
                let name = if exclusive { quote::format_ident!("{}_mut", method) } else { method.clone() };
                let args = args.iter().map(|a| self.expr(a, true));
                quote!(#base.#name(#(#args),*))
            }
            Proj::AsArray { method, method_mut } => {
                let method = if exclusive { method_mut } else { method };
                quote!((*#base #method))
            }
        })
    }

    /// A reference to a place.
    pub fn reference(&self, place: &Place, exclusive: bool) -> TokenStream {
        if let Some(var) = place.whole() {
            let name = self.name(var);
            match (self.func.var(var).passing, exclusive) {
                (Passing::Value, false) => return quote!(&#name),
                (Passing::Value, true) => return quote!(&mut #name),
                (Passing::Shared, _) => return name,
                (Passing::Exclusive, false) => return quote!(&*#name),
                (Passing::Exclusive, true) => return quote!(&mut *#name),
            }
        }
        let place = self.place(place, exclusive);
        if exclusive {
            quote!(&mut #place)
        } else {
            quote!(&#place)
        }
    }
}

fn tokens_start_with_deref(place: &Place, printer: &Printer) -> bool {
    place.whole().is_some_and(|v| printer.func.var(v).passing != Passing::Value)
}
