use std::fmt::Debug;
use std::slice::Iter;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix};

/// A value seen as a flat sequence of its real entries; parts without a derivative have none.
pub trait Flat: Clone + Debug {
    /// The type of its cotangent.
    type Bar: Flat;

    /// Appends the entries.
    fn write(&self, entries: &mut Vec<f64>);

    /// A value of the same shape, made of the next entries.
    fn read(&self, entries: &mut Iter<f64>) -> Self;

    /// A cotangent of the same shape, made of the next entries.
    fn read_bar(&self, entries: &mut Iter<f64>) -> Self::Bar;

    /// How many entries each part of a tuple has.
    fn lengths(&self) -> Vec<usize> {
        vec![flatten(self).len()]
    }
}

/// The entries of `value`.
pub fn flatten<T: Flat>(value: &T) -> Vec<f64> {
    let mut entries = Vec::new();
    value.write(&mut entries);
    entries
}

fn next(entries: &mut Iter<f64>) -> f64 {
    *entries.next().expect("as many entries as were written")
}

macro_rules! real {
    ($($real:ty)*) => { $(
        impl Flat for $real {
            type Bar = $real;
            fn write(&self, entries: &mut Vec<f64>) {
                entries.push(f64::from(*self));
            }
            fn read(&self, entries: &mut Iter<f64>) -> Self {
                next(entries) as $real
            }
            fn read_bar(&self, entries: &mut Iter<f64>) -> Self {
                next(entries) as $real
            }
        }
    )* };
}

real! { f64 f32 }

macro_rules! without_derivative {
    ($($type:ty)*) => { $(
        impl Flat for $type {
            type Bar = ();
            fn write(&self, _: &mut Vec<f64>) {}
            fn read(&self, _: &mut Iter<f64>) -> Self {
                self.clone()
            }
            fn read_bar(&self, _: &mut Iter<f64>) {}
        }
    )* };
}

without_derivative! {
    () bool char String &'static str u8 u16 u32 u64 usize i8 i16 i32 i64 isize
    std::ops::Range<usize> std::ops::RangeInclusive<usize>
}

impl<T: Flat> Flat for Vec<T> {
    type Bar = Vec<T::Bar>;
    fn write(&self, entries: &mut Vec<f64>) {
        self.iter().for_each(|x| x.write(entries));
    }
    fn read(&self, entries: &mut Iter<f64>) -> Self {
        self.iter().map(|x| x.read(entries)).collect()
    }
    fn read_bar(&self, entries: &mut Iter<f64>) -> Self::Bar {
        self.iter().map(|x| x.read_bar(entries)).collect()
    }
}

impl<T: Flat, const N: usize> Flat for [T; N] {
    type Bar = [T::Bar; N];
    fn write(&self, entries: &mut Vec<f64>) {
        self.iter().for_each(|x| x.write(entries));
    }
    fn read(&self, entries: &mut Iter<f64>) -> Self {
        std::array::from_fn(|i| self[i].read(entries))
    }
    fn read_bar(&self, entries: &mut Iter<f64>) -> Self::Bar {
        std::array::from_fn(|i| self[i].read_bar(entries))
    }
}

impl<T: Flat> Flat for Option<T> {
    type Bar = Option<T::Bar>;
    fn write(&self, entries: &mut Vec<f64>) {
        self.iter().for_each(|x| x.write(entries));
    }
    fn read(&self, entries: &mut Iter<f64>) -> Self {
        self.as_ref().map(|x| x.read(entries))
    }
    fn read_bar(&self, entries: &mut Iter<f64>) -> Self::Bar {
        self.as_ref().map(|x| x.read_bar(entries))
    }
}

macro_rules! tuple {
    ($($type:ident $place:tt)+) => {
        impl<$($type: Flat),+> Flat for ($($type,)+) {
            type Bar = ($($type::Bar,)+);
            fn write(&self, entries: &mut Vec<f64>) {
                $( self.$place.write(entries); )+
            }
            fn read(&self, entries: &mut Iter<f64>) -> Self {
                ($( self.$place.read(entries), )+)
            }
            fn read_bar(&self, entries: &mut Iter<f64>) -> Self::Bar {
                ($( self.$place.read_bar(entries), )+)
            }
            fn lengths(&self) -> Vec<usize> {
                vec![$( flatten(&self.$place).len() ),+]
            }
        }
    };
}

tuple! { A 0 }
tuple! { A 0 B 1 }
tuple! { A 0 B 1 C 2 }
tuple! { A 0 B 1 C 2 D 3 }
tuple! { A 0 B 1 C 2 D 3 E 4 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 }
tuple! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 }

/// Column by column, as nalgebra stores it.
impl<R: Dim, C: Dim> Flat for OMatrix<f64, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    type Bar = Self;
    fn write(&self, entries: &mut Vec<f64>) {
        entries.extend(self.iter());
    }
    fn read(&self, entries: &mut Iter<f64>) -> Self {
        self.map(|_| next(entries))
    }
    fn read_bar(&self, entries: &mut Iter<f64>) -> Self {
        self.read(entries)
    }
}
