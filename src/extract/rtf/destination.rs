//! What a group is for: the control words that open a destination.

/// What becomes of a group's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Destination {
    /// Text of the story.
    #[default]
    Text,
    /// The number of a list item, as it is shown.
    ListNumber,
    /// Left out, with all groups inside.
    Skipped,
    /// Left out, but groups inside may be text boxes, pictures or results.
    Wrapper,
    /// The table of fonts.
    Fonts,
    /// A picture's bytes.
    Picture,
    /// The title.
    Title,
    /// The author.
    Author,
    /// When the document was first saved.
    Created,
    /// When it was last saved.
    Revised,
    /// The program that wrote it.
    Generator,
    /// A story of its own.
    Story(StoryKind),
    /// The row of a table in a table.
    NestedRow,
}

/// The stories beside the main text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryKind {
    /// Page header.
    Header,
    /// Page footer.
    Footer,
    /// Footnote or endnote.
    Note,
    /// Comment.
    Comment,
    /// Text box.
    TextBox,
}

/// The destination that a word opens, if it opens one. `optional` says that `\*` stands before it: then a word that is not
/// known opens one that is left out.
pub fn opened_by(word: &str, optional: bool) -> Option<Destination> {
    use Destination as D;
    Some(match word {
        "fonttbl" => D::Fonts,
        "pict" => D::Picture,
        "title" => D::Title,
        "author" => D::Author,
        "creatim" => D::Created,
        "revtim" => D::Revised,
        "generator" => D::Generator,
        "listtext" | "pntext" => D::ListNumber,
        "header" | "headerl" | "headerr" | "headerf" => D::Story(StoryKind::Header),
        "footer" | "footerl" | "footerr" | "footerf" => D::Story(StoryKind::Footer),
        "footnote" => D::Story(StoryKind::Note),
        "annotation" => D::Story(StoryKind::Comment),
        "shptxt" | "dptxbxtext" => D::Story(StoryKind::TextBox),
        "nesttableprops" => D::NestedRow,
        "info" | "object" | "shp" | "shpgrp" | "shpinst" | "do" | "sp" | "sv" | "upr" => D::Wrapper,
        "fldrslt" | "result" | "shppict" | "ud" => D::Text,
        "colortbl" | "stylesheet" | "listtable" | "listoverridetable" | "revtbl" | "rsidtbl" | "fldinst"
        | "filetbl" | "nonshppict" | "nonesttables" | "shprslt" | "sn" | "bkmkstart" | "bkmkend" | "atnid"
        | "atnauthor" | "atnref" | "atndate" | "atntime" | "atnicn" | "atrfstart" | "atrfend" | "ftnsep"
        | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "subject" | "operator" | "keywords" | "comment"
        | "doccomm" | "manager" | "company" | "category" | "hlinkbase" | "printim" | "buptim" | "xe" | "tc" | "tcn"
        | "rxe" | "txe" | "template" | "private" | "pn" | "panose" | "falt" | "objdata" | "objclass" | "objname"
        | "themedata" | "datastore" | "latentstyles" | "background" | "pnseclvl" => D::Skipped,
        _ if optional => D::Skipped,
        _ => return None,
    })
}

/// The characters that words stand for.
pub fn character(word: &str) -> Option<char> {
    Some(match word {
        "tab" => '\t',
        "line" | "lbr" | "softline" => '\n',
        "emdash" => '—',
        "endash" => '–',
        "emspace" => '\u{2003}',
        "enspace" => '\u{2002}',
        "qmspace" => '\u{2005}',
        "bullet" => '•',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        _ => return None,
    })
}
