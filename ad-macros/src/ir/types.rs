//! What the transformation knows of types: enough to print plain arithmetic where a value is a scalar, and
//! to leave alone what carries no derivative. Everything else is [`Ty::Unknown`] and resolved by rustc.

use quote::ToTokens;
use std::fmt;

/// A real scalar type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scalar {
    /// `f64`
    F64,
    /// `f32`
    F32,
    /// A type parameter bounded by `Real`.
    Generic,
    /// Real, but which is for rustc to say.
    Any,
}

/// A type, as far as the macro can know it.
#[derive(Clone, Debug)]
pub enum Ty {
    /// A real scalar.
    Real(Scalar),
    /// An integer.
    Int,
    /// `bool`
    Bool,
    /// Any other type without a derivative.
    Inert,
    /// `()`
    Unit,
    /// `[T; N]`
    Array(Box<Ty>),
    /// `[T]`
    Slice(Box<Ty>),
    /// `Vec<T>`
    Vec(Box<Ty>),
    /// `(A, B)`
    Tuple(Vec<Ty>),
    /// `Option<T>`
    Option(Box<Ty>),
    /// A nalgebra matrix.
    Matrix,
    /// A type named by the user.
    Named(String),
    /// For rustc to say.
    Unknown,
}

impl Ty {
    /// A real scalar of a type that rustc knows.
    pub const REAL: Ty = Ty::Real(Scalar::Any);

    /// Whether a value is known to be a real scalar.
    pub fn is_real(&self) -> bool {
        matches!(self, Ty::Real(_))
    }

    /// Whether a value is known to carry no derivative.
    pub fn is_inert(&self) -> bool {
        match self {
            Ty::Int | Ty::Bool | Ty::Inert | Ty::Unit => true,
            Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) | Ty::Option(t) => t.is_inert(),
            Ty::Tuple(ts) => ts.iter().all(Ty::is_inert),
            Ty::Real(_) | Ty::Matrix | Ty::Named(_) | Ty::Unknown => false,
        }
    }

    /// Whether a value is known to be `Copy`.
    pub fn is_copy(&self) -> bool {
        match self {
            Ty::Real(_) | Ty::Int | Ty::Bool | Ty::Unit => true,
            Ty::Array(t) | Ty::Option(t) => t.is_copy(),
            Ty::Tuple(ts) => ts.iter().all(Ty::is_copy),
            _ => false,
        }
    }

    /// The element of a sequence.
    pub fn element(&self) -> Ty {
        match self {
            Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) => (**t).clone(),
            Ty::Matrix => Ty::REAL,
            _ => Ty::Unknown,
        }
    }

    /// A component of a tuple.
    pub fn component(&self, i: usize) -> Ty {
        match self {
            Ty::Tuple(ts) => ts.get(i).cloned().unwrap_or(Ty::Unknown),
            _ => Ty::Unknown,
        }
    }

    /// Reads a syntactic type; references are looked through.
    pub fn parse(ty: &syn::Type, reals: &[String]) -> Ty {
        match ty {
            syn::Type::Reference(r) => Ty::parse(&r.elem, reals),
            syn::Type::Paren(p) => Ty::parse(&p.elem, reals),
            syn::Type::Group(g) => Ty::parse(&g.elem, reals),
            syn::Type::Array(a) => Ty::Array(Box::new(Ty::parse(&a.elem, reals))),
            syn::Type::Slice(s) => Ty::Slice(Box::new(Ty::parse(&s.elem, reals))),
            syn::Type::Tuple(t) if t.elems.is_empty() => Ty::Unit,
            syn::Type::Tuple(t) => Ty::Tuple(t.elems.iter().map(|e| Ty::parse(e, reals)).collect()),
            syn::Type::Path(p) if p.qself.is_none() => Ty::parse_path(&p.path, reals),
            _ => Ty::Unknown,
        }
    }

    fn parse_path(path: &syn::Path, reals: &[String]) -> Ty {
        let Some(last) = path.segments.last() else { return Ty::Unknown };
        let name = last.ident.to_string();
        let argument = |i: usize| match &last.arguments {
            syn::PathArguments::AngleBracketed(args) => args
                .args
                .iter()
                .filter_map(|a| match a {
                    syn::GenericArgument::Type(t) => Some(Ty::parse(t, reals)),
                    _ => None,
                })
                .nth(i)
                .unwrap_or(Ty::Unknown),
            _ => Ty::Unknown,
        };
        if path.segments.len() == 1 && reals.contains(&name) {
            return Ty::Real(Scalar::Generic);
        }
        match name.as_str() {
            "f64" => Ty::Real(Scalar::F64),
            "f32" => Ty::Real(Scalar::F32),
            "usize" | "u8" | "u16" | "u32" | "u64" | "u128" | "isize" | "i8" | "i16" | "i32" | "i64"
            | "i128" => Ty::Int,
            "bool" => Ty::Bool,
            "char" | "str" | "String" | "Range" | "RangeInclusive" | "RangeFrom" | "RangeTo" => Ty::Inert,
            "Vec" => Ty::Vec(Box::new(argument(0))),
            "Option" => Ty::Option(Box::new(argument(0))),
            "Box" => argument(0),
            "Result" if argument(0).is_inert() && argument(1).is_inert() => Ty::Inert,
            _ if is_matrix(&name) => Ty::Matrix,
            "_" => Ty::Unknown,
            _ => Ty::Named(path.to_token_stream().to_string()),
        }
    }
}

/// Whether a type of this name is one of nalgebra's matrices.
pub fn is_matrix(name: &str) -> bool {
    let sized = |prefix: &str| {
        name.strip_prefix(prefix).is_some_and(|rest| {
            !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == 'x' || c == 'X')
        })
    };
    matches!(
        name,
        "DMatrix"
            | "DVector"
            | "SMatrix"
            | "SVector"
            | "OMatrix"
            | "OVector"
            | "RowDVector"
            | "RowSVector"
            | "RowOVector"
            | "Matrix"
            | "DMatrixView"
            | "DVectorView"
            | "DMatrixViewMut"
            | "DVectorViewMut"
    ) || sized("Matrix")
        || sized("Vector")
        || sized("RowVector")
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ty::Real(Scalar::F64) => write!(f, "f64"),
            Ty::Real(Scalar::F32) => write!(f, "f32"),
            Ty::Real(Scalar::Generic) => write!(f, "T"),
            Ty::Real(Scalar::Any) => write!(f, "real"),
            Ty::Int => write!(f, "int"),
            Ty::Bool => write!(f, "bool"),
            Ty::Inert => write!(f, "inert"),
            Ty::Unit => write!(f, "()"),
            Ty::Array(t) => write!(f, "[{t}; _]"),
            Ty::Slice(t) => write!(f, "[{t}]"),
            Ty::Vec(t) => write!(f, "Vec<{t}>"),
            Ty::Tuple(ts) => {
                write!(f, "(")?;
                for (i, t) in ts.iter().enumerate() {
                    write!(f, "{}{t}", if i > 0 { ", " } else { "" })?;
                }
                write!(f, ")")
            }
            Ty::Option(t) => write!(f, "Option<{t}>"),
            Ty::Matrix => write!(f, "matrix"),
            Ty::Named(n) => write!(f, "{n}"),
            Ty::Unknown => write!(f, "?"),
        }
    }
}
