from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conversation.story import read_bytes, read_path
from tests.shared import DATA
from throwline.conversation import Attachment, Certainty, Conversation, Medium, Message, ReadError
from throwline.conversation._export import given_export
from throwline.conversation.readers import email
from throwline.conversation.readers.email import EMail

READER = EMail()
SAMPLES = DATA / "chat" / "email"
AT = datetime(2023, 6, 3, 21, 5, 9, tzinfo=UTC)


def letter(body: str = "pay", **headers: str) -> str:
    known = {
        "From": "Hacker <a@example.com>",
        "To": "zoe@example.com",
        "Subject": "hello",
        "Date": "Sat, 03 Jun 2023 21:05:09 +0000",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return "".join(f"{name}: {value}\n" for name, value in known.items() if value) + f"\n{body}\n"


def one(text: str | bytes) -> Conversation:
    (conversation,) = read_bytes(READER, text)
    return conversation


def first(text: str | bytes) -> Message:
    return one(text).messages[0]


def test_the_sample() -> None:
    (conversation,) = read_path(READER, SAMPLES / "synth_sextortion.eml")
    (message,) = conversation.messages
    assert message.text == (
        "I recorded you. Your password is: hunter2. Send $950 in Bitcoin to "
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyT within 48 hours."
    )
    assert (message.at, message.certainty, message.place) == (AT, Certainty.EXACT, 1)
    assert message.sender is not None
    assert (message.sender.name, message.sender.identifier) == ("Hacker", "zoe@example.com")
    assert conversation.title == "Your account was hacked – pay (ÿ)"
    assert conversation.thread == "<1@example.com>"
    notes = "\n".join(message.notes)
    assert "Received: from unknown (HELO x) (198.51.100.7) by mx.example.com" in notes
    assert "Authentication-Results: mx.example.com; spf=fail" in notes
    assert "the sender's address is the recipient's own" in message.notes


def test_a_mailbox() -> None:
    (conversation,) = read_path(READER, SAMPLES / "synth.mbox")
    assert [m.place for m in conversation.messages] == [1, 28]
    assert {m.at for m in conversation.messages} == {AT}


def test_threads_by_what_answers_what() -> None:
    start = "From x Mon Nov 23 06:20:28 2026\n"
    mailbox = "".join(
        f"{start}{each}\n"
        for each in (
            letter(
                "two",
                Message_ID="<2@x>",
                References="<1@x>",
                Date="Sat, 03 Jun 2023 21:06:00 +0000",
            ),
            letter("other", Message_ID="<9@x>", Subject="news", From="b@example.com"),
            letter("one", Message_ID="<1@x>"),
            letter(
                "three",
                Message_ID="<3@x>",
                In_Reply_To="<2@x>",
                Subject="Re: hello",
                Date="Sat, 03 Jun 2023 21:07:00 +0000",
            ),
            letter("no identifier", Subject="AW: hello"),
            letter("nor here", Subject="Re: Re: hello", Date="Sat, 03 Jun 2023 21:08:00 +0000"),
        )
    )
    conversations = read_bytes(READER, mailbox)
    assert [[m.text for m in c.messages] for c in conversations] == [
        ["one", "two", "three"],
        ["other"],
        ["no identifier", "nor here"],
    ]


def test_from_at_the_beginning_of_a_line_of_text_starts_no_message() -> None:
    body = "hello\n\nFrom me to you with love\n\nFrom: no\n>From quoted 12:00 2023\n"
    start = "From x Mon Nov 23 06:20:28 2026\n"
    conversation = one(start + letter(body) + "\n" + start + letter("two"))
    assert [m.text for m in conversation.messages] == [body.rstrip("\n"), "two"]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Sat, 03 Jun 2023 23:05:09 +0200", AT),
        ("3 Jun 2023 21:05:09 GMT", AT),
        ("Sat, 03 Jun 2023 21:05:09 -0000", AT),
        ("Sat, 03 Jun 2023 17:05:09 -0400 (EDT)", AT),
        ("soon", None),
        ("Sat, 99 Jun 2023 21:05:09 +0000", None),
        ("Sat, 03 Jun 0000 21:05:09 +9999", None),
        ("", None),
    ],
)
def test_times(written: str, at: datetime | None) -> None:
    message = first(letter(Date=written, Received="x"))
    assert message.at == at
    assert message.certainty is (Certainty.EXACT if at else Certainty.NONE)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=?utf-8?b?w7/wn5iF?=", "ÿ😅"),
        ("=?utf-8?q?caf=C3=A9?= =?utf-8?q?_ol=C3=A9?=", "café olé"),
        ("=?nonsense?q?caf=C3=A9?=", "=?nonsense?q?caf=C3=A9?="),
        ("=?utf-8?b?!!!?=", "=?utf-8?b?!!!?="),
        ("café 😅", "café 😅"),
        ("a\n  folded\n\tline", "a folded line"),
    ],
)
def test_headers_are_decoded_or_kept(value: str, shown: str) -> None:
    assert f"Subject: {shown}" in first(letter(Subject=value)).notes


def test_raw_bytes_in_headers_are_shown_as_unreadable() -> None:
    message = first(letter(Subject="X").encode().replace(b"X", b"caf\xe9"))
    assert message.notes[2].startswith("Subject: caf")


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("iso-8859-1", b"caf\xe9", "café"),
        ("utf-8", "😅".encode(), "😅"),
        ("utf-8", b"caf\xe9", "caf\ufffd"),
        ("nonsense", "café".encode(), "café"),
        ("idna", "café".encode(), "café"),
        ("hex", b"6869", "6869"),
    ],
)
def test_charsets(charset: str, raw: bytes, text: str) -> None:
    head = letter(Content_Type=f"text/plain; charset={charset}", Content_Transfer_Encoding="8bit")
    assert first(head.encode().replace(b"pay\n", raw + b"\n")).text == text


def html(body: str) -> str:
    return letter(body, MIME_Version="1.0", Content_Type="text/html; charset=utf-8")


def test_html_becomes_text_and_its_links_notes() -> None:
    message = first(
        html(
            "<html><head><title>no</title><style>p {color: red}</style></head><body><p>I rec\u200borded &amp; you</p>"
            "<div>Send\n  $950<br>now</div><script>no()</script><a href='https://example.com/x'>here</a></body></html>"
        )
    )
    assert message.text == "I rec\u200borded & you\n\nSend $950\nnow\nhere"
    assert "link: https://example.com/x" in message.notes


def parts(*each: str) -> str:
    body = "".join(f"--b\n{part}\n" for part in each) + "--b--\n"
    return letter(body, MIME_Version="1.0", Content_Type="multipart/mixed; boundary=b")


def test_attachments_by_name_only() -> None:
    message = first(
        parts(
            "Content-Type: text/plain\n\nlook",
            "Content-Type: image/jpeg\nContent-Disposition: attachment; filename=a.jpg\nContent-Transfer-Encoding: base64\n\nAAAA",
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''caf%C3%A9.pdf\n\nx",
            "Content-Type: text/plain\nContent-Disposition: attachment\n\nsecret",
            "Content-Type: video/mp4\n\nx",
        )
    )
    assert message.text == "look"
    assert message.attachments == (
        Attachment("a.jpg", Medium.IMAGE),
        Attachment("café.pdf", Medium.FILE),
        Attachment(None, Medium.FILE),
        Attachment(None, Medium.VIDEO),
    )


def test_an_empty_plain_part_gives_way_to_html() -> None:
    message = first(
        parts("Content-Type: text/plain\n\n  ", "Content-Type: text/html\n\n<p>words</p>")
    )
    assert message.text == "words"


def test_whom_it_was_delivered_to_is_the_owner() -> None:
    conversation = one(
        letter(Delivered_To="zoe@example.com", To="Zoë <zoe@example.com>, kim@example.com")
    )
    assert {p.identifier: p.is_owner for p in conversation.participants} == {
        "a@example.com": None,
        "zoe@example.com": True,
        "kim@example.com": None,
    }


def test_a_huge_message_is_read_from_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(email, "_LARGEST", 2000)
    message = first(letter("\n".join(["line"] * 5000)))
    assert message.text.startswith("line\nline")
    assert len(message.text) < 3000
    assert message.notes[-1] == "the rest of its attachments was not read, for its size"


def test_nested_without_end_is_refused_or_read() -> None:
    body = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    text = letter().split("\n\n")[0] + "\n" + body
    with pytest.raises(ReadError, match="nested deeper"):
        one(text)


def test_threads_reach_over_files(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_text(letter("one", Message_ID="<1@x>"))
    (tmp_path / "2.eml").write_text(letter("two", Message_ID="<2@x>", In_Reply_To="<1@x>"))
    (conversation,) = read_path(READER, tmp_path)
    assert [m.text for m in conversation.messages] == ["one", "two"]
    assert len(conversation.sources) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Jess: hey\nMe: hi\nJess: pay\n",
        "From: me\nTo: you\n\nhey\n",
        "From here on it is 2023\nJess: x\n",
        "Date: x\nSubject: y\nTo: z\n\nno sender\n",
        "{}",
    ],
)
def test_what_is_no_e_mail(text: str) -> None:
    (document,) = given_export("x", text.encode()).documents.values()
    assert not READER.recognises(document)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "From",
                "To",
                "Subject",
                "Date",
                "Message_ID",
                "References",
                "Content_Type",
                "Delivered_To",
                "Content_Disposition",
                "Content_Transfer_Encoding",
            ]
        ),
        st.text(st.characters(exclude_characters="\n\r", exclude_categories=("Cs",)), max_size=60),
    ),
    st.text(max_size=60),
)
def test_any_header_is_read(headers: dict[str, str], body: str) -> None:
    text = letter(body, **headers)
    (document,) = given_export("x", text.encode()).documents.values()
    if READER.recognises(document):
        read_bytes(READER, text)
