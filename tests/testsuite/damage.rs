//! Damaged reports: the same sentence in each kind of damage is the same evidence, and its quote is what the author wrote.

use crate::evidence::engine;
use shouqi::detect;
use shouqi::model::document::{Block, Body, Content, Document};
use shouqi::model::place::Place;
use shouqi::model::reading::{Assertion, Evidence};
use shouqi::model::source::SourceFile;

/// What a report of these paragraphs says of an item.
fn evidence(item: &str, paragraphs: &[&str]) -> Vec<Evidence> {
    let title = "2020年全国扶贫日活动开展情况";
    let blocks = std::iter::once(&title).chain(paragraphs).enumerate().map(|(n, text)| Block {
        place: Place::Paragraph(n as u32 + 1),
        content: Content::Paragraph(text.to_string()),
    });
    let document = Document { body: Body { blocks: blocks.collect(), ..Body::default() }, ..Document::default() };
    let reading = detect::detect(SourceFile::default(), document, engine(), false);
    reading.evidence.iter().filter(|e| e.item == item).cloned().collect()
}

/// Asserts for each text that it says so of the item and that the quote stands in it as written; says all that are wrong.
fn said(item: &str, assertion: Assertion, texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .filter(|text| {
            let found = evidence(item, &text.split("¶").collect::<Vec<_>>());
            let whole = text.replace('¶', "\n");
            !found.iter().any(|e| e.assertion == assertion && !e.quote.is_empty() && whole.contains(&e.quote))
                || found.iter().any(|e| e.assertion < assertion)
        })
        .map(|text| format!("{text}\n    {:?}", evidence(item, &text.split("¶").collect::<Vec<_>>())))
        .collect();
    assert!(wrong.is_empty(), "{item} is not {assertion:?}:\n{}", wrong.join("\n"));
}

/// Asserts that the texts speak of no deed.
fn silent(item: &str, texts: &[&str]) {
    for text in texts {
        let done: Vec<Evidence> =
            evidence(item, &[text]).into_iter().filter(|e| e.assertion == Assertion::Done).collect();
        assert!(done.is_empty(), "{item}: {text}\n{done:#?}");
    }
}

#[test]
fn traditional_characters_whole_mixed_and_in_variants() {
    said(
        "meeting",
        Assertion::Done,
        &[
            "10月12日,我校召開教育扶貧專題會議,全體教師到會。",
            "10月12日,我校召开教育扶貧专题會議,全体敎師到会。",
            "於10月12日在會議室裏召開敎育扶貧專題會議。",
        ],
    );
    said("home_teaching", Assertion::NotApplicable, &["我校無送教任務。", "我校没有承擔送教上門任務。"]);
    said("household_visit", Assertion::Planned, &["我校擬於10月25日組織敎師進村入戶走訪貧困戶。"]);
}

#[test]
fn pinyin_beside_characters() {
    said(
        "policy_talk",
        Assertion::Done,
        &[
            "在家长群推(tuī)送资(zī)助政(zhèng)策解(jiě)读三期。",
            "在家长群推(tui)送资（zi）助政(zheng)策解[jie]读三期。",
            "在家长群推送资助政策(zīzhù zhèngcè),每(měi)期有(you)人读,在家长群解读(jiedu)资(zi)助政(zheng)策。",
            "在家长群推tuī送资zī助政zhèng策解jiě读三期。",
        ],
    );
    said("policy_talk", Assertion::NotDone, &["政策宣（xuān）讲暂未开(kai)展。"]);
}

#[test]
fn other_widths_blanks_and_what_nobody_sees() {
    said(
        "household_visit",
        Assertion::Done,
        &[
            "１０月１７日，２０名教师走访包联户３３户。",
            "10 月 17 日 , 20 名 教 师 走 访 包 联 户 33 户 。",
            "10月17日，20名教师走\u{3000}访包\u{a0}联\t户33户。",
            "10月17日，20名教师走\u{200b}访包\u{feff}联\u{2060}户33户。",
            "10月17日，20名教师走📢访包联户33户✨。",
            "⑩10月17日︐20名教师走访包联户33户︒",
        ],
    );
    said(
        "meeting",
        Assertion::Done,
        &["①召开专题会议，31人到会，研究教育扶贫。", "⽉初召开专题会议，31⼈到会，研究教育扶贫⼯作。"],
    );
}

#[test]
fn sentences_broken_over_lines_and_paragraphs() {
    said(
        "meeting",
        Assertion::Done,
        &[
            "10月12日下午，中心校在三楼会议室召开教育扶贫专题会\n议，31人参会。",
            "10月12日下午，中心校在三楼会议室召开教育扶贫专题会¶议，各小学校长和资助专干共31人参会。",
            "10月12日下午，中心校在三楼会议室里召开了教育扶贫专¶题会议，各小学校长、幼儿园园长、资助专干和中心校的干¶部共三十一人参会，会上通报了前三季度的资助发放和控辍¶保学情况。",
        ],
    );
    said("household_visit", Assertion::NotDone, &["因连日阴雨、山体滑坡，道路不通，原定的包联入户走访活动¶未能组织。"]);
}

#[test]
fn numbers_misread() {
    let found = evidence("household_visit", &["1O月l7曰,36明教师走访包联户33护。"]);
    let done: Vec<_> = found.iter().filter(|e| e.assertion == Assertion::Done).collect();
    assert_eq!(done[0].quote, "1O月l7曰,36明教师走访包联户33护。");
    assert_eq!(done[0].date.map(|d| d.to_string()).as_deref(), Some("2020-10-17"));
    let counts: Vec<String> = done[0].counts.iter().map(|c| format!("{}{}", c.n, c.unit)).collect();
    assert_eq!(counts, ["36名", "33户"]);
    let dated = evidence("meeting", &["二○二○年十月十二日,我校召开教育扶贫专题会议。"]);
    assert_eq!(dated[0].date.map(|d| d.to_string()).as_deref(), Some("2020-10-12"));
}

#[test]
fn a_wrong_character_in_a_word() {
    said(
        "home_teaching",
        Assertion::Done,
        &[
            "10月15日，为3名重度残疾学生送交上门，每人两课时。",
            "10月15日，为3名重度惨疾学生上门送叫，每人两课时。",
            "10月15日，为3名重度残疾字生上门迭教，每人两课时。",
        ],
    );
    said("policy_talk", Assertion::Done, &["10月14日开展了政策宣将活动，到会家长560人。"]);
    said("rectification", Assertion::Done, &["10月13日对适龄儿童开展控辍保学专项整该，逐户排查，没有发现辍学。"]);
    said("home_teaching", Assertion::NotApplicable, &["上门送教：不涉鸡。"]);
    said("meeting", Assertion::NotDone, &["专提会议未开站。", "专题会义末召开。", "专题会议尚未昭开。"]);
    said("publicity", Assertion::Planned, &["成效宜传拟于10月底开展。"]);
    said("household_visit", Assertion::NotDone, &["因下雨，包联人户未能开展。", "因下雨，包联如户未能开展。"]);
}

#[test]
fn a_character_lost_or_doubled() {
    said(
        "home_teaching",
        Assertion::NotDone,
        &["上门□教未开展。", "上门\u{fffd}教未开展。", "上\u{e012}送教没有开展。"],
    );
    said("publicity", Assertion::NotDone, &["成效 传未开展。", "成效效宣传未开展。", "成\u{3000}宣传没有开展。"]);
    said("household_visit", Assertion::Done, &["包□入户已全部完成。", "包联联入户已全部完成。", "包 入户已全部完成。"]);
    said("household_visit", Assertion::Done, &["10月17日，20名教师走访贫 户。", "10月17日，20名教师走访贫困困户。"]);
}

#[test]
fn evidence_from_a_mended_word_is_for_a_person_to_confirm() {
    use shouqi::model::reading::Strength;
    let strength = |text: &str| evidence("rectification", &[text]).first().map(|e| e.strength);
    assert_eq!(strength("对适龄儿童控辍保学情况逐户排查。"), Some(Strength::Strong));
    assert_eq!(strength("对适龄儿童控辍饱学情况逐户排查。"), Some(Strength::Weak));
}

#[test]
fn other_words_are_no_damaged_ones() {
    silent("meeting", &["家长回执已全部收回。", "专题汇报已报送。", "全体教师在教室里学习扶贫文件。"]);
    silent(
        "home_teaching",
        &["村干部把政策送上门，群众满意。", "学校给残疾学生送货上门，送去书包。", "学生自助餐厅已开放，残疾学生优先。"],
    );
    silent("household_visit", &["周末开展了植树活动。", "包联户已全部脱贫。"]);
    silent("policy_talk", &["学生自助图书角已建成，家长很满意。"]);
}
