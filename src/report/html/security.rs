//! What the page may do: nothing but its own stylesheet and script, named by their hashes.

use sha2::{Digest, Sha256};

/// The Content-Security-Policy of a page with these stylesheets and scripts. The empty icon is a `data:` address, which asks nobody for anything.
pub(super) fn policy(styles: &[&str], scripts: &[&str]) -> String {
    let hashes = |texts: &[&str]| texts.iter().map(|t| format!(" '{}'", hash(t))).collect::<String>();
    format!(
        "default-src 'none'; style-src{}; script-src{}; img-src data:; base-uri 'none'; form-action 'none'",
        hashes(styles),
        hashes(scripts)
    )
}

fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let group = three.iter().chain([&0; 2]).take(3).fold(0u32, |all, byte| all << 8 | u32::from(*byte));
        for digit in 0..4 {
            let said = digit <= three.len();
            out.push(if said { char::from(DIGITS[(group >> (18 - 6 * digit) & 63) as usize]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!([base64(b"a"), base64(b"ab"), base64(b"abc")], ["YQ==", "YWI=", "YWJj"]);
    }
}
