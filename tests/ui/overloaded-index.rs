// An index operator of the user's own.

use pullback::{Differentiable, differentiate};
use std::ops::Index;

#[derive(Differentiable)]
struct Grid {
    columns: usize,
    cells: Vec<f64>,
}

impl Index<(usize, usize)> for Grid {
    type Output = f64;

    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.cells[row * self.columns + column]
    }
}

#[differentiate]
fn corner(grid: &Grid) -> f64 {
    2.0 * grid[(0, 0)]
}

fn main() {}
