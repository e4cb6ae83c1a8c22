//! The intermediate representation: structured, let-normal where values carry derivatives.
//!
//! Every local variable of a function has one [`VarId`] and one name; references are not values but
//! [`Place`]s, so aliasing is visible by looking at roots. Early exits are already structured: a block has
//! one entry and one end. Operands of an operation that may carry a derivative are atoms (a literal or a
//! place); index arithmetic, conditions and the like stay trees, because nothing is derived from them.

mod display;
pub mod edit;
pub mod types;
pub mod visit;

use proc_macro2::{Ident, Span, TokenStream};

pub use types::{Scalar, Ty};

/// A local variable, parameter, temporary, shadow or record of one function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct VarId(pub u32);

/// What a variable is there for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The parameter with this index (`self` is 0 where present).
    Param(usize),
    /// A variable of the user.
    Local,
    /// The value of a subexpression.
    Temp,
    /// The counter of a loop.
    Counter,
    /// The value of a place before it was overwritten.
    Saved,
    /// The cotangent of another variable.
    Shadow(VarId),
    /// What a loop or a branch leaves for the reverse sweep.
    Record,
    /// The reverse half of a call.
    Back,
}

/// How a parameter is passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passing {
    /// By value, or a local variable.
    Value,
    /// `&T`.
    Shared,
    /// `&mut T`.
    Exclusive,
}

/// Everything known of a variable.
#[derive(Clone, Debug)]
pub struct Var {
    /// Its name, unique within the function.
    pub ident: Ident,
    /// Its type, or that of what it refers to.
    pub ty: Ty,
    /// Why it exists.
    pub role: Role,
    /// Passed by reference or held by value.
    pub passing: Passing,
    /// Assigned after its declaration.
    pub mutable: bool,
    /// Marked `#[no_grad]`.
    pub constant: bool,
    /// The type as the user wrote it on the declaration.
    pub annotation: Option<syn::Type>,
}

/// The unary operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnOp {
    /// `-x`
    Neg,
    /// `!x`
    Not,
}

/// The arithmetic operators that carry derivatives.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ArithOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
}

/// What an aggregate builds.
#[derive(Clone, Debug)]
pub enum Aggregate {
    /// `(a, b)`
    Tuple,
    /// `[a, b]`
    Array,
    /// `vec![a, b]`
    Vec,
    /// `Path { a: …, b: … }`, with the rest taken from a base value (the last operand) where there is one.
    Struct { path: syn::Path, members: Vec<syn::Member>, base: bool },
    /// `Path(a, b)`
    TupleStruct { path: syn::Path },
    /// `Some(a)`, `Ok(a)`, `Err(a)`
    Variant(Variant),
}

/// The variants whose payload carries a derivative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variant {
    /// `Some`
    Some,
    /// `Ok`
    Ok,
    /// `Err`
    Err,
}

impl Variant {
    /// The variant's name in source code.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Some => "Some",
            Variant::Ok => "Ok",
            Variant::Err => "Err",
        }
    }
}

/// A pure expression.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)] // A few boxes fewer to read; trees of a function are small.
pub enum Expr {
    /// A literal, as written.
    Lit(syn::Lit),
    /// A real constant of a rule, printed to fit the scalar type.
    Real(f64),
    /// A constant, a unit variant, or any other path that names no local variable.
    Path(TokenStream),
    /// The value of a place, copied or moved.
    Read(Place),
    /// `&place` or `&mut place`, as an argument.
    Ref { exclusive: bool, place: Place },
    /// `&expr` of a value that is not a place (inert arguments only).
    RefTo(Box<Expr>),
    /// A unary operation.
    Unary(UnOp, Box<Expr>),
    /// Arithmetic.
    Arith(ArithOp, Box<Expr>, Box<Expr>),
    /// A comparison, logical or bit operation: inert.
    Logic(syn::BinOp, Box<Expr>, Box<Expr>),
    /// `expr as Type`
    Cast(Box<Expr>, syn::Type),
    /// A scalar function of the table in [`crate::rules`]: receiver first.
    Scalar(&'static str, Vec<Expr>),
    /// A method call whose result is inert, or a fixed call of generated code.
    Method { receiver: Box<Expr>, name: Ident, turbofish: TokenStream, args: Vec<Expr> },
    /// A call of a path: inert, or a fixed call of generated code.
    Call { path: TokenStream, args: Vec<Expr> },
    /// A function of the runtime crate.
    Runtime(&'static str, Vec<Expr>),
    /// `lo..hi`
    Range { lo: Option<Box<Expr>>, hi: Option<Box<Expr>>, inclusive: bool },
    /// A tuple, array, struct, variant.
    Aggregate(Aggregate, Vec<Expr>),
    /// `[elem; n]` or `vec![elem; n]`
    Repeat { vec: bool, elem: Box<Expr>, len: Box<Expr> },
    /// A clone of a place, leaving the place alone.
    Clone(Place),
    /// A copy of a place under another type: `to_vec`, `try_into` an array.
    Convert { from: Place, call: TokenStream },
    /// The value of a place that is given another one by the next statement.
    MoveOut(Place),
    /// Moves the payload out of an `Option` or `Result` (`unwrap`, `expect`).
    Unwrap { from: Box<Expr>, variant: Variant, call: TokenStream },
    /// `if cond { a } else { b }` of rules.
    Select(Box<Expr>, Box<Expr>, Box<Expr>),
    /// Code taken over verbatim.
    Opaque(Opaque),
    /// The contents of a shadow, leaving zero behind.
    Take(Place),
    /// A zero cotangent for the value of a place.
    ZeroLike(Place),
    /// The derivative's zero stand-in for an argument that carries none.
    Scratch(Box<Expr>),
}

/// Verbatim code with the variables it mentions.
#[derive(Clone, Debug)]
pub struct Opaque {
    /// The code, already naming the variables by their unique names.
    pub tokens: TokenStream,
    /// Variables and aliases that the code mentions.
    pub uses: Vec<Place>,
    /// Names that stand for a place and must be bound before the code runs.
    pub binds: Vec<(Ident, Place)>,
}

/// One step from a value to a part of it.
#[derive(Clone, Debug)]
pub enum Proj {
    /// `.field` or `.0`
    Field(syn::Member),
    /// `[index]`
    Index(Box<Expr>),
    /// `[lo..hi]`
    Slice { lo: Option<Box<Expr>>, hi: Option<Box<Expr>> },
    /// The payload of `Some`, `Ok` or `Err`.
    Payload(Variant),
    /// A matrix view such as `.column(j)`.
    View { method: Ident, args: Vec<Expr> },
    /// `.first_chunk::<N>().unwrap()`, `.try_into().unwrap()`: the same memory under an array type.
    AsArray { method: TokenStream, method_mut: TokenStream },
}

/// A piece of memory: a variable or a static, and the way into it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where it starts.
    pub root: Root,
    /// The way from there.
    pub proj: Vec<Proj>,
    /// The type of what is there, as far as known.
    pub ty: Ty,
}

/// Where a place starts.
#[derive(Clone, Debug)]
pub enum Root {
    /// A variable.
    Var(VarId),
    /// A constant or static by its path.
    Static(TokenStream),
}

impl Place {
    /// The place that is a whole variable.
    pub fn var(id: VarId, ty: Ty) -> Place {
        Place { root: Root::Var(id), proj: Vec::new(), ty }
    }

    /// The variable it starts from.
    pub fn root_var(&self) -> Option<VarId> {
        match self.root {
            Root::Var(id) => Some(id),
            Root::Static(_) => None,
        }
    }

    /// The variable, where the place is a whole variable.
    pub fn whole(&self) -> Option<VarId> {
        if self.proj.is_empty() {
            self.root_var()
        } else {
            None
        }
    }

    /// The part of this place behind one more projection.
    pub fn then(&self, proj: Proj, ty: Ty) -> Place {
        let mut place = self.clone();
        place.proj.push(proj);
        place.ty = ty;
        place
    }
}

/// The function behind a call with rules.
#[derive(Clone, Debug)]
pub enum Callee {
    /// `path(…)`, rules at the companion type `path`.
    Companion(syn::Path),
    /// `Type::name(…)`, rules beside it.
    Associated(syn::ExprPath),
    /// `receiver.name(…)`, the receiver being the first argument.
    Method(Ident, Option<syn::AngleBracketedGenericArguments>),
}

/// How the contents of an argument are kept over a call that changes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Save {
    /// Appended to a stack of elements that lives for the whole function.
    Stack(VarId),
    /// A clone.
    Clone(VarId),
}

/// How the forward sweep calls a function with rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallMode {
    /// Its forward half, keeping the reverse half.
    Split,
    /// The plain primal: the forward half is run again just before the reverse half.
    Plain,
    /// The forward half for its value only: nothing is derived from it.
    Value,
}

/// A call whose derivative comes from the callee's rules.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who is called.
    pub callee: Callee,
    /// Arguments in order; references are [`Expr::Ref`].
    pub args: Vec<Expr>,
    /// The result.
    pub result: VarId,
    /// The reverse half.
    pub back: VarId,
    /// Arguments whose contents before the call the reverse sweep needs, with the variable that keeps them.
    pub saves: Vec<(usize, Save)>,
    /// How the forward sweep calls it.
    pub mode: CallMode,
}

/// A counted loop.
#[derive(Clone, Debug)]
pub struct For {
    /// The loop variable.
    pub counter: VarId,
    /// First value.
    pub lo: Expr,
    /// Behind the last value.
    pub hi: Expr,
    /// `..=`
    pub inclusive: bool,
    /// `.step_by(step)`
    pub step: Option<Expr>,
    /// `.rev()`, applied before the step.
    pub rev: bool,
    /// Leave the loop when this holds at the end of an iteration; `trips` then counts.
    pub exit: Option<Expr>,
    /// Number of iterations that ran, where that is not known from the range.
    pub trips: Option<VarId>,
    /// What is repeated.
    pub body: Block,
    /// The record of the iterations, where one is kept.
    pub record: Option<VarId>,
}

/// A loop without a range.
#[derive(Clone, Debug)]
pub struct Loop {
    /// Statements that compute the condition: inert.
    pub head: Vec<Stmt>,
    /// Run another iteration while this holds.
    pub cond: Expr,
    /// Leave the loop when this holds at the end of an iteration.
    pub exit: Option<Expr>,
    /// Number of iterations that ran.
    pub trips: VarId,
    /// What is repeated.
    pub body: Block,
    /// The record of the iterations, where one is kept.
    pub record: Option<VarId>,
}

/// A scope.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// In order.
    pub stmts: Vec<Stmt>,
    /// Variables of this scope that the reverse sweep takes from the record.
    pub record: Vec<VarId>,
    /// Statements that the reverse sweep runs again to have this scope's other variables.
    pub replay: Vec<Stmt>,
}

/// A statement.
#[derive(Clone, Debug)]
pub enum Stmt {
    /// `let var = value;` or `let var;`
    Let { var: VarId, value: Option<Expr> },
    /// `place = value;`, where `init` is the first assignment of a deferred `let`.
    Assign { place: Place, value: Expr, init: bool, saved: Option<VarId> },
    /// `place += value;`; `undo` where the reverse sweep takes it back by the inverse (integers).
    Update { place: Place, op: ArithOp, value: Expr, saved: Option<VarId>, undo: bool },
    /// A call with rules.
    Call(Call),
    /// A branch; `record` holds what the arms leave for the reverse sweep.
    If { cond: Expr, then: Block, els: Block, record: Option<VarId> },
    /// A counted loop.
    For(Box<For>),
    /// Any other loop.
    Loop(Box<Loop>),
    /// Exchanges two places; `back` where the reverse sweep must undo it.
    Swap { a: Place, b: Place, back: bool },
    /// `vec.push(value);`; `back` where the reverse sweep must undo it.
    Push { vec: Place, value: Expr, back: bool },
    /// `let var = vec.pop();`; `back` where the reverse sweep must undo it.
    Pop { var: VarId, vec: Place, back: bool },
    /// Something done for its effect, forward only.
    Effect(Opaque),
    /// `shadow += value;` on whatever type.
    Accumulate { shadow: Place, value: Expr },
    /// A function of the runtime crate, for its effect.
    Invoke { func: String, args: Vec<Expr> },
    /// Runs the reverse half of a call: a shadow per argument passed by reference, a variable per argument
    /// passed by value for the cotangent it gets (`None` where nobody asks).
    Reverse { call: Call, shadows: Vec<Expr>, cotangents: Vec<Option<VarId>>, seed: Expr },
    /// A branch whose arms take their record from what the forward sweep's branch left.
    Mirror { record: VarId, then: Block, els: Block },
    /// Puts back what a call changed.
    Restore { place: Place, save: Save },
}

/// A function, lowered.
#[derive(Clone, Debug)]
pub struct Func {
    /// All variables.
    pub vars: Vec<Var>,
    /// Parameters in order, `self` first.
    pub params: Vec<VarId>,
    /// The body.
    pub body: Block,
    /// The result; `None` for `()`.
    pub result: Option<Expr>,
    /// The type of the result.
    pub result_ty: Ty,
    /// Whether real constants must be printed for a type parameter.
    pub generic_real: Option<String>,
    /// Calls itself by name.
    pub recursive: bool,
    /// Items declared inside the body.
    pub items: Vec<TokenStream>,
    /// Variables whose first value is a zero of the shape of something else.
    pub fresh: Vec<VarId>,
    /// Variables taken apart as enums of the user, which must carry no derivative.
    pub enums: Vec<(VarId, Span)>,
}

impl Func {
    /// What is known of a variable.
    pub fn var(&self, id: VarId) -> &Var {
        &self.vars[id.0 as usize]
    }

    /// Adds a variable.
    pub fn add(&mut self, var: Var) -> VarId {
        let id = VarId(self.vars.len() as u32);
        self.vars.push(var);
        id
    }
}

impl Func {
    /// What is known of a variable, to change it.
    pub fn var_mut(&mut self, id: VarId) -> &mut Var {
        &mut self.vars[id.0 as usize]
    }
}
