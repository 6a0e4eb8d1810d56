//! Colours with meaning. A colour only ever repeats what a word or a symbol already says.

use super::Style;

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it comes.
    Plain,
    /// It holds.
    Good,
    /// It fails.
    Bad,
    /// It is not known.
    Open,
    /// A person must decide.
    Judge,
    /// Less important.
    Quiet,
    /// A heading.
    Strong,
    /// An address or a command.
    Link,
}

impl Tone {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "32",
            Self::Bad => "31;1",
            Self::Open => "33",
            Self::Judge => "36",
            Self::Quiet => "2",
            Self::Strong => "1",
            Self::Link => "4",
        }
    }
}

/// The text in its colour, when colours may be used.
#[must_use]
pub fn paint(style: Style, tone: Tone, text: &str) -> String {
    if style.colour && tone != Tone::Plain && !text.is_empty() {
        format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code())
    } else {
        text.to_owned()
    }
}

/// The text in lines of a width. Breaks only at spaces: a date, an id or a path stays whole.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<std::borrow::Cow<'_, str>> {
    let options = textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options)
}

/// Writes `head` and `text` as a paragraph: wrapped to the width, continued under the start of the text.
pub fn paragraph(out: &mut String, style: Style, indent: usize, head: (Tone, &str), text: &str) {
    let start = indent + unicode_width::UnicodeWidthStr::width(head.1);
    let width = style.columns().saturating_sub(start).max(20);
    for (i, line) in wrap(text, width).iter().enumerate() {
        if i == 0 {
            out.push_str(&" ".repeat(indent));
            out.push_str(&paint(style, head.0, head.1));
        } else {
            out.push_str(&" ".repeat(start));
        }
        out.push_str(line);
        out.push('\n');
    }
}
