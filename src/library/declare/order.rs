//! The order of points: numbers inside them count as numbers.

use std::cmp::Ordering;

/// Compares `11.2` and `11.10` as a reader would: the first comes first.
pub(in crate::library) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        let (x, y) = (digits(left), digits(right));
        let order = if x > 0 && y > 0 {
            let (n, m) = (number(left, x), number(right, y));
            left = left.get(x..).unwrap_or_default();
            right = right.get(y..).unwrap_or_default();
            n.len().cmp(&m.len()).then_with(|| n.cmp(m))
        } else {
            match (left.split_first(), right.split_first()) {
                (None, None) => return a.cmp(b),
                (None, Some(_)) => return Ordering::Less,
                (Some(_), None) => return Ordering::Greater,
                (Some((p, rest)), Some((q, others))) => {
                    (left, right) = (rest, others);
                    p.cmp(q)
                }
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// The leading number without its leading zeros, so that a longer one is a greater one.
fn number(text: &[u8], len: usize) -> &[u8] {
    let number = text.get(..len).unwrap_or_default();
    let zeros = number.iter().take_while(|b| **b == b'0').count();
    number.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_in_points_count_as_numbers() {
        let mut points = ["art12.1", "11.10", "11.2", "11.2.6.1", "art2", "11.2.6", "11.02"];
        points.sort_by(|a, b| natural(a, b));
        assert_eq!(points, ["11.02", "11.2", "11.2.6", "11.2.6.1", "11.10", "art2", "art12.1"]);
    }
}
