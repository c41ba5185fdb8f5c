"""The example conversations keep to their form, and the tests of that form would notice if they did not."""

from __future__ import annotations

import copy
import json
import runpy
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.data_corpus._rules import REGIONS, faults, said_wrongly

FOLDER = Path(__file__).parents[2] / "data" / "conversations"
FILES = sorted(FOLDER.glob("*/*.jsonl"))
TABLES = runpy.run_path(str(FOLDER / "tables.py"))
CORPUS: dict[str, list[dict[str, Any]]] = TABLES["corpus"]()
ALL = [form for forms in CORPUS.values() for form in forms]
LEAST = 1500
MOST_ALIKE = {"message_overlaps": 0.6, "wording_overlaps": 0.5}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_conversation_of_the_file_keeps_to_the_form(path: Path) -> None:
    forms = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    wrong = {
        form["id"]: found for form in forms if (found := faults(form, path.parent.name, path.stem))
    }
    assert wrong == {}  # fmt: skip


def test_no_identifier_is_used_twice() -> None:
    assert [name for name, n in Counter(form["id"] for form in ALL).items() if n > 1] == []


def test_there_are_enough_of_them_in_every_language() -> None:
    assert len(ALL) >= LEAST
    for forms in CORPUS.values():
        assert {(form["language"], form["kind"]) for form in forms} == {
            (language, kind) for language in REGIONS for kind in ("positive", "negative")
        }


@pytest.mark.parametrize("measure", MOST_ALIKE)
def test_no_conversation_is_nearly_in_two_splits(measure: str) -> None:
    alike = [pair for pair in TABLES[measure](CORPUS) if pair[0] > MOST_ALIKE[measure]]
    assert alike == []


@pytest.mark.parametrize("measure", MOST_ALIKE)
def test_a_copy_in_another_split_is_noticed(measure: str) -> None:
    original = max(CORPUS["train"], key=lambda form: len(form["messages"]))
    copied = {**copy.deepcopy(original), "id": "copy"}
    for message in copied["messages"]:
        message["text"] = message["text"].upper() + " !"
    copied["messages"][0]["text"] = "another beginning"
    share, *ids = max(TABLES[measure]({"train": [original], "validation": [], "test": [copied]}))
    assert share > MOST_ALIKE[measure]
    assert ids == [original["id"], "copy"]


POSITIVE = {
    "id": "en-fin-a999",
    "language": "en",
    "platform": "kik",
    "kind": "positive",
    "pattern": "financial",
    "messages": [
        {"n": 1, "sender": "kay", "at": "2026-01-01T10:00:00", "text": "got it all", "media": None},
        {
            "n": 2,
            "sender": "kay",
            "at": "2026-01-01T10:01:00",
            "text": "$50 to $kay-00 or they see",
            "media": None,
        },
        {"n": 3, "sender": "lou", "at": "2026-01-01T10:02:00", "text": "", "media": "voice"},
    ],
    "offender": "kay",
    "victim": "lou",
    "acts": {"1": ["claim_material"], "2": ["demand_payment", "threat_share"]},
    "indicators": [{"n": 2, "type": "cashtag", "value": "$kay-00"}],
    "alarm_by": 2,
    "note": "",
}


def _faults(change: Callable[[dict[str, Any]], object]) -> list[str]:
    form = copy.deepcopy(POSITIVE)
    change(form)
    return faults(form, "train", "en-a")


def test_a_right_one_has_no_fault() -> None:
    assert _faults(lambda form: None) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda f: f.update(extra=1), "keys"),
        (lambda f: f.update(kind="maybe"), "kind"),
        (lambda f: f.update(language="xx"), "language"),
        (lambda f: f.update(pattern="none"), "pattern"),
        (lambda f: f.update(kind="negative"), "a negative with"),
        (lambda f: f.update(alarm_by=3), "no message of the offender"),
        (lambda f: f.update(alarm_by=1), "first threat or demand"),
        (lambda f: f.update(victim="kay"), "are one"),
        (lambda f: f.update(id="en-fin-x999"), "does not belong"),
        (lambda f: f.update(id="en-fin-1"), "identifier"),
        (lambda f: f["acts"].update({"9": ["plead"]}), "not there"),
        (lambda f: f["acts"].update({"3": ["shout"]}), "acts"),
        (lambda f: f["acts"].update({"3": ["plead", "plead"]}), "acts"),
        (lambda f: f["indicators"][0].update(type="bank"), "indicator"),
        (lambda f: f["indicators"][0].update(value="$kay-01"), "does not say"),
        (lambda f: f["messages"][2].update(n=4), "numbered"),
        (lambda f: f["messages"][2].update(at="2025-01-01T10:00:00"), "order of time"),
        (lambda f: f["messages"][2].update(media="film"), "media"),
        (lambda f: f["messages"][2].update(media=None), "neither text nor media"),
    ],
)
def test_a_fault_of_form_is_noticed(change: Callable[[dict[str, Any]], object], fault: str) -> None:
    assert any(fault in found for found in _faults(change))


def test_a_writer_in_the_wrong_split_is_noticed() -> None:
    assert faults(POSITIVE, "test", "en-a") == ["writer a does not write for test"]


def _said(text: str, language: str = "en") -> list[str]:
    message = {"n": 1, "sender": "kay", "text": text}
    return list(said_wrongly({"language": language, "messages": [message]}))


@pytest.mark.parametrize(
    ("text", "language", "fault"),
    [
        ("send one naked", "en", "sexual word"),
        ("quiero verte desnuda", "es", "sexual word"),
        ("foto telanjang", "id", "sexual word"),
        ("im 16", "en", "age under 18"),
        ("she is 15 years old", "en", "age under 18"),
        ("f 17", "en", "age under 18"),
        ("ich bin 17.", "de", "age under 18"),
        ("tengo 16 años", "es", "age under 18"),
        ("j'ai 15 ans", "fr", "age under 18"),
        ("mam 16 lat", "pl", "age under 18"),
        ("eres menor de edad", "es", "age under 18"),
        ("call +1 212 736 5000", "en", "telephone number"),
        ("ruf an 030 18 681 0", "de", "telephone number"),
        ("write to kay@mailbox.org", "en", "address outside"),
        ("https://pay.me/kay", "en", "address outside"),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "en", "no published example"),
        ("FR76 3000 6000 0112 3456 7890 189", "fr", "no published example"),
    ],
)
def test_what_may_not_be_said_is_noticed(text: str, language: str, fault: str) -> None:
    assert [found for found in _said(text, language) if fault in found] != []


@pytest.mark.parametrize(
    "text",
    [
        "that is revenge porn, go to the police",
        "im 29, f 24",
        "pay before the 15th",
        "we were 12 years together",
        "+44 7700 900417 or 202-555-0143",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "mail a@pay.example.com",
    ],
)
def test_what_may_be_said_is_let_be(text: str) -> None:
    assert _said(text) == []
