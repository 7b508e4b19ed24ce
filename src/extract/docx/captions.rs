//! Which words belong to a picture: a line near it, or its description where a person wrote one.

/// A longer line is no caption.
const LENGTH: usize = 40;

/// The pictures that a story has shown last, waiting for the line that names them, and such a line still without one.
#[derive(Debug, Default)]
pub struct Near {
    /// Pictures, by index in the body, that stand right above.
    pub waiting: Vec<usize>,
    /// Only a line that says itself that it is a caption will do: the pictures float, or stand in a text.
    strict: bool,
    /// A line, by index of its block, that may name the picture that follows.
    pub above: Option<usize>,
    /// Empty paragraphs passed since.
    gaps: u32,
}

/// What a paragraph is like, as far as captions are concerned.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    /// Its text.
    pub text: &'t str,
    /// Its style is that of captions.
    pub styled: bool,
    /// It is a heading.
    pub heading: bool,
    /// It is centred.
    pub centred: bool,
}

impl Near {
    /// A text box beside pictures: only an outspoken caption in it is theirs.
    pub fn beside(pictures: impl Iterator<Item = usize>) -> Self {
        Self { waiting: pictures.collect(), strict: true, above: None, gaps: 0 }
    }

    /// Nothing is near any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// An empty paragraph: one may stand between a picture and its caption.
    pub fn pass_gap(&mut self) {
        self.gaps += 1;
        if self.gaps > 1 {
            self.clear();
        }
    }

    /// Pictures stand here. If the paragraph has words of its own, only an outspoken caption may follow.
    pub fn show(&mut self, pictures: impl Iterator<Item = usize>, strict: bool) {
        self.waiting.extend(pictures);
        self.strict |= strict;
        self.above = None;
        self.gaps = 0;
    }

    /// Whether a paragraph without pictures names those that wait.
    pub fn is_named_by(&self, line: &Line<'_>) -> bool {
        !self.waiting.is_empty() && (line.is_outspoken() || !self.strict && line.centred && line.is_label())
    }
}

impl Line<'_> {
    /// Whether it names the pictures in its own paragraph; a floating picture may be anchored anywhere.
    pub fn names_its_own(&self, floating: bool) -> bool {
        self.is_outspoken() || !floating && self.is_label()
    }

    /// Whether it says itself that it is a caption, by its style or its first words.
    pub fn is_outspoken(&self) -> bool {
        let for_table = self.text.starts_with('表');
        !self.heading
            && !for_table
            && self.text.chars().count() <= LENGTH
            && (self.styled || begins_as_caption(self.text))
    }

    /// A short line that is no sentence and no heading.
    fn is_label(&self) -> bool {
        !self.heading && is_label(self.text)
    }
}

/// Whether text is short and no sentence, as captions in a table of photographs are.
pub fn is_label(text: &str) -> bool {
    let chars = text.chars().count();
    (1..=LENGTH).contains(&chars)
        && !text.contains(['。', '！', '？', '；'])
        && !text.ends_with(['：', ':', '，', ',', '.'])
}

/// 图1 …, 图为…, 附图: but not 图书室.
fn begins_as_caption(text: &str) -> bool {
    if ["附图", "照片", "图片", "上图", "下图", "左图", "右图", "图为"].iter().any(|w| text.starts_with(w))
    {
        return true;
    }
    let Some(rest) = text.strip_prefix('图') else { return false };
    let sign = rest.trim_start().chars().next();
    // 图1如下。 speaks about a picture, it does not name it.
    let numbered = sign
        .is_some_and(|c| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十①②③④⑤⑥⑦⑧⑨：:、（(".contains(c));
    numbered && !text.ends_with('。')
}

/// A picture's description if it may tell what is seen: not the name of a camera's file, a path, or what a program
/// wrote there by itself.
pub fn alt_text(text: Option<String>) -> Option<String> {
    let text = text?;
    let text = text.trim();
    if text.contains(['\\', '/'])
        || text.contains("自动生成")
        || text.to_lowercase().contains("automatically generated")
    {
        return None;
    }
    let stem = match text.rsplit_once('.') {
        Some((stem, suffix))
            if (2..=5).contains(&suffix.len()) && suffix.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            stem
        }
        _ => text,
    };
    let chinese: String = stem.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).collect();
    const OF_PROGRAMS: [&str; 18] = [
        "图片",
        "图像",
        "照片",
        "微信图片",
        "微信截图",
        "图",
        "截图",
        "屏幕截图",
        "捕获",
        "未标题",
        "未命名",
        "文本框",
        "组合",
        "形状",
        "矩形",
        "新建位图图像",
        "说明图片",
        "副本",
    ];
    if chinese.is_empty() {
        // IMG_0012 and Picture 1 are names; a few words may be a description.
        let words =
            stem.split_whitespace().filter(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_alphabetic() || b == b','));
        return (words.count() >= 3).then(|| stem.to_string());
    }
    let programs = chinese == "图片" || OF_PROGRAMS.contains(&chinese.as_str());
    (!programs)
        .then(|| stem.trim_start_matches("说明:").trim_start_matches("说明：").trim().to_string())
        .filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_counts_only_if_a_person_wrote_it() {
        let of = |t: &str| alt_text(Some(t.to_string()));
        let none = [
            "IMG_20201012_093015",
            "图片 1",
            "Picture 1",
            "C:\\Users\\A\\会议.jpg",
            "微信图片_20201016113045.jpg",
            "mmexport1602747.jpg",
            "9f3ac2d0e1",
            "",
            "图片包含 人, 室内 描述已自动生成",
        ];
        for t in none {
            assert_eq!(of(t), None, "{t}");
        }
        assert_eq!(of("送教上门现场.jpg").as_deref(), Some("送教上门现场"));
        assert_eq!(of("说明: 全体教师会").as_deref(), Some("全体教师会"));
        assert_eq!(of("Teachers at the meeting").as_deref(), Some("Teachers at the meeting"));
    }

    #[test]
    fn a_caption_begins_like_one() {
        for t in ["图1 会场", "图 2：会场", "图一、会场", "附图 会场", "图为李老师宣讲政策。", "照片3 入户"]
        {
            assert!(begins_as_caption(t), "{t}");
        }
        for t in ["图书室建设", "图文资料", "会场", "图1如下。"] {
            assert!(!begins_as_caption(t), "{t}");
        }
    }
}
