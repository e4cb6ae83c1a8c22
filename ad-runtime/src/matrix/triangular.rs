//! Triangular solves that nalgebra lacks.

use crate::Real;
use nalgebra::{Dim, Matrix, Storage, StorageMut};

/// `B <- L⁻ᵀ B`, where `L` is the strictly lower triangle of `factors` with ones on the diagonal.
pub fn tr_solve_unit_lower_mut<T, N, C, S1, S2>(factors: &Matrix<T, N, N, S1>, b: &mut Matrix<T, N, C, S2>)
where
    T: Real,
    N: Dim,
    C: Dim,
    S1: Storage<T, N, N>,
    S2: StorageMut<T, N, C>,
{
    let order = factors.nrows();
    for mut column in b.column_iter_mut() {
        for i in (0..order).rev() {
            let below = factors.view_range(i + 1.., i).dot(&column.rows_range(i + 1..));
            column[i] -= below;
        }
    }
}
