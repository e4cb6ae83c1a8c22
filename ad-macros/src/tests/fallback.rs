//! A refused function: itself, one error, and derivative functions of the right signature.

use super::{expanded, forward_half, messages, reverse_half};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::Visit;

/// The signatures of all functions generated beside the first, which is the primal.
fn signatures(code: TokenStream) -> Vec<String> {
    struct Collect(Vec<String>);
    impl<'a> Visit<'a> for Collect {
        fn visit_signature(&mut self, sig: &'a syn::Signature) {
            self.0.push(sig.to_token_stream().to_string());
        }
    }
    let mut collect = Collect(Vec::new());
    collect.visit_file(&syn::parse2(code).expect("items"));
    collect.0.remove(0);
    collect.0
}

const SIGNATURES: [&str; 5] = [
    "fn f(x: f64) -> f64",
    "fn f(x: &[f64], #[no_grad] y: &[f64], n: usize) -> f64",
    "pub fn f(x: &mut [f64], c: f64)",
    "fn f<T: Real, const N: usize>(x: [T; N]) -> [T; N]",
    "fn f(a: &DMatrix<f64>, p: P) -> (f64, Vec<f64>)",
];

#[test]
fn a_refused_function_keeps_the_signatures_of_its_derivatives() {
    for head in SIGNATURES {
        let refused = expanded(&format!("{head} {{ unsafe {{ todo!() }} }}"));
        let accepted = expanded(&format!("{head} {{ panic!() }}"));
        assert_eq!(messages(refused.clone()).len(), 1, "{head}");
        assert_eq!(messages(accepted.clone()).len(), 0, "{head}: {accepted}");
        assert_eq!(signatures(refused), signatures(accepted));
    }
    let other = |head: &str| signatures(expanded(&format!("{head} {{ panic!() }}")));
    assert_ne!(other(SIGNATURES[0]), other(SIGNATURES[1]));
}

#[test]
fn the_primal_of_a_refused_function_stays() {
    let source = "fn f(x: f64) -> f64 { unsafe { g(x) } }";
    let primal: TokenStream = source.parse().expect("tokens");
    assert!(expanded(source).to_string().starts_with(&primal.to_string()));
}

#[test]
fn the_halves_of_a_refused_function_never_return() {
    let stops = |source: &str| {
        let forward = forward_half(expanded(source));
        let reverse = reverse_half(&forward).body.to_token_stream().to_string();
        forward.block.to_token_stream().to_string().contains("refused at compile time")
            && reverse.contains("unreachable")
    };
    assert!(stops("fn f(x: &[f64], c: f64) -> f64 { unsafe { g(x) } }"));
    assert!(!stops("fn f(x: &[f64], c: f64) -> f64 { x[0] * c }"));
}

#[test]
fn a_stub_closure_takes_what_the_reverse_half_takes() {
    let inputs = |source: &str| reverse_half(&forward_half(expanded(source))).inputs.len();
    for head in SIGNATURES {
        let (refused, accepted) =
            (format!("{head} {{ unsafe {{ todo!() }} }}"), format!("{head} {{ panic!() }}"));
        assert_eq!(inputs(&refused), inputs(&accepted), "{head}");
    }
}
