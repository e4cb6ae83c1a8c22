//! Where an annotated function stands, from the source text around it.

use super::{in_impl, regions, scan, Region};

/// What the place of the attribute `#[d]` in a text is taken for.
fn stands_in_impl(text: &str) -> bool {
    let before = &text[..text.find("#[d]").expect("the attribute")];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let at = (line, column);
    let around = scan(text).into_iter().filter(|r| r.start <= at && at <= r.end);
    around.max_by_key(|r| r.start).is_some_and(|r| r.is_impl)
}

#[test]
fn inside_and_outside_an_impl_block() {
    assert!(stands_in_impl("impl A { #[d] fn f() {} }"));
    assert!(stands_in_impl(
        "impl<T: Real, const N: usize> B<T> for A<N>\nwhere\n    T: Copy,\n{\n    #[d]\n    fn f() {}\n}"
    ));
    assert!(stands_in_impl("mod m { struct A {} impl A { fn g() {} #[d] fn f() {} } }"));
    assert!(stands_in_impl("#[allow(dead_code)] unsafe impl A { #[d] fn f() {} }"));
    assert!(!stands_in_impl("#[d] fn f() {}"));
    assert!(!stands_in_impl("impl A { fn g() {} } #[d] fn f() {}"));
    assert!(!stands_in_impl("impl A { fn g() {} }\nmod m {\n    #[d]\n    fn f() {}\n}"));
    assert!(!stands_in_impl("trait A { #[d] fn f() {} }"));
}

#[test]
fn the_impl_of_a_trait_is_told_from_an_inherent_one() {
    let of_trait = |text: &str| scan(text).iter().any(|r| r.of_trait);
    assert!(of_trait("impl Energy for Spring { fn f() {} }"));
    assert!(of_trait("impl<T: Real> Energy\nfor\nSpring<T> { fn f() {} }"));
    assert!(!of_trait("impl Spring { fn f() { for i in 0..3 {} } }"));
    assert!(!of_trait("impl Fortress { fn f() {} }"));
}

#[test]
fn a_function_nested_in_a_method_is_free() {
    assert!(!stands_in_impl("impl A { fn g(&self) { #[d] fn f() {} } }"));
    assert!(!stands_in_impl("impl A { fn g(x: impl Fn(f64)) -> impl Copy { if x { #[d] fn f() {} } } }"));
    assert!(!stands_in_impl("fn g(x: impl Fn(f64)) { #[d] fn f() {} }"));
    assert!(stands_in_impl("fn g() { struct A; impl A { #[d] fn f() {} } }"));
}

#[test]
fn words_that_contain_the_keyword_are_not_it() {
    assert!(!stands_in_impl("mod implementation { #[d] fn f() {} }"));
    assert!(!stands_in_impl("mod simpl { #[d] fn f() {} }"));
    assert!(!stands_in_impl("struct impl_A {} mod m { #[d] fn f() {} }"));
}

#[test]
fn comments_are_skipped() {
    assert!(!stands_in_impl("// impl A {\n#[d] fn f() {}"));
    assert!(!stands_in_impl("/* impl A { */ #[d] fn f() {}"));
    assert!(!stands_in_impl("/// An impl of `{`\nmod m { #[d] fn f() {} }"));
    assert!(stands_in_impl("impl A { // }\n /* } */ #[d] fn f() {} }"));
}

#[test]
fn strings_are_skipped() {
    assert!(stands_in_impl(r##"impl A { const S: &str = "}"; #[d] fn f() {} }"##));
    assert!(stands_in_impl(r##"impl A { const S: &str = "\"}"; #[d] fn f() {} }"##));
    assert!(stands_in_impl(r###"impl A { const S: &str = r"\}"; #[d] fn f() {} }"###));
    assert!(stands_in_impl(r###"impl A { const S: &str = r#"" } "#; #[d] fn f() {} }"###));
    assert!(stands_in_impl(r##"impl A { const S: &[u8] = b"}"; #[d] fn f() {} }"##));
    assert!(!stands_in_impl(r##"const S: &str = "impl A {"; #[d] fn f() {}"##));
}

#[test]
fn raw_identifiers_are_no_strings() {
    assert!(stands_in_impl("impl A { fn r#match() {} #[d] fn f() {} }"));
    assert!(stands_in_impl("impl A { fn r() {} #[d] fn f() {} }"));
}

#[test]
fn characters_are_skipped_and_lifetimes_are_not() {
    for literal in ["'{'", "'}'", "'\"'", "'\\''", "'\\\\'", "'\\u{7b}'", "b'{'"] {
        let text = format!("impl A {{ fn g() {{ let c = {literal}; }} #[d] fn f() {{}} }}");
        assert!(stands_in_impl(&text), "{text}");
    }
    assert!(stands_in_impl("impl<'a, 'b: 'a> A<'a, 'b> { #[d] fn f<'c>(x: &'c f64) {} }"));
    assert!(stands_in_impl("impl A<'_> { fn g() -> &'static str { 'a: loop {} } #[d] fn f() {} }"));
}

#[test]
fn lines_and_columns_are_counted_in_characters_from_one() {
    let found = scan("é {\n  {}\n}");
    let bounds: Vec<_> = found.iter().map(|r: &Region| (r.start, r.end)).collect();
    assert_eq!(bounds, [((2, 3), (2, 4)), ((1, 3), (3, 1))]);
    assert!(scan("/* { */ \"{\" '{' // {").is_empty());
}

#[test]
fn unfinished_text_ends_quietly() {
    for text in ["{", "}", "\"", "r#\"", "/*", "'", "'\\", "//", "r", "impl A {"] {
        assert!(scan(text).is_empty(), "{text}");
    }
}

#[test]
fn a_file_is_read_and_a_missing_one_has_no_regions() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/context/tests.rs");
    assert!(regions(&here).iter().all(|r| !r.is_impl) && !regions(&here).is_empty());
    assert!(regions(&here.with_extension("missing")).is_empty());
}

#[test]
fn a_receiver_or_self_tells_without_the_source() {
    let told = |f: syn::ItemFn| in_impl(&f);
    assert!(told(syn::parse_quote!(
        fn f(&self) -> f64 {
            0.0
        }
    )));
    assert!(told(syn::parse_quote!(
        fn f(x: [Self; 2]) -> f64 {
            0.0
        }
    )));
    assert!(told(syn::parse_quote!(
        fn f(x: f64) -> f64 {
            x * Self::K
        }
    )));
    assert!(!told(syn::parse_quote!(
        fn f(x: f64) -> f64 {
            x
        }
    )));
}
