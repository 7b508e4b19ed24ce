//! The order in which the standard wants the children of an element (ECMA-376 part 1): Word repairs, or refuses, what stands
//! otherwise, and the writer puts some in an order of its own.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::ops::Range;

/// Elements, each with the children that the standard names, in its order; the end of the list is for all others.
const ORDERS: [(&str, &[&str]); 5] = [
    // 17.3.1.26
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:wordWrap",
            "w:adjustRightInd",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:jc",
            "w:textAlignment",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    // 17.3.2.28
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:strike",
            "w:vanish",
            "w:color",
            "w:spacing",
            "w:w",
            "w:kern",
            "w:position",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:vertAlign",
            "w:lang",
        ],
    ),
    // 17.6.17
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
            "w:cols",
            "w:titlePg",
            "w:docGrid",
        ],
    ),
    // 17.15.1.78
    (
        "w:settings",
        &[
            "w:view",
            "w:zoom",
            "w:defaultTabStop",
            "w:evenAndOddHeaders",
            "w:characterSpacingControl",
            "w:compat",
            "w:docVars",
        ],
    ),
    // 17.7.4.17
    ("w:style", &["w:name", "w:basedOn", "w:next", "w:link", "w:uiPriority", "w:qFormat", "w:pPr", "w:rPr", "w:tblPr"]),
];

/// A child: its place in the order, and where it stands.
type Child = (usize, Range<usize>);

/// The same XML with the children of those elements in their order; XML that is none stays as it is.
pub fn ordered(xml: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(xml).into_owned();
    let sorted = ORDERS.iter().try_fold(text.clone(), |xml, (name, order)| sorted(&xml, name, order));
    sorted.unwrap_or(text).into_bytes()
}

/// Sorts the children of every element of a name, which never stands in itself.
fn sorted(xml: &str, wanted: &str, order: &[&str]) -> Option<String> {
    let rank = |name: &str| order.iter().position(|n| *n == name).unwrap_or(order.len());
    let mut reader = Reader::from_str(xml);
    let mut out = String::with_capacity(xml.len());
    let (mut copied, mut depth) = (0, 0_usize);
    // Where the children of an element begin, how deep they stand, and those that have ended.
    let mut children: Option<(usize, usize, Vec<Child>)> = None;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(tag) => {
                let name = tag.name();
                let name = name.as_ref();
                depth += 1;
                match &mut children {
                    Some((_, level, found)) if *level == depth => found.push((rank(name), start..end)),
                    None if name == wanted => children = Some((end, depth + 1, Vec::new())),
                    _ => {}
                }
            }
            Event::Empty(tag) => {
                if let Some((_, level, found)) = &mut children
                    && *level == depth + 1
                {
                    found.push((rank(tag.name().as_ref()), start..end));
                }
            }
            Event::End(_) => {
                match &mut children {
                    Some((_, level, found)) if *level == depth => found.last_mut()?.1.end = end,
                    Some((begun, level, found)) if *level == depth + 1 => {
                        found.sort_by_key(|(rank, _)| *rank);
                        out.push_str(&xml[copied..*begun]);
                        found.iter().for_each(|(_, range)| out.push_str(&xml[range.clone()]));
                        (copied, children) = (start, None);
                    }
                    _ => {}
                }
                depth = depth.checked_sub(1)?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out.push_str(&xml[copied..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_come_into_the_order_of_the_standard_and_keep_what_is_in_them() {
        let xml = "<w:p><w:pPr><w:rPr><w:sz w:val=\"32\"/><w:rFonts><w:x/></w:rFonts></w:rPr><w:spacing/><w:keepNext/></w:pPr><w:r><w:t>a &lt; b</w:t></w:r></w:p>";
        let wanted = "<w:p><w:pPr><w:keepNext/><w:spacing/><w:rPr><w:rFonts><w:x/></w:rFonts><w:sz w:val=\"32\"/></w:rPr></w:pPr><w:r><w:t>a &lt; b</w:t></w:r></w:p>";
        assert_eq!(String::from_utf8(ordered(xml.as_bytes())).unwrap(), wanted);
        assert_eq!(ordered(wanted.as_bytes()), wanted.as_bytes());
        let several = "<w:sectPr><w:docGrid/><w:footerReference w:type=\"default\"/><w:footerReference w:type=\"even\"/></w:sectPr>";
        let wanted = "<w:sectPr><w:footerReference w:type=\"default\"/><w:footerReference w:type=\"even\"/><w:docGrid/></w:sectPr>";
        assert_eq!(ordered(several.as_bytes()), wanted.as_bytes());
    }
}
