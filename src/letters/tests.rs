//! What a person finds in the letters, read back from the files; and what is never said of a school.

use crate::extract;
use crate::letters::form::FORMS;
use crate::letters::record::{Gap, Matter, Record};
use crate::letters::template::Template;
use crate::letters::wechat::LONGEST;
use crate::letters::{Kind, Set, Templates, compose};
use crate::model::campaign::{Activity, Campaign, Deadline, Material, Sender};
use crate::model::findings::{Status, SubmissionStatus};
use crate::model::flag::{FlagKind, Severity};
use crate::model::message::Lang;
use crate::model::ruling::Conclusion;
use crate::model::school::School;
use crate::msg;
use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, month, day).unwrap()
}

fn morning(month: u32, of: u32) -> NaiveDateTime {
    day(month, of).and_hms_opt(8, 0, 0).unwrap()
}

fn school(code: &str, name: &str, township: &str) -> School {
    School {
        code: code.into(),
        name: name.into(),
        township: township.into(),
        category: "中心校".into(),
        contact: "梁文涛".into(),
        phone: "555-0101".into(),
        ..School::default()
    }
}

fn campaign(schools: Vec<School>) -> Campaign {
    let activity = |id: &str, name: &str| Activity {
        id: id.into(),
        name: name.into(),
        criterion: format!("开展过一次{name}"),
        due: day(10, 19),
        ..Activity::default()
    };
    Campaign {
        title: "2020年全国扶贫日活动".into(),
        issuer: "鹿亭县教育局".into(),
        notice_date: Some(day(10, 9)),
        utc_offset_hours: 8,
        deadline: Deadline { date: day(10, 19), includes_day: true, shifted_to: day(10, 19) },
        activities: vec![activity("meeting", "专题会议"), activity("visit", "包联入户")],
        materials: vec![Material {
            id: "report".into(),
            name: "书面汇报材料".into(),
            criterion: "一份书面汇报".into(),
            ..Material::default()
        }],
        sender: Sender { contact: "王老师".into(), phone: "555-0199".into(), ..Sender::default() },
        schools: schools.into_iter().map(Arc::new).collect(),
        ..Campaign::default()
    }
}

fn gap(kind: FlagKind, item: Option<&str>) -> Gap {
    Gap { kind, severity: Severity::High, item: item.map(str::to_string), ruling: None, seen: None }
}

/// A school that reported in time, with everything told.
fn good(school: &School) -> Record<'_> {
    Record {
        school,
        status: SubmissionStatus::OnTime,
        days_late: 0,
        received: Some(morning(10, 18)),
        must_report: true,
        unreadable: false,
        items: ["meeting", "visit", "report"].map(|id| (id.to_string(), Status::Done)).to_vec(),
        gaps: Vec::new(),
        files: vec![format!("inbox/{}/总结.docx", school.name)],
        unread: Vec::new(),
        doubt: None,
    }
}

/// A school that sent nothing.
fn silent(school: &School) -> Record<'_> {
    Record {
        status: SubmissionStatus::Missing,
        received: None,
        items: ["meeting", "visit", "report"].map(|id| (id.to_string(), Status::Missing)).to_vec(),
        gaps: vec![gap(FlagKind::NoSubmission, None)],
        files: Vec::new(),
        ..good(school)
    }
}

fn matter<'c>(campaign: &'c Campaign, as_of: NaiveDateTime, records: Vec<Record<'c>>) -> Matter<'c> {
    Matter { campaign, as_of, records }
}

fn made(kind: Kind, matter: &Matter<'_>) -> Set {
    compose(kind, matter, &Templates::default()).unwrap_or_else(|e| panic!("{e:?}"))
}

fn names(set: &Set) -> Vec<&str> {
    set.pieces.iter().map(|p| p.name.as_str()).collect()
}

/// The text of a letter, as our own reader finds it.
fn text(set: &Set, name: &str) -> String {
    let piece = set.pieces.iter().find(|p| p.name == name).unwrap_or_else(|| panic!("{name} in {:?}", names(set)));
    match name.strip_suffix(".txt") {
        Some(_) => String::from_utf8(piece.bytes.clone()).unwrap(),
        None => extract::read(&piece.bytes).body.plain_text(),
    }
}

fn held(set: &Set) -> Vec<String> {
    let (_, sheets) = set.workbook.as_ref().unwrap();
    let word = |row: &Vec<crate::model::sheet::Cell>| format!("{:?}", row.last().unwrap().value);
    sheets[1].rows.iter().map(word).collect()
}

/// A part of a Word file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_built_in_template_holds_together() {
    for form in FORMS {
        let document = extract::read(form.built_in.as_bytes());
        let read = Template::of(form, form.name, &document).unwrap_or_else(|e| panic!("{}: {e:?}", form.name));
        assert_eq!(Template::built_in(form), read, "{}", form.name);
    }
}

#[test]
fn a_reminder_lists_what_is_missing_and_what_was_seen_and_nothing_else() {
    let (a, b) = (school("1", "龙池镇中心校", "龙池镇"), school("2", "枣林镇中心校", "枣林镇"));
    let campaign = campaign(vec![a.clone(), b.clone()]);
    let mut wanting = good(&a);
    let seen = Some(("inbox/a.zip!/龙池/总结.docx".to_string(), "包联入户因故没有开展。".to_string()));
    wanting.gaps = vec![
        gap(FlagKind::Missing, Some("meeting")),
        Gap { seen, ..gap(FlagKind::NotDone, Some("visit")) },
        Gap { severity: Severity::Low, ..gap(FlagKind::Weak, Some("report")) },
    ];
    let set = made(Kind::Reminder, &matter(&campaign, morning(10, 27), vec![wanting, good(&b)]));
    assert_eq!(names(&set), ["催报函-龙池镇中心校.docx", "微信催报.txt"]);
    let said = text(&set, "催报函-龙池镇中心校.docx");
    for words in [
        "关于催报2020年全国扶贫日活动材料的函",
        "龙池镇中心校：",
        "1. 专题会议：已收到的材料中未见开展情况。通知要求：开展过一次专题会议。",
        "2. 包联入户：材料中写明尚未开展（“a.zip”中的“总结.docx”中写道：“包联入户因故没有开展”）",
        "目前已收到贵校的文件1个：“总结.docx”。",
        "请于2020年10月30日前补报",
        "鹿亭县教育局\n2020年10月27日",
        "（联系人：王老师；联系电话：555-0199）",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!said.contains("书面汇报材料"), "what is not confirmed is not held against a school:\n{said}");
}

#[test]
fn a_school_whose_file_cannot_be_read_is_asked_to_send_it_again_and_blamed_for_nothing() {
    let (a, b) = (school("1", "龙池镇中心校", "龙池镇"), school("2", "枣林镇中心校", "枣林镇"));
    let campaign = campaign(vec![a.clone(), b.clone()]);
    let locked = Record {
        unreadable: true,
        items: ["meeting", "visit"].map(|id| (id.to_string(), Status::Unreadable)).to_vec(),
        gaps: vec![gap(FlagKind::UnreadableFile, None), gap(FlagKind::Missing, Some("report"))],
        unread: vec![("inbox/龙池/总结.docx".into(), vec!["encrypted".into()])],
        files: Vec::new(),
        ..good(&a)
    };
    // A format without a reader is this program's affair: no letter, and the clerk is told to look.
    let scan = Record {
        unread: vec![("inbox/枣林/总结.pdf".into(), vec!["scanned".into()])],
        gaps: locked.gaps.clone(),
        school: &b,
        ..locked.clone()
    };
    let set = made(Kind::Reminder, &matter(&campaign, morning(10, 27), vec![locked, scan]));
    assert_eq!(names(&set), ["重报函-龙池镇中心校.docx", "微信催报.txt"]);
    let said = text(&set, "重报函-龙池镇中心校.docx");
    assert!(said.contains("“总结.docx”：设有密码，不能打开。"), "{said}");
    assert!(said.contains("下列事项暂时无法核对：专题会议、包联入户。"), "{said}");
    for reproach in ["未见", "尚缺", "尚未收到", "补报以下"] {
        assert!(!said.contains(reproach), "{reproach}\n{said}");
    }
    assert!(
        text(&set, "微信催报.txt").contains("“总结.docx”无法打开，请于10月30日前重新报送"),
        "{}",
        text(&set, "微信催报.txt")
    );
    assert!(held(&set)[0].contains("总结.pdf"), "{:?}", held(&set));
}

#[test]
fn a_file_that_is_nobodys_keeps_the_silence_of_its_likely_school_from_being_held_against_it() {
    let a = school("1", "龙池镇中心校", "龙池镇");
    let campaign = campaign(vec![a.clone()]);
    let record = Record { doubt: Some(msg!("letters.held_unclaimed", "总结.docx")), ..silent(&a) };
    let matter = matter(&campaign, morning(10, 27), vec![record]);
    let set = made(Kind::Reminder, &matter);
    assert_eq!((set.letters, set.held), (0, 1));
    assert!(held(&set)[0].contains("待认领的「总结.docx」可能是该校的"));
    let bulletin = text(&made(Kind::Bulletin, &matter), "通报稿.docx");
    assert!(bulletin.contains("未报送0个。另有1个单位是否报送正在核实"), "{bulletin}");
}

#[test]
fn what_a_person_ruled_goes_before_what_the_machine_says() {
    let a = school("1", "龙池镇中心校", "龙池镇");
    let of = |kind, severity, ruling| {
        let record = Record { gaps: vec![Gap { severity, ruling, ..gap(kind, Some("meeting")) }], ..good(&a) };
        record.stands(&record.gaps[0])
    };
    use Severity::{High, Medium};
    assert!(of(FlagKind::Missing, High, None));
    assert!(!of(FlagKind::Missing, High, Some(Conclusion::Doubtful)));
    assert!(!of(FlagKind::Missing, High, Some(Conclusion::DoneElsewhere)));
    assert!(!of(FlagKind::PlannedOnly, Medium, None));
    assert!(of(FlagKind::PlannedOnly, Medium, Some(Conclusion::Agree)));
    assert!(of(FlagKind::Weak, Medium, Some(Conclusion::SendBack)));
    assert!(!of(FlagKind::Late, Medium, None));
}

#[test]
fn the_sums_of_a_bulletin_come_out_and_its_lists_are_the_confirmed_ones() {
    let schools: Vec<School> = (1..=5).map(|n| school(&n.to_string(), &format!("第{n}中心校"), "龙池镇")).collect();
    let campaign = campaign(schools.clone());
    let late = |severity| Record {
        status: SubmissionStatus::Late,
        days_late: 2,
        gaps: vec![Gap { severity, ..gap(FlagKind::Late, None) }, gap(FlagKind::Missing, Some("visit"))],
        ..good(&schools[1])
    };
    let records = vec![
        good(&schools[0]),
        late(Severity::High),
        Record { school: &schools[2], ..late(Severity::Medium) },
        silent(&schools[3]),
        Record { must_report: false, status: SubmissionStatus::NotRequired, ..silent(&schools[4]) },
    ];
    let said = text(&made(Kind::Bulletin, &matter(&campaign, morning(10, 27), records)), "通报稿.docx");
    for words in [
        "各中心校：",
        "应报送材料的单位4个，已报送3个，报送率75%；其中按时报送1个，按时率25%，迟报1个。未报送1个。另有1个单位的报送时间正在核实",
        "二、按时报送的单位\n第1中心校。",
        "三、迟报的单位\n第2中心校（迟报2天）。",
        "四、未报送的单位\n第4中心校。",
        "（一）材料中未见包联入户开展情况的单位（2个）。第2中心校、第3中心校。",
        "附件：2020年全国扶贫日活动材料报送情况一览表",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!said.contains("第5中心校"), "{said}");
}

#[test]
fn each_kind_has_its_time() {
    let a = school("1", "龙池镇中心校", "龙池镇");
    let campaign = campaign(vec![a.clone()]);
    let early = Record { gaps: Vec::new(), ..silent(&a) };
    let before = matter(&campaign, morning(10, 16), vec![early.clone()]);
    let set = made(Kind::Upcoming, &before);
    assert_eq!(names(&set), ["预催名单.docx", "微信预催.txt"]);
    let said = text(&set, "预催名单.docx");
    assert!(said.contains("下列1个单位") && said.contains("龙池镇中心校\t梁文涛\t555-0101\t书面汇报材料"), "{said}");
    assert!(text(&set, "微信预催.txt").contains("请于10月19日前报送，尚待报送：龙池镇中心校。"));
    assert!(made(Kind::Bulletin, &before).pieces.is_empty());
    assert!(made(Kind::Reminder, &before).pieces.is_empty());
    assert!(made(Kind::Upcoming, &matter(&campaign, morning(10, 20), vec![early])).pieces.is_empty());
}

#[test]
fn the_page_has_the_form_of_the_standard() {
    let a = school("1", "龙池镇中心校", "龙池镇");
    let campaign = campaign(vec![a.clone()]);
    let set = made(Kind::Bulletin, &matter(&campaign, morning(10, 27), vec![silent(&a)]));
    let bytes = &set.pieces[0].bytes;
    let document = part(bytes, "word/document.xml");
    for xml in [
        r#"<w:pgSz w:w="11906" w:h="16838" />"#,
        // 37, 26, 35, 28 mm.
        r#"<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587""#,
        r#"<w:docGrid w:type="default" w:linePitch="579" />"#,
        r#"w:eastAsia="方正小标宋简体""#,
        r#"w:eastAsia="黑体""#,
        r#"<w:tblHeader />"#,
        r#"<w:sz w:val="44" />"#,
    ] {
        assert!(document.contains(xml), "{xml}\n{document}");
    }
    assert_eq!(document.matches("<w:tblHeader />").count(), 1);
    let styles = part(bytes, "word/styles.xml");
    assert!(styles.contains(r#"<w:spacing w:val="-5" />"#), "{styles}");
    assert!(styles.contains("仿宋_GB2312") && styles.contains(r#"<w:sz w:val="32" />"#), "{styles}");
    assert!(styles.contains(r#"w:line="579""#) && styles.contains(r#"w:lineRule="exact""#), "{styles}");
    assert!(part(bytes, "word/settings.xml").contains("<w:evenAndOddHeaders />"));
    for (footer, side) in [("word/footer1.xml", "right"), ("word/footer2.xml", "left")] {
        let footer = part(bytes, footer);
        assert!(
            footer.contains("— ") && footer.contains("PAGE") && footer.contains(&format!(r#"<w:jc w:val="{side}" />"#)),
            "{footer}"
        );
    }
    assert!(part(bytes, "word/fontTable.xml").contains(r#"<w:altName w:val="仿宋"/>"#));
    let core = part(bytes, "docProps/core.xml");
    assert!(core.contains("2020-10-27T08:00:00Z") && core.contains(">鹿亭县教育局<"), "{core}");
}

#[test]
fn a_letter_has_the_same_bytes_whatever_was_written_before_it() {
    let (a, b) = (school("1", "龙池镇中心校", "龙池镇"), school("2", "枣林镇中心校", "枣林镇"));
    let campaign = campaign(vec![a.clone(), b.clone()]);
    let both = made(Kind::Reminder, &matter(&campaign, morning(10, 27), vec![silent(&a), silent(&b)]));
    let one = made(Kind::Reminder, &matter(&campaign, morning(10, 27), vec![silent(&b)]));
    assert!(both.pieces[1] == one.pieces[0], "{:?}", names(&both));
    let mut archive = zip::ZipArchive::new(Cursor::new(one.pieces[0].bytes.as_slice())).unwrap();
    for n in 0..archive.len() {
        let year = archive.by_index(n).unwrap().last_modified().map_or(1980, |t| t.year());
        assert_eq!(year, 1980, "no clock in the package");
    }
}

#[test]
fn two_schools_whose_names_make_one_file_have_a_file_each() {
    let (a, b) = (school("1", "城关/一小", ""), school("2", "城关:一小", ""));
    let campaign = campaign(vec![a.clone(), b.clone()]);
    let set = made(Kind::Reminder, &matter(&campaign, morning(10, 27), vec![silent(&a), silent(&b)]));
    assert_eq!(names(&set)[..2], ["催报函-城关＿一小.docx", "催报函-城关＿一小-2.docx"]);
}

#[test]
fn a_template_of_the_campaign_replaces_the_built_in_one_and_its_mistakes_are_told() {
    let document = |text: &str| extract::read(text.as_bytes());
    let a = school("1", "龙池镇中心校", "龙池镇");
    let campaign = campaign(vec![a.clone()]);
    let own = "# 说明\n补报提醒\n{学校}：\n还缺：\n{缺项}\n{署名}\n{成文日期}\n";
    let templates = Templates::of(&[("letters/催报函.txt".into(), document(own))]).unwrap();
    let set = compose(Kind::Reminder, &matter(&campaign, morning(10, 27), vec![silent(&a)]), &templates).unwrap();
    let said = text(&set, "催报函-龙池镇中心校.docx");
    assert!(said.starts_with("补报提醒\n龙池镇中心校：\n还缺："), "{said}");

    let wrong = [
        ("letters/催报函.txt".to_string(), document("题\n{学校}：\n{缺向}\n{缺项\n")),
        ("letters/催报.txt".to_string(), document("x")),
    ];
    let said: Vec<String> = Templates::of(&wrong).unwrap_err().iter().map(|e| e.message().text(Lang::Zh)).collect();
    assert!(
        said[0].contains("letters/催报函.txt 第3行") && said[0].contains("{缺向}") && said[0].contains("{缺项}"),
        "{said:?}"
    );
    assert!(said[1].contains("第4行") && said[1].contains("花括号"), "{said:?}");
    assert!(said.iter().any(|s| s.contains("letters/催报.txt") && s.contains("微信催报")), "{said:?}");
}

#[test]
fn a_day_to_reply_that_has_passed_is_refused() {
    let a = school("1", "龙池镇中心校", "龙池镇");
    let mut campaign = campaign(vec![a.clone()]);
    campaign.sender.reply_by = Some(day(10, 26));
    let refused = compose(Kind::Reminder, &matter(&campaign, morning(10, 27), vec![silent(&a)]), &Templates::default());
    assert!(refused.unwrap_err()[0].text(Lang::Zh).contains("2020-10-26"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_text_for_wechat_is_never_longer_than_a_hundred_characters(
        school_len in 2usize..80, title_len in 2usize..80, items in 1usize..20, contact_len in 0usize..30,
    ) {
        let a = school("1", &"校".repeat(school_len), "龙池镇");
        let mut campaign = campaign(vec![a.clone()]);
        campaign.title = "活".repeat(title_len);
        campaign.sender.contact = "王".repeat(contact_len);
        campaign.activities = (0..items).map(|n| Activity { id: n.to_string().into(), name: format!("第{n}项活动"), ..Activity::default() }).collect();
        let gaps = (0..items).map(|n| gap(FlagKind::Missing, Some(&n.to_string()))).collect();
        let record = Record { gaps, ..good(&a) };
        let set = made(Kind::Reminder, &matter(&campaign, morning(10, 27), vec![record]));
        let (_, sheets) = set.workbook.unwrap();
        let crate::model::sheet::Value::Text(text) = &sheets[0].rows[0][4].value else { panic!("no text") };
        prop_assert!(text.chars().count() <= LONGEST, "{}", text);
        prop_assert!(text.contains("补报") && text.contains("10月30日"), "{}", text);
    }
}

#[test]
fn every_shared_word_has_a_value() {
    let a = school("1", "龙池镇中心校", "龙池镇");
    let campaign = campaign(vec![a.clone()]);
    let values: BTreeMap<_, _> = crate::letters::occasion::values(&matter(&campaign, morning(10, 27), Vec::new()));
    for word in crate::letters::form::SHARED {
        assert!(values.contains_key(word), "{word}");
    }
}
