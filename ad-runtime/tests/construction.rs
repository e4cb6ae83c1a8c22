//! The rules of constructors.

mod common;

use ad_runtime::generated::rules::*;
use common::{ORDERS, Random, SHAPES, check};
use nalgebra::{
    DMatrix, DVector, Matrix2, Matrix2x3, Matrix3, Matrix4, MatrixXx2, RowDVector, RowVector3, SMatrix,
    Vector2, Vector3, Vector4, Vector5, Vector6,
};

#[test]
fn from_scalars() {
    let random = &mut Random::new(1);
    for (rows, columns) in SHAPES {
        check(
            random,
            &0.7,
            |s| DMatrix::from_element(rows, columns, *s),
            |s, seed, s_bar| {
                let (y, back) = DMatrix::from_element__forward(rows, columns, *s);
                assert_eq!(y, DMatrix::from_element(rows, columns, *s));
                *s_bar += DMatrix::from_element__reverse(back, seed).2;
            },
        );
        check(
            random,
            &0.7,
            |s| DMatrix::repeat(rows, columns, *s),
            |s, seed, s_bar| {
                let (y, back) = DMatrix::repeat__forward(rows, columns, *s);
                assert_eq!(y, DMatrix::repeat(rows, columns, *s));
                *s_bar += DMatrix::repeat__reverse(back, seed).2;
            },
        );
        check(
            random,
            &0.7,
            |s| DMatrix::from_diagonal_element(rows, columns, *s),
            |_, seed, s_bar| *s_bar += DMatrix::from_diagonal_element__reverse((), seed).2,
        );
    }
    check(
        random,
        &0.7,
        |s| DVector::from_element(5, *s),
        |s, seed, s_bar| {
            let (y, back) = DVector::from_element__forward(5, *s);
            assert_eq!(y, DVector::from_element(5, *s));
            *s_bar += DVector::from_element__reverse(back, seed).1;
        },
    );
    check(
        random,
        &0.7,
        |s| Matrix2x3::repeat(*s),
        |s, seed, s_bar| {
            let (y, back) = Matrix2x3::repeat__forward(*s);
            assert_eq!(y, Matrix2x3::repeat(*s));
            *s_bar += Matrix2x3::repeat__reverse(back, seed).0;
        },
    );
}

#[test]
fn from_data() {
    let random = &mut Random::new(2);
    for (rows, columns) in SHAPES {
        let data = &random.vec(rows * columns);
        check(
            random,
            data,
            |data| DMatrix::from_vec(rows, columns, data.clone()),
            |data, seed, data_bar| {
                let (y, back) = DMatrix::from_vec__forward(rows, columns, data.clone());
                assert_eq!(y, DMatrix::from_vec(rows, columns, data.clone()));
                let ((), (), cotangent) = DMatrix::from_vec__reverse(back, seed);
                data_bar.iter_mut().zip(cotangent).for_each(|(data_bar, cotangent)| *data_bar += cotangent);
            },
        );
        check(
            random,
            data,
            |data| DMatrix::from_row_slice(rows, columns, data),
            |data, seed, data_bar| {
                let (y, back) = DMatrix::from_row_slice__forward(rows, columns, data);
                assert_eq!(y, DMatrix::from_row_slice(rows, columns, data));
                let ((), ()) = DMatrix::from_row_slice__reverse(back, data, data_bar, seed);
            },
        );
        check(
            random,
            data,
            |data| DMatrix::from_column_slice(rows, columns, data),
            |data, seed, data_bar| {
                let (y, back) = DMatrix::from_column_slice__forward(rows, columns, data);
                assert_eq!(y, DMatrix::from_column_slice(rows, columns, data));
                let ((), ()) = DMatrix::from_column_slice__reverse(back, data, data_bar, seed);
            },
        );
        check(
            random,
            data,
            |data| DVector::from_vec(data.clone()),
            |data, seed, data_bar| {
                let (_, back) = DVector::from_vec__forward(data.clone());
                let (cotangent,) = DVector::from_vec__reverse(back, seed);
                data_bar.iter_mut().zip(cotangent).for_each(|(data_bar, cotangent)| *data_bar += cotangent);
            },
        );
    }
    let data = &random.vec(6);
    check(
        random,
        data,
        |data| Matrix2x3::from_row_slice(data),
        |data, seed, data_bar| {
            let (_, back) = Matrix2x3::from_row_slice__forward(data);
            Matrix2x3::from_row_slice__reverse(back, data, data_bar, seed);
        },
    );
    check(
        random,
        data,
        |data| MatrixXx2::from_row_slice(data),
        |data, seed, data_bar| MatrixXx2::from_row_slice__reverse((), data, data_bar, seed),
    );
    check(
        random,
        data,
        |data| RowDVector::from_row_slice(data),
        |data, seed, data_bar| RowDVector::from_row_slice__reverse((), data, data_bar, seed),
    );
}

#[test]
fn from_vectors() {
    let random = &mut Random::new(3);
    for (rows, columns) in SHAPES {
        let vectors = &(0..columns).map(|_| random.vector(rows)).collect::<Vec<_>>();
        check(
            random,
            vectors,
            |vectors| DMatrix::from_columns(vectors),
            |vectors, seed, vectors_bar| {
                let (y, back) = DMatrix::from_columns__forward(vectors);
                assert_eq!(y, DMatrix::from_columns(vectors));
                DMatrix::from_columns__reverse(back, vectors, vectors_bar, seed);
            },
        );
        let vectors = &(0..rows).map(|_| random.vector(columns).transpose()).collect::<Vec<_>>();
        check(
            random,
            vectors,
            |vectors| DMatrix::from_rows(vectors),
            |vectors, seed, vectors_bar| {
                let (y, back) = DMatrix::from_rows__forward(vectors);
                assert_eq!(y, DMatrix::from_rows(vectors));
                DMatrix::from_rows__reverse(back, vectors, vectors_bar, seed);
            },
        );
    }
    let vectors = &[Vector2::new(1.0, 2.0), Vector2::new(3.0, 4.0), Vector2::new(5.0, 6.0)];
    check(
        random,
        vectors,
        |vectors| Matrix2x3::from_columns(vectors),
        |vectors, seed, vectors_bar| {
            let (_, back) = Matrix2x3::from_columns__forward(vectors);
            Matrix2x3::from_columns__reverse(back, vectors, vectors_bar, seed);
        },
    );
}

#[test]
fn from_diagonals() {
    let random = &mut Random::new(4);
    for order in ORDERS {
        let d = &random.vector(order);
        check(random, d, DMatrix::from_diagonal, |d, seed, d_bar| {
            let (y, back) = DMatrix::from_diagonal__forward(d);
            assert_eq!(y, DMatrix::from_diagonal(d));
            DMatrix::from_diagonal__reverse(back, d, d_bar, seed);
        });
    }
    let d = &random.fixed::<3, 1>();
    check(random, d, Matrix3::from_diagonal, |d, seed, d_bar| {
        let (y, back) = Matrix3::from_diagonal__forward(d);
        assert_eq!(y, Matrix3::from_diagonal(d));
        Matrix3::from_diagonal__reverse(back, d, d_bar, seed);
    });
}

#[test]
fn from_entries() {
    let random = &mut Random::new(5);
    check(
        random,
        &(1.0, 2.0, 3.0),
        |(x, y, z)| Vector3::new(*x, *y, *z),
        |(x, y, z), seed, bars| {
            let (value, back) = Vector3::new__forward(*x, *y, *z);
            assert_eq!(value, Vector3::new(*x, *y, *z));
            let (x_bar, y_bar, z_bar) = Vector3::new__reverse(back, seed);
            bars.0 += x_bar;
            bars.1 += y_bar;
            bars.2 += z_bar;
        },
    );
    // row by row: every entry comes back where it went
    let ones = |position: (usize, usize)| move |i, j| if (i, j) == position { 1.0 } else { 0.0 };
    assert_eq!(Matrix2::new__reverse((), SMatrix::from_fn(ones((0, 1)))), (0.0, 1.0, 0.0, 0.0));
    assert_eq!(Matrix2x3::new__reverse((), SMatrix::from_fn(ones((1, 0)))), (0.0, 0.0, 0.0, 1.0, 0.0, 0.0));
    assert_eq!(RowVector3::new__reverse((), SMatrix::from_fn(ones((0, 2)))), (0.0, 0.0, 1.0));
    assert_eq!(
        Matrix3::new__forward(1., 2., 3., 4., 5., 6., 7., 8., 9.).0,
        Matrix3::new(1., 2., 3., 4., 5., 6., 7., 8., 9.)
    );
    assert_eq!(Matrix4::new__reverse((), SMatrix::from_fn(ones((2, 1)))).9, 1.0);
    assert_eq!(Vector2::new__forward(1.0_f32, 2.0).0, Vector2::new(1.0, 2.0));
    assert_eq!(Vector4::new__reverse((), Vector4::new(1.0, 2.0, 3.0, 4.0)), (1.0, 2.0, 3.0, 4.0));
    assert_eq!(Vector5::new__reverse((), Vector5::new(1.0, 2.0, 3.0, 4.0, 5.0)).4, 5.0);
    assert_eq!(Vector6::new__reverse((), Vector6::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0)).5, 6.0);
}

#[test]
fn constants() {
    let (zeros, back) = DMatrix::<f64>::zeros__forward(2, 3);
    assert_eq!(zeros, DMatrix::zeros(2, 3));
    let ((), ()) = DMatrix::<f64>::zeros__reverse(back, zeros);
    let (zeros, back) = DVector::<f64>::zeros__forward(2);
    let ((),) = DVector::zeros__reverse(back, zeros);
    let (zeros, back) = Vector2::<f32>::zeros__forward();
    Vector2::zeros__reverse(back, zeros);
    let (identity, back) = DMatrix::<f64>::identity__forward(2, 2);
    assert_eq!(identity, DMatrix::identity(2, 2));
    let ((), ()) = DMatrix::identity__reverse(back, identity);
    assert_eq!(Matrix3::<f64>::identity__forward().0, Matrix3::identity());
}
