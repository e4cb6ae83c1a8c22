//! Whether an annotated function stands inside an `impl` block.
//!
//! An attribute sees its function alone. A receiver or `Self` tells; a plain associated function does not, and
//! inside an `impl` no companion type can be declared. So the source around the attribute is looked at: the
//! innermost braces around it are an `impl` block's or not.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;

thread_local! {
    /// Lines covered by `impl` blocks per file, innermost braces only.
    static FILES: RefCell<HashMap<PathBuf, Vec<Region>>> = RefCell::new(HashMap::new());
}

#[derive(Clone, Copy)]
struct Region {
    start: (usize, usize),
    end: (usize, usize),
    is_impl: bool,
    /// `impl Trait for Type`
    of_trait: bool,
}

/// What stands around an attribute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Around {
    /// A module, or another function.
    Free,
    /// An inherent `impl` block.
    Impl,
    /// A trait's `impl` block, where nothing can be added.
    TraitImpl,
}

/// Where the function stands.
pub fn around(f: &syn::ItemFn) -> Around {
    let seen = surroundings();
    if let Some(around @ (Around::Impl | Around::TraitImpl)) = seen {
        return around;
    }
    if seen.is_none() && mentions_self(f.block.to_token_stream()) {
        return Around::Impl;
    }
    if f.sig.receiver().is_some() || mentions_self(f.sig.to_token_stream()) {
        return Around::Impl;
    }
    Around::Free
}

/// Whether the function is an associated function or method.
pub fn in_impl(f: &syn::ItemFn) -> bool {
    around(f) != Around::Free
}

fn mentions_self(code: TokenStream) -> bool {
    code.into_iter().any(|t| match t {
        TokenTree::Ident(i) => i == "Self",
        TokenTree::Group(g) => mentions_self(g.stream()),
        _ => false,
    })
}

#[cfg(not(test))]
fn surroundings() -> Option<Around> {
    let span = proc_macro::Span::call_site();
    let at = (span.line(), span.column());
    let file = span.local_file()?;
    let regions = FILES.with(|files| {
        let mut files = files.borrow_mut();
        files.entry(file.clone()).or_insert_with(|| regions(&file)).clone()
    });
    let inside = regions.iter().filter(|r| r.start <= at && at <= r.end).max_by_key(|r| r.start);
    Some(match inside {
        Some(r) if r.of_trait => Around::TraitImpl,
        Some(r) if r.is_impl => Around::Impl,
        _ => Around::Free,
    })
}

#[cfg(test)]
fn surroundings() -> Option<Around> {
    None
}

/// All braced regions of a file, as lines and columns counted from 1.
fn regions(file: &PathBuf) -> Vec<Region> {
    let Ok(text) = std::fs::read_to_string(file) else { return Vec::new() };
    scan(&text)
}

/// Finds braces and whether `impl` opens the item before them, skipping comments and literals.
fn scan(text: &str) -> Vec<Region> {
    let mut out = Vec::new();
    let mut open: Vec<((usize, usize), bool, bool)> = Vec::new();
    let mut item = String::new();
    let (mut line, mut column) = (1usize, 0usize);
    let chars: Vec<char> = text.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        let skip = match (c, next) {
            ('/', '/') => until(&chars, i, "\n"),
            ('/', '*') => until(&chars, i + 2, "*/") + 2,
            ('"', _) => string_end(&chars, i),
            ('r', '"' | '#')
                if !chars.get(i.wrapping_sub(1)).is_some_and(|p| p.is_alphanumeric() || *p == '_') =>
            {
                raw_end(&chars, i)
            }
            ('\'', _) => char_end(&chars, i),
            _ => 0,
        };
        let stop = if skip > i { skip } else { i + 1 };
        match c {
            '{' if skip <= i => {
                let is_impl = starts_impl(&item);
                let of_trait = is_impl && item.split_whitespace().any(|w| w == "for");
                open.push(((line, column + 1), is_impl, of_trait));
                item.clear();
            }
            '}' if skip <= i => {
                if let Some((start, is_impl, of_trait)) = open.pop() {
                    out.push(Region { start, end: (line, column + 1), is_impl, of_trait });
                }
                item.clear();
            }
            ';' if skip <= i => item.clear(),
            c if skip <= i => item.push(c),
            _ => {}
        }
        for &c in &chars[i..stop.min(chars.len())] {
            if c == '\n' {
                line += 1;
                column = 0;
            } else {
                column += 1;
            }
        }
        i = stop;
    }
    out
}

/// Whether the text of an item, attributes included, opens an `impl` block.
fn starts_impl(item: &str) -> bool {
    let mut rest = item.trim_start();
    while let Some(attribute) = rest.strip_prefix("#[") {
        let mut depth = 1;
        let end = attribute.find(|c| {
            depth += i32::from(c == '[') - i32::from(c == ']');
            depth == 0
        });
        rest = end.map_or("", |e| attribute[e + 1..].trim_start());
    }
    let rest = rest.strip_prefix("unsafe").unwrap_or(rest).trim_start();
    rest.strip_prefix("impl").is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn until(chars: &[char], from: usize, end: &str) -> usize {
    let end: Vec<char> = end.chars().collect();
    (from..chars.len()).find(|&k| chars[k..].starts_with(&end)).unwrap_or(chars.len())
}

fn string_end(chars: &[char], open: usize) -> usize {
    let mut k = open + 1;
    while k < chars.len() && chars[k] != '"' {
        k += if chars[k] == '\\' { 2 } else { 1 };
    }
    k + 1
}

fn raw_end(chars: &[char], r: usize) -> usize {
    let hashes = chars[r + 1..].iter().take_while(|c| **c == '#').count();
    if chars.get(r + 1 + hashes) != Some(&'"') {
        return r;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    until(chars, r + 2 + hashes, &close) + close.len()
}

/// A character literal's end; a lifetime is left alone.
fn char_end(chars: &[char], quote: usize) -> usize {
    match (chars.get(quote + 1), chars.get(quote + 2)) {
        (Some('\\'), _) => until(chars, quote + 3, "'") + 1,
        (Some(_), Some('\'')) => quote + 3,
        _ => quote,
    }
}

#[cfg(test)]
mod tests;
