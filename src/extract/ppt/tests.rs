use super::*;
use crate::extract;
use crate::model::message::Lang;
use std::io::{Cursor, Write};

fn atom(kind: u16, instance: u16, body: &[u8]) -> Vec<u8> {
    [(instance << 4).to_le_bytes().as_slice(), &kind.to_le_bytes(), &(body.len() as u32).to_le_bytes(), body].concat()
}

fn container(kind: u16, instance: u16, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = atom(kind, instance, &parts.concat());
    bytes[0] |= 0x0F;
    bytes
}

fn chars(text: &str) -> Vec<u8> {
    atom(CHARS, 0, &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())
}

fn persist(id: u32) -> Vec<u8> {
    atom(PERSIST, 0, &[id.to_le_bytes().as_slice(), &[0; 16]].concat())
}

/// A presentation of two slides, the second edited once: its older form stands in the stream too. `newest` is where Current
/// User says that the last edit stands.
fn presentation(newest: Option<usize>) -> Vec<u8> {
    let text_box = |text: Vec<u8>| container(0xF00D, 0, &[text]);
    let first = container(SLIDE, 0, &[text_box(atom(BYTES, 0, b"45 * 2"))]);
    let old = container(SLIDE, 0, &[text_box(chars("旧稿"))]);
    let new = container(SLIDE, 0, &[text_box(chars("走访了贫困户。\r发放手册。")), text_box(chars("*"))]);
    let notes = container(NOTES, 0, &[text_box(chars("讲稿"))]);
    let list = container(LIST, 0, &[persist(3), chars("扶贫日活动汇报"), persist(2), chars("入户走访")]);
    let document = container(1000, 0, &[list, container(LIST, 2, &[persist(4)])]);
    let mut stream = Vec::new();
    let mut put = |bytes: Vec<u8>| {
        let at = stream.len() as u32;
        stream.extend(bytes);
        at
    };
    let places = [put(document), put(old), put(first), put(notes)];
    let list_of = |from: u32, places: &[u32]| {
        let head = (places.len() as u32) << 20 | from;
        atom(PERSIST_LIST, 0, &std::iter::once(&head).chain(places).flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>())
    };
    let edit = |before: u32, list: u32| {
        atom(
            USER_EDIT,
            0,
            &[0, 0, before, list, 1, 5, 0].iter().flat_map(|n: &u32| n.to_le_bytes()).collect::<Vec<_>>(),
        )
    };
    let list = put(list_of(1, &places));
    let before = put(edit(0, list));
    let place = put(new);
    let list = put(list_of(2, &[place]));
    let last = put(edit(before, list)) as usize;
    let user =
        [&[0; 12], 0xE391_C05F_u32.to_le_bytes().as_slice(), &(newest.unwrap_or(last) as u32).to_le_bytes()].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in [("Current User", user), (MAIN, stream)] {
        file.create_stream(name).unwrap().write_all(&bytes).unwrap();
    }
    file.into_inner().into_inner()
}

#[test]
fn the_slides_that_are_alive_are_read_in_the_order_of_the_list() {
    let document = extract::read(&presentation(None));
    assert_eq!((document.format.as_str(), document.problems.as_slice()), ("ppt", [].as_slice()));
    assert_eq!(document.body.plain_text(), "扶贫日活动汇报\n45 * 2\n入户走访\n走访了贫困户。\n发放手册。\n讲稿\n");
    let places: Vec<String> = document.body.blocks.iter().map(|b| b.place.text(Lang::Zh)).collect();
    assert_eq!(places[1..3], ["第1张幻灯片", "第2张幻灯片"]);
    assert_eq!(places[5], "脚注1");
    assert!(document.body.losses.is_empty());
}

#[test]
fn without_the_list_nothing_is_lost_and_the_doubt_is_told() {
    let document = extract::read(&presentation(Some(7)));
    for text in ["45 * 2", "旧稿", "走访了贫困户。", "讲稿"] {
        assert!(document.body.plain_text().contains(text), "{text}");
    }
    assert_eq!(document.body.losses, [Problem::LostText(msg!("extract.ppt_order"), Place::Whole)]);
}

#[test]
fn no_presentation_makes_it_panic() {
    let whole = presentation(None);
    for at in (512..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x3C;
        extract::read(&bytes);
    }
}
