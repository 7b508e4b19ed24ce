//! How long a county takes.

use crate::model::findings::{FileEvidence, Findings};
use crate::model::message::Lang;
use crate::model::packed::Packed;
use crate::model::reading::Evidence;
use crate::report::tests::{layout, sample, sheets, workbook};
use crate::report::{jsonl, stage};
use ecow::EcoString;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// The sample's night so many times over, in townships and files of their own.
fn county(times: usize) -> Findings {
    let one = sample::findings();
    let mut all = Findings { schools: Vec::new(), files: Vec::new(), flags: Vec::new(), ..one.clone() };
    for n in 0..times {
        let code = |code: &str| EcoString::from(if code.is_empty() { String::new() } else { format!("{code}{n:04}") });
        let path = |path: &str| EcoString::from(path.replacen("inbox/", &format!("inbox/{n:04}/"), 1));
        for mut school in one.schools.clone() {
            let of_roster = Arc::make_mut(&mut school.school);
            of_roster.code = code(&of_roster.code);
            of_roster.township = format!("{}{}", of_roster.township, n / 5).into();
            of_roster.reports_via = of_roster.reports_via.as_deref().map(code);
            school.submission.files.iter_mut().for_each(|f| *f = path(f));
            let said: Vec<Evidence> = school.handed_in.drain(..).map(|c| c.evidence).collect();
            if let Some(file) = school.submission.files.first().cloned() {
                let own = (0..said.len() as u32).collect();
                school.evidence.push(FileEvidence { file, said: Packed::from(said).packed(), own });
            }
            all.schools.push(school);
        }
        for mut flag in one.flags.clone() {
            flag.school = code(&flag.school);
            flag.id = format!("F-{:08x}", all.flags.len()).into();
            flag.files.iter_mut().for_each(|f| *f = path(f));
            all.flags.push(flag);
        }
        for mut file in one.files.clone() {
            file.path = path(&file.path);
            file.other = file.other.as_deref().map(path);
            file.schools.iter_mut().for_each(|s| *s = code(s));
            all.files.push(file);
        }
    }
    all
}

#[test]
#[ignore = "a measurement, in release only"]
#[allow(clippy::disallowed_methods, clippy::print_stdout, reason = "it measures")]
fn five_thousand_schools_are_written_before_anybody_waits() {
    for times in [84, 417] {
        let findings = county(times);
        let start = Instant::now();
        let made = sheets(&findings, &layout());
        let (laid, rows) = (start.elapsed(), made.iter().map(|s| s.rows.len()).sum::<usize>());
        let start = Instant::now();
        let bytes = workbook(&findings, &layout()).unwrap().len();
        let packed = start.elapsed();
        let start = Instant::now();
        let mut lines = Vec::new();
        jsonl::verdicts(&crate::report::view::View::new(&findings, &layout()), &mut lines).unwrap();
        jsonl::files(&findings, Lang::Zh, &mut lines).unwrap();
        let lines = lines.len();
        let said = start.elapsed();
        let start = Instant::now();
        let mut page = Vec::new();
        crate::report::page::write(&crate::report::view::View::new(&findings, &layout()), &mut page).unwrap();
        println!("page {} bytes in {:?}", page.len(), start.elapsed());
        let folder = tempfile::tempdir().unwrap();
        let start = Instant::now();
        stage(&findings, &layout(), None, &BTreeMap::new(), folder.path(), None, None).unwrap().place().unwrap();
        println!(
            "{} schools, {rows} rows: sheets {laid:?}, workbook {packed:?} ({bytes} bytes), JSON {said:?} ({lines}), all {:?}",
            findings.schools.len(),
            start.elapsed()
        );
    }
}
