//! Lines of a stream, one by one, none longer than a limit.

use std::io::{self, BufRead};

use super::errors;
use crate::diagnostics::Diagnostic;

/// One line, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Its bytes.
    Whole(Vec<u8>),
    /// It is longer than the limit; this many bytes. They were read and dropped.
    TooLong(u64),
}

/// The next line; `None` at the end. What stands after the last line break is a line too, unless it is empty.
///
/// # Errors
/// When the stream cannot be read.
pub fn next(from: &mut dyn BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut dropped = 0u64;
    let mut any = false;
    loop {
        let chunk = match from.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = chunk.iter().position(|b| *b == b'\n');
        let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or(chunk);
        if dropped > 0 || line.len() + part.len() > limit {
            dropped += line.len() as u64 + part.len() as u64;
            line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        from.consume(used);
        if end.is_some() {
            break;
        }
    }
    if !any {
        return Ok(None);
    }
    if dropped > 0 {
        return Ok(Some(Line::TooLong(dropped)));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(Line::Whole(line)))
}

/// The bytes of a line that holds something.
///
/// # Errors
/// When it is too long, empty, or could not be read.
pub fn usable(line: io::Result<Line>, limit: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    match line {
        Ok(Line::Whole(bytes)) if bytes.iter().all(u8::is_ascii_whitespace) => Err(Box::new(errors::empty_line())),
        Ok(Line::Whole(bytes)) => Ok(bytes),
        Ok(Line::TooLong(size)) => Err(Box::new(errors::line_too_long(size, limit as u64))),
        Err(error) => Err(Box::new(errors::unreadable_stream(&error.to_string()))),
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::{Line, next};

    fn lines(text: &[u8], limit: usize, buffer: usize) -> Vec<Line> {
        let mut from = BufReader::with_capacity(buffer, text);
        let mut found = Vec::new();
        while let Some(line) = next(&mut from, limit).unwrap() {
            found.push(line);
        }
        found
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.as_bytes().to_vec())
    }

    #[test]
    fn every_line_once_however_the_stream_is_cut() {
        for buffer in 1..12 {
            assert_eq!(lines(b"ab\n\ncde\r\nf", 5, buffer), [whole("ab"), whole(""), whole("cde"), whole("f")], "{buffer}");
            assert_eq!(lines(b"", 5, buffer), []);
            assert_eq!(lines(b"\n", 5, buffer), [whole("")]);
        }
    }

    #[test]
    fn a_long_line_is_dropped_and_the_next_is_whole() {
        for buffer in 1..12 {
            assert_eq!(
                lines(b"12345\n123456\nab\n1234567890123", 5, buffer),
                [whole("12345"), Line::TooLong(6), whole("ab"), Line::TooLong(13)]
            );
        }
    }
}
