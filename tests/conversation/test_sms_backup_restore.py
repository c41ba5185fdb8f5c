from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conversation.story import read_bytes, read_path
from tests.shared import DATA, shared
from throwline.conversation import Attachment, Certainty, Conversation, Medium, ReadError
from throwline.conversation._export import given_export
from throwline.conversation.readers import sms_backup_restore
from throwline.conversation.readers.sms_backup_restore import SmsBackupRestore

READER = SmsBackupRestore()
SAMPLES = DATA / "chat" / "sms-backup-restore"
AT = datetime(2023, 6, 14, 9, 7, tzinfo=UTC)


def sms(body: str = "hey", **attributes: str) -> str:
    known = {"address": "+15550100199", "date": "1686733620000", "type": "1", "body": body}
    written = " ".join(f'{name}="{value}"' for name, value in (known | attributes).items())
    return f"<sms {written} />"


def backup(*elements: str, count: int | None = None) -> str:
    lines = "\n".join(elements)
    return f'<?xml version="1.0"?>\n<smses count="{len(elements) if count is None else count}">\n{lines}\n</smses>'


def one(text: str) -> Conversation:
    (conversation,) = read_bytes(READER, text)
    return conversation


def own_gaps(conversation: Conversation) -> tuple[str, ...]:
    return conversation.gaps[len(READER.facts.leaves_out) :]


def test_the_story() -> None:
    (conversation,) = read_path(READER, SAMPLES / "synth_sms.xml")
    first, second = conversation.messages
    assert (first.text, second.text) == ("hey 😅 café?\nline 2", "who are you")
    assert first.at == datetime(2023, 6, 3, 21, 5, 9, 123000, UTC)
    assert second.at == datetime(2023, 6, 3, 21, 6, 10, tzinfo=UTC)
    assert first.certainty is Certainty.EXACT
    assert first.sender is not None
    assert (first.sender.name, first.sender.identifier, first.sender.is_owner) == (
        "+15550100199",
        "+15550100199",
        False,
    )
    assert second.sender is not None
    assert second.sender.is_owner is True
    assert [m.place for m in conversation.messages] == [3, 4]
    assert conversation.thread == "+15550100199"
    assert own_gaps(conversation) == ()


def test_mms() -> None:
    alone, group = read_path(READER, SAMPLES / "mms.xml")
    (message,) = alone.messages
    assert (message.text, message.place, message.at) == ("look 😅", 4, AT)
    assert message.attachments == (Attachment("IMG.jpg", Medium.IMAGE),)
    assert group.thread == "+15550100198~+15550100199"
    assert [m.sender.identifier if m.sender else "?" for m in group.messages] == [
        "+15550100198",
        None,
    ]
    assert [m.text for m in group.messages] == ["to all", "from me"]
    assert [m.place for m in group.messages] == [16, 24]
    assert group.messages[0].notes == ("subject: hello",)


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 61, 509])
def test_pieces_of_any_size_read_the_same(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_path(READER, SAMPLES)
    monkeypatch.setattr(sms_backup_restore, "_CHUNK", chunk)
    assert read_path(READER, SAMPLES) == whole


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&#55357;&#56837;", "😅"),
        ("&#xD83D;&#xDE05;", "😅"),
        ("&#xd83d;&#56837;", "😅"),
        ("a&#55357;b", "a\ufffdb"),
        ("&#56837;&#55357;", "\ufffd\ufffd"),
        ("&#55357;&#55357;&#56837;", "\ufffd😅"),
        ("&#65;&#55357;&#56837;", "A😅"),
        ("&#1;&#0;", "\ufffd\ufffd"),
        ("&#9;&#10;&#13;", "\t\n\r"),
        ("&#x1F605;", "😅"),
        ("&#1114112;", "\ufffd"),
        ("&amp;#55357;", "&#55357;"),
        ("\x0b\x01", "\ufffd\ufffd"),
        ("&quot;data=&quot; &lt;part data=&apos;x&apos;&gt;", "\"data=\" <part data='x'>"),
    ],
)
def test_characters_that_xml_forbids(written: str, shown: str) -> None:
    assert one(backup(sms(written))).messages[0].text == shown


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    (conversation,) = read_bytes(
        READER, backup(sms("é 😅")).removeprefix('<?xml version="1.0"?>').encode(encoding)
    )
    assert conversation.messages[0].text == "é 😅"


@pytest.mark.parametrize(
    ("attributes", "owner", "notes"),
    [
        ({"type": "1"}, False, ()),
        ({"type": "2"}, True, ()),
        ({"type": "3"}, True, ("draft, not sent",)),
        ({"type": "5"}, True, ("sending failed",)),
        ({"subject": "hi"}, False, ("subject: hi",)),
        ({"subject": "null"}, False, ()),
    ],
)
def test_directions_and_states(
    attributes: dict[str, str], owner: bool, notes: tuple[str, ...]
) -> None:
    (message,) = one(backup(sms(**attributes))).messages
    assert message.sender is not None
    assert message.sender.is_owner is owner
    assert message.notes == notes


def test_a_body_of_null_is_no_text_and_says_so() -> None:
    (message,) = one(backup(sms("null"))).messages
    assert message.text == ""
    assert message.notes == ("the backup writes “null”: there was no text, or that word",)


def test_threads_by_address_whatever_stands_between_the_digits() -> None:
    first, second = read_bytes(
        READER,
        backup(
            sms(address="+1 (555) 010-0199", contact_name="(Unknown)"),
            sms(address="+15550100199", contact_name="Jess", type="2"),
            sms(address="AMAZON-7"),
        ),
    )
    assert (first.title, len(first.messages)) == ("Jess", 2)
    assert first.messages[0].sender is not None
    assert first.messages[0].sender.name == "Jess"
    assert second.thread == "AMAZON-7"


def test_messages_are_in_the_order_of_their_times() -> None:
    dates = ["1686733620000", "bad", "1686733660000", "1686733640000"]
    conversation = one(backup(*(sms(str(n), date=date) for n, date in enumerate(dates))))
    assert [m.text for m in conversation.messages] == ["0", "1", "3", "2"]
    assert [m.at for m in conversation.messages] == [
        AT,
        None,
        AT + timedelta(seconds=20),
        AT + timedelta(seconds=40),
    ]
    assert conversation.messages[1].notes == ("the export gives its time as 'bad'",)


def test_another_sender_than_the_thread_s_is_noted() -> None:
    mms = (
        '<mms date="1686733620000" msg_box="1" address="+15550100199"><parts><part ct="text/plain" text="x"/></parts>'
        '<addrs><addr address="+15550100111" type="137"/></addrs></mms>'
    )
    (message,) = one(backup(mms)).messages
    assert message.sender is not None
    assert message.sender.identifier == "+15550100199"
    assert message.notes == ("the message itself names +15550100111 as its sender",)


def test_a_group_message_without_a_sender_is_nobody_s() -> None:
    mms = '<mms date="1686733620000" msg_box="1" address="+15550100199~+15550100198"><parts/><addrs/></mms>'
    (message,) = one(backup(mms)).messages
    assert message.sender is None


def test_a_backup_cut_off_keeps_what_is_there_and_says_so() -> None:
    text = backup(sms("one"), sms("two"), sms("three"))
    conversation = one(text[: text.index("three")])
    assert [m.text for m in conversation.messages] == ["one", "two"]
    assert own_gaps(conversation) == (
        "x breaks off or is damaged at line 5: messages after that are missing.",
        "The backup says that it holds 3 messages; 2 are there.",
    )


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE smses [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE smses [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE smses SYSTEM "http://example.com/x.dtd">',
    ],
    ids=["bomb", "file", "address"],
)
def test_entities_of_its_own_are_refused(doctype: str) -> None:
    with pytest.raises(ReadError, match="declares entities of its own"):
        one(doctype + f"<smses>{sms('&a;')}</smses>")


@pytest.mark.native
def test_pictures_take_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    with path.open("w") as file:
        file.write(
            '<smses count="2"><mms date="1686733620000" msg_box="1" address="+15550100199"><parts>'
        )
        for _ in range(20):
            file.write('<part ct="image/jpeg" cl="a.jpg" data="')
            for _ in range(32):
                file.write("QUJD" * 16384)
            file.write('" text="null"/>')
        file.write(f"</parts></mms>{sms('after')}</smses>")
    assert path.stat().st_size > 40_000_000
    tracemalloc.start()
    (conversation,) = read_path(READER, path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16_000_000
    assert [len(m.attachments) for m in conversation.messages] == [20, 0]
    assert conversation.messages[1].text == "after"


def test_a_tag_without_end_is_refused_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sms_backup_restore, "_LONGEST_TOKEN", 1000)
    monkeypatch.setattr(sms_backup_restore, "_CHUNK", 100)
    with pytest.raises(ReadError, match="longer than any can be"):
        one(backup(sms("a" * 5000)))


@pytest.mark.parametrize(
    "text", ["<calls count='1'><call/></calls>", "<!-- <smses> --><html/>", "smses", "<?xml?>"]
)
def test_other_xml_is_not_recognised(text: str) -> None:
    (document,) = given_export("x", text.encode()).documents.values()
    assert not READER.recognises(document)


@pytest.mark.parametrize(
    ("name", "threads"),
    [
        ("sms-backup-reader-2__sample_mms.xml", {"Contact C": 4}),
        ("sms-backup-reader-2__sms_small.xml", {"Contact A": 4, "Contact B": 1, "Contact C": 7}),
        ("sms-backup-restore-parser__edge_cases.xml", {"+15551112222": 1, "Charlie Unicode": 1, "Dana Empty": 1, "Eve NoParts": 1}),
        ("sms-backup-restore-parser__minimal_mms.xml", {"Alice Smith": 1}),
        ("sms-backup-restore-parser__minimal_sms.xml", {"Alice Smith": 1}),
        ("sms-backup-restore-parser__mixed.xml", {"Alice Smith": 3, "Bob Jones": 1}),
    ],
)  # fmt: skip
def test_public_fixtures(name: str, threads: dict[str, int]) -> None:
    """Source: devadvance/sms-backup-reader-2 and shruggietech/sms-backup-restore-parser."""
    conversations = read_path(READER, shared(f"samples/chat/sms-backup-restore/{name}"))
    assert {c.title: len(c.messages) for c in conversations} == threads
    assert all(own_gaps(c) == () for c in conversations)


def test_public_fixtures_that_are_broken() -> None:
    """Source: as above. The first sample breaks off within its fiftieth message, the second within its first."""
    folder = shared("samples/chat/sms-backup-restore")
    conversations = read_path(READER, folder / "sms-backup-reader-2__sms_and_mms.xml")
    assert sum(len(c.messages) for c in conversations) == 49
    assert "breaks off" in own_gaps(conversations[0])[0]
    with pytest.raises(ReadError, match="breaks off or is damaged at line 4"):
        read_path(READER, folder / "sms-backup-restore-parser__malformed.xml")
