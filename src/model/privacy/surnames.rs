//! Common Chinese surnames, and how a name is told from a word that begins like one.

/// Surnames of one character, those of almost everybody. Left out are surnames that are far oftener words after a
/// person's description (贫困户和…, 贫困学生全…, 残疾学生时…).
const SINGLE: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦柳邢骆岳齐梅庄涂祁耿甘欧屈裴鲍靳党缑惠尚卜车闫冉阮瞿柴管辛蒲宁闵詹臧卓荆舒卫左霍蔺牟桑瞿窦苗符柯司连巩盛寇权同井问拓师茹淡隋候付肖代覃";
/// Surnames of two characters.
const DOUBLE: [&str; 12] =
    ["欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "慕容", "令狐", "司徒", "东方", "宇文"];
/// Words that begin with a surname and are no names.
const WORDS: &str = "方面 方案 方式 方便 方法 高度 高兴 高中 高考 高等 高校 高质 金额 金融 安全 安排 安置 安心 安装 康复 温暖 \
     温馨 温饱 易地 易返 文化 文具 文明 白天 田间 田地 林果 林业 党员 党的 任务 任何 任教 任课 管理 何时 何种 许多 车辆 车费 章程 \
     师生 师资 问题 问卷 问候 问需 连续 连夜 连心 同学 同时 同意 同步 司机 权益 权利 盛赞 代表 代缴 代办 左右 于今 于本 于当 于上 \
     于下 于每 石头 马上 万元 万余 龙头 周边 周末 周岁 周围 周到 江苏 金秋 申请 申报 季度 孔子 顾虑 顾及 余人 余户 余名 钱物 钱款 \
     付款 付出 成绩 应届 程度 施工 施教 施策 齐心 齐全 毕业 符合 尤其 严格 严重 严肃 陆续 段时 牛羊 牛奶 井然 苗木 余下 曾经 曾在 \
     白内 梅花 花费 温情 安居 安家 方可 史料 代际 万事 贺卡 明白 辛苦 卫生 卫生院 宁可 尚未 尚有 尚不 尚在 武术 章节 谢谢 谢意";
/// Words after a surname that name nobody: 李某, 张大爷.
const NAMELESS: [&str; 21] = [
    "某", "大爷", "大娘", "大妈", "大叔", "大婶", "大伯", "大哥", "大嫂", "大姐", "奶奶", "爷爷", "阿姨", "老人",
    "老汉", "女士", "先生", "同学", "老师", "姓", "家",
];
/// Characters that follow a name and stand in none.
const AFTER: &str = "的在是等和与及户了也都被把因从*某";
/// Characters that seldom stand last in a name and often right after one.
const AFTER_SHORT: &str = "家同患住为有已到说送进上今年全就领享将又现无未及给讲对向一两三四五";
/// What makes a place of a name: 王庄村.
const PLACES: [&str; 9] = ["村", "镇", "乡", "社区", "小学", "中学", "学校", "县", "庄"];

/// Characters of the name that begins here, surname and given name; none where no name does. Names that name nobody
/// (李某某, 张大爷) and pseudonyms are none.
pub fn name_length(chars: &[char]) -> Option<(usize, usize)> {
    let surname = surname_length(chars)?;
    let given = chars.get(surname..)?;
    let starts = |words: &[&str]| words.iter().any(|w| begins(given, w));
    let first = given.first().filter(|c| is_han(**c) && !AFTER.contains(**c))?;
    let word: String = chars.iter().take(2).collect();
    if surname == 1 && WORDS.split_whitespace().any(|w| w == word) || starts(&NAMELESS) {
        return None;
    }
    let place = |n: usize| given.get(n..).is_some_and(|rest| PLACES.iter().any(|p| begins(rest, p)));
    if PLACES.iter().any(|p| begins(&[*first], p)) || place(1) || place(2) {
        return None;
    }
    let second = given.get(1).is_some_and(|c| is_han(*c) && !AFTER.contains(*c) && !AFTER_SHORT.contains(*c));
    let length = surname + 1 + usize::from(second);
    let rest = chars.get(length..).unwrap_or_default();
    let pseudonym = begins(rest, "(化名") || begins(rest, "（化名");
    (!pseudonym).then_some((surname, length))
}

/// Characters of the surname that begins here.
pub fn surname_length(chars: &[char]) -> Option<usize> {
    if DOUBLE.iter().any(|d| begins(chars, d)) {
        return Some(2);
    }
    chars.first().is_some_and(|c| SINGLE.contains(*c)).then_some(1)
}

/// Whether the characters begin with a word.
pub fn begins(chars: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| chars.get(i) == Some(&c))
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}
