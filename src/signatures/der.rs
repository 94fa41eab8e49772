//! Reading DER, and BER as far as containers of signatures need it (X.690): tag, length, value.

/// An element of DER: with its head, and without.
pub(super) struct Element<'a> {
    pub(super) whole: &'a [u8],
    pub(super) inside: &'a [u8],
}

/// As deep as elements may lie in each other.
const MOST_DEPTH: usize = 16;

/// The first element: its tag, the element, what follows. Long tags aren't read.
pub(super) fn element(bytes: &[u8]) -> Option<(u8, Element<'_>, &[u8])> {
    element_within(bytes, MOST_DEPTH)
}

fn element_within(bytes: &[u8], depth: usize) -> Option<(u8, Element<'_>, &[u8])> {
    let (tag, length, head) = match *bytes {
        [tag, 0x80, ..] if tag & 0x20 != 0 => return open_ended(bytes, depth.checked_sub(1)?),
        [tag, short, ..] if short < 0x80 => (tag, usize::from(short), 2),
        [tag, long, ..] => {
            let count = usize::from(long & 0x7f);
            if !(1..=4).contains(&count) {
                return None;
            }
            let digits = bytes.get(2..2 + count)?;
            let length = digits
                .iter()
                .fold(0_usize, |sum, digit| (sum << 8) | usize::from(*digit));
            (tag, length, 2 + count)
        }
        _ => return None,
    };
    let end = head.checked_add(length)?;
    let whole = bytes.get(..end)?;
    let element = Element {
        whole,
        inside: &whole[head..],
    };
    Some((tag, element, &bytes[end..]))
}

/// An element that doesn't tell its length and ends with two zeros (BER): so NSS, and what is built on it, writes containers.
fn open_ended(bytes: &[u8], depth: usize) -> Option<(u8, Element<'_>, &[u8])> {
    let mut rest = &bytes[2..];
    loop {
        if let Some(after) = rest.strip_prefix(&[0, 0]) {
            let element = Element {
                whole: &bytes[..bytes.len() - after.len()],
                inside: &bytes[2..bytes.len() - rest.len()],
            };
            return Some((bytes[0], element, after));
        }
        (_, _, rest) = element_within(rest, depth)?;
    }
}

pub(super) fn inside_of(bytes: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, element, rest) = element(bytes)?;
    (tag == wanted).then_some((element.inside, rest))
}

/// As many as a container may hold.
pub(super) const MOST_ELEMENTS: usize = 40;

pub(super) fn elements(mut bytes: &[u8]) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    while let Some((_, one, rest)) = element(bytes) {
        found.push(one);
        bytes = rest;
        if found.len() == MOST_ELEMENTS {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_where_it_says_or_with_two_zeros() {
        let told = element(&[0x04, 2, 7, 8, 9]).unwrap();
        assert_eq!((told.1.inside, told.2), (&[7, 8][..], &[9][..]));
        let bytes = [0x30, 0x80, 0x30, 0x80, 0x02, 1, 5, 0, 0, 0x04, 0, 0, 0, 9];
        let (tag, open, rest) = element(&bytes).unwrap();
        assert_eq!(
            (tag, open.whole.len(), open.inside.len(), rest),
            (0x30, 13, 9, &[9][..])
        );
        assert_eq!(elements(open.inside).len(), 2);
        assert!(element(&bytes[..11]).is_none(), "never ends");
        assert!(element(&[0x30, 0x80].repeat(40)).is_none(), "too deep");
    }
}
