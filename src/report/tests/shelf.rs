//! What one night leaves on the shelf, and what the next may take from it.

use super::{layout, sample, written};
use crate::model::changes::{Change, Changes, Standing};
use crate::model::findings::{FileEvidence, Findings};
use crate::model::packed::Packed;
use crate::model::place::Place;
use crate::model::reading::{Assertion, Evidence};
use crate::model::shelf::{Closed, MadeFrom, Shelf};
use crate::model::spool::Spool;
use crate::report::view::{Layout, View};
use crate::report::{jsonl, page, workbook};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex};

/// A shelf that counts how often something was there.
#[derive(Default)]
struct Basket {
    pieces: Mutex<BTreeMap<String, (MadeFrom, Vec<u8>)>>,
    taken: Mutex<Vec<String>>,
}

impl Shelf for Basket {
    fn take(&self, name: &str, made_from: &MadeFrom, open: &mut dyn FnMut(&mut dyn Read)) {
        let pieces = self.pieces.lock().unwrap();
        if let Some((_, bytes)) = pieces.get(name).filter(|(from, _)| from == made_from) {
            self.taken.lock().unwrap().push(name.to_string());
            open(&mut bytes.as_slice());
        }
    }

    fn put(&self, name: &str, made_from: &MadeFrom, closed: &Closed<'_>) {
        let mut bytes = Vec::new();
        closed.write(&mut bytes).unwrap();
        self.pieces.lock().unwrap().insert(name.to_string(), (*made_from, bytes));
    }
}

/// A place outside memory, in memory.
#[derive(Debug, Default)]
struct Heap(Mutex<Vec<u8>>);

impl Spool for Heap {
    fn keep(&self, bytes: &[u8]) -> Option<u64> {
        let mut all = self.0.lock().unwrap();
        all.extend_from_slice(bytes);
        Some((all.len() - bytes.len()) as u64)
    }

    fn bytes(&self, at: u64, len: usize) -> Option<Vec<u8>> {
        Some(self.0.lock().unwrap().get(at as usize..at as usize + len)?.to_vec())
    }
}

#[test]
fn sheets_that_waited_outside_memory_are_the_same() {
    let (findings, layout) = (sample::findings(), layout());
    let view = View::new(&findings, &layout);
    let heap = Arc::new(Heap::default());
    let spool = Arc::clone(&heap) as Arc<dyn Spool>;
    assert_eq!(written(workbook(&view, Some(&spool)).unwrap()), written(workbook(&view, None).unwrap()));
    let lost = workbook(&view, Some(&spool)).unwrap();
    heap.0.lock().unwrap().clear();
    lost.write(&mut Vec::new()).unwrap_err();
}

/// The workbook, the page and the lines of a night.
fn results(findings: &Findings, layout: &Layout, shelf: Option<&dyn Shelf>) -> [Vec<u8>; 3] {
    let view = View::over(findings, layout, shelf);
    let (mut html, mut lines) = (Vec::new(), Vec::new());
    jsonl::verdicts(&view, &mut lines).unwrap();
    page::write(&view, &mut html).unwrap();
    [written(workbook(&view, None).unwrap()), html, lines]
}

/// What is taken from the shelf in the night after `before`; the results are as without a shelf.
fn taken(before: (&Findings, &Layout), after: (&Findings, &Layout)) -> Vec<String> {
    let basket = Basket::default();
    let first = results(before.0, before.1, Some(&basket));
    assert!(first == results(before.0, before.1, None), "a shelf changes nothing");
    assert_eq!(*basket.taken.lock().unwrap(), [""; 0]);
    assert!(results(after.0, after.1, Some(&basket)) == results(after.0, after.1, None), "nor does what lies on it");
    basket.taken.into_inner().unwrap()
}

#[test]
fn a_night_without_news_takes_evidence_and_blocks_from_the_night_before() {
    let (before, layout) = (sample::findings(), layout());
    let mut after = before.clone();
    // Days later, long after the deadline, every gap stands for the ninth night.
    after.as_of += chrono::Duration::days(40);
    let standing = Standing { change: Change::Still, nights: 9 };
    let standing = after.flags.iter().map(|f| (f.id.clone(), standing)).collect();
    after.changes = Changes { since: Some(before.as_of), standing, ..Changes::default() };
    let all = ["证据明细/0", "verdicts.jsonl/0", "汇总表.html/0", "证据明细"];
    assert_eq!(taken((&before, &layout), (&after, &layout)), all);
}

#[test]
fn what_was_made_from_something_else_is_made_again() {
    let layout = layout();
    let said = |quote: &str| {
        let said = Evidence::new("meeting", Assertion::Done, Place::Paragraph(2), quote, "meeting.held");
        let said = Packed::from(vec![said]).packed();
        FileEvidence { file: "inbox/鹿苑小学总结.docx".into(), said, own: vec![0] }
    };
    let mut before = sample::findings();
    before.schools[0].evidence = vec![said("召开了专题会议。")];
    let changed = |change: &dyn Fn(&mut Findings)| {
        let mut after = before.clone();
        change(&mut after);
        taken((&before, &layout), (&after, &layout))
    };
    let nothing = [""; 0];
    assert_eq!(changed(&|f| f.schools[0].evidence = vec![said("召开了专题会。")]), nothing);
    assert_eq!(changed(&|f| Arc::make_mut(&mut f.schools[0].school).name.push('东')), nothing);
    assert_eq!(changed(&|f| f.campaign.title.push('乙')), nothing);
    // Evidence knows nothing of gaps and of files.
    assert_eq!(changed(&|f| drop(f.flags.pop())), ["证据明细/0", "证据明细"]);
    assert_eq!(changed(&|f| f.files[0].bytes += 1), ["证据明细/0", "证据明细"]);
    let elsewhere = Layout { roots: vec![("inbox".into(), "D:/收件/".into())], ..layout.clone() };
    assert_eq!(taken((&before, &layout), (&before, &elsewhere)), nothing);
}

#[test]
fn a_piece_that_is_damaged_is_made_again() {
    let (findings, layout) = (sample::findings(), layout());
    let basket = Basket::default();
    let first = results(&findings, &layout, Some(&basket));
    basket.pieces.lock().unwrap().get_mut("证据明细").unwrap().1.truncate(100);
    assert!(results(&findings, &layout, Some(&basket)) == first);
}
