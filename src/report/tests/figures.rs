//! 数据汇总 of a campaign that declares its indicators.

use super::*;

#[test]
fn declared_indicators_are_summed_by_township_and_centre_with_what_is_doubtful() {
    let mut findings = sample::findings();
    let declared = |name: &str, unit: &str| crate::model::campaign::Indicator {
        name: name.into(),
        unit: unit.into(),
        activity: Some("meeting".into()),
        ..Default::default()
    };
    findings.campaign.indicators = vec![declared("参加人数", "人"), declared("会议次数", "次")];
    findings.figures.retain(|f| f.figure.indicator == "参加人数" && f.from_sheet);
    let told = findings.figures[0].clone();
    for (school, value) in [("02", 5.0), ("04", 7.0), ("05", 100.0)] {
        let mut figure = told.clone();
        (figure.school, figure.figure.value) = (format!("61050000{school}").into(), value);
        findings.figures.push(figure);
    }
    let mut flag = findings.flags[0].clone();
    (flag.kind, flag.message) = (FlagKind::NotANumber, asked::say("写的是「若干」"));
    findings.flags.push(flag);
    let sheet = &sheets(&findings, &layout())[5];
    let text = as_text(sheet);
    let sums: Vec<&str> = text.lines().filter(|l| l.contains("参加人数（人）")).take(5).collect();
    let sums: Vec<String> =
        sums.iter().map(|l| l.replace("[Total]", "").trim_end_matches([' ', '|']).to_string()).collect();
    assert_eq!(
        sums[..4],
        [
            "专题会议 | 参加人数（人） | 全部 | 157 | 4 |",
            "专题会议 | 参加人数（人） | 龙池镇 | 57 | 3",
            "专题会议 | 参加人数（人） | \\u{3000}龙池镇中心校 | 50 | 2",
            "专题会议 | 参加人数（人） | 城关镇 | 100 | 1",
        ]
        .map(|l| l.trim_end_matches([' ', '|']).to_string()),
        "{text}"
    );
    // Asked for, and nobody told; what is doubtful has its file.
    assert!(text.contains("会议次数（次）[Total] | 全部[Total] | [Total] | 0[Total]"), "{text}");
    assert!(text.contains("写的是「若干」"), "{text}");
}

#[test]
fn scripts_read_the_numbers_of_a_school_with_their_places() {
    let findings = sample::findings();
    let mut lines = Vec::new();
    crate::report::jsonl::verdicts(&View::new(&findings, &layout()), &mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let schools: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |code: &str| schools.iter().find(|s| s["school"]["code"] == code).unwrap()["figures"].clone();
    assert_eq!(
        of("6105000001")[0],
        serde_json::json!({
            "item": "meeting", "indicator": "参加人数", "value": 45.0,
            "file": "inbox/龙池中心校/统计表.xlsx", "place": "工作表「统计」第4行",
        })
    );
    assert_eq!(of("6105000001").as_array().unwrap().len(), 3);
    assert!(of("6105000009").is_null(), "nothing where there is nothing");
}
