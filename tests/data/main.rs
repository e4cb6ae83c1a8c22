//! Structs, tuples and options.

#![allow(clippy::needless_range_loop, reason = "indexing is natural in numerical code")]

#[path = "../common/mod.rs"]
mod common;

/// Lets the harness see a struct, and its cotangent, as the sequence of their fields.
macro_rules! flat {
    ($name:ident { $($field:tt),+ }) => {
        const _: () = {
            type Bar = <$name as pullback::Differentiable>::Cotangent;

            impl $crate::common::Flat for $name {
                type Bar = Bar;
                fn write(&self, entries: &mut Vec<f64>) {
                    $( $crate::common::Flat::write(&self.$field, entries); )+
                }
                fn read(&self, entries: &mut std::slice::Iter<f64>) -> Self {
                    $name { $( $field: $crate::common::Flat::read(&self.$field, entries) ),+ }
                }
                fn read_bar(&self, entries: &mut std::slice::Iter<f64>) -> Bar {
                    Bar { $( $field: $crate::common::Flat::read_bar(&self.$field, entries) ),+ }
                }
            }

            impl $crate::common::Flat for Bar {
                type Bar = Bar;
                fn write(&self, entries: &mut Vec<f64>) {
                    $( $crate::common::Flat::write(&self.$field, entries); )+
                }
                fn read(&self, entries: &mut std::slice::Iter<f64>) -> Self {
                    Bar { $( $field: $crate::common::Flat::read(&self.$field, entries) ),+ }
                }
                fn read_bar(&self, entries: &mut std::slice::Iter<f64>) -> Self {
                    $crate::common::Flat::read(self, entries)
                }
            }
        };
    };
}

mod associated;
mod cotangents;
mod generic_structs;
mod methods;
mod nested_structs;
mod options;
mod structs;
mod tuple_structs;
mod tuples;
