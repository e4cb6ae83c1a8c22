//! Properties of expanded code that hold however it is printed.

use super::{annotated, expanded, forward_half, reverse_half};
use quote::ToTokens;
use syn::visit::Visit;

/// Multiplications of which one operand is the variable.
fn multiplications_by<T: ToTokens>(code: &T, name: &str) -> usize {
    struct Count<'n>(&'n str, usize);
    impl<'a> Visit<'a> for Count<'_> {
        fn visit_expr_binary(&mut self, e: &'a syn::ExprBinary) {
            let is = |e: &syn::Expr| matches!(e, syn::Expr::Path(p) if p.path.is_ident(self.0));
            if matches!(e.op, syn::BinOp::Mul(_) | syn::BinOp::MulAssign(_)) && (is(&e.left) || is(&e.right))
            {
                self.1 += 1;
            }
            syn::visit::visit_expr_binary(self, e);
        }
    }
    let mut count = Count(name, 0);
    count.visit_expr(&syn::parse2(code.to_token_stream()).expect("an expression"));
    count.1
}

/// Whether the code allocates or grows a vector.
fn records<T: ToTokens>(code: &T) -> bool {
    let text: String = code.to_token_stream().to_string().split_whitespace().collect();
    ["Vec::new", "Vec::with_capacity", "vec!", ".push("].iter().any(|word| text.contains(word))
}

fn forward(source: &str) -> syn::ItemFn {
    forward_half(expanded(source))
}

#[test]
fn the_reverse_half_of_a_square_multiplies_once_by_the_argument() {
    let of = |body: &str| reverse_half(&forward(&format!("fn f(x: f64) -> f64 {{ {body} }}")));
    assert_eq!(multiplications_by(&of("x * x"), "x"), 1);
    assert_eq!(multiplications_by(&of("x + x"), "x"), 0);
    assert_eq!(multiplications_by(&of("x * x * x"), "x"), 2);
}

#[test]
fn a_dot_product_records_nothing() {
    let dot = "fn f(a: &[f64], b: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..a.len() { s += a[i] * b[i]; }
        s
    }";
    assert!(!records(&forward(dot).block));
    assert!(records(&forward(&dot.replace("s +=", "s *=")).block));
    let zip = "fn f(a: &[f64], b: &[f64]) -> f64 { a.iter().zip(b).map(|(p, q)| p * q).sum() }";
    assert!(!records(&forward(zip).block));
}

#[test]
fn loops_share_one_flat_record_per_site() {
    let forward = forward(
        "fn f(x: f64, n: usize) -> f64 {
            let mut s = x;
            for _ in 0..n { for _ in 0..n { s = s * s; } }
            s
        }",
    );
    let text = forward.to_token_stream().to_string();
    assert_eq!(
        text.matches("Vec :: new").count() + text.matches("Vec :: with_capacity").count(),
        1,
        "{text}"
    );
    // It stands before both loops.
    let (vec, first) = (text.find("Vec ::").expect("a record"), text.find("for ").expect("a loop"));
    assert!(vec < first, "{text}");
}

#[test]
fn scalar_code_calls_nothing_of_the_runtime() {
    let names_runtime = |source: &str| {
        let f = forward(source);
        let stmts = f.block.stmts.iter().skip_while(|s| matches!(s, syn::Stmt::Item(syn::Item::Use(_))));
        stmts.map(|s| s.to_token_stream().to_string()).any(|s| s.contains("__private"))
    };
    assert!(!names_runtime("fn f(x: f64, y: f64) -> f64 { let a = x * y + 1.0; a.sin() / y - a.powi(3) }"));
    assert!(!names_runtime("fn f(x: &[f64]) -> f64 { x.iter().map(|v| v.exp()).sum() }"));
    assert!(names_runtime("fn f(x: &DMatrix<f64>) -> DMatrix<f64> { x * x }"));
}

#[test]
fn the_primal_is_left_as_written() {
    let source = "/// Documented.
        #[inline]
        pub fn f(x: f64, #[no_grad] y: f64) -> f64 { #[no_grad] let c = x + x; (x * (c)) * y }";
    let mut primal = annotated(source);
    crate::differentiate::constants(&mut primal, &mut Default::default());
    syn::visit_mut::VisitMut::visit_item_fn_mut(&mut crate::differentiate::Primal, &mut primal);
    let expansion = expanded(source).to_string();
    assert!(expansion.starts_with(&primal.to_token_stream().to_string()), "{expansion}");
    assert!(!expansion.contains("no_grad"), "{expansion}");
}

#[test]
fn names_that_users_also_like_do_not_meet() {
    let forward = forward(
        "fn f(x: f64) -> f64 { let x_bar = x * 2.0; let t1 = x_bar * x_bar; let seed = t1 * x; seed }",
    );
    // Every name in the two halves is bound once, or it is a shadow updated under its own name.
    struct Bound(Vec<String>);
    impl<'a> Visit<'a> for Bound {
        fn visit_pat_ident(&mut self, p: &'a syn::PatIdent) {
            self.0.push(p.ident.to_string());
        }
    }
    let mut bound = Bound(Vec::new());
    bound.visit_item_fn(&forward);
    let mut names = bound.0.clone();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), bound.0.len(), "{:?}", bound.0);
    assert!(["x", "x_bar", "t1", "seed"].iter().all(|n| names.contains(&n.to_string())), "{names:?}");
}
