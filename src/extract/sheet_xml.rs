//! SpreadsheetML of 2003 (`urn:schemas-microsoft-com:office:spreadsheet`): what many systems export under `.xls`.

use crate::extract::encoding;
use crate::extract::grid::{Allowance, Grid, Region};
use crate::extract::number_format::{NumberFormat, with_time};
use crate::extract::reader::{Failure, Format, Reader};
use crate::extract::xml_text::{attribute, push_text};
use crate::model::document::{Block, Body, Content};
use crate::model::limits::SHEET_CELLS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use chrono::NaiveDateTime;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// Reads SpreadsheetML of 2003.
pub const READER: Reader = Reader { name: "sheet_xml", version: 1, formats: &[Format::SheetXml], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let (xml, lossy) = encoding::decode(bytes, declared(bytes).as_deref());
    let mut walk = Walk::default();
    let whole = walk.run(&xml);
    let mut body = walk.body;
    if body.blocks.is_empty() {
        return Err(Failure::Damaged(msg!("extract.sheet_no_sheets")));
    }
    let mut lose = |what| body.losses.push(Problem::LostText(what, Place::Whole));
    if walk.allowance.is_exceeded() {
        lose(msg!("extract.sheet_too_many_cells", SHEET_CELLS));
    } else if !whole {
        lose(msg!("extract.sheet_broken_xml"));
    }
    if lossy {
        lose(msg!("extract.txt_lossy"));
    }
    let notes = walk
        .notes
        .into_iter()
        .zip(1u32..)
        .map(|(text, n)| Block { place: Place::Comment(n), content: Content::Paragraph(text) });
    body.blocks.extend(notes);
    Ok(body)
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes));
    let after = head.split_once("encoding=")?.1;
    after.split(['"', '\'']).nth(1).map(str::to_string)
}

/// Where the walk through the elements stands.
#[derive(Default)]
struct Walk {
    body: Body,
    allowance: Allowance,
    formats: BTreeMap<String, NumberFormat>,
    style: String,
    sheet: Option<Sheet>,
    cell: Option<Cell>,
    /// Inside `Data`: what its type is, and its text.
    data: Option<(String, String)>,
    /// Inside `Comment`.
    comment: bool,
    /// Inside `Visible`.
    visible: Option<String>,
    notes: Vec<String>,
}

#[derive(Default)]
struct Sheet {
    name: String,
    hidden: bool,
    grid: Grid,
    row: u32,
    column: u32,
}

#[derive(Default)]
struct Cell {
    style: String,
    formula: bool,
    across: u32,
    down: u32,
    text: String,
}

impl Walk {
    /// Walks to the end; false where the XML breaks off or the limits are reached.
    fn run(&mut self, xml: &str) -> bool {
        let mut reader = quick_xml::Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        let whole = loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => self.start(&e),
                Ok(Event::End(e)) => self.end(e.local_name().as_ref()),
                Ok(Event::Eof) => break self.sheet.is_none(),
                Err(_) => break false,
                Ok(event) => {
                    if let Some((_, text)) = &mut self.data {
                        push_text(text, &event);
                    } else if let Some(text) = &mut self.visible {
                        push_text(text, &event);
                    }
                }
            }
            if self.allowance.is_exceeded() {
                break false;
            }
        };
        self.end_sheet();
        whole
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "Style" => self.style = attribute(e, "ID").unwrap_or_default(),
            "NumberFormat" => {
                let code = attribute(e, "Format").unwrap_or_default();
                self.formats.insert(self.style.clone(), named(&code));
            }
            "Worksheet" => {
                self.end_sheet();
                self.sheet = Some(Sheet { name: attribute(e, "Name").unwrap_or_default(), ..Sheet::default() });
            }
            "Row" => {
                if let Some(sheet) = &mut self.sheet {
                    sheet.row = index(e).unwrap_or(sheet.row.saturating_add(1));
                    sheet.column = 0;
                }
            }
            "Cell" => {
                if let Some(sheet) = &mut self.sheet {
                    sheet.column = index(e).unwrap_or(sheet.column.saturating_add(1));
                    self.cell = Some(Cell {
                        style: attribute(e, "StyleID").unwrap_or_default(),
                        formula: attribute(e, "Formula").is_some(),
                        across: number(e, "MergeAcross").unwrap_or(0),
                        down: number(e, "MergeDown").unwrap_or(0),
                        text: String::new(),
                    });
                }
            }
            "Comment" => self.comment = true,
            "Data" => self.data = Some((attribute(e, "Type").unwrap_or_default(), String::new())),
            "Visible" => self.visible = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Data" => self.end_data(),
            "Cell" => self.end_cell(),
            "Comment" => self.comment = false,
            "Visible" => {
                let state = self.visible.take().unwrap_or_default();
                if let Some(sheet) = &mut self.sheet {
                    sheet.hidden =
                        state.trim().starts_with("SheetHidden") || state.trim().starts_with("SheetVeryHidden");
                }
            }
            "Worksheet" => self.end_sheet(),
            _ => {}
        }
    }

    fn end_data(&mut self) {
        let Some((kind, text)) = self.data.take() else {
            return;
        };
        if self.comment {
            self.notes.extend(Some(text.trim().to_string()).filter(|t| !t.is_empty()));
        } else if let Some(cell) = &mut self.cell {
            let format = self.formats.get(&cell.style).unwrap_or(&NumberFormat::General);
            cell.text = show(&kind, text, format);
        }
    }

    fn end_cell(&mut self) {
        let (Some(cell), Some(sheet)) = (self.cell.take(), &mut self.sheet) else {
            return;
        };
        // Numbers count from 1 here, in the grid from 0.
        let (row, column) = (sheet.row.saturating_sub(1), sheet.column.saturating_sub(1));
        if cell.formula && cell.text.is_empty() {
            let place = Place::SheetCell(sheet.name.clone(), column, sheet.row);
            self.body.losses.push(Problem::LostText(msg!("extract.sheet_formula_without_value"), place));
        }
        sheet.grid.put(row, column, &cell.text, &mut self.allowance);
        let (bottom, right) = (row.saturating_add(cell.down), column.saturating_add(cell.across));
        sheet.grid.merge(Region { top: row, left: column, bottom, right });
        sheet.column = sheet.column.saturating_add(cell.across);
    }

    fn end_sheet(&mut self) {
        if let Some(sheet) = self.sheet.take() {
            let content = Content::Table(sheet.grid.into_table(sheet.hidden));
            self.body.blocks.push(Block { place: Place::Sheet(sheet.name), content });
        }
    }
}

fn number(e: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(e, name)?.trim().parse().ok()
}

fn index(e: &BytesStart<'_>) -> Option<u32> {
    number(e, "Index").filter(|n| *n > 0)
}

/// Format codes, and the names that this format has for some.
fn named(code: &str) -> NumberFormat {
    NumberFormat::parse(match code {
        "Percent" => "0.00%",
        "Fixed" | "Standard" | "Currency" | "Euro Currency" => "0.00",
        "Short Date" | "Long Date" | "Medium Date" => "yyyy-mm-dd",
        "General Date" => "yyyy-mm-dd hh:mm",
        "Short Time" | "Medium Time" | "Long Time" => "hh:mm",
        other => other,
    })
}

fn show(kind: &str, text: String, format: &NumberFormat) -> String {
    match kind {
        "Number" => text.trim().parse().map_or(text, |value| format.show(value, false)),
        "Boolean" => if text.trim() == "1" { "TRUE" } else { "FALSE" }.to_string(),
        "DateTime" => {
            let Ok(moment) = text.trim().trim_end_matches('Z').parse::<NaiveDateTime>() else {
                return text;
            };
            let shown = with_time(moment);
            match format {
                // A time of day is stored with the first day of the epoch.
                NumberFormat::Date(parts) if !parts.date => {
                    shown.split_once(' ').map_or(shown.clone(), |(_, time)| time.to_string())
                }
                _ => shown.trim_end_matches(" 00:00").to_string(),
            }
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Cell, Table};

    const XML: &str = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles><Style ss:ID="s1"><NumberFormat ss:Format="0%"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style></Styles>
 <Worksheet ss:Name="统计"><Table>
  <Row ss:Index="2"><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">活动&amp;统计&#10;表</Data></Cell><Cell><Data ss:Type="String">备注</Data></Cell></Row>
  <Row ss:Index="5"><Cell ss:StyleID="s2"><Data ss:Type="DateTime">2020-10-14T00:00:00.000</Data></Cell><Cell ss:Index="4" ss:StyleID="s1"><Data ss:Type="Number">0.95</Data></Cell>
   <Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>已</B>完成</ss:Data><Comment><ss:Data>待核</ss:Data></Comment></Cell><Cell ss:Formula="=1+1"/></Row>
 </Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"#;

    fn cell(column: u32, columns: u32, rows: u32, text: &str) -> Cell {
        Cell { column, columns, rows, text: text.into() }
    }

    fn table(body: &Body) -> &Table {
        match &body.blocks[0].content {
            Content::Table(table) => table,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn indexes_merges_formats_and_hidden_sheets() {
        let body = read(XML.as_bytes(), Format::SheetXml).expect("a workbook");
        let table = table(&body);
        assert!(table.hidden);
        assert_eq!(table.rows[0].number, 2);
        assert_eq!(table.rows[0].cells, [cell(0, 3, 2, "活动&统计\n表"), cell(3, 1, 1, "备注")]);
        assert_eq!(table.rows[1].cells, [cell(0, 1, 1, "2020-10-14"), cell(3, 1, 1, "95%"), cell(4, 1, 1, "已完成")]);
        assert_eq!(body.blocks[1], Block { place: Place::Comment(1), content: Content::Paragraph("待核".into()) });
        let lost =
            Problem::LostText(msg!("extract.sheet_formula_without_value"), Place::SheetCell("统计".into(), 5, 5));
        assert_eq!(body.losses, [lost]);
    }

    #[test]
    fn gbk_as_declared_and_a_cut_file_says_so() {
        let gbk = encoding_rs::GB18030.encode(&XML.replace("1.0\"", "1.0\" encoding=\"gb2312\"")).0.into_owned();
        assert_eq!(table(&read(&gbk, Format::SheetXml).expect("a workbook")).rows[1].cells[0].text, "2020-10-14");
        let body = read(&XML.as_bytes()[..XML.len() - 300], Format::SheetXml).expect("the beginning");
        assert_eq!(body.losses.last(), Some(&Problem::LostText(msg!("extract.sheet_broken_xml"), Place::Whole)));
    }
}
