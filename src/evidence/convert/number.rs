//! Numbers as people write them, read from their text.

use crate::base::{Decimal, Percent};

/// A whole number: `42`, `-3`, `1_900_000`; also `1e3` and `3.0`, which JSON counts as whole.
pub(in crate::evidence) fn whole(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let leading_zero = matches!(digits, [b'0', _, ..]);
    if !digits.is_empty() && digits.len() <= 18 && !leading_zero && digits.iter().all(u8::is_ascii_digit) {
        let value = digits.iter().fold(0i64, |n, b| n * 10 + i64::from(b - b'0'));
        return Some(if digits.len() == bytes.len() { value } else { -value });
    }
    let decimal = decimal(text)?;
    if decimal.fract().is_zero() { i64::try_from(decimal.trunc().mantissa()).ok().filter(|n| *n > i64::MIN + 1) } else { None }
}

/// A decimal number: `3.5`, `-0.25`, `1_000.5`, `1e3`.
pub(in crate::evidence) fn decimal(text: &str) -> Option<Decimal> {
    if !is_number(text) {
        return None;
    }
    let joined;
    let text = if text.contains('_') {
        joined = text.replace('_', "");
        &joined
    } else {
        text
    };
    if text.contains(['e', 'E']) { Decimal::from_scientific(text).ok() } else { Decimal::from_str_exact(text).ok() }
}

/// A share: `95%`, `99.5 %`.
pub(in crate::evidence) fn percent(text: &str) -> Option<Percent> {
    let number = text.strip_suffix('%')?.trim_end();
    decimal(number).map(Percent)
}

/// Whether a text without quotes is a number: as JSON writes it, and with `_` between digits.
pub(in crate::evidence) fn is_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let Some((whole, rest)) = digits(bytes) else { return false };
    if matches!(whole, [b'0', _, ..]) {
        return false;
    }
    let rest = match rest.strip_prefix(b".") {
        None => rest,
        Some(fraction) => match digits(fraction) {
            Some((_, rest)) => rest,
            None => return false,
        },
    };
    let exponent = match rest {
        [] => return true,
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => exponent,
        _ => return false,
    };
    !exponent.is_empty() && exponent.len() <= 4 && exponent.iter().all(u8::is_ascii_digit)
}

/// Digits, with single `_` between them, and what follows.
fn digits(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = bytes.iter().position(|b| !b.is_ascii_digit() && *b != b'_').unwrap_or(bytes.len());
    let (digits, rest) = bytes.split_at(len);
    let framed = digits.first()? == &b'_' || digits.last()? == &b'_' || digits.windows(2).any(|w| w == b"__");
    (!framed).then_some((digits, rest))
}
