"""Screenshots on the local page: read, laid open for correction, and what had been read kept beside it."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from tests.screenshots.boxes import Stage, read
from tests.serve.test_server import ask, form, send
from throwline.case import Case
from throwline.conversation import Hints, Intake, ReadError
from throwline.pages import Pages, Request, Response, _pages
from throwline.pages._job import Progress
from throwline.serve import Server

# Source of the address: BIP 173, test vectors; here with 0 read as O.
ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
MISREAD = ADDRESS.replace("508", "5O8")


class Reader:
    """Stands for the recogniser: gives one conversation for any pictures, once `go` is set."""

    def __init__(self, error: str | None = None) -> None:
        self.go = threading.Event()
        self.go.set()
        self.error = error
        self.names: list[str] = []

    def __call__(
        self, pictures: Sequence[tuple[str, bytes]], hints: Hints, progress: Progress
    ) -> Intake:
        self.names = [name for name, _ in pictures]
        for done in range(len(pictures)):
            progress(done, len(pictures))
            assert self.go.wait(10)
        if self.error:
            raise ReadError(self.error)
        stage = Stage().header().middle("Yesterday").says("i have your pics", time="21:05")
        stage.says(f"pay to {MISREAD}", time="21:06").says("pleas stop", own=True, time="21:07")
        talk = read(stage, hints=hints)
        return Intake((replace(talk, identifier="c1"),), (), (), ())


def get(pages: Pages, path: str) -> Response:
    return pages.handle(Request("GET", path))


def post(pages: Pages, path: str, **fields: bytes) -> Response:
    body, kind = form(**fields)
    return pages.handle(Request("POST", path, kind, body))


def pictures(*names: str) -> tuple[bytes, str]:
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="pictures"; filename="{name}"\r\n\r\nx\r\n'
        for name in names
    ]
    return ("".join(parts) + "--b--\r\n").encode(), "multipart/form-data; boundary=b"


def begun(pages: Pages, *names: str) -> Response:
    """What is answered to pictures."""
    body, kind = pictures(*(names or ("a.png",)))
    return pages.handle(Request("POST", "/screenshots", kind, body))


@pytest.fixture
def pages() -> Pages:
    return Pages(screenshots=Reader(), waits=True)


@pytest.fixture
def place(pages: Pages) -> str:
    """Where what was read is corrected."""
    return begun(pages).headers["Location"]


def unchanged(pages: Pages, place: str) -> dict[str, bytes]:
    """The fields of the form as the page shows them."""
    (read_,) = pages._kept[place.split("/")[2]].intake.conversations
    fields: dict[str, bytes] = {"part": b"1"}
    for message in read_.messages:
        sender = "" if message.sender is None else str(read_.participants.index(message.sender))
        at = message.at.isoformat(timespec="minutes") if message.at else ""
        for name, value in (("text", message.text), ("sender", sender), ("at", at)):
            fields[f"{name}-c1-{message.number}"] = value.encode()
    return fields


def evidence(pages: Pages, place: str) -> dict[str, object]:
    answer = get(pages, place.removesuffix("/correct") + "/case.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        case: dict[str, object] = json.loads(archive.read("case/case.json"))
    return case


def test_it_tells_how_far_it_is_and_then_goes_on() -> None:
    reader = Reader()
    reader.go.clear()
    pages = Pages(screenshots=reader, waits=True)
    shown = begun(pages, "b10.png", "b2.png", "a.png")
    place = shown.headers["Refresh"].removeprefix("1; url=")
    assert "0 of 3 are read" in shown.body.decode()
    reader.go.set()
    next(iter(pages._jobs.values())).is_over(10)
    answer = get(pages, place)
    assert answer.status == 303
    assert reader.names == ["a.png", "b2.png", "b10.png"]
    again = get(pages, place)
    assert again.headers["Location"] == answer.headers["Location"]


def test_every_message_is_open_to_correction(pages: Pages, place: str) -> None:
    text = unescape(get(pages, place).body.decode())
    for field in ("sender", "at", "text"):
        assert all(f'name="{field}-c1-{number}"' in text for number in (1, 2, 3))
    assert "the time shown: 21:05" in text
    assert f"Perhaps it is “{ADDRESS}” instead of “{MISREAD}”" in text


def test_a_form_sent_back_as_it_was_corrects_nothing(pages: Pages, place: str) -> None:
    before = pages._kept[place.split("/")[2]].intake
    answer = post(pages, place, **unchanged(pages, place))
    assert answer.headers["Location"] == place.removesuffix("/correct")
    assert pages._kept[place.split("/")[2]].intake == before


def test_what_is_corrected_is_kept_beside_what_was_read(pages: Pages, place: str) -> None:
    fields = unchanged(pages, place)
    fields["text-c1-1"] = b"i have all your pics"
    fields["at-c1-1"] = b"2026-03-02T21:05"
    fields["by"] = b"Ana, helper"
    assert post(pages, place, **fields).status == 303
    case = evidence(pages, place)
    told = {m["n"]: m for m in case["conversations"][0]["cited"]}  # type: ignore[index]
    assert told[1]["text"] == "i have all your pics"
    assert told[1]["at"] == "2026-03-02T21:05:00"
    assert told[1]["correction"]["replaced"] == {"text": "i have your pics", "at": None}
    assert told[1]["correction"]["by"] == "Ana, helper"
    assert "First read as: i have your pics" in get(pages, place).body.decode()


def test_without_a_name_the_role_is_recorded(pages: Pages, place: str) -> None:
    fields = unchanged(pages, place)
    fields["text-c1-3"] = b"please stop"
    fields["sender-c1-3"] = b"0"
    post(pages, place, **fields)
    (talk,) = pages._kept[place.split("/")[2]].intake.conversations
    correction = talk.messages[2].correction
    assert correction is not None
    assert correction.by == "person"
    assert dict(correction.replaced) == {"text": "pleas stop", "sender": "Me"}


def test_a_near_miss_is_taken_only_when_it_is_ticked(pages: Pages, place: str) -> None:
    post(pages, place, **unchanged(pages, place))
    assert MISREAD in unchanged(pages, place)["text-c1-2"].decode()
    post(pages, place, **unchanged(pages, place), **{"use-c1-2-0": b"1"})
    assert unchanged(pages, place)["text-c1-2"].decode() == f"pay to {ADDRESS}"
    case = evidence(pages, place)
    values = [i["value"] for i in case["conversations"][0]["indicators"]]  # type: ignore[index]
    assert ADDRESS in values


@pytest.mark.parametrize(
    ("field", "value"),
    [("at-c1-1", b"yesterday"), ("sender-c1-1", b"77"), ("sender-c1-1", b"x")],
)
def test_a_damaged_form_corrects_nothing(
    pages: Pages, place: str, field: str, value: bytes
) -> None:
    before = pages._kept[place.split("/")[2]]
    assert post(pages, place, **{**unchanged(pages, place), field: value}).status == 400
    assert post(pages, place, by=b"Ana").status == 400
    assert pages._kept[place.split("/")[2]] == before


def test_what_cannot_be_read_is_said_in_a_sentence() -> None:
    pages = Pages(
        screenshots=Reader("a.png is no picture that can be read: name another."), waits=True
    )
    answer = begun(pages)
    assert answer.status == 422
    assert "no picture that can be read" in answer.body.decode()


def test_nothing_chosen(pages: Pages) -> None:
    assert "No picture was chosen" in post(pages, "/screenshots", by=b"").body.decode()


def test_without_the_packages_it_says_what_to_install() -> None:
    pages = Pages()
    assert "pip install throwline[screenshots]" in get(pages, "/screenshots").body.decode()
    assert post(pages, "/screenshots", by=b"").status == 404


def test_an_export_that_leaves_no_doubt_has_nothing_to_correct(pages: Pages) -> None:
    chat = b"13/03/2026, 21:14 - Kim: pay me 300 or i post your pics\n13/03/2026, 21:15 - Sam: no\n"
    place = post(pages, "/case", file=chat).headers["Location"]
    assert "/correct" not in get(pages, place).body.decode()
    assert get(pages, f"{place}/correct").status == 404


def test_removed_while_it_is_read_nothing_is_left() -> None:
    reader = Reader()
    reader.go.clear()
    pages = Pages(screenshots=reader, waits=True)
    place = begun(pages, "a.png", "b.png").headers["Refresh"].removeprefix("1; url=")
    job = next(iter(pages._jobs.values()))
    pages.handle(Request("POST", "/remove"))
    reader.go.set()
    assert job.is_over(10)
    assert get(pages, place).status == 404
    with pytest.raises(ReadError):
        job.take()


def test_a_long_export_is_waited_for_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pages, "_PATIENCE", 0)
    go = threading.Event()
    made = _pages.make_case

    def slow(*given: Any, progress: Progress) -> Case:
        progress(1, 2)
        assert go.wait(10)
        return made(*given, progress=progress)

    monkeypatch.setattr(_pages, "make_case", slow)
    pages = Pages(waits=True)
    talk = b"Kim: i have your pics\nKim: pay me 300 or i post it\n"
    shown = post(pages, "/es/case", pasted=talk)
    place = shown.headers["Refresh"].removeprefix("1; url=")
    assert place.startswith("/es/wait/")
    job = next(iter(pages._jobs.values()))
    while job.total == 0:
        assert not job.is_over(0.01)
    assert 'value="1" max="2"' in get(pages, place).body.decode()
    go.set()
    assert job.is_over(10)
    assert get(pages, place).headers["Location"].startswith("/es/case/")


def test_how_much_of_a_file_is_read_is_told_and_every_other_page_answers(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setattr(_pages, "_PATIENCE", 0)
    go = threading.Event()
    read_given = _pages.read_given

    def slow(name: str, content: bytes, hints: Hints, count: Callable[[int], None]) -> Intake:
        count(len(content))
        assert go.wait(20)
        return read_given(name, content, hints)

    monkeypatch.setattr(_pages, "read_given", slow)
    waiting = send(server, file=b"Kim: i have your pics\nKim: pay me 300 or i post it\n")
    place = waiting.headers["Refresh"].removeprefix("1; url=")
    job = next(iter(server.pages._jobs.values()))
    while job.total == 0:
        assert not job.is_over(0.01)
    assert "50 percent of the file is read." in ask(server, place).body.decode()
    assert ask(server, "/help").status == 200
    assert ask(server, "/").status == 200
    go.set()
    assert job.is_over(20)
    assert ask(server, place).headers["Location"].startswith("/case/")


def test_a_door_that_cannot_wait_answers_when_all_is_done() -> None:
    talk = b"Kim: i have your pics\nKim: pay me 300 or i post it\n"
    assert post(Pages(), "/case", pasted=talk).status == 303
