//! A letter as plain data, its elements by the names of GB/T 9704—2012. The writer alone decides the look.

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// Its elements from top to bottom.
    pub blocks: Vec<Block>,
}

/// An element of a letter (clauses of GB/T 9704—2012).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// 发文字号 (7.2.5).
    Number(String),
    /// 标题, line by line (7.3.1).
    Title(Vec<String>),
    /// 主送机关, with its colon (7.3.2).
    Addressee(String),
    /// A heading of the first level, 一、 (7.3.3).
    Head(String),
    /// A paragraph that begins with a heading of the second level, （一）: the heading, and what follows it in the line.
    SubHead(String, String),
    /// A paragraph of the text (7.3.3).
    Paragraph(String),
    /// 附件说明: the names of the annexes (7.3.4).
    Annexes(Vec<String>),
    /// 发文机关署名 and 成文日期 (7.3.5).
    Signature(String, String),
    /// 附注, with its brackets (7.3.6).
    Note(String),
    /// A table in the text.
    Table(Table),
    /// 附件, on a page of its own (7.3.7): its label, its title, its table.
    Annex(String, Vec<String>, Table),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The columns: head, and share of the width.
    pub columns: Vec<(String, u32)>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A cell a column.
    Cells(Vec<String>),
    /// One cell over all columns: whom the rows below belong to.
    Group(String),
}
