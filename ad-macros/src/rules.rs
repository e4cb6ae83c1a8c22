//! The scalar functions: one row per function, giving its partial derivatives once for every mode.
//!
//! A partial is an expression in the arguments and the result. Kinks use one fixed element of the
//! subdifferential: `abs` has slope 0 at 0; `max`, `min` and `clamp` give a tie to the receiver; `hypot` and
//! `atan2` have slope 0 at the origin; step functions (`floor`, `signum`, …) have slope 0 everywhere.

use crate::ir::{ArithOp, Expr, UnOp};

/// A scalar function.
pub struct Rule {
    /// The method's name in std.
    pub name: &'static str,
    /// Number of arguments, the receiver included.
    pub arity: usize,
    /// The partial with respect to each argument; `None` where it is zero everywhere.
    pub partials: fn(&[Expr], &Expr) -> Vec<Option<Expr>>,
    /// Cheap enough to be computed again rather than recorded.
    pub cheap: bool,
}

/// The rule of a function by name.
pub fn find(name: &str) -> Option<&'static Rule> {
    TABLE.iter().find(|r| r.name == name)
}

/// The partials of `left op right`.
pub fn arith(op: ArithOp, left: &Expr, right: &Expr, result: &Expr) -> [Expr; 2] {
    let (x, y) = (left.clone(), right.clone());
    match op {
        ArithOp::Add => [num(1.0), num(1.0)],
        ArithOp::Sub => [num(1.0), num(-1.0)],
        ArithOp::Mul => [y, x],
        ArithOp::Div if is_one(&x) => [div(num(1.0), y), neg(mul(result, result))],
        // Both divide the seed by y: one division serves.
        ArithOp::Div => [div(num(1.0), y.clone()), neg(mul(div(num(1.0), y), result))],
        ArithOp::Rem => [num(1.0), neg(fun("trunc", [div(x, y)]))],
    }
}

fn is_one(e: &Expr) -> bool {
    matches!(e, Expr::Lit(syn::Lit::Float(f)) if f.base10_parse::<f64>().ok() == Some(1.0))
}

/// `seed * partial`, written as a person would.
pub fn times(seed: Expr, partial: Expr) -> Expr {
    match partial {
        Expr::Real(1.0) => seed,
        Expr::Real(-1.0) => neg(seed),
        Expr::Unary(UnOp::Neg, e) => neg(times(seed, *e)),
        Expr::Arith(ArithOp::Div, one, d) if matches!(*one, Expr::Real(1.0)) => div(seed, *d),
        Expr::Arith(ArithOp::Mul, a, b) if matches!(&*a, Expr::Arith(ArithOp::Div, one, _) if matches!(**one, Expr::Real(1.0))) => {
            mul(times(seed, *a), *b)
        }
        Expr::Select(c, a, b) => {
            Expr::Select(c, Box::new(times(seed.clone(), *a)), Box::new(times(seed, *b)))
        }
        Expr::Real(0.0) => num(0.0),
        partial => mul(seed, partial),
    }
}

macro_rules! row {
    ($name:literal, $cheap:expr, |$x:ident $(, $y:ident)*; $r:ident| $($partial:expr),+) => {
        Rule {
            name: $name,
            arity: [stringify!($x) $(, stringify!($y))*].len(),
            partials: |args, result| {
                let [$x $(, $y)*] = args else { return Vec::new() };
                let $r = result;
                let _ = ($x $(, $y)*, $r);
                vec![$($partial),+]
            },
            cheap: $cheap,
        }
    };
}

const CHEAP: bool = true;
const COSTLY: bool = false;

/// All rows.
pub static TABLE: &[Rule] = &[
    row!("sin", COSTLY, |x; _r| some(fun("cos", [x]))),
    row!("cos", COSTLY, |x; _r| some(neg(fun("sin", [x])))),
    row!("tan", COSTLY, |_x; r| some(add(num(1.0), mul(r, r)))),
    row!("asin", COSTLY, |x; _r| some(recip(fun("sqrt", [sub(num(1.0), mul(x, x))])))),
    row!("acos", COSTLY, |x; _r| some(neg(recip(fun("sqrt", [sub(num(1.0), mul(x, x))]))))),
    row!("atan", COSTLY, |x; _r| some(recip(add(num(1.0), mul(x, x))))),
    row!("atan2", COSTLY, |y, x; _r| some(at_origin(y, x, div(x, square_sum(y, x)))),
        some(at_origin(y, x, neg(div(y, square_sum(y, x)))))),
    row!("sinh", COSTLY, |x; _r| some(fun("cosh", [x]))),
    row!("cosh", COSTLY, |x; _r| some(fun("sinh", [x]))),
    row!("tanh", COSTLY, |_x; r| some(sub(num(1.0), mul(r, r)))),
    row!("asinh", COSTLY, |x; _r| some(recip(fun("sqrt", [add(mul(x, x), num(1.0))])))),
    row!("acosh", COSTLY, |x; _r| some(recip(mul(
        fun("sqrt", [sub(x, num(1.0))]),
        fun("sqrt", [add(x, num(1.0))])
    )))),
    row!("atanh", COSTLY, |x; _r| some(recip(sub(num(1.0), mul(x, x))))),
    row!("exp", COSTLY, |_x; r| some(r.clone())),
    row!("exp2", COSTLY, |_x; r| some(mul(r, num(std::f64::consts::LN_2)))),
    row!("exp_m1", COSTLY, |_x; r| some(add(r, num(1.0)))),
    row!("ln", COSTLY, |x; _r| some(recip(x))),
    row!("ln_1p", COSTLY, |x; _r| some(recip(add(num(1.0), x)))),
    row!("log2", COSTLY, |x; _r| some(recip(mul(x, num(std::f64::consts::LN_2))))),
    row!("log10", COSTLY, |x; _r| some(recip(mul(x, num(std::f64::consts::LN_10))))),
    row!("log", COSTLY, |x, b; r| some(recip(mul(x, fun("ln", [b])))),
        some(neg(div(r, mul(b, fun("ln", [b])))))),
    row!("sqrt", CHEAP, |_x; r| some(div(num(0.5), r))),
    row!("cbrt", COSTLY, |_x; r| some(recip(mul(num(3.0), mul(r, r))))),
    row!("powi", CHEAP, |x, n; _r| Some(powi(x, n)), None),
    row!("powf", COSTLY, |x, p; r| Some(powf(x, p, r)),
        some(select(gt(x, num(0.0)), mul(r, fun("ln", [x])), mul(r, num(0.0))))),
    row!("hypot", CHEAP, |x, y; r| some(select(gt(r, num(0.0)), div(x, r), num(0.0))),
        some(select(gt(r, num(0.0)), div(y, r), num(0.0)))),
    row!("recip", CHEAP, |_x; r| some(neg(mul(r, r)))),
    row!("abs", CHEAP, |x; _r| some(select(eq(x, num(0.0)), num(0.0), fun("signum", [x])))),
    row!("copysign", CHEAP, |x, s; _r| some(mul(fun("signum", [x]), fun("signum", [s]))), None),
    row!("max", CHEAP, |x, y; _r| some(select(first(">=", x, y), num(1.0), num(0.0))),
        some(select(first(">=", x, y), num(0.0), num(1.0)))),
    row!("min", CHEAP, |x, y; _r| some(select(first("<=", x, y), num(1.0), num(0.0))),
        some(select(first("<=", x, y), num(0.0), num(1.0)))),
    row!("clamp", CHEAP, |x, lo, hi; _r|
        some(select(logic("||", logic("<", x, lo), logic(">", x, hi)), num(0.0), num(1.0))),
        some(select(logic("<", x, lo), num(1.0), num(0.0))),
        some(select(logic(">", x, hi), num(1.0), num(0.0)))),
    row!("mul_add", CHEAP, |a, b, _c; _r| some(b.clone()), some(a.clone()), some(num(1.0))),
    row!("midpoint", CHEAP, |_a, _b; _r| some(num(0.5)), some(num(0.5))),
    row!("rem_euclid", CHEAP, |x, y; _r| some(num(1.0)), some(neg(fun("div_euclid", [x, y])))),
    row!("div_euclid", CHEAP, |_x, _y; _r| None, None),
    row!("fract", CHEAP, |_x; _r| some(num(1.0))),
    row!("to_degrees", CHEAP, |_x; _r| some(num(180.0 / std::f64::consts::PI))),
    row!("to_radians", CHEAP, |_x; _r| some(num(std::f64::consts::PI / 180.0))),
    row!("floor", CHEAP, |_x; _r| None),
    row!("ceil", CHEAP, |_x; _r| None),
    row!("round", CHEAP, |_x; _r| None),
    row!("round_ties_even", CHEAP, |_x; _r| None),
    row!("trunc", CHEAP, |_x; _r| None),
    row!("signum", CHEAP, |_x; _r| None),
];

fn some(e: Expr) -> Option<Expr> {
    Some(e)
}

/// Anything that can stand as an operand in the table.
pub trait Operand {
    /// The expression.
    fn expr(self) -> Expr;
}

impl Operand for Expr {
    fn expr(self) -> Expr {
        self
    }
}

impl Operand for &Expr {
    fn expr(self) -> Expr {
        self.clone()
    }
}

/// A real constant.
pub fn num(value: f64) -> Expr {
    Expr::Real(value)
}

/// `-a`
pub fn neg(a: impl Operand) -> Expr {
    match a.expr() {
        Expr::Unary(UnOp::Neg, e) => *e,
        Expr::Real(v) => Expr::Real(-v),
        e => Expr::Unary(UnOp::Neg, Box::new(e)),
    }
}

/// `a + b`
pub fn add(a: impl Operand, b: impl Operand) -> Expr {
    Expr::Arith(ArithOp::Add, Box::new(a.expr()), Box::new(b.expr()))
}

/// `a - b`
pub fn sub(a: impl Operand, b: impl Operand) -> Expr {
    Expr::Arith(ArithOp::Sub, Box::new(a.expr()), Box::new(b.expr()))
}

/// `a * b`
pub fn mul(a: impl Operand, b: impl Operand) -> Expr {
    Expr::Arith(ArithOp::Mul, Box::new(a.expr()), Box::new(b.expr()))
}

/// `a / b`
pub fn div(a: impl Operand, b: impl Operand) -> Expr {
    Expr::Arith(ArithOp::Div, Box::new(a.expr()), Box::new(b.expr()))
}

fn recip(a: impl Operand) -> Expr {
    div(num(1.0), a)
}

fn fun<const N: usize>(name: &'static str, args: [impl Operand; N]) -> Expr {
    Expr::Scalar(name, args.into_iter().map(Operand::expr).collect())
}

fn select(cond: Expr, a: Expr, b: Expr) -> Expr {
    Expr::Select(Box::new(cond), Box::new(a), Box::new(b))
}

fn logic(op: &str, a: impl Operand, b: impl Operand) -> Expr {
    use syn::BinOp::*;
    let op = match op {
        ">=" => Ge(Default::default()),
        "<=" => Le(Default::default()),
        ">" => Gt(Default::default()),
        "<" => Lt(Default::default()),
        "==" => Eq(Default::default()),
        "!=" => Ne(Default::default()),
        "&&" => And(Default::default()),
        _ => Or(Default::default()),
    };
    Expr::Logic(op, Box::new(a.expr()), Box::new(b.expr()))
}

fn gt(a: impl Operand, b: impl Operand) -> Expr {
    logic(">", a, b)
}

fn eq(a: impl Operand, b: impl Operand) -> Expr {
    logic("==", a, b)
}

/// Whether `max` or `min` returns its receiver; a NaN on the other side never wins.
fn first(op: &str, x: &Expr, y: &Expr) -> Expr {
    match y {
        Expr::Lit(_) => logic(op, x, y),
        _ => logic("||", logic(op, x, y), logic("!=", y, y)),
    }
}

fn square_sum(x: &Expr, y: &Expr) -> Expr {
    add(mul(x, x), mul(y, y))
}

/// `e`, but 0 where both arguments are 0.
fn at_origin(x: &Expr, y: &Expr, e: Expr) -> Expr {
    select(eq(square_sum(x, y), num(0.0)), num(0.0), e)
}

/// n xⁿ⁻¹, 0 for n = 0 even at x = 0.
fn powi(x: &Expr, n: &Expr) -> Expr {
    if let Some(n) = integer(n) {
        return match n {
            0 => num(0.0),
            1 => num(1.0),
            2 => mul(num(2.0), x),
            n => mul(num(n as f64), Expr::Scalar("powi", vec![x.clone(), int_lit(n - 1)])),
        };
    }
    let real =
        Expr::Runtime("lit_like", vec![x.clone(), Expr::Cast(Box::new(n.clone()), syn::parse_quote!(f64))]);
    let less = Expr::Arith(ArithOp::Sub, Box::new(n.clone()), Box::new(int_lit(1)));
    select(eq(n, int_lit(0)), num(0.0), mul(real, Expr::Scalar("powi", vec![x.clone(), less])))
}

/// p xᵖ⁻¹, 0 for p = 0 even at x = 0.
///
/// Where the result r = xᵖ is far from the ends of the exponent range this is p r / x, without another power.
fn powf(x: &Expr, p: &Expr, r: &Expr) -> Expr {
    let size = || fun("abs", [r]);
    let ordinary = logic("&&", gt(size(), num(1e-30)), logic("<", size(), num(1e30)));
    let power = mul(p, fun("powf", [x.clone(), sub(p, num(1.0))]));
    let slope = select(ordinary, mul(p, div(r, x)), power);
    match p {
        Expr::Lit(syn::Lit::Float(_)) => slope,
        _ => select(eq(p, num(0.0)), num(0.0), slope),
    }
}

fn integer(e: &Expr) -> Option<i64> {
    match e {
        Expr::Lit(syn::Lit::Int(i)) => i.base10_parse().ok(),
        Expr::Unary(UnOp::Neg, e) => integer(e).map(|n| -n),
        _ => None,
    }
}

/// An integer literal without suffix.
pub fn int_lit(n: i64) -> Expr {
    let lit = Expr::Lit(syn::Lit::Int(syn::LitInt::new(
        &n.unsigned_abs().to_string(),
        proc_macro2::Span::mixed_site(),
    )));
    if n < 0 {
        Expr::Unary(UnOp::Neg, Box::new(lit))
    } else {
        lit
    }
}
