//! The page as a browser shows it.

use crate::folder::Folder;
use std::path::Path;
use std::process::Command;

/// The page's document after its script has run; none where there is no browser.
fn shown(page: &Path, fragment: &str) -> Option<String> {
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(|b| which::which(b).ok())?;
    let profile = tempfile::tempdir().unwrap();
    let out = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}#{fragment}", page.display()))
        .output()
        .unwrap();
    Some(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Names of the schools in the table that is shown.
fn schools(document: &str) -> Vec<&str> {
    let rows = document.split("<tr data-school=").skip(1);
    rows.map(|row| row.split_once("scope=\"row\"").unwrap().1.split(['>', '<']).nth(1).unwrap()).collect()
}

#[test]
fn a_browser_shows_the_matrix_and_opens_a_verdict_at_its_words() {
    let folder = Folder::new();
    folder.shouqi(&["run", "."]);
    let page = folder.path().join("output/汇总表.html");
    let Some(all) = shown(&page, "") else {
        println!("skipped: no Chromium on this machine");
        return;
    };
    assert_eq!(schools(&all), ["龙池镇中心校", "荆山镇中心校", "清泉镇中心校"]);
    let planned = shown(&page, "status=planned").unwrap();
    assert_eq!(schools(&planned), ["荆山镇中心校"]);
    let named = shown(&page, "q=1003").unwrap();
    assert_eq!(schools(&named), ["清泉镇中心校"]);
    let opened = shown(&page, "open=1002/meeting").unwrap();
    assert!(
        opened.contains("<mark><span class=\"cue\">我校拟</span>于10月25日召开扶贫专题会议。</mark>"),
        "the cue in its sentence"
    );
    let text = opened.split_once("<details").unwrap().1.split_once("</details>").unwrap().0;
    let title = text.find("荆山镇中心校扶贫日活动安排").unwrap();
    let sentence = text.find("<span class=\"cue\">我校拟</span>于10月25日召开扶贫专题会议。</mark>").unwrap();
    assert!(title < sentence, "and the sentence in its text, marked: {text}");
    assert!(text[..sentence].ends_with('>') && text.contains("<mark class=\"doubtful\""), "{text}");
}

#[test]
fn the_page_is_the_same_with_and_without_a_memory() {
    let folder = Folder::new();
    let page = |args: &[&str]| {
        folder.shouqi(args);
        folder.read("output/汇总表.html")
    };
    let first = page(&["run", "."]);
    assert!(page(&["run", "."]) == first, "from what was remembered");
    assert!(page(&["run", ".", "--no-cache"]) == first);
}

#[test]
fn an_old_browser_says_so_and_shows_the_matrix_all_the_same() {
    let folder = Folder::new();
    folder.shouqi(&["run", "."]);
    let page = folder.path().join("output/汇总表.html");
    // As it was before 2020: what unpacks is not there.
    let text = std::fs::read_to_string(&page).unwrap().replace("DecompressionStream", "NoSuchStream");
    let policy = regex::Regex::new("<meta http-equiv[^>]*>").unwrap();
    std::fs::write(&page, policy.replace(&text, "").as_bytes()).unwrap();
    let Some(opened) = shown(&page, "open=1002/meeting") else {
        println!("skipped: no Chromium on this machine");
        return;
    };
    assert_eq!(schools(&opened).len(), 3);
    assert!(opened.contains("这个浏览器太旧"), "{opened}");
}
