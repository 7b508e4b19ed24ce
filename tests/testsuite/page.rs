//! The page as a browser shows it.

use crate::book::Shown;
use crate::folder::Folder;
use std::path::Path;
use std::process::Command;

/// The page's document after its script has run; none where there is no browser.
fn shown(page: &Path, fragment: &str) -> Option<String> {
    asked(page, fragment, "--dump-dom")
}

/// What a browser says of the page; none where there is no browser.
fn asked(page: &Path, fragment: &str, for_what: &str) -> Option<String> {
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(|b| which::which(b).ok())?;
    let profile = tempfile::tempdir().unwrap();
    let out = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", for_what])
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

#[test]
fn keys_go_through_the_matrix_and_open_and_close_a_verdict() {
    let folder = Folder::new();
    folder.shouqi(&["run", "."]);
    let page = folder.path().join("output/汇总表.html");
    // Whoever sits at the keys: a script of the test's own, which the page's policy would not let in.
    let typed = |keys: &[&str]| {
        let keys = serde_json::to_string(keys).unwrap();
        let hand = format!(
            "<script>document.querySelector('#matrix [tabindex=\"0\"]').focus();for (const key of {keys}) \
             document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{key, bubbles: true}}));\
             document.body.setAttribute('data-at', document.activeElement.textContent);</script></body>"
        );
        let text = std::fs::read_to_string(&page).unwrap();
        let text = regex::Regex::new("<meta http-equiv[^>]*>").unwrap().replace(&text, "").into_owned();
        let with = folder.path().join("output/typed.html");
        std::fs::write(&with, text.replace("</body>", &hand)).unwrap();
        shown(&with, "")
    };
    let Some(at_first) = typed(&[]) else {
        println!("skipped: no Chromium on this machine");
        return;
    };
    assert!(at_first.contains("data-at=\"全部 (3)\""), "{at_first}");
    // All, the township, its school; then its first verdict.
    let moved = typed(&["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"]).unwrap();
    assert!(moved.contains("data-at=\"荆山镇中心校\""), "{moved}");
    let opened = typed(&["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "Enter"]).unwrap();
    assert!(opened.contains("data-at=\"荆山镇中心校\"") && !opened.contains("panel-title\" hidden"), "{opened}");
    assert!(opened.contains("<h3>专题会议</h3>") && !opened.contains("<h3>书面汇报材料</h3>"), "{opened}");
    let closed = typed(&["ArrowDown", "ArrowDown", "Enter", "Escape"]).unwrap();
    assert!(closed.contains("id=\"panel\"") && closed.contains("hidden"), "{closed}");
    assert!(closed.contains("data-at=\"龙池镇中心校\""), "and stands where it was opened: {closed}");
}

#[test]
fn the_page_is_printed_whole_and_without_its_controls() {
    let folder = Folder::new();
    folder.shouqi(&["run", "."]);
    let page = folder.path().join("output/汇总表.html");
    let paper = folder.path().join("paper.pdf");
    if asked(&page, "open=1002/meeting", &format!("--print-to-pdf={}", paper.display())).is_none() {
        println!("skipped: no Chromium on this machine");
        return;
    }
    let printed = folder.shouqi(&["text", "paper.pdf"]).said();
    for wanted in ["龙池镇中心校", "荆山镇中心校", "清泉镇中心校", "专题会议", "有证据"] {
        assert!(printed.contains(wanted), "{wanted}: {printed}");
    }
    assert!(!printed.contains("清除筛选") && !printed.contains("我校拟"), "{printed}");
}

/// A photograph in one colour.
pub fn photo(shade: u8, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([shade, 40, 40]));
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[test]
fn photographs_are_shown_small_where_asked_for_and_a_hostile_one_costs_itself_alone() {
    let folder = Folder::new();
    folder.write("inbox/龙池镇中心校/现场.jpg", &photo(220, 800, 600));
    folder.write("inbox/荆山镇中心校/会场.jpg", &photo(60, 300, 900));
    // A header that promises 60,000 × 60,000 pixels.
    let mut header = b"IHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0".to_vec();
    let sum = libdeflater::crc32(&header);
    header.extend(sum.to_be_bytes());
    let bomb = [b"\x89PNG\r\n\x1A\n\0\0\0\x0D".as_slice(), &header, b"\0\0\0\0IDAT\x35\xAF\x06\x1E"].concat();
    folder.write("inbox/龙池镇中心校/很大.png", &bomb);
    folder.shouqi(&["run", ".", "--thumbnails"]).ends(0);
    let book = folder.read("output/汇总表.xlsx");
    let evidence = Shown::sheet(&book, "证据明细", "照片");
    let said = evidence.column("原文");
    assert!(said.iter().any(|t| t == "现场.jpg") && said.iter().any(|t| t == "很大.png"), "{said:?}");
    assert!(evidence.column("照片").iter().any(|t| t.contains("图像超过")), "{:?}", evidence.column("照片"));
    let again = folder.shouqi(&["run", ".", "--thumbnails"]).ends(0);
    assert_eq!(again.complained(), "", "what is known already is shown all the same");
    assert_eq!(media(&folder.read("output/汇总表.xlsx")), 2);
    let page = folder.path().join("output/汇总表.html");
    if let Some(opened) = shown(&page, "open=1001") {
        assert!(opened.contains("<figcaption>现场.jpg</figcaption>"), "{opened}");
        assert!(opened.contains("<img src=\"data:image/jpeg;base64,") && !opened.contains("会场.jpg"), "{opened}");
    }
    folder.shouqi(&["run", "."]).ends(0);
    assert_eq!(media(&folder.read("output/汇总表.xlsx")), 0, "and only where asked for");
}

fn media(book: &[u8]) -> usize {
    let package = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    package.file_names().filter(|n| n.as_ref().is_ok_and(|n| n.starts_with("xl/media/"))).count()
}
