//! From the representation to tokens: the functions that a user calls and those that callers' code calls.

mod api;
mod expr;
mod signature;
mod stmt;

pub use api::{companion, Halves};
pub use signature::{Param, Signature};

use crate::adjoint::ReverseSweep;
use crate::ir::{Block, Func, Save, Stmt, VarId};
use proc_macro2::TokenStream;
use std::cell::Cell;
use std::collections::HashSet;

/// Prints one function's statements.
pub struct Printer<'a> {
    /// Its variables.
    pub func: &'a Func,
    /// Path of the runtime.
    pub rt: &'a TokenStream,
    /// Variables that the reverse sweep reads: not moved away from.
    pub kept: HashSet<VarId>,
    /// Printing the reverse sweep.
    pub reverse: bool,
    /// Printing forward statements that the reverse sweep runs again.
    pub replaying: Cell<bool>,
    /// Printing statements of the function itself, outside of every loop and branch.
    pub outermost: Cell<bool>,
}

/// Body of the forward half: the forward sweep, then the result and the reverse half as a closure.
pub fn forward_half(
    func: &Func,
    sweep: &ReverseSweep,
    sig: &Signature,
    rt: &TokenStream,
    boxed: bool,
) -> TokenStream {
    let kept = kept(sweep);
    let forward =
        Printer { func, rt, kept, reverse: false, replaying: Cell::new(false), outermost: Cell::new(true) };
    let backward = Printer {
        func,
        rt,
        kept: HashSet::new(),
        reverse: true,
        replaying: Cell::new(false),
        outermost: Cell::new(true),
    };
    let items = &func.items;
    let this = sig.receiver().map(|p| {
        let name = &func.var(func.params[0]).ident;
        match p.passing {
            crate::ir::Passing::Value => site!(let mut #name = #rt::keep(self);),
            _ => site!(let #name = self;),
        }
    });
    // A view passed by value borrows what the reverse half must not: it works on a copy.
    let owned = sig
        .params
        .iter()
        .filter(|p| p.passing == crate::ir::Passing::Value && crate::fence::view_name(&p.ty).is_some())
        .map(|p| {
            let name = &p.ident;
            site!(let #name = #name.into_owned();)
        });
    let owned = site!(#(#owned)*);
    let records = records(&func.body, true);
    let hoisted = records.iter().map(|var| {
        let name = &func.var(*var).ident;
        match func.var(*var).ty {
            crate::ir::Ty::Vec(_) => site!(let mut #name = ::core::default::Default::default();),
            _ => site!(let mut #name = ::std::vec::Vec::new();),
        }
    });
    let forward_stmts = forward.stmts(&func.body.stmts);
    let result = match &func.result {
        Some(e) => forward.expr(e, func.result_ty.is_real()),
        None => site!(()),
    };
    let reverse_stmts = backward.stmts(&sweep.body);
    let cotangents = sweep.cotangents.iter().map(|(_, e)| match e {
        Some(e) => backward.expr(e, false),
        None => site!(()),
    });
    let returned = if sweep.cotangents.is_empty() { site!(()) } else { site!((#(#cotangents,)*)) };
    let shadow_name = |p: VarId| sweep.shadows.get(&p).map(|s| func.var(*s).ident.clone());
    let params =
        sig.reverse_closure_params(func, &shadow_name, sweep.seed.map(|s| func.var(s).ident.clone()), rt);
    // Shadows are as long as their parameters: said once, it need not be checked at every index.
    let lengths = sig.params.iter().zip(&func.params).filter(|(p, _)| p.active && p.is_slice()).filter_map(
        |(_, var)| {
            let (name, shadow) = (&func.var(*var).ident, shadow_name(*var)?);
            Some(site!(let #shadow = &mut #shadow[..#name.len()];))
        },
    );
    let closure = site!(move |#params| { #(#lengths)* #reverse_stmts #returned });
    let closure = if boxed { site!(::std::boxed::Box::new(#closure)) } else { closure };
    site! {
        #(#items)*
        #this
        #owned
        #(#hoisted)*
        #forward_stmts
        (#result, #closure)
    }
}

/// Variables of the forward sweep that the reverse sweep reads or records keep.
fn kept(sweep: &ReverseSweep) -> HashSet<VarId> {
    let mut out = HashSet::new();
    sweep.body.iter().for_each(|s| gather(s, &mut out));
    for (_, e) in &sweep.cotangents {
        if let Some(e) = e {
            e.places(&mut |p| out.extend(p.root_var()));
        }
    }
    out
}

fn gather(stmt: &Stmt, out: &mut HashSet<VarId>) {
    stmt.places(&mut |p| out.extend(p.root_var()));
    let block = |b: &Block, out: &mut HashSet<VarId>| {
        out.extend(b.record.iter().copied());
        b.replay.iter().chain(&b.stmts).for_each(|s| gather(s, out));
    };
    match stmt {
        Stmt::If { then, els, .. } | Stmt::Mirror { then, els, .. } => {
            block(then, out);
            block(els, out);
        }
        Stmt::For(l) => block(&l.body, out),
        Stmt::Loop(l) => block(&l.body, out),
        _ => {}
    }
}

/// The records that are declared at the top: all but those of counted loops in the function's own list.
fn records(block: &Block, outermost: bool) -> Vec<VarId> {
    let mut out = Vec::new();
    for stmt in &block.stmts {
        match stmt {
            Stmt::For(l) => {
                out.extend(l.record.filter(|_| !outermost));
                out.extend(records(&l.body, false));
            }
            Stmt::Loop(l) => {
                out.extend(l.record);
                out.extend(records(&l.body, false));
            }
            Stmt::If { then, els, .. } => {
                out.extend(records(then, false));
                out.extend(records(els, false));
            }
            Stmt::Call(call) => out.extend(call.saves.iter().filter_map(|(_, save)| match save {
                Save::Stack(stack) => Some(*stack),
                Save::Clone(_) => None,
            })),
            _ => {}
        }
    }
    out
}
