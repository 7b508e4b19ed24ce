//! Whole campaign folders, good and bad.

mod bad;
mod good;

use crate::campaign::{CampaignFiles, error::CampaignError, load};
use crate::model::campaign::Campaign;
use crate::model::document::{Block, Body, Cell, Content, Document, Row, Table};
use crate::model::message::Lang;
use crate::model::place::Place;
use std::fs;
use tempfile::TempDir;

/// The demonstration's own settings.
const DEMONSTRATION: &str = include_str!("../../../fixtures/chengshui-2020/campaign.toml");

/// A roster that meets every condition of the demonstration.
const ROSTER: &str = "学校代码,学校名称,简称,乡镇,类别,学段,承担送教任务,包联村,代报单位,备用\n\
    C01,龙池镇中心校,龙池中心校;龙池中心小学,龙池镇,中心校,镇域,是,北姚村,,甲\n\
    C02,县第一小学,一小、县一小,城关镇,县直学校,小学,否,,,\n\
    C03,北姚村小学,北姚小学,龙池镇,村小,小学,否,,龙池中心校,乙\n";

/// The smallest campaign that is right.
const SMALL: &str = r#"
id = "small"
title = "演示"
issuer = "澄水县教育局"
notice_date = 2020-10-09
deadline = { date = 2020-10-19 }
period = { from = 2020-10-09, to = 2020-10-31 }
[[activity]]
id = "meeting"
name = "专题会议"
criterion = "开过一次会"
must_do = "all"
"#;

/// The smallest rule file that is right.
fn rules_of(item: &str) -> String {
    format!(
        "item = '{item}'\nversion = 1\n[words]\n{item}_act = ['召开']\n\
         [[rule]]\nid = '{item}.held'\nneeds = ['{item}_act']\n\
         must_match = ['召开了会议。']\nmust_not_match = ['没有会议。']\n\
         [[example]]\ntext = '召开了会议。'\nlabel = 'done'\n[[example]]\ntext = '拟召开会议。'\nlabel = 'planned'\n"
    )
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, content) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    dir
}

fn loaded(files: &[(&str, &str)]) -> Result<Campaign, Vec<CampaignError>> {
    load(folder(files).path(), &CampaignFiles::default(), &sheet_of_csv)
}

fn zh(errors: &[CampaignError]) -> String {
    errors.iter().map(|e| e.text(Lang::Zh)).collect::<Vec<_>>().join("\n")
}

/// What the reader of worksheets would give for the same table, its sheet being 名册. The bytes `locked` stand for a
/// file under a password.
fn sheet_of_csv(bytes: &[u8]) -> Document {
    if bytes == b"locked" {
        return Document { problems: vec![crate::model::problem::Problem::Encrypted], ..Document::default() };
    }
    let text = String::from_utf8_lossy(bytes);
    let rows = text.lines().enumerate().filter(|(_, line)| !line.is_empty()).map(|(n, line)| Row {
        number: n as u32 + 1,
        cells: line
            .split(',')
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
            .map(|(c, text)| Cell { column: c as u32, columns: 1, rows: 1, text: text.to_string() })
            .collect(),
    });
    let table = Table { hidden: false, rows: rows.collect() };
    let block = Block { place: Place::Sheet("名册".into()), content: Content::Table(table) };
    Document { format: "xlsx".into(), body: Body { blocks: vec![block], ..Body::default() }, ..Document::default() }
}

/// A merged cell over rows, which no CSV can hold.
fn merge(document: &mut Document, row: usize, column: u32, rows: u32) {
    let Some(Block { content: Content::Table(table), .. }) = document.body.blocks.first_mut() else { return };
    for cell in &mut table.rows[row].cells {
        if cell.column == column {
            cell.rows = rows;
        }
    }
}
