//! Statements as tokens.

use super::Printer;
use crate::analyse::infer::type_of;
use crate::ir::{Block, Call, CallMode, Callee, Expr, For, Loop, Place, Proj, Save, Stmt, Ty, VarId};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, ToTokens};

impl Printer<'_> {
    /// A list of statements.
    pub fn stmts(&self, stmts: &[Stmt]) -> TokenStream {
        stmts.iter().map(|s| self.stmt(s)).collect()
    }

    /// The name of a variable where it is bound.
    fn binding(&self, var: VarId) -> TokenStream {
        let info = self.func.var(var);
        let ident = &info.ident;
        if info.mutable {
            site!(mut #ident)
        } else {
            site!(#ident)
        }
    }

    fn stmt(&self, stmt: &Stmt) -> TokenStream {
        match stmt {
            Stmt::Let { var, value } => self.let_(*var, value.as_ref()),
            Stmt::Assign { place, value, init, saved } => self.assign(place, value, *init, *saved),
            Stmt::Update { place, op, value, saved, .. } => self.update(place, *op, value, *saved),
            Stmt::Call(call) => self.call(call),
            Stmt::If { cond, then, els, record } => self.if_(cond, then, els, *record),
            Stmt::For(l) => self.for_(l),
            Stmt::Loop(l) => self.loop_(l),
            Stmt::Swap { a, b, .. } => self.swap(a, b),
            Stmt::Push { vec, value, .. } => {
                let vec = self.place(vec, true);
                let value = self.expr(value, false);
                site!(#vec.push(#value);)
            }
            Stmt::Pop { var, vec, .. } => {
                let name = self.binding(*var);
                let vec = self.place(vec, true);
                site!(let #name = #vec.pop();)
            }
            Stmt::Effect(o) => {
                let code = &o.tokens;
                let binds = o.binds.iter().map(|(name, place)| {
                    let place = self.reference(place, false);
                    site!(let #name = #place;)
                });
                if o.binds.is_empty() {
                    site!(#code;)
                } else {
                    site!({ #(#binds)* #code; })
                }
            }
            Stmt::Accumulate { shadow, value } => {
                let rt = self.rt;
                let shadow = self.reference(shadow, true);
                let value = self.expr(value, false);
                site!(#rt::accumulate(#shadow, #value);)
            }
            Stmt::Invoke { func, args } => {
                let rt = self.rt;
                let func: TokenStream = func.parse().unwrap_or_default();
                let args = args.iter().map(|a| self.expr(a, false));
                site!(#rt::#func(#(#args),*);)
            }
            Stmt::Reverse { call, shadows, cotangents, seed } => {
                self.reverse(call, shadows, cotangents, seed)
            }
            Stmt::Mirror { record, then, els } => self.mirror(*record, then, els),
            Stmt::Restore { place, save } => self.restore(place, *save),
        }
    }

    fn let_(&self, var: VarId, value: Option<&Expr>) -> TokenStream {
        let name = self.binding(var);
        let info = self.func.var(var);
        let annotation = info.annotation.as_ref().map(|t| site!(: #t));
        let Some(value) = value else { return site!(let #name #annotation;) };
        let annotation = annotation.or_else(|| match (&info.ty, value) {
            (Ty::Real(crate::ir::Scalar::F64), Expr::Real(_) | Expr::Lit(_)) => Some(site!(: f64)),
            (Ty::Real(crate::ir::Scalar::F32), Expr::Real(_) | Expr::Lit(_)) => Some(site!(: f32)),
            _ => None,
        });
        let value = self.expr(value, info.ty.is_real());
        site!(let #name #annotation = #value;)
    }

    fn assign(&self, place: &Place, value: &Expr, init: bool, saved: Option<VarId>) -> TokenStream {
        let real = place.ty.is_real();
        let target = self.place(place, true);
        let tokens = self.expr(value, real);
        let Some(saved) = saved else {
            if matches!(place.proj.last(), Some(Proj::View { .. })) {
                return site!(#target.copy_from(&#tokens););
            }
            return site!(#target = #tokens;);
        };
        let name = self.binding(saved);
        let reads_itself = place.root_var().is_some_and(|r| value.roots().contains(&r));
        let _ = init;
        if place.ty.is_copy() {
            let old = self.place(place, false);
            return site!(let #name = #old; #target = #tokens;);
        }
        if matches!(place.proj.last(), Some(Proj::View { .. })) {
            let old = self.clone_of(place);
            return site!(let #name = #old; #target.copy_from(&#tokens););
        }
        if reads_itself {
            let old = self.clone_of(place);
            return site!(let #name = #old; #target = #tokens;);
        }
        let old = self.reference(place, true);
        site!(let #name = ::core::mem::replace(#old, #tokens);)
    }

    fn update(
        &self,
        place: &Place,
        op: crate::ir::ArithOp,
        value: &Expr,
        saved: Option<VarId>,
    ) -> TokenStream {
        let symbol = match op {
            crate::ir::ArithOp::Add => site!(+=),
            crate::ir::ArithOp::Sub => site!(-=),
            crate::ir::ArithOp::Mul => site!(*=),
            crate::ir::ArithOp::Div => site!(/=),
            crate::ir::ArithOp::Rem => site!(%=),
        };
        let target = self.place(place, true);
        let known = place.ty.is_real() || place.ty.is_inert() || type_of(value).is_real();
        let rt = self.rt;
        let tokens = match value {
            Expr::Read(p) if !known && matches!(p.ty, Ty::Matrix) => self.reference(p, false),
            Expr::Read(p) if !known => {
                let p = self.reference(p, false);
                site!(#rt::operand(#p))
            }
            value => self.expr(value, known),
        };
        let save = saved.map(|saved| {
            let name = self.binding(saved);
            if place.ty.is_copy() {
                let old = self.place(place, false);
                site!(let #name = #old;)
            } else {
                let old = self.clone_of(place);
                site!(let #name = #old;)
            }
        });
        if matches!(place.proj.last(), Some(Proj::View { .. })) {
            return site!(#save { let mut view = #target; view #symbol #tokens; });
        }
        site!(#save #target #symbol #tokens;)
    }

    /// The path of the callee's function with the given role.
    fn callee(&self, callee: &Callee, role: &str) -> TokenStream {
        match callee {
            Callee::Companion(path) => {
                let mut path = path.clone();
                let arguments = path.segments.last_mut().map(|s| std::mem::take(&mut s.arguments));
                let name = Ident::new(
                    role,
                    path.segments.last().map_or_else(proc_macro2::Span::mixed_site, |s| s.ident.span()),
                );
                match arguments {
                    Some(syn::PathArguments::AngleBracketed(a)) if role == "__forward" => {
                        site!(<#path>::#name #a)
                    }
                    _ => site!(<#path>::#name),
                }
            }
            Callee::Associated(path) => {
                let mut path = path.clone();
                let matrix = path
                    .path
                    .segments
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|s| crate::ir::types::is_matrix(&s.ident.to_string()));
                // Methods have a reverse half that is called on the receiver, and one for calls by path.
                let role = if role == "__reverse" && !matrix { "__pull" } else { role };
                if let Some(last) = path.path.segments.last_mut() {
                    last.ident = format_ident!("{}{}", last.ident, role, span = last.ident.span());
                    if role != "__forward" {
                        last.arguments = syn::PathArguments::None;
                    }
                }
                path.to_token_stream()
            }
            Callee::Method(name, _) => {
                let name = format_ident!("{}{}", name, role, span = name.span());
                site!(#name)
            }
        }
    }

    /// Keeps the contents of arguments that the call is about to change.
    fn saves(&self, call: &Call) -> TokenStream {
        let rt = self.rt;
        let mut out = TokenStream::new();
        for (i, save) in &call.saves {
            let Some(Expr::Ref { place, .. }) = call.args.get(*i) else { continue };
            out.extend(match save {
                Save::Stack(stack) => {
                    let (stack, place) = (self.name(*stack), self.reference(place, false));
                    site!(#rt::Stacked::save(#place, &mut #stack);)
                }
                Save::Clone(var) => {
                    let (var, value) = (self.name(*var), self.clone_of(place));
                    site!(let #var = #value;)
                }
            });
        }
        out
    }

    fn restore(&self, place: &Place, save: Save) -> TokenStream {
        let rt = self.rt;
        match save {
            Save::Stack(stack) => {
                let (stack, place) = (self.name(stack), self.reference(place, true));
                site!(#rt::Stacked::restore(#place, &mut #stack);)
            }
            Save::Clone(var) => {
                let (var, place) = (self.name(var), self.place(place, true));
                site!(#place = #var;)
            }
        }
    }

    fn call(&self, call: &Call) -> TokenStream {
        let saves = self.saves(call);
        let result = self.binding(call.result);
        let (setup, args) = self.arguments(call, &call.args);
        let invoke = |role: &str| match &call.callee {
            Callee::Method(name, turbofish) => {
                let name = if role.is_empty() { site!(#name) } else { self.callee(&call.callee, role) };
                let receiver = self.receiver(call);
                let args = &args[1..];
                site!(#receiver.#name #turbofish (#(#args),*))
            }
            Callee::Companion(path) if role.is_empty() => site!(#path(#(#args),*)),
            Callee::Associated(path) if role.is_empty() => site!(#path(#(#args),*)),
            callee => {
                let path = self.callee(callee, role);
                site!(#path(#(#args),*))
            }
        };
        let (pattern, value) = match call.mode {
            CallMode::Split => {
                let back = self.binding(call.back);
                (site!((#result, #back)), invoke("__forward"))
            }
            CallMode::Plain => (result, invoke("")),
            CallMode::Value => {
                let forward = invoke("__forward");
                (result, site!(#forward.0))
            }
        };
        if setup.is_empty() {
            site!(#saves let #pattern = #value;)
        } else {
            site!(#saves let #pattern = { #setup #value };)
        }
    }

    fn receiver(&self, call: &Call) -> TokenStream {
        match call.args.first() {
            Some(Expr::Ref { place, exclusive }) => match place.whole() {
                Some(var) => self.name(var),
                None => self.place(place, *exclusive),
            },
            Some(e) => self.expr(e, false),
            None => site!(),
        }
    }

    /// Arguments, with disjoint parts of one buffer taken apart first where two are borrowed at once.
    fn arguments(&self, call: &Call, args: &[Expr]) -> (TokenStream, Vec<TokenStream>) {
        let mut setup = TokenStream::new();
        let groups = disjoint_groups(args);
        let mut tokens: Vec<TokenStream> = args.iter().map(|a| self.expr(a, true)).collect();
        if !groups.is_empty() {
            for (i, arg) in args.iter().enumerate().filter(|(_, a)| !matches!(a, Expr::Ref { .. })) {
                let (name, value) = (format_ident!("value{}", i), self.expr(arg, true));
                setup.extend(site!(let #name = #value;));
                tokens[i] = name.to_token_stream();
            }
        }
        for (g, group) in groups.iter().enumerate() {
            let Some(Expr::Ref { place: first, .. }) = args.get(group.members[0]) else { continue };
            let prefix = Place { proj: first.proj[..group.at].to_vec(), ..first.clone() };
            let base = match prefix.whole() {
                Some(var) => self.name(var),
                None => self.place(&prefix, true),
            };
            let names: Vec<Ident> =
                (0..group.members.len()).map(|i| format_ident!("part{}_{}", g, i)).collect();
            let mut ranges = Vec::new();
            for (m, name) in group.members.iter().zip(&names) {
                let Some(Expr::Ref { place, exclusive }) = args.get(*m) else { continue };
                ranges.push(match &place.proj[group.at] {
                    Proj::Slice { lo, hi } => {
                        let lo = lo.as_ref().map_or(site!(0), |e| self.expr(e, true));
                        let hi = hi.as_ref().map_or(site!(#base.len()), |e| self.expr(e, true));
                        site!(#lo..#hi)
                    }
                    Proj::Index(index) => self.expr(index, true),
                    _ => continue,
                });
                let rest = &place.proj[group.at + 1..];
                tokens[*m] = match (rest.is_empty(), exclusive) {
                    (true, true) => site!(#name),
                    (true, false) => site!(&*#name),
                    (false, _) => {
                        let part = self.project(site!(#name), rest, *exclusive);
                        if *exclusive {
                            site!(&mut #part)
                        } else {
                            site!(&#part)
                        }
                    }
                };
            }
            setup.extend(site!(let [#(#names),*] = #base.get_disjoint_mut([#(#ranges),*]).expect("disjoint parts of one buffer");));
        }
        let _ = call;
        (setup, tokens)
    }

    fn reverse(
        &self,
        call: &Call,
        shadows: &[Expr],
        cotangents: &[Option<VarId>],
        seed: &Expr,
    ) -> TokenStream {
        let back = self.name(call.back);
        let references: Vec<Expr> =
            call.args.iter().filter(|a| matches!(a, Expr::Ref { .. })).cloned().collect();
        let (setup, primal) = self.arguments(call, &references);
        let (shadow_setup, shadow_tokens) = {
            let (setup, tokens) = self.arguments(call, shadows);
            // Names must differ from those of the primal's parts.
            (rename_parts(setup), tokens.into_iter().map(rename_parts).collect::<Vec<_>>())
        };
        let seed = self.expr(seed, false);
        let mut args = Vec::new();
        let method = matches!(call.callee, Callee::Method(..));
        if method {
            args.push(site!(#back));
            args.extend(shadow_tokens.first().cloned());
            for (p, s) in primal.iter().zip(&shadow_tokens).skip(1) {
                args.extend([p.clone(), s.clone()]);
            }
        } else {
            args.push(site!(#back));
            for (p, s) in primal.iter().zip(&shadow_tokens) {
                args.extend([p.clone(), s.clone()]);
            }
        }
        args.push(seed);
        let path = self.callee(&call.callee, "__reverse");
        let value = if method {
            let receiver = self.receiver(call);
            site!(#receiver.#path(#(#args),*))
        } else {
            site!(#path(#(#args),*))
        };
        let names = cotangents.iter().map(|c| match c {
            Some(var) => self.name(*var),
            None => site!(_),
        });
        let pattern = if cotangents.is_empty() { site!(()) } else { site!((#(#names,)*)) };
        let none = cotangents.iter().all(Option::is_none);
        match (none, setup.is_empty() && shadow_setup.is_empty()) {
            (true, true) => site!(#value;),
            (true, false) => site!({ #setup #shadow_setup #value; }),
            (false, true) => site!(let #pattern = #value;),
            (false, false) => site!(let #pattern = { #setup #shadow_setup #value };),
        }
    }

    fn if_(&self, cond: &Expr, then: &Block, els: &Block, record: Option<VarId>) -> TokenStream {
        let before = self.outermost.replace(false);
        let tokens = self.branch(cond, then, els, record);
        self.outermost.set(before);
        tokens
    }

    fn branch(&self, cond: &Expr, then: &Block, els: &Block, record: Option<VarId>) -> TokenStream {
        let rt = self.rt;
        if let Some(record) = record {
            let name = self.binding(record);
            let cond = self.expr(cond, true);
            let arm = |b: &Block, side: TokenStream| {
                let stmts = self.stmts(&b.stmts);
                let value = self.record_value(&b.record);
                site!({ #stmts #rt::Either::#side(#value) })
            };
            let then = arm(then, site!(Left));
            let els = arm(els, site!(Right));
            return site!(let #name = if #cond #then else #els;);
        }
        if matches!(cond, Expr::Path(t) if t.to_string() == "true") && els.stmts.is_empty() {
            let body = self.body(then, None);
            return site!({ #body });
        }
        let (cond, then, els) = match cond {
            Expr::Unary(crate::ir::UnOp::Not, inner) if !els.stmts.is_empty() && !then.stmts.is_empty() => {
                ((**inner).clone(), els, then)
            }
            Expr::Unary(crate::ir::UnOp::Not, inner) if then.stmts.is_empty() => {
                ((**inner).clone(), els, then)
            }
            cond if then.stmts.is_empty() => (super::stmt::not(cond), els, then),
            cond => (cond.clone(), then, els),
        };
        let cond = self.expr(&cond, true);
        let then = self.body(then, None);
        if els.stmts.is_empty() {
            return site!(if #cond { #then });
        }
        let els = match els.stmts.as_slice() {
            [inner @ Stmt::If { record: None, .. }] if els.replay.is_empty() => {
                let tokens = self.stmt(inner);
                if tokens.to_string().starts_with("if ") {
                    tokens
                } else {
                    site!({ #tokens })
                }
            }
            _ => {
                let els = self.body(els, None);
                site!({ #els })
            }
        };
        site!(if #cond { #then } else #els)
    }

    /// The statements of a reverse block, after what makes its variables available.
    fn body(&self, block: &Block, record: Option<TokenStream>) -> TokenStream {
        let bind = record.map(|source| {
            let pattern = self.record_pattern(&block.record);
            site!(let #pattern = #source;)
        });
        let before = self.replaying.replace(true);
        let replay = self.stmts(&block.replay);
        self.replaying.set(before);
        let stmts = self.stmts(&block.stmts);
        if self.reverse && !before {
            site!(#bind #replay #stmts)
        } else {
            site!(#stmts)
        }
    }

    fn record_value(&self, vars: &[VarId]) -> TokenStream {
        match vars {
            [one] => self.name(*one),
            many => {
                let names = many.iter().map(|v| self.name(*v));
                site!((#(#names),*))
            }
        }
    }

    fn record_pattern(&self, vars: &[VarId]) -> TokenStream {
        match vars {
            [one] => self.binding(*one),
            many => {
                let names = many.iter().map(|v| self.binding(*v));
                site!((#(#names),*))
            }
        }
    }

    fn mirror(&self, record: VarId, then: &Block, els: &Block) -> TokenStream {
        let rt = self.rt;
        let name = self.name(record);
        let arm = |b: &Block, original: &Block, side: TokenStream| {
            let pattern = if b.stmts.is_empty() { site!(_) } else { self.record_pattern(&original.record) };
            let body = self.body(b, None);
            site!(#rt::Either::#side(#pattern) => { #body })
        };
        let left = arm(then, then, site!(Left));
        let right = arm(els, els, site!(Right));
        site!(match #name { #left #right })
    }

    fn for_(&self, l: &For) -> TokenStream {
        let counter = self.name(l.counter);
        let lo = self.expr(&l.lo, true);
        let reversing = self.reverse && !self.replaying.get();
        let limited = reversing && l.trips.is_some();
        let (hi, inclusive) = if limited && l.inclusive {
            let hi = crate::ir::Expr::Arith(
                crate::ir::ArithOp::Add,
                Box::new(l.hi.clone()),
                Box::new(crate::rules::int_lit(1)),
            );
            (self.expr(&hi, true), false)
        } else {
            (self.expr(&l.hi, true), l.inclusive)
        };
        let dots = if inclusive { site!(..=) } else { site!(..) };
        let range = site!(#lo #dots #hi);
        // In the reverse sweep `rev` is already that of the mirrored loop.
        let forward_rev = if reversing { !l.rev } else { l.rev };
        let mut iter = site!(#range);
        let mut plain = true;
        if forward_rev {
            iter = site!((#range).rev());
            plain = false;
        }
        if let Some(step) = &l.step {
            let step = self.expr(step, true);
            iter = if plain { site!((#iter).step_by(#step)) } else { site!(#iter.step_by(#step)) };
            plain = false;
        }
        if reversing {
            if let Some(trips) = l.trips {
                let trips = self.name(trips);
                iter = if plain { site!((#iter).take(#trips)) } else { site!(#iter.take(#trips)) };
                plain = false;
            }
            iter = match (plain, forward_rev && l.step.is_none() && l.trips.is_none()) {
                (_, true) => range,
                (true, _) => site!((#iter).rev()),
                (false, _) => site!(#iter.rev()),
            };
        }
        if reversing {
            let record = l.record.map(|r| self.popped(r));
            let body = self.body(&l.body, record);
            return site!(for #counter in #iter { #body });
        }
        let declared =
            l.record.filter(|_| self.outermost.get() && !self.reverse).map(|r| self.declared(r, l));
        let before = self.outermost.replace(false);
        let stmts = self.stmts(&l.body.stmts);
        self.outermost.set(before);
        let push = l.record.map(|r| self.pushed(r, &l.body));
        let (count, step, exit) = self.counting(l.trips, l.exit.as_ref());
        let count = site!(#declared #count);
        site!(#count for #counter in #iter { #step #stmts #push #exit })
    }

    /// The record of a loop, with room for every iteration.
    fn declared(&self, record: VarId, l: &For) -> TokenStream {
        let (rt, name) = (self.rt, self.name(record));
        let trip = |e: &Expr| match e {
            Expr::Lit(syn::Lit::Int(i)) => i.base10_parse::<usize>().ok(),
            _ => None,
        };
        if let (Some(lo), Some(hi), None) = (trip(&l.lo), trip(&l.hi), &l.step) {
            let n = (hi + usize::from(l.inclusive)).saturating_sub(lo);
            if n <= 16 {
                return site!(let mut #name = #rt::FixedRecord::<_, #n>::new(););
            }
        }
        let (lo, hi) = (self.expr(&l.lo, true), self.expr(&l.hi, true));
        let count = matches!(&l.hi, Expr::Method { name, .. } if name == "len");
        if trip(&l.lo) == Some(0) && count && !l.inclusive {
            return site!(let mut #name = ::std::vec::Vec::with_capacity(#hi););
        }
        site!(let mut #name = ::std::vec::Vec::with_capacity(#rt::range_len(#lo, #hi));)
    }

    fn pushed(&self, record: VarId, body: &Block) -> TokenStream {
        let record = self.name(record);
        let value = self.record_value(&body.record);
        site!(#record.push(#value);)
    }

    fn popped(&self, record: VarId) -> TokenStream {
        let record = self.name(record);
        site!(#record.pop().expect("a record per iteration"))
    }

    fn counting(&self, trips: Option<VarId>, exit: Option<&Expr>) -> (TokenStream, TokenStream, TokenStream) {
        let (count, step) = match trips {
            Some(trips) => {
                let trips = self.name(trips);
                (site!(let mut #trips = 0usize;), site!(#trips += 1;))
            }
            None => (site!(), site!()),
        };
        let exit = exit.map(|e| {
            let e = self.expr(e, true);
            site!(if #e { break; })
        });
        (count, step, site!(#exit))
    }

    fn loop_(&self, l: &Loop) -> TokenStream {
        if self.reverse {
            let trips = self.name(l.trips);
            let record = l.record.map(|r| self.popped(r));
            let body = self.body(&l.body, record);
            return site!(for _ in 0..#trips { #body });
        }
        let before = self.outermost.replace(false);
        let stmts = self.stmts(&l.body.stmts);
        self.outermost.set(before);
        let push = l.record.map(|r| self.pushed(r, &l.body));
        let (count, step, exit) = self.counting(Some(l.trips), l.exit.as_ref());
        let head = self.stmts(&l.head);
        let cond = self.expr(&l.cond, true);
        if cond.to_string() == "true" {
            return site!(#count loop { #step #stmts #push #exit });
        }
        let cond = if head.is_empty() { cond } else { site!({ #head #cond }) };
        site!(#count while #cond { #step #stmts #push #exit })
    }

    fn swap(&self, a: &Place, b: &Place) -> TokenStream {
        if let (Some(Proj::Index(i)), Some(Proj::Index(j))) = (a.proj.last(), b.proj.last()) {
            let prefix = |p: &Place| Place { proj: p.proj[..p.proj.len() - 1].to_vec(), ..p.clone() };
            let (pa, pb) = (prefix(a), prefix(b));
            if pa.to_string() == pb.to_string() {
                let base = match pa.whole() {
                    Some(var) => self.name(var),
                    None => self.place(&pa, true),
                };
                // Indices that look at the sequence itself come first.
                let looks = |e: &Expr| e.roots().iter().any(|v| pa.root_var() == Some(*v));
                let apart = looks(i) || looks(j);
                let (i, j) = (self.expr(i, true), self.expr(j, true));
                if apart {
                    return site!({ let (first, second) = (#i, #j); #base.swap(first, second); });
                }
                return site!(#base.swap(#i, #j););
            }
        }
        let (a, b) = (self.reference(a, true), self.reference(b, true));
        site!(::core::mem::swap(#a, #b);)
    }
}

/// `!cond`
pub(super) fn not(cond: &Expr) -> Expr {
    Expr::Unary(crate::ir::UnOp::Not, Box::new(cond.clone()))
}

struct Group {
    members: Vec<usize>,
    /// Where their projections part.
    at: usize,
}

/// Reference arguments into disjoint slices of one buffer, of which one at least is exclusive.
fn disjoint_groups(args: &[Expr]) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut used = std::collections::HashSet::new();
    for (i, a) in args.iter().enumerate() {
        let Expr::Ref { place: p, .. } = a else { continue };
        if used.contains(&i) {
            continue;
        }
        let mut members = vec![i];
        let mut at = None;
        for (j, b) in args.iter().enumerate().skip(i + 1) {
            let Expr::Ref { place: q, .. } = b else { continue };
            if p.root_var().is_none() || p.root_var() != q.root_var() {
                continue;
            }
            let common = p.proj.iter().zip(&q.proj).position(|(x, y)| printed(x) != printed(y));
            if let Some(k) = common {
                if matches!(
                    (&p.proj[k], &q.proj[k]),
                    (Proj::Slice { .. }, Proj::Slice { .. }) | (Proj::Index(_), Proj::Index(_))
                ) && at.is_none_or(|a| a == k)
                {
                    members.push(j);
                    at = Some(k);
                }
            }
        }
        let exclusive = members.iter().any(|m| matches!(args[*m], Expr::Ref { exclusive: true, .. }));
        if let (Some(at), true) = (at, exclusive) {
            used.extend(members.iter().copied());
            out.push(Group { members, at });
        }
    }
    out
}

fn printed(p: &Proj) -> String {
    Place { root: crate::ir::Root::Static(TokenStream::new()), proj: vec![p.clone()], ty: Ty::Unknown }
        .to_string()
}

fn rename_parts(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|t| match t {
            proc_macro2::TokenTree::Ident(i)
                if i.to_string().starts_with("part")
                    && i.to_string().contains('_')
                    && i.to_string()[4..].starts_with(|c: char| c.is_ascii_digit()) =>
            {
                proc_macro2::TokenTree::Ident(format_ident!("{}_bar", i))
            }
            proc_macro2::TokenTree::Group(g) => {
                let mut group = proc_macro2::Group::new(g.delimiter(), rename_parts(g.stream()));
                group.set_span(g.span());
                proc_macro2::TokenTree::Group(group)
            }
            t => t,
        })
        .collect()
}
