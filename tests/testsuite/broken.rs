//! Bad input: what is said, the exit status, and that nothing is touched.

use crate::folder::Folder;

#[test]
fn an_error_of_the_campaign_names_file_line_and_remedy() {
    let folder = Folder::new();
    folder.shouqi(&["run"]).ends(0);
    let good = folder.read("output/汇总表.xlsx");
    folder.replace("campaign.toml", "id = \"small-2020\"", "id = \"small-2020\"\ndeadlin = 3");
    folder.replace("roster.csv", "1003,清泉镇中心校", "1002,清泉镇中心校");
    let complained = folder.shouqi(&["run"]).ends(2).complained();
    assert_eq!(complained.lines().count(), 2, "one a line: {complained}");
    assert!(complained.contains("campaign.toml 第2行") && complained.contains("deadlin"), "{complained}");
    assert!(complained.contains("roster.csv"), "{complained}");
    assert!(folder.read("output/汇总表.xlsx") == good, "the last good workbook is untouched");
}

#[test]
fn nothing_is_written_where_nothing_was_read() {
    let folder = Folder::new();
    folder.write("campaign.toml", b"");
    folder.shouqi(&["run"]).ends(2);
    assert!(!folder.path().join("output").exists());
}

#[test]
fn a_folder_without_a_campaign_is_told_what_to_do() {
    let folder = Folder::new();
    std::fs::remove_file(folder.path().join("campaign.toml")).unwrap();
    let complained = folder.shouqi(&["run"]).ends(2).complained();
    assert!(complained.contains("campaign.toml"), "{complained}");
    folder.shouqi(&["run", "nowhere"]).ends(2);
}

#[test]
fn an_inbox_that_is_not_there_is_told() {
    let folder = Folder::new();
    let complained = folder.shouqi(&["run", "--inbox", "nowhere", "--lang=en"]).ends(1).complained();
    assert!(complained.contains("nowhere"), "{complained}");
}

#[test]
fn arguments_that_are_none_are_named_with_a_hint_in_the_chosen_language() {
    let folder = Folder::new();
    for (arguments, wanted) in [
        (&["run", "--jobz", "3"][..], ["--jobz", "--jobs"]),
        (&["runn"], ["runn", "run"]),
        (&["run", "--jobs", "many"], ["--jobs", "many"]),
        (&["run", "--as-of", "2020-02-30"], ["2020-02-30", "2020-10-20T08:00"]),
        (&["run", "--lang", "fr"], ["--lang", "zh, en"]),
        (&["explain"], ["<文件>", "--help"]),
    ] {
        let complained = folder.shouqi(arguments).ends(2).complained();
        assert!(wanted.iter().all(|w| complained.contains(w)), "{arguments:?}: {complained}");
        assert!(!complained.contains("error:"), "{complained}");
    }
    let english = folder.shouqi(&["run", "--jobz", "--lang", "en"]).ends(2).complained();
    assert!(english.starts_with("unknown option: --jobz"), "{english}");
}

#[test]
fn readings_that_are_none_are_named_by_line() {
    let folder = Folder::new();
    folder.write("r.jsonl", b"\n{\"source\":{}}\n");
    let complained = folder.shouqi(&["judge", "r.jsonl"]).ends(2).complained();
    assert!(complained.contains("r.jsonl 第2行"), "{complained}");
}

#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let folder = Folder::new();
    folder.write("taken", b"a file");
    let done = folder.shouqi(&["run", "--out", "taken/out"]).ends(1);
    assert!(!done.complained().is_empty());
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = Folder::new();
    let complained = folder.shouqi(&["text", "没有.docx"]).ends(2).complained();
    assert!(complained.contains("没有.docx"), "{complained}");
}
