//! One `use` brings a function and its derivatives; a call finds them by whatever path it is written with.

use pullback::differentiate;

use crate::common::{check, check_rejects};

#[differentiate]
fn square(x: f64) -> f64 {
    x * x
}

mod physics {
    use pullback::differentiate;

    #[differentiate]
    pub fn kinetic(mass: f64, speed: f64) -> f64 {
        0.5 * mass * super::square(speed)
    }

    pub mod potential {
        use pullback::differentiate;

        #[differentiate]
        pub fn spring(stiffness: f64, x: f64) -> f64 {
            0.5 * stiffness * super::super::paths_square(x)
        }

        #[differentiate]
        pub fn gravity(mass: f64, height: f64) -> f64 {
            9.81 * mass * height
        }
    }

    pub use potential::spring as elastic;
}

pub mod prelude {
    pub use super::physics::kinetic;
    pub use super::physics::potential::*;
}

use square as paths_square;

#[differentiate]
fn by_self(x: f64) -> f64 {
    self::square(x) * self::physics::kinetic(x, 2.0)
}

#[test]
fn path_from_self() {
    check!(by_self(0.7));
}

mod child {
    use pullback::differentiate;

    #[differentiate]
    pub fn by_super(x: f64) -> f64 {
        super::square(x) + super::physics::kinetic(x, x)
    }
}

#[test]
fn path_from_super() {
    use child::by_super;
    check!(by_super(0.7));
}

#[differentiate]
fn by_crate(x: f64) -> f64 {
    crate::paths::square(x) * crate::paths::physics::potential::gravity(x, x)
}

#[test]
fn path_from_crate() {
    check!(by_crate(0.7));
}

#[differentiate]
fn by_module(m: f64, v: f64) -> f64 {
    physics::kinetic(m, v) + physics::potential::spring(m, v)
}

#[test]
fn path_from_a_module() {
    check!(by_module(0.7, -1.2));
}

mod importing {
    use pullback::differentiate;

    use super::physics::{kinetic, potential};

    #[differentiate]
    pub fn imported(m: f64, v: f64) -> f64 {
        kinetic(m, v) * potential::gravity(m, v)
    }
}

#[test]
fn imported_name() {
    use importing::imported;
    check!(imported(0.7, -1.2));
}

mod renaming {
    use pullback::differentiate;

    use super::physics::kinetic as energy_of_motion;
    use super::physics::potential as energies;

    #[differentiate]
    pub fn renamed(m: f64, v: f64) -> f64 {
        energy_of_motion(m, v) * energies::gravity(m, v)
    }
}

#[test]
fn renamed_name() {
    use renaming::renamed as under_another_name;
    check!(under_another_name(0.7, -1.2));
}

mod through_a_prelude {
    use pullback::differentiate;

    use super::prelude::*;

    #[differentiate]
    pub fn glob(m: f64, v: f64) -> f64 {
        kinetic(m, v) + spring(m, v) * gravity(m, 1.0)
    }
}

#[test]
fn glob_import_of_a_re_export() {
    use through_a_prelude::*;
    check!(glob(0.7, -1.2));
}

#[differentiate]
fn re_exported(m: f64, v: f64) -> f64 {
    prelude::kinetic(m, v) * physics::elastic(m, v)
}

#[test]
fn re_export_and_renamed_re_export() {
    check!(re_exported(0.7, -1.2));
}

#[differentiate]
fn imported_in_the_body(m: f64, v: f64) -> f64 {
    use physics::kinetic;
    use physics::potential::spring as elastic;
    kinetic(m, v) * elastic(v, m)
}

#[test]
fn import_within_the_body() {
    check!(imported_in_the_body(0.7, -1.2));
}

#[test]
fn derivatives_by_path_and_by_import() {
    use physics::potential as p;
    use physics::potential::gravity as weight;
    assert_eq!(physics::potential::gravity_grad(1.0, 2.0), (19.62, 9.81));
    assert_eq!(physics::potential::gravity::grad(1.0, 2.0), (19.62, 9.81));
    assert_eq!(p::gravity::grad(1.0, 2.0), (19.62, 9.81));
    assert_eq!(weight::grad(1.0, 2.0), (19.62, 9.81));
    assert_eq!(prelude::gravity::value_and_grad(1.0, 2.0), (19.62, (19.62, 9.81)));
}

#[test]
fn negative_control() {
    check_rejects!(re_exported(0.7, -1.2));
}
