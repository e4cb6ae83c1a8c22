// An active number inside `Err`, whose cotangent nobody could give back.

use pullback::differentiate;

#[differentiate]
fn root(x: f64) -> Result<f64, f64> {
    if x < 0.0 {
        return Err(x);
    }
    Ok(x.sqrt())
}

fn main() {}
