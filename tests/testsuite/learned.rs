//! What labelled reports teach: a wording that no rule knows, as weak evidence, and only where the report goes through
//! the notice.

use crate::folder::Folder;
use shouqi::campaign::{self, CampaignFiles};
use shouqi::detect::{self, engine::Engine};
use shouqi::model::learned::Learned;
use shouqi::model::reading::{Assertion, Evidence, Strength};
use shouqi::model::source::SourceFile;
use std::path::Path;
use std::sync::OnceLock;

/// The demonstration's rules, and one thing learned: what goes around the village is an exhibition.
fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chengshui-2020");
        let mut campaign = campaign::load(&folder, &CampaignFiles::default(), &shouqi::extract::read).unwrap();
        campaign.rules.learned = Learned {
            items: vec!["publicity".into()],
            base: vec![-100],
            sentence: [("老物件".to_string(), vec![80]), ("转了".to_string(), vec![60])].into(),
            heading: [("亮".to_string(), vec![50])].into(),
            ..Learned::default()
        };
        Engine::new(&campaign).unwrap()
    })
}

/// What a report says of 成效宣传.
fn publicity(paragraphs: &[&str]) -> Vec<Evidence> {
    let text = format!("青石桥学校扶贫日活动总结\n{}\n", paragraphs.join("\n"));
    let reading = detect::detect(SourceFile::default(), shouqi::extract::read(text.as_bytes()), engine(), false);
    reading.evidence.iter().filter(|e| e.item == "publicity" && e.assertion.counts()).cloned().collect()
}

const MEETING: &str = "10月12日,我校召开脱贫攻坚专题会议,全体教师45人参加。";
const VISIT: &str = "10月13日,教师分组到柳沟村走访贫困户32户。";
const TALK: &str = "10月14日,在村委会院子里向村民宣讲资助政策,发放宣传单120份。";
const UNKNOWN: &str = "五年里的老物件装了两车,在三个村转了一圈。";

#[test]
fn a_wording_that_no_rule_knows_is_a_clue() {
    let found = publicity(&[MEETING, VISIT, TALK, UNKNOWN]);
    let [clue] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((clue.assertion, clue.strength), (Assertion::Done, Strength::Weak));
    assert_eq!((clue.rule.as_str(), clue.quote.as_str()), ("publicity.learned", UNKNOWN));
    assert!(clue.is_learned());
}

#[test]
fn the_heading_above_helps() {
    let half = "几件老物件摆了三天。";
    assert!(publicity(&[MEETING, VISIT, TALK, half]).is_empty());
    assert_eq!(publicity(&[MEETING, VISIT, TALK, "三、亮家底", half]).len(), 1);
}

#[test]
fn a_report_of_less_than_half_of_the_items_is_not_searched_for_others() {
    assert!(publicity(&[MEETING, VISIT, UNKNOWN]).is_empty());
    assert!(publicity(&[UNKNOWN]).is_empty());
}

#[test]
fn cues_decide_as_for_any_act_and_nothing_learned_speaks_against_a_deed() {
    let planned = publicity(&[MEETING, VISIT, TALK, "下一步拟把老物件拿到三个村转了看。"]);
    assert_eq!(planned.iter().map(|e| e.assertion).collect::<Vec<_>>(), [Assertion::Planned]);
    assert!(publicity(&[MEETING, VISIT, TALK, "老物件没有拿到村里,也没转了看。"]).is_empty());
    assert!(publicity(&[MEETING, VISIT, TALK, "老物件在村里转了吗?"]).is_empty());
}

#[test]
fn what_a_rule_has_found_needs_nothing_learned() {
    let found = publicity(&[MEETING, VISIT, TALK, UNKNOWN, "校门口展出脱贫攻坚成效展板8块。"]);
    assert!(!found.is_empty() && found.iter().all(|e| !e.is_learned()), "{found:#?}");
}

/// Five schools tell of a meeting in the same unknown words, five of something else.
fn labelled() -> Folder {
    let folder = Folder::new();
    let mut labels = String::new();
    for n in 1..=5 {
        let deed = "扶贫这件事大伙围着火炉捋了一遍";
        let report = format!("荆山镇中心校总结\n10月{n}日,{deed}。\n食堂添了菜,操场铺了沙。\n");
        let file = format!("荆山镇中心校/{n}.txt");
        folder.write(&format!("inbox/{file}"), report.as_bytes());
        labels += &format!(
            r#"{{"id":"{n}","file":"{file}","activities":{{"meeting":"done"}},"evidence_spans":{{"meeting":"{deed}"}}}}"#
        );
        labels += "\n";
    }
    folder.write("gold.jsonl", labels.as_bytes());
    folder
}

#[test]
fn labelled_reports_teach_what_they_have_in_common() {
    let folder = labelled();
    let learn = |to: &str| folder.shouqi(&["rules", "learn", "--labels", "gold.jsonl", "inbox", "--to", to]);
    let said = learn("a.json").ends(0).said();
    assert!(said.contains("从 5 份材料的") && said.contains("句话里学了 5 处做法") && said.contains("待核"), "{said}");
    let learned: Learned = serde_json::from_slice(&folder.read("a.json")).unwrap();
    let weight = |stretch: &str| learned.sentence.get(stretch).map_or(0, |w| w[0]);
    assert!(weight("捋") > 0 && weight("食") <= 0, "{learned:?}");
    learn("b.json").ends(0);
    assert_eq!(folder.read("a.json"), folder.read("b.json"), "the same reports teach the same");
}

#[test]
fn what_was_learned_counts_in_the_rules_folder_and_a_broken_file_is_told() {
    let folder = labelled();
    folder.shouqi(&["rules", "learn", "--labels", "gold.jsonl", "inbox", "--to", "rules/learned.json"]).ends(0);
    folder.shouqi(&["check"]).ends(0);
    folder.shouqi(&["rules", "preview", "rules/learned.json", "."]).ends(0);
    folder.write("rules/learned.json", b"{\"items\":[\"meeting\"],\"base\":[]}\n");
    let wrong = folder.shouqi(&["check"]).ends(2).complained();
    assert!(wrong.contains("rules/learned.json") && wrong.contains("shouqi rules learn"), "{wrong}");
    folder.write("rules/learned.json", b"{");
    assert!(folder.shouqi(&["check"]).ends(2).complained().contains("rules/learned.json"));
}

#[test]
fn labels_without_words_teach_nothing_and_say_so() {
    let folder = labelled();
    let labels = String::from_utf8(folder.read("gold.jsonl")).unwrap().replace("捋了一遍", "谈了两夜又三天才算完");
    folder.write("gold.jsonl", labels.replace("扶贫这件事大伙围着火炉", "").as_bytes());
    let said =
        folder.shouqi(&["rules", "learn", "--labels", "gold.jsonl", "inbox", "--to", "a.json"]).ends(2).complained();
    assert!(said.contains("evidence_spans"), "{said}");
    assert!(!folder.path().join("a.json").exists());
}
