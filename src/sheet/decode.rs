//! Bytes of a text file as text. Spreadsheets still write the encodings of thirty years ago.

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, with its mark.
    Utf16,
    /// Windows-1252: what is left when it is none of the others.
    Windows1252,
}

impl Encoding {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// A text and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a mark at its start.
    pub text: String,
    /// How it was written.
    pub encoding: Encoding,
    /// The line of the first character that is not UTF-8, from 1, where the text is none.
    pub line: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// A NUL stands in it, on this line.
    Nul(usize),
    /// It starts as UTF-16 does, and is none.
    Utf16,
    /// A byte that Windows-1252 does not have, on this line.
    Unknown(usize),
}

/// The characters of Windows-1252 from 80 to 9F; `\0` where there is none.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•', '–', '—',
    '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Reads a text.
///
/// # Errors
/// When it is no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    let line = |at: usize| bytes.get(..at).unwrap_or(&[]).iter().filter(|b| **b == b'\n').count() + 1;
    let utf16 = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xfe, 0xff, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => None,
    };
    if let Some((rest, unit)) = utf16 {
        if rest.len() % 2 != 0 {
            return Err(Undecodable::Utf16);
        }
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).collect::<Result<_, _>>().map_err(|_| Undecodable::Utf16)?;
        return match text.find('\0') {
            Some(at) => Err(Undecodable::Nul(text.get(..at).unwrap_or("").matches('\n').count() + 1)),
            None => Ok(Decoded { text, encoding: Encoding::Utf16, line: 0 }),
        };
    }
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return Err(Undecodable::Nul(line(at)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.trim_start_matches('\u{feff}').to_owned(), encoding: Encoding::Utf8, line: 0 }),
        Err(error) => {
            let mut text = String::with_capacity(bytes.len());
            for (at, byte) in bytes.iter().enumerate() {
                let c = match byte {
                    0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or('\0'),
                    other => char::from(*other),
                };
                if c == '\0' {
                    return Err(Undecodable::Unknown(line(at)));
                }
                text.push(c);
            }
            Ok(Decoded { text, encoding: Encoding::Windows1252, line: line(error.valid_up_to()) })
        }
    }
}
