"""The lesson's conversations: within the writers' rules, and read by the recogniser as the lesson reads them."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest

from throwline.cli._recognise import recognise_lines
from throwline.recognition import Act
from throwline.site._texts import table

TALKS = table("practice")["talk"]


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk["title"])
def test_it_keeps_to_the_writers_rules(talk: dict[str, Any]) -> None:
    assert [message["n"] for message in talk["messages"]] == list(
        range(1, len(talk["messages"]) + 1)
    )
    senders = {message["sender"] for message in talk["messages"]}
    assert (talk["kind"] == "positive") == ("alarm_by" in talk) == (talk.get("offender") in senders)
    for acts in talk["acts"].values():
        assert set(acts) <= set(Act)
    for message in talk["messages"]:
        assert not re.search(
            r"\b(?:sex|nude|naked|1[0-7] ?(?:yo|years)|school|class)\b", message["text"], re.I
        )


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk["title"])
def test_the_recogniser_reads_it_like_the_lesson(talk: dict[str, Any]) -> None:
    line = json.dumps({"id": talk["id"], "language": "en", "messages": talk["messages"]})
    out, errors = io.StringIO(), io.StringIO()
    assert recognise_lines(io.BytesIO(line.encode() + b"\n"), out, errors) == 0, errors.getvalue()
    finding = json.loads(out.getvalue())
    assert finding["alarm"] == (talk["kind"] == "positive")
    if finding["alarm"]:
        assert (finding["alarm_at"], finding["offender"]) == (talk["alarm_by"], talk["offender"])
