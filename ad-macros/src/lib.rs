//! The attributes of `pullback`: a source transformation from a Rust function to its derivatives.
//!
//! Users depend on `pullback`, which re-exports them.
//!
//! The stages, each usable alone: `attributes`, `fence` and `lower` (syntax to representation), `analyse`, `adjoint`
//! (representation to representation), `emit` (representation to tokens), with `fallback` for functions that are
//! refused.

#![forbid(unsafe_code)]

/// Tokens whose local variables cannot meet the user's, and which follow this crate's edition.
macro_rules! site {
    ($($tokens:tt)*) => { quote::quote_spanned!(proc_macro2::Span::mixed_site()=> $($tokens)*) };
}

mod adjoint;
mod analyse;
mod attributes;
mod context;
mod custom;
mod derive;
mod diagnostics;
mod differentiate;
mod emit;
mod fallback;
mod fence;
mod ir;
mod lower;
mod names;
mod rules;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Generates the derivative functions of a function or method.
///
/// ```ignore
/// #[differentiate]
/// fn f(x: &[f64], scale: f64, #[no_grad] offset: f64) -> f64 { /* … */ }
///
/// let (x_bar, scale_bar) = f_grad(&x, 2.0, 0.5);
/// ```
///
/// The function itself is not changed. For a free function `f` this generates `f_grad` and a type named `f` with the
/// associated functions `grad`, `value_and_grad`, `vjp` and `adjoint`; for a method `m`, or an associated function in
/// an `impl` block, its siblings `m_grad`, `m_value_and_grad`, `m_vjp` and `m_adjoint`. Those with `grad` in their
/// name exist where the result is a real scalar. All have the visibility and the generics of the function. Shapes and
/// conventions are in the documentation of the crate `pullback`.
///
/// | argument | meaning |
/// |---|---|
/// | `boxed` | boxes what is kept for the reverse sweep: needed on one of several functions that call each other |
/// | `crate = some::path` | where generated code finds `pullback`, if not at `::pullback` |
///
/// `#[no_grad]` inside: on a parameter, no derivative with respect to it; on a `let`, the bound value counts as a
/// constant, and its initialiser may be any Rust.
///
/// # What may stand in a differentiated function
///
/// | | |
/// |---|---|
/// | types | `f64`, `f32`, `T: Real`; integers, `bool`, `char`, strings, ranges; arrays, slices, `Vec`, tuples, `Option`, `Result` of these, nested; structs with [`derive(Differentiable)`](derive@Differentiable); nalgebra's matrices, vectors and views; references to all of them |
/// | operators | `+` `-` `*` `/` `%`, negation, their assigning forms; comparison, logic, bits; `as`, `f64::from` |
/// | scalar functions | `sin` `cos` `sin_cos` `tan` `asin` `acos` `atan` `atan2` `sinh` `cosh` `tanh` `asinh` `acosh` `atanh` `exp` `exp2` `exp_m1` `ln` `ln_1p` `log` `log2` `log10` `sqrt` `cbrt` `powi` `powf` `hypot` `recip` `abs` `copysign` `max` `min` `clamp` `mul_add` `midpoint` `fract` `rem_euclid` `to_degrees` `to_radians`, and with slope 0 `floor` `ceil` `round` `round_ties_even` `trunc` `signum` `div_euclid`; as methods or as `f64::sin` |
/// | bindings | `let` with any pattern, mutable, shadowed, assigned later; `let … else`; assignment to variables, fields, elements, `*r`, and to a pattern; `mem::swap`, `mem::replace`, `mem::take` |
/// | control flow | `if`, `if let` and its chains, `match` with guards, `for`, `while`, `while let`, `loop`, labels, `break` with a value, `continue`, `return`, `?`, blocks |
/// | slices, arrays, `Vec` | indexing, sub-slices, `len`, `is_empty`, `first`, `last`, `get`, `split_at`, `split_first`, `split_last`, `windows`, `chunks`, `chunks_exact` and the `_mut` forms; `clone`, `to_vec`, `push`, `pop`, `truncate`, `clear`, `extend`, `extend_from_slice`, `swap`, `reverse`, `fill`, `copy_from_slice`; `vec![…]`, `Vec::new`, `Vec::with_capacity`, `array::from_fn` |
/// | iterators | over slices, arrays, `Vec`, ranges, columns and rows of a matrix: `copied`, `cloned`, `enumerate`, `zip`, `rev`, `skip`, `take`, `step_by`, `map`, and then `filter`, `filter_map`, `flat_map`, `flatten`, `chain`; finished by a `for` loop or by `sum`, `product`, `fold`, `for_each`, `collect` into a `Vec`, `min_by`, `max_by`, `next`, `nth`, `last` |
/// | searches | `any`, `all`, `count`, `position`, `partition_point`, `binary_search_by`, … with any closure: the result carries no derivative |
/// | `Option`, `Result` | `unwrap`, `expect`, `unwrap_or`, `unwrap_or_else`, `map`, `map_or`, `and_then`, `is_some`, `take`, `ok` |
/// | closures | written in place or bound by `let`, capturing what they like; called, or handed to the methods above |
/// | calls | of functions and methods with one of the attributes of this crate, by any path, generic ones and recursive ones included; of functions whose arguments carry no derivative |
/// | matrices | operators; indexing; `column` `row` `columns` `rows` `view` and their `_mut` forms; `map`; `transpose` `tr_mul` `dot` `cross` `kronecker` `component_mul` `component_div` `scale` `unscale` `add_scalar` `abs` `normalize` `norm` `norm_squared` `metric_distance` `sum` `mean` `max` `min` `trace` `diagonal` `row_sum` `column_sum` `lower_triangle` `upper_triangle` `determinant` `try_inverse`; `lu` with `solve` `try_inverse` `determinant` `l` `u`; `cholesky` with `solve` `inverse` `determinant` `ln_determinant` `l` `unpack`; the constructors `new` `zeros` `identity` `from_element` `repeat` `from_fn` `from_vec` `from_row_slice` `from_column_slice` `from_rows` `from_columns` `from_diagonal` `from_diagonal_element` |
/// | macros | `assert!` and its kin, `println!` and its kin, `panic!`, `unreachable!`, `matches!`, `format!`, `dbg!` |
/// | items | `const`, `static`, `use`, `type`, `fn`, `struct`, `enum`, `impl` |
///
/// Everything else is an error at compile time, on the token, with the cause and a rewrite. In particular:
///
/// - a call of a function or method that is neither annotated nor in the table. rustc reports it on the call:
///   ``function `g` is not a crate or module``, ``no method named `m__forward` found``. Annotate the callee, or ask
///   for a constant;
/// - `async`, `const`, `unsafe` and `extern` functions, `impl Trait` parameters and results, results that borrow;
/// - methods in the `impl` of a trait: annotate an inherent method, and forward to it;
/// - trait objects, function pointers, raw pointers, maps, `Rc`, `Arc`, `Cell`, `Mutex`;
/// - operators and indexing that the user's own types overload;
/// - a reference that is assigned anew, swapped, chosen by a branch, or kept in a struct or a collection;
/// - sorting, and the bits of an active number;
/// - an enum of the user's own that carries active numbers, and macros of the user's own.
#[proc_macro_attribute]
pub fn differentiate(args: TokenStream, item: TokenStream) -> TokenStream {
    differentiate::expand(args.into(), item.into()).into()
}

/// Makes the result of a function count as a constant.
///
/// Differentiated functions may call it, and its body may be any Rust. What it leaves in a `&mut` argument is a
/// constant as well, the whole of it.
///
/// ```ignore
/// #[no_grad]
/// fn nearest(points: &[f64], x: f64) -> usize { /* … */ }
/// ```
///
/// Inside a function with [`#[differentiate]`](macro@differentiate), `#[no_grad]` also goes on a parameter and on a
/// `let`, and in a struct with [`#[derive(Differentiable)]`](derive@Differentiable) on a field.
#[proc_macro_attribute]
pub fn no_grad(args: TokenStream, item: TokenStream) -> TokenStream {
    custom::expand_no_grad(args.into(), item.into()).into()
}

/// Gives a function an adjoint written by hand.
///
/// The function gets everything that [`#[differentiate]`](macro@differentiate) generates, computed by the given
/// functions; its body may be any Rust.
///
/// | attribute | functions |
/// |---|---|
/// | `#[custom_adjoint(adj)]` | `fn adj(args…, value: &R, seed: R̄) -> G` |
/// | `#[custom_adjoint(forward = fwd, reverse = rev)]` | `fn fwd(args…) -> (R, S)` and `fn rev(saved: S, args…, seed: R̄) -> G` |
/// | either, with `tangent = tan` | `fn tan(arg, tangent, …) -> (R, Ṙ)`; accepted, used by forward mode only |
/// | either, with `crate = some::path` | where generated code finds `pullback`, if not at `::pullback` |
///
/// `args…` are the parameters of the function with their own types, those without derivative included. `R` is its
/// result, `R̄` the cotangent of that, and `G` the tuple of the cotangents of the active parameters in order, bare if
/// there is one. `S` may be anything, a factorisation for example. `tangent = tan` alone leaves the adjoint to the
/// transformation.
///
/// ```ignore
/// #[custom_adjoint(inverse_adjoint)]
/// fn inverse(a: &DMatrix<f64>) -> DMatrix<f64> { /* … */ }
///
/// fn inverse_adjoint(_a: &DMatrix<f64>, y: &DMatrix<f64>, y_bar: DMatrix<f64>) -> DMatrix<f64> {
///     -y.tr_mul(&y_bar) * y.transpose()
/// }
/// ```
///
/// An active `&mut` parameter is an error: return the new value, and assign it at the call. Arguments passed by value
/// must be `Clone`. Whether the adjoint is right can only be tested: `pullback::check_gradient`.
#[proc_macro_attribute]
pub fn custom_adjoint(args: TokenStream, item: TokenStream) -> TokenStream {
    custom::expand(args.into(), item.into()).into()
}

/// Makes a struct usable as a parameter, local or result of differentiated functions.
///
/// For a struct `P` this generates its cotangent `PCotangent`, a struct with the same field names, and implements
/// `Differentiable` for both. A field without derivative has the type `()` there, and so has one marked `#[no_grad]`,
/// whose own type may then be anything.
///
/// ```ignore
/// #[derive(Differentiable)]
/// struct Spring {
///     stiffness: f64,        // f64
///     anchors: Vec<[f64; 3]>, // Vec<[f64; 3]>
///     id: usize,             // ()
///     #[no_grad]
///     name: Name,            // ()
/// }
/// ```
///
/// Fields must own their data. Enums and unions are refused. `#[differentiable(crate = some::path)]` on the struct
/// says where generated code finds `pullback`, if not at `::pullback`.
#[proc_macro_derive(Differentiable, attributes(no_grad, differentiable))]
pub fn derive_differentiable(item: TokenStream) -> TokenStream {
    derive::expand(syn::parse_macro_input!(item as syn::DeriveInput)).into()
}
