"""Roblox and Steam. The samples are written after the structures that readers of real files describe."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.conversation.story import (
    SENDERS,
    TEXTS,
    assert_exact_times,
    assert_local_times,
    read_bytes,
    read_path,
    senders,
    texts,
)
from tests.shared import DATA
from throwline.conversation import Certainty
from throwline.conversation.readers.roblox import Roblox
from throwline.conversation.readers.steam import Steam
from throwline.conversation.readers.steam_csv import SteamCsv

CHAT = DATA / "chat"
ROW = (
    '<tr><td><a target="_blank" href="https://steamcommunity.com/id/a">a</a></td><td>'
    '<a target="_blank" href="https://steamcommunity.com/id/b">b</a></td><td>{}</td><td>x</td></tr>'
)


@pytest.mark.parametrize(
    ("folder", "milliseconds", "owners"),
    [("roblox", True, [False, True]), ("roblox-messages", False, [None, None])],
)
def test_roblox_tells_the_story(folder: str, milliseconds: bool, owners: list[bool | None]) -> None:
    (conversation,) = read_path(Roblox(), CHAT / folder)
    assert_exact_times(conversation, milliseconds=milliseconds)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    people = {p.identifier: p.is_owner for p in conversation.participants}
    assert people == dict(zip(["111", "222"], owners, strict=True))


def test_roblox_s_notes_and_threads() -> None:
    (chat,) = read_path(Roblox(), CHAT / "roblox")
    assert chat.thread == "c-1"
    assert chat.messages[3].notes == ("filtered for people under 13",)
    assert [m.place for m in chat.messages] == [2, 3, 6, 7]
    (private,) = read_path(Roblox(), CHAT / "roblox-messages")
    assert private.thread == "111-222"
    assert private.messages[3].notes == ("subject: Last chance",)


def test_steam_s_page_tells_the_story() -> None:
    (conversation,) = read_path(Steam(), CHAT / "steam")
    assert_local_times(conversation, seconds=False)
    assert senders(conversation) == SENDERS
    assert texts(conversation) == TEXTS
    assert [(p.name, p.identifier, p.is_owner) for p in conversation.participants] == [
        ("jess_model_x", "76561190000000001", None),
        ("Zoë Ñandú", "zoe_n", None),
    ]
    assert "“CEST”" in conversation.gaps[-1]


@pytest.mark.parametrize(
    ("written", "at", "certainty"),
    [
        ("Jun 3, 2023 @ 9:05pm UTC", datetime(2023, 6, 3, 21, 5, tzinfo=UTC), Certainty.EXACT),
        ("2023年6月3日下午9:05 CST", datetime(2023, 6, 3, 21, 5), Certainty.LOCAL),
        ("3. Jun. 2023 um 21:05 CEST", datetime(2023, 6, 3, 21, 5), Certainty.LOCAL),
        ("3 Jun @ 9:05pm CEST", None, Certainty.NONE),
    ],
)
def test_steam_s_times(written: str, at: datetime | None, certainty: Certainty) -> None:
    (conversation,) = read_bytes(Steam(), f"<table>{ROW.format(written)}</table>")
    (message,) = conversation.messages
    assert (message.at, message.certainty) == (at, certainty)


def test_steam_s_table() -> None:
    first, second = read_path(SteamCsv(), CHAT / "steam-csv")
    assert texts(first) == ["hey 😅 café?", "123", 'Send "$200" or I post it — señal']
    assert [m.at for m in first.messages] == [
        datetime(2023, 6, 3, 21, 6),
        datetime(2023, 6, 3, 21, 6),
        datetime(2023, 6, 14, 12, 30),
    ]
    owners = {p.name: p.is_owner for c in (first, second) for p in c.participants}
    assert owners == {"jess_model_x": False, "Zoë Ñandú": True, "kim": False}
    assert first.title == "jess_model_x"
