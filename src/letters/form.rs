//! The forms of letters: a registry of templates, each with the words in braces that it may use.

/// A form.
#[derive(Debug)]
pub struct Form {
    /// Name of its template, without suffix: 催报函.
    pub name: &'static str,
    /// The template that is used where the campaign folder has none.
    pub built_in: &'static str,
    /// Words in braces that only this form has.
    pub own: &'static [&'static str],
    /// Those without which the letter would not say what it is for.
    pub needed: &'static [&'static str],
}

impl Form {
    /// Whether a word in braces may stand in the form.
    pub fn knows(&self, word: &str) -> bool {
        self.own.contains(&word) || SHARED.contains(&word)
    }
}

/// Words in braces that every form has.
pub const SHARED: &[&str] = &[
    "活动",
    "发文机关",
    "发文字号",
    "署名",
    "成文日期",
    "通知",
    "报送期限",
    "补报期限",
    "截至",
    "联系人",
    "电话",
    "联系方式",
];

/// To a school of which something is missing.
pub const REMINDER: Form = Form {
    name: "催报函",
    built_in: include_str!("templates/催报函.txt"),
    own: &["学校", "缺项", "已收到", "读不了的文件"],
    needed: &["学校", "缺项"],
};
/// To a school whose files cannot be opened.
pub const RESEND: Form = Form {
    name: "重报函",
    built_in: include_str!("templates/重报函.txt"),
    own: &["学校", "已收到", "读不了的文件", "暂不能核对"],
    needed: &["学校", "读不了的文件"],
};
/// Who is still expected.
pub const UPCOMING: Form = Form {
    name: "预催名单",
    built_in: include_str!("templates/预催名单.txt"),
    own: &["单位数", "名单"],
    needed: &["名单"],
};
/// The bulletin.
pub const BULLETIN: Form = Form {
    name: "通报",
    built_in: include_str!("templates/通报.txt"),
    own: &[
        "主送机关",
        "应报",
        "已报",
        "按时",
        "迟报",
        "未报",
        "报送率",
        "按时率",
        "核实中",
        "开展情况",
        "按时名单",
        "迟报名单",
        "未报名单",
        "问题",
        "附表",
    ],
    needed: &["未报名单"],
};
/// A reminder for WeChat.
pub const WECHAT_REMINDER: Form = Form {
    name: "微信催报",
    built_in: include_str!("templates/微信催报.txt"),
    own: &["学校", "缺项"],
    needed: &["学校", "缺项"],
};
/// The wish to send a file again, for WeChat.
pub const WECHAT_RESEND: Form = Form {
    name: "微信重报",
    built_in: include_str!("templates/微信重报.txt"),
    own: &["学校", "读不了的文件"],
    needed: &["学校", "读不了的文件"],
};
/// The reminder before the deadline, for WeChat: one a group of schools.
pub const WECHAT_UPCOMING: Form = Form {
    name: "微信预催",
    built_in: include_str!("templates/微信预催.txt"),
    own: &["片区", "名单"],
    needed: &["名单"],
};

/// All forms.
pub const FORMS: &[&Form] =
    &[&REMINDER, &RESEND, &UPCOMING, &BULLETIN, &WECHAT_REMINDER, &WECHAT_RESEND, &WECHAT_UPCOMING];
