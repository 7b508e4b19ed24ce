//! The table of names that are easily confused.

use super::Names;
use crate::model::campaign::Campaign;
use crate::model::school::School;
use std::sync::Arc;

fn roster(rows: &[(&str, &str, &str)]) -> Campaign {
    let schools = rows
        .iter()
        .enumerate()
        .map(|(i, (name, aliases, township))| School {
            code: format!("S{i}").into(),
            name: (*name).into(),
            aliases: aliases.split(';').filter(|a| !a.is_empty()).map(Into::into).collect(),
            township: (*township).into(),
            ..School::default()
        })
        .map(Arc::new)
        .collect();
    Campaign { name_prefixes: vec!["澄水县".into(), "县".into()], schools, ..Campaign::default() }
}

fn county() -> Campaign {
    roster(&[
        ("澄水县第一小学", "县一小", "城关镇"),
        ("城关镇第一小学", "", "城关镇"),
        ("龙池镇中心校", "", "龙池镇"),
        ("龙池镇初级中学", "", "龙池镇"),
        ("永丰镇街小学", "街小学", "永丰镇"),
        ("永丰镇王庄小学", "", "永丰镇"),
        ("石桥镇王庄小学", "", "石桥镇"),
        ("澄水县实验小学", "实小", "城关镇"),
        ("澄水县北家小学", "", "石桥镇"),
        ("永丰镇东家村小学", "", "永丰镇"),
        ("龙池镇明德小学", "明德小学", "龙池镇"),
        ("石桥镇明德小学", "明德小学", "石桥镇"),
        ("柳湾镇九年制学校", "", "柳湾镇"),
    ])
}

/// Line, the school that it names beyond doubt, or none.
const TABLE: &[(&str, Option<&str>)] = &[
    ("城关镇第一小学扶贫日总结", Some("城关镇第一小学")),
    ("澄水县城关镇第一小学", Some("城关镇第一小学")),
    ("城关一小总结", Some("城关镇第一小学")),
    ("县第一小学扶贫日总结", Some("澄水县第一小学")),
    ("澄水县第一小学", Some("澄水县第一小学")),
    ("城关镇县一小", Some("澄水县第一小学")),
    ("第一小学扶贫日总结", None),
    ("临水县第一小学", None),
    ("龙池中心校汇报", Some("龙池镇中心校")),
    ("龙池初中汇报", Some("龙池镇初级中学")),
    ("澄水县龙池镇初级中学", Some("龙池镇初级中学")),
    ("龙 池 镇 初 级 中 学", Some("龙池镇初级中学")),
    ("龙池初中附属幼儿园总结", None),
    ("龙池镇初级中学小学部", Some("龙池镇初级中学")),
    ("龙池初中学生活动照片", Some("龙池镇初级中学")),
    ("东街小学总结", None),
    ("街小学总结", Some("永丰镇街小学")),
    ("永丰镇街小学总结", Some("永丰镇街小学")),
    ("关于报送街小学材料", Some("永丰镇街小学")),
    ("王庄小学总结", None),
    ("永丰王庄小学总结", Some("永丰镇王庄小学")),
    ("石桥镇王庄小学幼儿园", None),
    ("进一步落实小组责任", None),
    ("实小扶贫日总结", Some("澄水县实验小学")),
    ("石桥镇北家小学", Some("澄水县北家小学")),
    ("永丰镇北家小学", None),
    ("扶贫日活动总结永丰东家村小学", Some("永丰镇东家村小学")),
    ("东家村小学", None),
    ("明德小学总结", None),
    ("石桥明德小学（最终版）", Some("石桥镇明德小学")),
    ("柳湾九年制总结", Some("柳湾镇九年制学校")),
    ("1.龙池镇中心校,2020年", Some("龙池镇中心校")),
    ("全县中小学扶贫日活动", None),
];

#[test]
fn names_that_are_easily_confused_are_not() {
    let campaign = county();
    let names = Names::new(&campaign);
    for (line, wanted) in TABLE {
        let found = names.find(line);
        let clear: Vec<&str> = found.clear.iter().map(|s| campaign.schools[*s].name.as_str()).collect();
        assert_eq!(clear, wanted.iter().copied().collect::<Vec<_>>(), "{line}: {found:?}");
    }
}

#[test]
fn an_alias_of_two_schools_only_narrows_and_an_unknown_name_is_reported() {
    let campaign = county();
    let names = Names::new(&campaign);
    assert_eq!(names.find("明德小学总结").doubtful, [10, 11]);
    assert_eq!(names.find("东街小学总结").unknown.as_deref(), Some("东街小学"));
    assert_eq!(names.find("关于扶贫日的汇报（龙池中学附属幼儿园）").unknown.as_deref(), Some("龙池中学附属幼儿园"));
    assert_eq!(names.find("永丰镇王庄小学幼儿园总结").unknown.as_deref(), Some("永丰镇王庄小学幼儿园"));
    for line in ["全县各中小学", "慰问小学生", "走进乡村小学", "召开会议学校会议室", "学校总结"]
    {
        assert_eq!(names.find(line).unknown, None, "{line}");
    }
    assert!(names.nearest("东家小学").contains(&9));
}

#[test]
fn a_county_that_most_names_share_need_not_be_declared() {
    let mut campaign = roster(&[
        ("蒲水县孙镇红王小学", "", "孙镇"),
        ("蒲水县兴镇桃营中心小学", "", "兴镇"),
        ("蒲水县北家小学", "", "孙镇"),
    ]);
    campaign.name_prefixes.clear();
    let names = Names::new(&campaign);
    for (line, wanted) in [
        ("孙镇红王小学总结", 0),
        ("孙红王小学总结", 0),
        ("附件2:兴桃营中心小学", 1),
        ("北家小学", 2),
        ("蒲水北家小学", 2),
    ] {
        assert_eq!(names.find(line).clear, [wanted], "{line}");
    }
}

#[test]
fn an_explicit_alias_wins_over_a_derived_form() {
    let campaign = roster(&[("龙池镇初级中学", "", "龙池镇"), ("澄水县第九中学", "龙池初中", "龙池镇")]);
    assert_eq!(Names::new(&campaign).find("龙池初中总结").clear, [1]);
}
