//! What is emitted for a function that was refused: the function itself and derivative functions of the right
//! signature, so that one mistake gives one error.

use crate::emit::{Halves, Signature};
use proc_macro2::TokenStream;

/// Halves that type-check and never return.
pub fn halves(sig: &Signature, boxed: bool) -> Halves {
    let result = sig.result();
    let closure = stub_closure(sig);
    let closure = if boxed { site!(::std::boxed::Box::new(#closure)) } else { closure };
    let forward = site! {
        let value: #result = ::core::unreachable!("the derivative of this function was refused at compile time");
        (value, #closure)
    };
    Halves { forward, boxed }
}

fn stub_closure(sig: &Signature) -> TokenStream {
    let mut holes = Vec::new();
    for p in &sig.params {
        if p.passing != crate::ir::Passing::Value {
            holes.push(site!(_));
            if p.active {
                holes.push(site!(_));
            }
        }
    }
    if sig.output.is_some() {
        holes.push(site!(_));
    }
    site!(|#(#holes),*| ::core::unreachable!())
}
