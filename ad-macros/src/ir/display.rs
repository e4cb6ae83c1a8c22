//! The printed form of the representation, for tests and for people.

use super::{Aggregate, ArithOp, Block, Callee, Expr, Func, Place, Proj, Root, Stmt, UnOp, VarId};
use quote::ToTokens;
use std::fmt::{self, Display, Formatter, Write};

impl Display for ArithOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ArithOp::Add => "+",
            ArithOp::Sub => "-",
            ArithOp::Mul => "*",
            ArithOp::Div => "/",
            ArithOp::Rem => "%",
        })
    }
}

impl Display for VarId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.root {
            Root::Var(v) => write!(f, "{v}")?,
            Root::Static(t) => write!(f, "{t}")?,
        }
        for p in &self.proj {
            match p {
                Proj::Field(m) => write!(f, ".{}", m.to_token_stream())?,
                Proj::Index(e) => write!(f, "[{e}]")?,
                Proj::Slice { lo, hi } => {
                    f.write_str("[")?;
                    lo.iter().try_for_each(|e| write!(f, "{e}"))?;
                    f.write_str("..")?;
                    hi.iter().try_for_each(|e| write!(f, "{e}"))?;
                    f.write_str("]")?;
                }
                Proj::Payload(v) => write!(f, ".{}", v.name())?,
                Proj::View { method, args } => write!(f, ".{method}({})", list(args))?,
                Proj::AsArray { .. } => f.write_str(".array")?,
            }
        }
        Ok(())
    }
}

fn list(args: &[Expr]) -> String {
    args.iter().map(|a| a.to_string()).collect::<Vec<_>>().join(", ")
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Expr::Lit(l) => write!(f, "{}", l.to_token_stream()),
            Expr::Real(v) => write!(f, "{v:?}"),
            Expr::Path(t) => write!(f, "{t}"),
            Expr::Read(p) => write!(f, "{p}"),
            Expr::Ref { exclusive, place } => write!(f, "&{}{place}", if *exclusive { "mut " } else { "" }),
            Expr::RefTo(e) => write!(f, "&{e}"),
            Expr::Unary(UnOp::Neg, e) => write!(f, "-{e}"),
            Expr::Unary(UnOp::Not, e) => write!(f, "!{e}"),
            Expr::Arith(op, a, b) => write!(f, "({a} {op} {b})"),
            Expr::Logic(op, a, b) => write!(f, "({a} {} {b})", op.to_token_stream()),
            Expr::Cast(e, t) => write!(f, "{e} as {}", t.to_token_stream()),
            Expr::Scalar(n, args) => write!(f, "{n}({})", list(args)),
            Expr::Method { receiver, name, args, .. } => write!(f, "{receiver}.{name}({})", list(args)),
            Expr::Call { path, args } => write!(f, "{path}({})", list(args)),
            Expr::Runtime(name, args) => write!(f, "rt::{name}({})", list(args)),
            Expr::Range { lo, hi, inclusive } => {
                lo.iter().try_for_each(|e| write!(f, "{e}"))?;
                f.write_str(if *inclusive { "..=" } else { ".." })?;
                hi.iter().try_for_each(|e| write!(f, "{e}"))
            }
            Expr::Aggregate(kind, parts) => match kind {
                Aggregate::Tuple => write!(f, "({})", list(parts)),
                Aggregate::Array => write!(f, "[{}]", list(parts)),
                Aggregate::Vec => write!(f, "vec![{}]", list(parts)),
                Aggregate::Struct { path, .. } | Aggregate::TupleStruct { path } => {
                    write!(f, "{}{{{}}}", path.to_token_stream(), list(parts))
                }
                Aggregate::Variant(v) => write!(f, "{}({})", v.name(), list(parts)),
            },
            Expr::Repeat { elem, len, .. } => write!(f, "[{elem}; {len}]"),
            Expr::Clone(p) => write!(f, "clone {p}"),
            Expr::Convert { from, call } => write!(f, "{from}{call}"),
            Expr::MoveOut(p) => write!(f, "move {p}"),
            Expr::Unwrap { from, .. } => write!(f, "unwrap {from}"),
            Expr::Select(c, a, b) => write!(f, "if {c} {{ {a} }} else {{ {b} }}"),
            Expr::Opaque(o) => write!(f, "`{}`", o.tokens),
            Expr::Take(p) => write!(f, "take {p}"),
            Expr::ZeroLike(p) => write!(f, "zero {p}"),
            Expr::Scratch(e) => write!(f, "scratch {e}"),
        }
    }
}

/// Writes a block with `indent` levels before each line.
fn block(out: &mut String, b: &Block, indent: usize) -> fmt::Result {
    for s in &b.stmts {
        stmt(out, s, indent)?;
    }
    if !b.record.is_empty() {
        let names: Vec<String> = b.record.iter().map(|v| v.to_string()).collect();
        writeln!(out, "{:w$}record {}", "", names.join(", "), w = indent * 4)?;
    }
    if !b.replay.is_empty() {
        writeln!(out, "{:w$}replay", "", w = indent * 4)?;
        for s in &b.replay {
            stmt(out, s, indent + 1)?;
        }
    }
    Ok(())
}

fn stmt(out: &mut String, s: &Stmt, indent: usize) -> fmt::Result {
    let w = indent * 4;
    write!(out, "{:w$}", "")?;
    let save = |saved: &Option<VarId>| saved.map(|v| format!(" saving {v}")).unwrap_or_default();
    match s {
        Stmt::Let { var, value: Some(e) } => writeln!(out, "let {var} = {e}"),
        Stmt::Let { var, value: None } => writeln!(out, "let {var}"),
        Stmt::Assign { place, value, saved, .. } => writeln!(out, "{place} = {value}{}", save(saved)),
        Stmt::Update { place, op, value, saved, .. } => writeln!(out, "{place} {op}= {value}{}", save(saved)),
        Stmt::Call(c) => {
            let name = match &c.callee {
                Callee::Companion(p) => p.to_token_stream().to_string(),
                Callee::Associated(p) => p.to_token_stream().to_string(),
                Callee::Method(m, _) => format!(".{m}"),
            };
            writeln!(
                out,
                "let {}, {} = {}{name}({})",
                c.result,
                c.back,
                if c.mode == super::CallMode::Split { "split " } else { "" },
                list(&c.args)
            )
        }
        Stmt::If { cond, then, els, .. } => {
            writeln!(out, "if {cond}")?;
            block(out, then, indent + 1)?;
            if !els.stmts.is_empty() {
                writeln!(out, "{:w$}else", "")?;
                block(out, els, indent + 1)?;
            }
            Ok(())
        }
        Stmt::For(l) => {
            let dots = if l.inclusive { "..=" } else { ".." };
            let step = l.step.as_ref().map(|s| format!(" step {s}")).unwrap_or_default();
            writeln!(
                out,
                "for {} in {}{dots}{}{}{step}",
                l.counter,
                l.lo,
                l.hi,
                if l.rev { " rev" } else { "" }
            )?;
            block(out, &l.body, indent + 1)
        }
        Stmt::Loop(l) => {
            writeln!(out, "while {} counting {}", l.cond, l.trips)?;
            block(out, &l.body, indent + 1)
        }
        Stmt::Swap { a, b, .. } => writeln!(out, "swap {a}, {b}"),
        Stmt::Push { vec, value, .. } => writeln!(out, "push {vec}, {value}"),
        Stmt::Pop { var, vec, .. } => writeln!(out, "let {var} = pop {vec}"),
        Stmt::Effect(o) => writeln!(out, "`{}`", o.tokens),
        Stmt::Accumulate { shadow, value } => writeln!(out, "{shadow} accumulates {value}"),
        Stmt::Invoke { func, args } => writeln!(out, "rt::{func}({})", list(args)),
        Stmt::Reverse { call, shadows, seed, .. } => {
            writeln!(out, "reverse {}({}; {seed})", call.back, list(shadows))
        }
        Stmt::Mirror { record, then, els } => {
            writeln!(out, "mirror {record}")?;
            block(out, then, indent + 1)?;
            writeln!(out, "{:w$}else", "")?;
            block(out, els, indent + 1)
        }
        Stmt::Restore { place, .. } => writeln!(out, "restore {place}"),
    }
}

impl Display for Func {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        block(&mut text, &self.body, 0)?;
        if let Some(result) = &self.result {
            writeln!(text, "{result}")?;
        }
        // Variables are known by number inside; people read names.
        let mut named = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find('v') {
            let before = rest[..at].chars().last();
            named.push_str(&rest[..at]);
            rest = &rest[at..];
            let digits = rest[1..].chars().take_while(|c| c.is_ascii_digit()).count();
            let id = rest[1..1 + digits]
                .parse::<usize>()
                .ok()
                .filter(|_| !before.is_some_and(|c| c.is_alphanumeric() || c == '_'));
            match id.and_then(|id| self.vars.get(id)) {
                Some(var) => {
                    write!(named, "{}", var.ident)?;
                    rest = &rest[1 + digits..];
                }
                None => {
                    named.push('v');
                    rest = &rest[1..];
                }
            }
        }
        named.push_str(rest);
        f.write_str(&named)
    }
}
