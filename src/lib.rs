//! Derivatives of ordinary Rust functions, by source transformation, on the stable compiler.
//!
//! Put [`#[differentiate]`](macro@differentiate) on a function. It stays as it is, and beside it appear functions
//! that compute its derivatives: safe Rust, written out at compile time, checked and optimised like the rest of
//! the program.
//!
//! ```
//! use pullback::differentiate;
//!
//! #[differentiate]
//! fn rosenbrock(x: &[f64]) -> f64 {
//!     let mut sum = 0.0;
//!     for i in 0..x.len() - 1 {
//!         let d = x[i + 1] - x[i] * x[i];
//!         sum += 100.0 * d * d + (1.0 - x[i]).powi(2);
//!     }
//!     sum
//! }
//!
//! assert_eq!(rosenbrock_grad(&[1.0, 1.0, 1.0]), [0.0, 0.0, 0.0]);
//! assert_eq!(rosenbrock_grad(&[0.0, 1.0]), [-2.0, 200.0]);
//! ```
//!
//! A function whose derivative cannot be generated does not compile; the message names the cause and a rewrite. What
//! may stand in a differentiated function is listed at [`#[differentiate]`](macro@differentiate).
//!
//! # What is generated
//!
//! Reverse mode: one sweep back through the function gives the derivative of one result with respect to all
//! parameters. `fn f` lives in the value namespace, the generated `enum f {}` in the type namespace, so **one `use`
//! brings the function and its derivatives**, also renamed or re-exported, and differentiated functions call each
//! other by whatever path they like.
//!
//! | function | returns | |
//! |---|---|---|
//! | `f_grad(params)`, `f::grad(params)` | `G` | for a scalar result |
//! | `f::value_and_grad(params)` | `(R, G)` | for a scalar result, one sweep for both |
//! | `f::vjp(params)` | `(R, impl FnOnce(R̄) -> G)` | any differentiable result; may borrow the arguments |
//! | `f::adjoint(param, shadow, …, seed)` | `R` | adds into the shadows |
//!
//! `R` is the result and `R̄` its cotangent. `G` is the tuple of the cotangents of the *active* parameters, in order;
//! a single one stands bare. A parameter is active unless it is marked `#[no_grad]` or its type is made only of types
//! that carry no derivative: integers, `bool`, `char`, `str`, `String`, ranges.
//!
//! | parameter | its cotangent in `G` | its shadow in `adjoint` |
//! |---|---|---|
//! | `f64`, `f32`, `T: Real` | the same | `&mut f64` |
//! | `&[f64]`, `&mut [f64]`, `Vec<f64>`, `&Vec<f64>` | `Vec<f64>` | `&mut [f64]`; `&mut Vec<f64>` for `&mut Vec` |
//! | `[T; N]`, `&[T; N]`, nested | `[T̄; N]` | `&mut [T̄; N]` |
//! | tuples, `Option<T>` | the same shape, `()` for a part without derivative | `&mut` of that |
//! | nalgebra matrix or vector, any storage | the owned matrix of that shape | `&mut` of it |
//! | struct with [`#[derive(Differentiable)]`](derive@Differentiable) | its cotangent struct | `&mut` of it |
//!
//! ## Gradient and value
//!
//! ```
//! # use pullback::differentiate;
//! #[differentiate]
//! fn energy(stiffness: f64, x: &[f64]) -> f64 {
//!     x.windows(2).map(|pair| 0.5 * stiffness * (pair[1] - pair[0]).powi(2)).sum()
//! }
//!
//! let x = [0.0, 1.0, 3.0];
//! let (d_stiffness, d_x) = energy_grad(2.0, &x);
//! assert_eq!((d_stiffness, d_x), (2.5, vec![-2.0, -2.0, 4.0]));
//!
//! let (value, gradient) = energy::value_and_grad(2.0, &x);
//! assert_eq!(value, energy(2.0, &x));
//! assert_eq!(gradient, energy::grad(2.0, &x));
//! ```
//!
//! ## Pullback: `vjp`
//!
//! For a result that is not one number. The pullback maps a cotangent of the result to those of the parameters:
//! the transposed Jacobian times a vector.
//!
//! ```
//! # use pullback::differentiate;
//! #[differentiate]
//! fn polar(radius: f64, angle: f64) -> (f64, f64) {
//!     (radius * angle.cos(), radius * angle.sin())
//! }
//!
//! let ((x, y), pullback) = polar::vjp(2.0, 0.0);
//! assert_eq!((x, y), (2.0, 0.0));
//! assert_eq!(pullback((0.0, 1.0)), (0.0, 2.0)); // the gradient of y
//! ```
//!
//! ## Accumulating: `adjoint`
//!
//! Every active parameter is followed by its shadow, and the seed comes last. The shadows are added to, so a loop over
//! data needs no temporary gradients. A shadow of another shape than its parameter panics before anything is
//! written.
//!
//! ```
//! # use pullback::differentiate;
//! #[differentiate]
//! fn squared_error(weights: &[f64], #[no_grad] input: &[f64], #[no_grad] target: f64) -> f64 {
//!     let error = weights.iter().zip(input).map(|(w, x)| w * x).sum::<f64>() - target;
//!     error * error
//! }
//!
//! let data = [([1.0, 0.0], 2.0), ([0.0, 1.0], 3.0)];
//! let weights = [1.0, 1.0];
//! let (mut loss, mut weights_bar) = (0.0, [0.0; 2]);
//! for (input, target) in &data {
//!     loss += squared_error::adjoint(&weights, &mut weights_bar, input, *target, 1.0);
//! }
//! assert_eq!((loss, weights_bar), (5.0, [-2.0, -4.0]));
//! ```
//!
//! ## Methods
//!
//! Inside an `impl` block no type can be nested: the derivatives are siblings `m_grad`, `m_value_and_grad`, `m_vjp`,
//! `m_adjoint` of the method `m`. The receiver is the first parameter.
//!
//! ```
//! use pullback::{Differentiable, differentiate};
//!
//! #[derive(Differentiable)]
//! struct Spring {
//!     stiffness: f64,
//!     length: f64,
//!     id: usize,
//! }
//!
//! impl Spring {
//!     #[differentiate]
//!     fn energy(&self, x: f64) -> f64 {
//!         0.5 * self.stiffness * (x - self.length).powi(2)
//!     }
//! }
//!
//! let spring = Spring { stiffness: 3.0, length: 1.0, id: 7 };
//! let (spring_bar, force) = spring.energy_grad(3.0);
//! assert_eq!(spring_bar, SpringCotangent { stiffness: 2.0, length: -6.0, id: () });
//! assert_eq!(force, 6.0);
//!
//! let (mut spring_bar, mut x_bar) = (spring.zero_cotangent(), 0.0);
//! assert_eq!(spring.energy_adjoint(&mut spring_bar, 3.0, &mut x_bar, 10.0), 6.0);
//! assert_eq!((spring_bar.stiffness, x_bar), (20.0, 60.0));
//! ```
//!
//! ## Generic functions and matrices
//!
//! The scalar of a generic function is bounded by [`Real`], which is `f32` or `f64`. Matrices and vectors are
//! nalgebra's; the user's own dependency on nalgebra must be of the version that `pullback` uses, 0.35.
//!
//! ```
//! use nalgebra::{DMatrix, DVector};
//! use pullback::{Real, differentiate};
//!
//! #[differentiate]
//! fn horner<T: Real>(coefficients: &[T], x: T) -> T {
//!     coefficients.iter().fold(T::zero(), |sum, c| sum * x + *c)
//! }
//!
//! assert_eq!(horner_grad(&[1.0, 0.0, 2.0_f32], 3.0), (vec![9.0, 3.0, 1.0], 6.0));
//!
//! /// ½ bᵀ A⁻¹ b
//! #[differentiate]
//! fn compliance(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
//!     let x = a.clone().lu().solve(b).unwrap();
//!     0.5 * b.dot(&x)
//! }
//!
//! let a = DMatrix::from_diagonal_element(2, 2, 2.0);
//! let b = DVector::from_vec(vec![2.0, 4.0]);
//! let (a_bar, b_bar) = compliance_grad(&a, &b);
//! assert_eq!(a_bar, DMatrix::from_row_slice(2, 2, &[-0.5, -1.0, -1.0, -2.0]));
//! assert_eq!(b_bar, DVector::from_vec(vec![1.0, 2.0]));
//! ```
//!
//! # Constants
//!
//! Zero has to be asked for; it is never what is left when something was not understood. `#[no_grad]` goes on a
//! parameter, on a `let`, or on a function; [`stop_gradient`] is its form for an expression.
//!
//! ```
//! use pullback::{differentiate, no_grad, stop_gradient};
//!
//! /// Any Rust at all may stand here.
//! #[no_grad]
//! fn rounded(x: f64) -> f64 {
//!     (4.0 * x).round() / 4.0
//! }
//!
//! #[differentiate]
//! fn f(x: f64, #[no_grad] scale: f64) -> f64 {
//!     #[no_grad]
//!     let weight = 1.0 / (1.0 + x * x);
//!     scale * weight * x + rounded(x) * x + stop_gradient(x * x) * x
//! }
//!
//! // weight · scale + rounded(x) + x², all three held.
//! assert_eq!(f_grad(1.0, 6.0), 3.0 + 1.0 + 1.0);
//! ```
//!
//! # Derivatives by hand
//!
//! [`#[custom_adjoint]`](macro@custom_adjoint) replaces the generated adjoint of a function, whose body may then be
//! anything. In one piece, `adj(args…, value: &R, seed: R̄) -> G`:
//!
//! ```
//! use pullback::{custom_adjoint, differentiate};
//!
//! /// ln(1 + eˣ), without overflow.
//! #[custom_adjoint(softplus_adjoint)]
//! fn softplus(x: f64) -> f64 {
//!     if x > 30.0 { x } else { x.exp().ln_1p() }
//! }
//!
//! fn softplus_adjoint(x: f64, _value: &f64, seed: f64) -> f64 {
//!     seed / (1.0 + (-x).exp())
//! }
//!
//! #[differentiate]
//! fn cost(x: f64, y: f64) -> f64 {
//!     y * softplus(x * y)
//! }
//!
//! assert_eq!(cost_grad(0.0, 2.0).0, 2.0);
//! ```
//!
//! In two halves, `fwd(args…) -> (R, S)` and `rev(saved: S, args…, seed: R̄) -> G`, which share work through `S`:
//!
//! ```
//! use pullback::{custom_adjoint, differentiate};
//!
//! /// The x with x³ + x = target, by Newton's method: an implicit function needs no derivative of its iteration.
//! #[custom_adjoint(forward = root_forward, reverse = root_reverse)]
//! fn root(target: f64) -> f64 {
//!     let mut x = 1.0;
//!     for _ in 0..50 {
//!         x -= (x * x * x + x - target) / (3.0 * x * x + 1.0);
//!     }
//!     x
//! }
//!
//! /// Keeps the slope at the solution.
//! fn root_forward(target: f64) -> (f64, f64) {
//!     let x = root(target);
//!     (x, 3.0 * x * x + 1.0)
//! }
//!
//! fn root_reverse(slope: f64, _target: f64, seed: f64) -> f64 {
//!     seed / slope
//! }
//!
//! #[differentiate]
//! fn f(a: f64) -> f64 {
//!     10.0 * root(a * a)
//! }
//!
//! // root(10) = 2 with slope 13, and d(a²) = 2 a.
//! let a = 10.0_f64.sqrt();
//! assert!((f_grad(a) - 10.0 * 2.0 * a / 13.0).abs() < 1e-12);
//! ```
//!
//! # Testing a gradient
//!
//! [`check_gradient()`] compares a gradient with finite differences of adaptive step, and names the worst entry.
//!
//! ```
//! # use pullback::differentiate;
//! use pullback::check_gradient;
//!
//! #[differentiate]
//! fn f(x: &[f64], scale: f64) -> f64 {
//!     scale * x.iter().map(|x| x.sin()).product::<f64>()
//! }
//!
//! check_gradient(f, f_grad, (&[0.3, 1.2, -2.0][..], 1.5)).assert(1e-9);
//! ```
//!
//! # Conventions
//!
//! **Kinks.** Where a function has a kink, one fixed element of the subdifferential is used:
//!
//! | function | where | derivative |
//! |---|---|---|
//! | `abs` | 0 | 0 |
//! | `x.max(y)`, `x.min(y)` | a tie | all of it to the receiver `x`, so `x.max(0.0)` has slope 1 at 0 |
//! | `x.clamp(lo, hi)` | at `lo` or `hi` | all of it to `x` |
//! | `hypot`, `atan2` | the origin | 0 |
//! | `copysign(x, s)` | `x = ±0` | that of the side which the sign of the zero names; 0 by `s` |
//! | `powf(x, p)`, `powi(x, n)` | exponent 0 | 0 by `x`, also at `x = 0` |
//! | `powf(x, p)` by `p` | `x ≤ 0` | 0 |
//! | `floor`, `ceil`, `round`, `trunc`, `signum`, … | everywhere | 0 |
//! | `fract`, `%`, `rem_euclid` | a jump | that of the smooth pieces |
//! | `norm`, `metric_distance` of matrices | 0 | 0 |
//! | `max`, `min` of a matrix | a tie | the first entry in storage order |
//!
//! Control flow is that of the primal: the derivative is that of the branch taken, and a branch that was not taken
//! contributes nothing, not even 0 · ∞. Vertical tangents are not kinks: `sqrt` at 0 has slope ∞, and by the chain
//! rule `(x * x).sqrt()` has slope ∞ · 0, a NaN, there. Write `x.abs()`, `hypot` or `norm`.
//!
//! **Matrices.** The cotangent of a matrix is that of its entries as independent numbers, symmetric or not. `cholesky`
//! reads the lower triangle only: the cotangent of the upper one is zero. A factorisation (`lu`, `cholesky`)
//! stands for the matrix it was made of; its solves reuse the factors on the way back.
//!
//! **Accumulation.** `adjoint` adds (`+=`) to the shadows of parameters that are read. The shadow of a `&mut`
//! parameter holds, on entry, the cotangent of the value that the function leaves behind; on return, that of the
//! value it found. After any of the generated functions a `&mut` argument holds what the primal leaves in it. `grad`,
//! `value_and_grad` and `vjp` ask nothing of what is left behind: its cotangent starts at zero.
//!
//! ```
//! # use pullback::differentiate;
//! #[differentiate]
//! fn step(state: &mut [f64], dt: f64) {
//!     let velocity = state[1];
//!     state[0] += dt * velocity;
//!     state[1] = velocity * velocity;
//! }
//!
//! let (mut state, mut state_bar, mut dt_bar) = ([1.0, 3.0], [10.0, 1.0], 100.0);
//! step::adjoint(&mut state, &mut state_bar, 0.5, &mut dt_bar);
//! assert_eq!(state, [2.5, 9.0]);
//! assert_eq!((state_bar, dt_bar), ([10.0, 5.0 + 6.0], 100.0 + 30.0));
//! ```
//!
//! **Constants.** The result of a `#[no_grad]` function is a constant, and so is the whole of what it leaves in a
//! `&mut` argument, the parts it did not write included.
//!
//! **Values.** The primal is kept as written, and `f::value_and_grad`, `f::vjp` and `f::adjoint` return its value bit
//! for bit. Panics, assertions and output of the primal happen once. Nothing depends on the build profile, the level
//! of optimisation or LTO.
//!
//! # Limits
//!
//! - Reverse mode only. There is no forward mode yet, and no derivative of a derivative: no `jvp`, `jacobian`, `hvp`
//!   or `hessian`, and `f_grad` cannot be called in a differentiated function. `tangent = …` of `#[custom_adjoint]`
//!   is accepted and not used.
//! - Of the factorisations only `lu` and `cholesky` have rules, besides `try_inverse`, `determinant` and
//!   [`linalg::tridiagonal_solve()`]. QR, SVD, eigenvalues and the matrix exponential need a `#[custom_adjoint]`.
//! - A call needs the callee's source: everything that is called must carry one of the attributes, or be in the table
//!   at [`#[differentiate]`](macro@differentiate).
//! - No trait objects, function pointers, shared state or `unsafe`, and no methods of a trait.
//! - Every iteration of a loop whose values are needed on the way back is recorded. There is no checkpointing.

pub use ad_macros::{Differentiable, custom_adjoint, differentiate, no_grad};
pub use ad_runtime::{Differentiable, Real, check_gradient, linalg, stop_gradient};

#[doc(hidden)]
pub use ad_runtime::generated as __private;

/// The programs of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
