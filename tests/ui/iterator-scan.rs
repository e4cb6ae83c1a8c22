// An iterator adaptor that carries a state.

use pullback::differentiate;

#[differentiate]
fn discounted(rate: f64, payments: &[f64]) -> f64 {
    let discount = payments.iter().scan(1.0, |d, p| {
        *d *= rate;
        Some(*d * p)
    });
    discount.sum()
}

fn main() {}
