//! More to tell than Excel has rows.

use super::*;
use crate::report::trail::Trail;
use ecow::EcoString;

/// How many rows of the table a written sheet has, whose heading has so many.
fn rows_of(bytes: &[u8], sheet: &str, heading: usize) -> usize {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.worksheet_range(sheet).unwrap().height() - heading - 1
}

#[test]
fn a_table_that_is_too_long_is_cut_and_says_so() {
    let findings = sample::findings();
    let layout = layout();
    let view = View::new(&findings, &layout);
    let whole = |name: &str| {
        SHEETS.iter().find(|(n, _)| *n == name).map(|(n, make)| Sheet { name: n.to_string(), ..make(&view) }).unwrap()
    };
    for name in [names::EVIDENCE, names::REVIEW] {
        let all = whole(name).len();
        assert!(all > 3);
        assert_eq!(fit::fitted(whole(name), all, &view).heading.len(), whole(name).heading.len());
        let cut = fit::fitted(whole(name), 3, &view);
        let note = as_text(&Sheet {
            columns: Vec::new(),
            rows: Vec::new(),
            more: Default::default(),
            heading: cut.heading.clone(),
            ..Sheet::default()
        });
        assert!(note.contains(&format!("还有 {} 行没有列出", all - 3)), "{note}");
        let heading = cut.heading.len();
        let imprint = Imprint { title: String::new(), made: NaiveDateTime::default(), pages: String::new() };
        let bytes = xlsx::workbook_bytes(vec![cut], &imprint).unwrap();
        assert_eq!(rows_of(&bytes, name, heading), 3);
    }
}

#[test]
fn no_link_leads_to_a_row_that_its_sheet_has_no_room_for() {
    let to = |row| Cell::text("●").to(Some(Link::Row("表".into(), row, 0)));
    let sheet = Sheet { name: "表".into(), rows: vec![vec![to(0), to(MOST_ROWS)]], ..Sheet::default() };
    let imprint = Imprint { title: String::new(), made: NaiveDateTime::default(), pages: String::new() };
    let bytes = xlsx::workbook_bytes(vec![sheet], &imprint).unwrap();
    let links = part(&bytes, "xl/worksheets/sheet1.xml");
    assert_eq!(links.matches("<hyperlink ").count(), 1, "{links}");
}

#[test]
fn where_evidence_is_too_much_what_verdicts_rest_on_stays_and_signs_lead_to_it() {
    let mut findings = sample::findings();
    // A verdict that rests on two sentences.
    for school in &mut findings.schools {
        let items: Vec<EcoString> = school.citations().all().iter().map(|c| c.evidence.item.clone()).collect();
        for verdict in school.verdicts.iter_mut().filter(|v| !v.evidence.is_empty()) {
            verdict.evidence = (0..).zip(&items).filter(|(_, item)| **item == verdict.item).map(|(at, _)| at).collect();
        }
    }
    let layout = layout();
    let items: Vec<String> = View::new(&findings, &layout).items.iter().map(|i| i.id.to_string()).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let trail = |most| Trail::new(&findings, &items, &|_| 0, View::new(&findings, &layout).kept.evidence, most);
    let all = trail(MOST_ROWS);
    let bears = all.schools.iter().flat_map(|(_, rows)| rows.iter()).filter(|r| r.bears).count() as u32
        + findings.unclaimed.len() as u32;
    let few = trail(bears);
    let bearing = |t: &Trail<'_>| t.schools.iter().flat_map(|(_, rows)| rows.iter()).filter(|r| r.bears).count();
    let rows = |t: &Trail<'_>| t.schools.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    assert_eq!((rows(&few), bearing(&few)), (bearing(&all), bearing(&all)));
    assert_eq!((all.left_out, few.left_out), (0, rows(&all) - bearing(&all)));
    assert!(few.left_out > 0);
    let row = |t: &Trail<'_>, at: u32| {
        let all =
            t.schools.iter().flat_map(|(school, rows)| rows.iter().map(move |r| (school.school.code.clone(), r.at)));
        all.collect::<Vec<_>>().get(at as usize).cloned()
    };
    let mut led = 0;
    for (school, rests) in findings.schools.iter().flat_map(|s| s.verdicts.iter().map(move |v| (s, v))) {
        let (before, after) = (all.best(&school.school.code, &rests.item), few.best(&school.school.code, &rests.item));
        match after {
            Some(after) => assert_eq!(row(&few, after), before.and_then(|before| row(&all, before))),
            None => assert!(rests.evidence.is_empty()),
        }
        led += usize::from(after.is_some());
    }
    assert!(led > 3);
    let fewest = trail(bears - 1);
    assert!(rows(&fewest) < rows(&few));
    for (school, verdict) in findings.schools.iter().flat_map(|s| s.verdicts.iter().map(move |v| (s, v))) {
        let best = |t: &Trail<'_>| t.best(&school.school.code, &verdict.item).and_then(|at| row(t, at));
        assert_eq!(best(&fewest), best(&few));
    }
}
