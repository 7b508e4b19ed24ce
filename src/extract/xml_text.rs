//! Small things that every reader of XML needs: a walk over the elements, an attribute by its local name, and text with its
//! entities.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// What is told of the elements of a part, one after the other.
pub trait Elements {
    /// An element begins.
    fn start(&mut self, element: &BytesStart<'_>);
    /// The innermost element ends; an empty one too.
    fn end(&mut self, local: &str);
    /// What stands between, text and entities among it.
    fn text(&mut self, event: &Event<'_>);
    /// Whether enough has been read.
    fn is_full(&self) -> bool {
        false
    }
}

/// Tells the elements of a part to its end, or as long as there is room; false where the XML breaks off.
pub fn walk(xml: &str, elements: &mut impl Elements) -> bool {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    while !elements.is_full() {
        match reader.read_event() {
            Ok(Event::Start(e)) => {
                depth += 1;
                elements.start(&e);
            }
            Ok(Event::End(e)) => {
                depth = depth.saturating_sub(1);
                elements.end(e.local_name().as_ref());
            }
            Ok(Event::Eof) => return depth == 0,
            Err(_) => return false,
            Ok(event) => elements.text(&event),
        }
    }
    true
}

/// The attribute with this local name, whatever its prefix; entities resolved. A broken attribute list ends the search.
pub fn attribute(element: &BytesStart<'_>, local: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .map_while(Result::ok)
        .find(|a| a.key.local_name().as_ref() == local)
        .map(|a| a.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| a.value.to_string(), |v| v.into_owned()))
}

/// Appends what the event adds to the text, if it is text at all.
pub fn push_text(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(t) => out.push_str(&t.xml10_content()),
        Event::CData(t) => out.push_str(&t.xml10_content()),
        Event::GeneralRef(r) => push_entity(out, r),
        _ => {}
    }
}

fn push_entity(out: &mut String, entity: &BytesRef<'_>) {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        out.push(c);
        return;
    }
    match entity.xml10_content().as_ref() {
        "lt" => out.push('<'),
        "gt" => out.push('>'),
        "amp" => out.push('&'),
        "quot" => out.push('"'),
        "apos" => out.push('\''),
        "nbsp" => out.push('\u{a0}'),
        // An entity of the file's own would have to be looked up in a DTD, which readers of office files do not honour.
        _ => {}
    }
}
