//! Iterator chains: sources, adaptors, consumers, with closures that capture active variables.

#[path = "../common/mod.rs"]
mod common;

mod adaptors;
mod captures;
mod consumers;
mod further;
mod sources;
