//! The texts themselves: names as offices give them, and signs that each scheduler takes for its own.

use super::*;

fn job() -> Job {
    let folder = r#"/srv/扶贫日 2020/100% "定稿" $HOME's \ 终"#;
    Job {
        program: "/opt/收齐 1.0/50%/shouqi".into(),
        arguments: ["run", folder, "--log", "json"].map(str::to_string).to_vec(),
        folder: folder.into(),
        at: NaiveTime::from_hms_opt(2, 5, 0).unwrap(),
    }
}

fn planned(kind: &Kind) -> String {
    let machine =
        Machine {
            units: "/home/zhang/.config/systemd/user".into(), user: r"JYJ\张&李".into(), scratch: "/tmp".into()
        };
    // Paths are joined as this machine joins them.
    let joined = |text: String, folder: &str| text.replace(&format!("{folder}\\"), &format!("{folder}/"));
    ["/tmp", "systemd/user"].into_iter().fold(layout(&(kind.plan)(&job(), &machine), Lang::Zh), joined)
}

#[test]
fn a_timer_of_systemd() {
    insta::assert_snapshot!(planned(&systemd::KIND));
}

#[test]
fn a_line_of_cron() {
    insta::assert_snapshot!(planned(&cron::KIND));
}

#[test]
fn a_task_of_windows() {
    insta::assert_snapshot!(planned(&windows::KIND));
}

#[test]
fn options_of_the_run_are_tried_and_their_paths_made_absolute() {
    let options = |words: &[&str]| run_options(&words.iter().map(OsString::from).collect::<Vec<_>>(), Lang::Zh);
    let here = std::env::current_dir().unwrap();
    let here = |name: &str| here.join(name).display().to_string();
    let there = if cfg!(windows) { r"C:\c" } else { "/c" };
    assert_eq!(
        options(&["--inbox", "a b", &format!("--inbox={there}"), "-j", "2", "--no-mask"]).unwrap(),
        ["--inbox", &here("a b"), "--inbox", there, "--jobs", "2", "--no-mask"]
    );
    assert!(options(&["--jobz"]).is_err());
    assert!(options(&["another/folder"]).is_err());
    assert_eq!(run_options(&[], Lang::En).unwrap(), ["--lang", "en"]);
}
