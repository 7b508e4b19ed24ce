//! Workers that die, hang and talk nonsense, played by a shell script that keeps to the protocol.
#![cfg(unix)]

use super::*;
use crate::model::packed::to_bytes;
use crate::model::problem::Problem;
use crate::model::source::SourceFile;
use crate::ocr::tesseract::Tesseract;
use crate::pipeline::examine::Settings;
use crate::pipeline::request::put_frame;
use crate::pipeline::text::Text;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Answers `look` always, `examine` unless the name says what to do instead. Its answers lie in a folder.
const SCRIPT: &str = r#"
read -r length
head -c "$length" > "$1/settings"
echo started >> "$1/starts"
echo ready
while read -r line; do
  read -r shown
  case "$line" in
    examine*dies*) echo "the parser gave up" >&2; exit 7 ;;
    examine*killed*) kill -9 $$ ;;
    examine*hangs*) exec sleep 600 ;;
    examine*babbles*) echo "no frame" ;;
    examine*starves*) echo "memory allocation of 9999999999 bytes failed" >&2; kill -6 $$ ;;
    *hopeless*) exit 9 ;;
    look*) cat "$1/look/${shown#inbox/}" ;;
    *) cat "$1/examine/${shown#inbox/}" ;;
  esac
done
"#;

struct Nobody;

impl Desk for Nobody {
    fn done(&self, _: &Task, _: &mut Examined) {}
}

fn examined(names: &[&str], jobs: usize) -> Vec<Reading> {
    seen(names, jobs).0
}

/// The Readings, and how many workers were started for them.
fn seen(names: &[&str], jobs: usize) -> (Vec<Reading>, usize) {
    let folder = tempfile::tempdir().unwrap();
    for (work, format) in [("look", ""), ("examine", "txt")] {
        fs::create_dir(folder.path().join(work)).unwrap();
        for name in names.iter().filter(|n| !n.contains('\n')) {
            let source = SourceFile { path: format!("inbox/{name}").into(), len: 5, ..SourceFile::default() };
            let reading = Reading { source, format: format.into(), ..Reading::default() };
            let mut frame = Vec::new();
            put_frame(&mut frame, &to_bytes(&reading).unwrap()).unwrap();
            fs::write(folder.path().join(work).join(name), frame).unwrap();
        }
    }
    let args = vec!["-c".into(), SCRIPT.into(), "worker".into(), folder.path().into()];
    let recipe = Recipe::new("/bin/sh".into(), args, Duration::from_secs(1), &Settings::default()).unwrap();
    let task = |(n, name): (usize, &&str)| Task {
        work: Work::Examine,
        path: Path::new("in").join(name),
        shown: format!("inbox/{name}"),
        len: n as u64,
    };
    let tasks: Vec<Task> = names.iter().enumerate().map(task).collect();
    let readings = examine(&tasks, jobs, &recipe, &Nobody).unwrap();
    (readings, fs::read_to_string(folder.path().join("starts")).unwrap().lines().count())
}

fn problem_of(name: &str) -> Problem {
    let readings = examined(&["before", name, "after"], 1);
    assert_eq!(
        readings.iter().map(|r| r.source.path.as_str()).collect::<Vec<_>>(),
        ["inbox/before", &format!("inbox/{name}"), "inbox/after"]
    );
    assert!(readings[0].problems.is_empty() && readings[2].problems.is_empty(), "the others are not affected");
    assert_eq!(readings[1].problems.len(), 1);
    readings[1].problems[0].clone()
}

#[test]
fn a_worker_that_dies_costs_its_file_only() {
    let Problem::Crashed(how) = problem_of("dies") else { panic!() };
    let text = how.text(crate::model::message::Lang::En);
    assert!(text.contains('7') && text.contains("the parser gave up"), "{text}");
    assert!(matches!(problem_of("killed"), Problem::Crashed(how) if how.args() == ["9".into()]));
    assert!(matches!(problem_of("babbles"), Problem::Crashed(_)));
    assert!(matches!(problem_of("hopeless"), Problem::Crashed(_)));
}

#[test]
fn a_worker_that_takes_too_long_is_stopped() {
    assert_eq!(problem_of("hangs"), Problem::TimedOut(1));
}

#[test]
fn a_worker_that_takes_too_much_memory_is_called_that() {
    assert!(matches!(problem_of("starves"), Problem::TooLarge(_)));
}

#[test]
fn what_is_seen_from_outside_is_kept_of_a_file_that_kills() {
    let readings = examined(&["dies"], 1);
    assert_eq!(readings[0].source.len, 5);
}

#[test]
fn a_name_that_cannot_travel_is_answered_for() {
    assert!(matches!(problem_of("two\nlines"), Problem::NotOpened(_)));
}

#[test]
fn the_order_is_the_tasks_whatever_the_number_of_workers() {
    let names: Vec<String> =
        (0..40).map(|n| if n % 7 == 3 { format!("{n:02} dies") } else { format!("{n:02}") }).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let paths = |jobs| examined(&names, jobs).into_iter().map(|r| (r.source.path, r.problems)).collect::<Vec<_>>();
    assert_eq!(paths(1), paths(8));
    assert_eq!(seen(&["a", "b", "c"], 1).1, 1, "one worker serves one file after the other");
}

#[test]
fn a_program_that_is_not_there_ends_the_run() {
    let recipe =
        Recipe::new("/no/such/program".into(), Vec::new(), Duration::from_secs(1), &Settings::default()).unwrap();
    let task = Task { work: Work::Examine, path: "a".into(), shown: "a".into(), len: 0 };
    assert!(examine(std::slice::from_ref(&task), 1, &recipe, &Nobody).is_err());
}

#[test]
fn a_worker_that_does_not_understand_its_settings_is_no_fault_of_the_files() {
    let args = vec!["-c".into(), "read -r length; echo 'what?' >&2; exit 1".into()];
    let recipe = Recipe::new("/bin/sh".into(), args, Duration::from_secs(1), &Settings::default()).unwrap();
    let task = Task { work: Work::Examine, path: "a".into(), shown: "a".into(), len: 0 };
    assert_eq!(examine(&[task], 1, &recipe, &Nobody).unwrap_err().to_string(), "what?");
}

#[test]
fn a_text_is_had_whatever_its_pictures_do_and_nonsense_is_no_empty_text() {
    const SCRIPT: &str = r#"
read -r length
head -c "$length" > "$1/settings"
echo ready
while read -r line; do
  read -r shown
  case "$line" in
    recognise*) echo "the picture was too much" >&2; exit 7 ;;
    *) cat "$1/$shown" ;;
  esac
done
"#;
    let folder = tempfile::tempdir().unwrap();
    let text = |problems| Text { file: "a".into(), format: "pdf".into(), text: "一行".into(), problems };
    for (name, texts) in [("a", serde_json::to_vec(&[text(Vec::new())]).unwrap()), ("b", b"what?".to_vec())] {
        let mut frames = Vec::new();
        put_frame(&mut frames, &to_bytes(&Reading::default()).unwrap()).unwrap();
        put_frame(&mut frames, &texts).unwrap();
        fs::write(folder.path().join(name), frames).unwrap();
    }
    let args = vec!["-c".into(), SCRIPT.into(), "worker".into(), folder.path().into()];
    let tesseract = Tesseract { program: "tesseract".into(), version: "5".into() };
    let settings = Settings { tesseract: Some(tesseract), ..Settings::default() };
    let recipe = Recipe::new("/bin/sh".into(), args, Duration::from_secs(1), &settings).unwrap();
    let mut supervisor = Supervisor::new(&recipe);
    let texts = supervisor.texts(Path::new("a")).unwrap();
    let [Text { problems, .. }] = texts.as_slice() else { panic!("{texts:?}") };
    assert!(matches!(problems.as_slice(), [Problem::NotRecognised(..)]), "{problems:?}");
    assert_eq!(texts, [text(problems.clone())]);
    let texts = supervisor.texts(Path::new("b")).unwrap();
    assert!(matches!(texts[0].problems.as_slice(), [Problem::Crashed(_)]), "{texts:?}");
}
