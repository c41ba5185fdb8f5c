"""The report to an app or site: one text that fits its box, without anything about the person it happens to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from throwline.case import Age, Case, Role
from throwline.guidance import Confidence, Platform, platform
from throwline.reports._document import Document, Field, Fields, Points, Section
from throwline.reports._gist import Gist, length
from throwline.reports._people import who
from throwline.reports._strangers import harmless, inline, shortened
from throwline.reports._texts import made, texts
from throwline.reports._words import platform_name

_LONGEST_NAME = 50
"""Characters: a name must leave room for what was done."""

Text = dict[str, Any]


def platform_report(case: Case, name: str | None = None) -> Document:
    """The report to the app `name`, or to the one the messages are from. An app that is not known gets one too, with
    the cautious length."""
    text = texts("platform")
    gist = Gist.of(case)
    word = name or (gist.read.conversation.platform if gist.read else "unknown")
    known = platform(word)
    title = known.name if known else inline(platform_name(word))
    if word == "unknown":
        title = text["some"]
    return Document(
        text["title"].format(platform=title),
        made(case),
        (
            Section(text["keep"]["title"], (Points(tuple(_keep(text, known))),)),
            Section(text["paste"]["title"], (Fields(tuple(_boxes(text, gist, known, word))),)),
            Section(text["where"]["title"], (Points(tuple(_where(text, known))),)),
        ),
    )


def _boxes(text: Text, gist: Gist, known: Platform | None, word: str) -> Iterator[Field]:
    paste = text["paste"]
    here = gist.read is not None and (known or word) == (
        platform(gist.read.conversation.platform) or gist.read.conversation.platform
    )
    limit = next(
        (e for e in text["limit"] if e["platform"] == (known.identifier if known else word)), None
    )
    longest = limit["characters"] if limit else text["length"]["assumed"]
    note = f"{limit['reason']} Source: {limit['source']}." if limit else paste["assumed"]
    short = text["length"]["short"]
    for name, characters, about in (
        (paste["name"], longest, note),
        (paste["short_name"], short, paste["short_note"]),
    ):
        said = _said(text, gist, characters, here=here)
        yield Field(name.format(longest=f"{characters:,}"), said, about if said else paste["blank"])


def _said(text: Text, gist: Gist, longest: int, *, here: bool) -> str | None:
    if gist.read is None or gist.read.finding.alarm is None:
        return None
    said = text["text"]
    answers = gist.case.answers
    before = [_first(said, gist, here=here)]
    if answers.age_in_picture is Age.UNDER_18:
        before.append(said["under18"])
    for_other = [said["for_other"]] if answers.i_am is not Role.PERSON else []
    if length(" ".join([*before, *for_other, said["last"]])) > longest:
        for_other = []
    frame = [*before, *for_other, said["last"]]
    room = longest - length(" ".join(frame)) - 1
    summary = gist.summary(max(room, 0), of_offender_only=True)
    return " ".join(part for part in (*frame[:-1], summary, frame[-1]) if part)


def _first(said: Text, gist: Gist, *, here: bool) -> str:
    """Who it is, by the name of this app where the messages are from `here`."""
    if gist.offender is None:
        return str(said["first_unknown"])
    name = shortened(harmless(who(gist.offender)), _LONGEST_NAME)
    if here or gist.platform is None:
        return str(said["first"].format(name=name))
    return str(said["first_elsewhere"].format(name=name, app=gist.platform))


def _keep(text: Text, known: Platform | None) -> Iterator[str]:
    yield from text["keep"]["points"]
    for fact in known.preserve if known else ():
        yield f"{fact.text} ({fact.provenance.source})"


def _where(text: Text, known: Platform | None) -> Iterator[str]:
    if known is None:
        yield text["where"]["unknown"]
        return
    for fact in known.report:
        page = f" {fact.url}" if fact.url else ""
        unsure = "" if fact.provenance.confidence is not Confidence.UNVERIFIED else ", not checked"
        yield f"{fact.text}{page} ({fact.provenance.source}, looked at {fact.provenance.checked}{unsure})"
