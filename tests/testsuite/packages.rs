//! What Excel and Word ask of a package before they open it without a repair: parts that are named exist and have a type,
//! names are no others', and children stand in the order of the standard (ECMA-376 part 1).

use crate::folder::Folder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

/// Elements by namespace prefix and name, with the children that the standard allows in its order.
const ORDERS: [(&str, &str); 15] = [
    // 18.3.1.99, 18.3.1.82, 18.3.1.87, 18.2.27, 18.8.39, 18.8.22, 18.8.14, 18.8.45, 20.5.2.33
    (
        "worksheet",
        "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios \
         autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations \
         hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches \
         ignoredErrors smartTags drawing legacyDrawing tableParts extLst",
    ),
    ("sheetPr", "tabColor outlinePr pageSetUpPr"),
    ("sheetView", "pane selection pivotSelection extLst"),
    (
        "workbook",
        "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences \
         definedNames calcPr extLst",
    ),
    ("styleSheet", "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"),
    ("font", "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"),
    ("dxf", "font numFmt fill alignment border protection extLst"),
    ("xf", "alignment protection extLst"),
    ("xdr:twoCellAnchor", "xdr:from xdr:to xdr:sp xdr:graphicFrame xdr:pic xdr:clientData"),
    // 17.3.1.26, 17.3.2.28, 17.6.17, 17.15.1.78, 17.7.4.17, 17.4.60
    (
        "w:pPr",
        "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:widowControl w:numPr w:tabs w:snapToGrid w:spacing w:ind \
         w:jc w:outlineLvl w:rPr w:sectPr",
    ),
    ("w:rPr", "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:color w:spacing w:sz w:szCs w:u w:vertAlign w:lang"),
    ("w:sectPr", "w:headerReference w:footerReference w:type w:pgSz w:pgMar w:pgNumType w:cols w:titlePg w:docGrid"),
    ("w:settings", "w:view w:zoom w:defaultTabStop w:evenAndOddHeaders w:characterSpacingControl w:compat"),
    ("w:style", "w:name w:basedOn w:next w:link w:uiPriority w:qFormat w:pPr w:rPr w:tblPr"),
    ("w:tblPr", "w:tblStyle w:tblW w:jc w:tblInd w:tblBorders w:tblLayout w:tblCellMar w:tblLook"),
];

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().flatten().find(|a| a.key.as_ref() == name).map(|a| a.value.to_string())
}

/// Every start tag with the names of its parents.
fn walk(xml: &str, mut see: impl FnMut(&BytesStart<'_>, &[String])) {
    let mut reader = Reader::from_str(xml);
    let mut parents: Vec<String> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                see(&tag, &parents);
                parents.push(tag.name().as_ref().to_string());
            }
            Event::Empty(tag) => see(&tag, &parents),
            Event::End(_) => drop(parents.pop().unwrap()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(parents, [""; 0]);
}

fn assert_in_order(part: &str, xml: &str) {
    let orders: BTreeMap<&str, Vec<&str>> =
        ORDERS.iter().map(|(name, all)| (*name, all.split_whitespace().collect())).collect();
    // The last child of the open element at each depth.
    let mut last: Vec<usize> = Vec::new();
    walk(xml, |tag, parents| {
        last.resize(parents.len() + 1, 0);
        last[parents.len()] = 0;
        let Some((parent, order)) = parents.last().and_then(|p| orders.get_key_value(p.as_str())) else { return };
        let name = tag.name().as_ref().to_string();
        let at = order.iter().position(|n| *n == name);
        let at = at.unwrap_or_else(|| panic!("{part}: {name} has no place in {parent}"));
        assert!(at + 1 >= last[parents.len() - 1], "{part}: {name} stands too late in {parent}");
        last[parents.len() - 1] = at + 1;
    });
}

/// Checks a package; gives its parts.
fn assert_sound(path: &Path) -> BTreeMap<String, String> {
    let mut package = zip::ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut parts = BTreeMap::new();
    for n in 0..package.len() {
        let mut member = package.by_index(n).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        if !name.ends_with('/') {
            assert!(parts.insert(name.clone(), String::from_utf8_lossy(&bytes).into_owned()).is_none(), "{name} twice");
        }
    }
    let (mut suffixes, mut typed) = (BTreeSet::new(), BTreeSet::new());
    walk(&parts["[Content_Types].xml"], |tag, _| {
        suffixes.extend(attribute(tag, "Extension"));
        typed.extend(attribute(tag, "PartName").map(|p| p.trim_start_matches('/').to_string()));
    });
    for part in &typed {
        assert!(parts.contains_key(part), "{part} has a type and is not there");
    }
    for (name, text) in &parts {
        let suffix = name.rsplit('.').next().unwrap();
        assert!(typed.contains(name) || suffixes.contains(suffix) || name == "[Content_Types].xml", "{name}: no type");
        if suffix == "rels" {
            let folder = name.split_once("_rels/").unwrap().0;
            let mut ids = BTreeSet::new();
            walk(text, |tag, _| {
                let Some(target) = attribute(tag, "Target") else { return };
                assert!(ids.insert(attribute(tag, "Id")), "{name}: an id twice");
                if attribute(tag, "TargetMode").is_none() {
                    assert!(parts.contains_key(&way(folder, &target)), "{name}: {target} is not there");
                }
            });
        } else if suffix == "xml" {
            assert_in_order(name, text);
        }
    }
    parts
}

/// `../media/a.png` from `xl/drawings/`.
fn way(folder: &str, target: &str) -> String {
    let mut names: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    names.retain(|n| !n.is_empty());
    for name in target.split('/').filter(|n| !n.is_empty()) {
        match name {
            ".." => names.truncate(names.len() - 1),
            name => names.push(name),
        }
    }
    names.join("/")
}

#[test]
fn the_workbook_opens_without_repair() {
    let folder = Folder::new();
    folder.write("inbox/龙池镇中心校/现场.jpg", &crate::page::photo(200, 320, 200));
    folder.shouqi(&["run", ".", "--thumbnails", "--split", "township"]).ends(0);
    for book in ["汇总表.xlsx", "分册/龙池镇.xlsx"] {
        let parts = assert_sound(&folder.path().join("output").join(book));
        // No name twice on one sheet, and no formula without what it gives.
        let mut names = BTreeSet::new();
        walk(&parts["xl/workbook.xml"], |tag, _| {
            if tag.name().as_ref() == "definedName" {
                assert!(names.insert((attribute(tag, "name"), attribute(tag, "localSheetId"))), "{names:?}");
            }
        });
        assert!(!names.is_empty());
        for (name, sheet) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
            assert_eq!(sheet.matches("<f>").count(), sheet.matches("</f><v>").count(), "{name}");
        }
    }
}

#[test]
fn letters_open_without_repair() {
    let folder = Folder::new();
    folder.shouqi(&["run", "."]).ends(0);
    folder.shouqi(&["letters", "."]).ends(0);
    let letters: Vec<_> = folder.files("output/letters").into_keys().collect();
    let is = |suffix: &str, letter: &Path| letter.extension().is_some_and(|e| e == suffix);
    assert!(letters.iter().filter(|l| is("docx", l)).count() >= 2, "{letters:?}");
    for letter in letters.iter().filter(|l| is("docx", l) || is("xlsx", l)) {
        assert_sound(&folder.path().join("output/letters").join(letter));
    }
}
