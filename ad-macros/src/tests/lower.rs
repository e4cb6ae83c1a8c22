use super::*;
#[test]
fn dump() {
    for text in std::fs::read_to_string("/tmp/golden-scratch/snips.txt").unwrap().split("--\n") {
        let text = text.trim();
        println!("=== {text}");
        match try_lowered(text) {
            Err(e) => {
                println!("ERR {e:#?}");
                continue;
            }
            Ok(_) => println!("{}", recorded(text)),
        }
        println!(
            "{}",
            match std::panic::catch_unwind(|| printed(&forward_half(expanded(text)))) {
                Ok(t) => t,
                _ => expanded(text).to_string(),
            }
        );
    }
}
