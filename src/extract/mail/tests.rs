use super::*;
use crate::extract;
use crate::model::document::{Block, Content, Document};
use crate::model::message::Lang;
use encoding_rs::GB18030;

fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    encoded.as_bytes().chunks(60).map(|l| String::from_utf8_lossy(l) + "\r\n").collect()
}

/// What Foxmail and the like write: words and names as encoded words in GB2312, the text twice, a picture in the page.
fn foxmail() -> Vec<u8> {
    let word = |text: &str| format!("=?GB2312?B?{}?=", base64(gbk(text)).trim_end());
    let long = "=?gb18030?B?tPPN9beiysC3x7PJ?=";
    [
        "Received: from a.example (unknown [10.0.0.1]) by mail.example; Mon, 19 Oct 2020 09:12:30 +0800\r\n",
        "Date: Mon, 19 Oct 2020 09:12:00 +0800\r\n",
        &format!("From: {} <lc@school.example>\r\n", word("龙池镇中心校")),
        "To: office@bureau.example\r\n",
        &format!("Subject: {}\r\n", word("龙池镇中心校扶贫日活动材料")),
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\n",
        "Content-Type: multipart/related; boundary=\"inner\"\r\n\r\n--inner\r\n",
        "Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        &base64(gbk("<html><body><p>10月12日召开了专题会议。</p><img src=\"cid:p1@fox\"></body></html>")),
        "--inner\r\nContent-Type: image/png; name=\"p.png\"\r\nContent-ID: <p1@fox>\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        &base64(b"\x89PNG picture"),
        "--inner--\r\n--outer\r\n",
        &format!("Content-Type: application/octet-stream; name=\"{}\"\r\n", word("总结.docx")),
        &format!("Content-Disposition: attachment; filename=\"{}\"\r\n", word("总结.docx")),
        "Content-Transfer-Encoding: base64\r\n\r\n",
        &base64(b"one"),
        "--outer\r\nContent-Type: text/plain; charset=gbk\r\n",
        "Content-Disposition: attachment; filename*0*=UTF-8''%E8%AF%B4; filename*1*=%E6%98%8E.txt\r\n",
        "Content-Transfer-Encoding: base64\r\n\r\n",
        &base64(gbk("附件的文字")),
        &format!("--outer\r\nContent-Type: image/jpeg; name=\"{long}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
        &base64(b"\xFF\xD8\xFF photo"),
        "--outer--\r\n",
    ]
    .concat()
    .into_bytes()
}

fn lines(document: &Document) -> Vec<String> {
    let text = |b: &Block| match &b.content {
        Content::Heading(_, t) | Content::Paragraph(t) | Content::Caption(t) => t.clone(),
        Content::Table(_) => "table".to_string(),
    };
    document.body.blocks.iter().map(|b| format!("{}: {}", b.place.text(Lang::Zh), text(b))).collect()
}

#[test]
fn a_chinese_e_mail_is_its_text_its_date_and_its_attachments() {
    let bytes = foxmail();
    let document = extract::read(&bytes);
    assert_eq!((document.format.as_str(), document.problems.as_slice()), ("eml", [].as_slice()));
    assert_eq!(
        lines(&document),
        ["邮件头: 龙池镇中心校扶贫日活动材料", "邮件头: 龙池镇中心校", "第1段: 10月12日召开了专题会议。"]
    );
    assert_eq!(document.body.properties.sent.map(|t| t.to_string()).as_deref(), Some("2020-10-19 01:12:00"));
    // The picture of the page is the message's own, known by its bytes.
    let [picture] = document.body.pictures.as_slice() else { panic!("one picture") };
    assert_eq!((picture.len, picture.fingerprint.is_empty()), (12, false));
    let found = extract::enclosed(&bytes);
    let named: Vec<(&str, &[u8])> = found.iter().map(|e| (e.name.as_str(), e.bytes.as_deref().unwrap())).collect();
    let text = gbk("附件的文字");
    assert_eq!(
        named,
        [
            ("总结.docx", b"one".as_slice()),
            // A text file comes as it was sent, not as it reads.
            ("说明.txt", text.as_slice()),
            ("大王发世非成", b"\xFF\xD8\xFF photo".as_slice())
        ]
    );
}

#[test]
fn headers_in_bare_gbk_are_read_and_a_table_in_the_page_is_kept() {
    let head =
        gbk("From: 龙池镇中心校 <a@b.example>\r\nTo: c@d.example\r\nSubject: 扶贫日统计\r\nMIME-Version: 1.0\r\n");
    let border = b"Content-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\n".to_vec();
    let plain = gbk("Content-Type: text/plain; charset=gb2312\r\n\r\n见下表\r\n--xx\r\n");
    let page = gbk(
        "Content-Type: text/html; charset=gb2312\r\n\r\n<table><tr><td>人数</td><td>45</td></tr></table>\r\n--xx\r\n",
    );
    let file = gbk(
        "Content-Type: application/msword; name=\"附件一.doc\"\r\nContent-Transfer-Encoding: base64\r\n\r\nb25l\r\n--xx--\r\n",
    );
    let bytes = [head, border, plain, page, file].concat();
    let document = extract::read(&bytes);
    assert_eq!(lines(&document), ["邮件头: 扶贫日统计", "邮件头: 龙池镇中心校", "表1: table"]);
    let found = extract::enclosed(&bytes);
    assert_eq!(found.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["附件一.doc"]);
}

#[test]
fn a_forwarded_message_is_a_file_of_its_own_and_a_broken_attachment_is_said_to_be_broken() {
    let inner = "From: a@b.example\r\nTo: c@d.example\r\nSubject: 原件\r\nDate: Sun, 18 Oct 2020 20:00:00 +0800\r\n\r\n已召开会议。\r\n";
    let bytes = format!(
        "From: c@d.example\r\nTo: e@f.example\r\nSubject: 转发\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n\
         --x\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--x\r\nContent-Type: application/zip; name=\"坏.zip\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n%%%%%\r\n--x--\r\n"
    );
    let found = extract::enclosed(bytes.as_bytes());
    let [message, broken] = found.as_slice() else { panic!("two: {found:?}") };
    assert_eq!(message.name, "原件.eml");
    let document = extract::read(message.bytes.as_deref().unwrap());
    assert_eq!(lines(&document), ["邮件头: 原件", "第1段: 已召开会议。"]);
    assert!(matches!(&broken.bytes, Err(Problem::Damaged(_))), "{broken:?}");
}

#[test]
fn a_clock_that_is_a_day_off_is_set_right_by_the_first_server() {
    let sent = |date: &str| {
        let bytes = format!(
            "Received: by last.example; Mon, 19 Oct 2020 09:14:00 +0800\r\nReceived: by first.example; Mon, 19 Oct 2020 09:13:00 +0800\r\n\
             From: a@b.example\r\nTo: c@d.example\r\n{date}Subject: x\r\n\r\ny\r\n"
        );
        extract::read(bytes.as_bytes()).body.properties.sent.map(|t| t.to_string())
    };
    assert_eq!(sent("Date: Mon, 19 Oct 2020 08:00:00 +0800\r\n").as_deref(), Some("2020-10-19 00:00:00"));
    assert_eq!(sent("Date: Tue, 1 Jan 2002 00:00:00 +0800\r\n").as_deref(), Some("2020-10-19 01:13:00"));
    assert_eq!(sent("").as_deref(), Some("2020-10-19 01:13:00"));
}

#[test]
fn an_e_mail_without_words_is_no_failure_where_it_brings_something() {
    let head = "From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n";
    let with = format!(
        "{head}Content-Type: application/zip; name=\"a.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\nb25l\r\n"
    );
    assert_eq!(extract::read(with.as_bytes()).problems, []);
    let without = format!("{head}Content-Type: text/plain\r\n\r\n \r\n");
    assert_eq!(extract::read(without.as_bytes()).problems, [Problem::NoText]);
}

#[test]
fn notes_that_look_a_little_like_headers_are_plain_text() {
    for text in
        ["时间: 10月12日\n地点: 会议室\n内容: 专题会议\n", "Subject: x\n\nbody\n", "From: 校办\nTo: 教育局\n\n正文\n"]
    {
        assert_eq!(extract::read(text.as_bytes()).format, "txt", "{text}");
    }
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_message_makes_it_panic(cut in 0usize..2_000, at in 0usize..2_000, byte in any::<u8>()) {
            let mut bytes = foxmail();
            bytes.truncate(bytes.len().saturating_sub(cut % 1_500));
            let at = at % bytes.len().max(1);
            bytes.iter_mut().skip(at).take(1).for_each(|b| *b = byte);
            let _ = (letter(&bytes).map(|l| l.body()), enclosed(&bytes));
        }
    }
}
