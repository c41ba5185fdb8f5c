"""The statement for the police: what happened, cited message by message, and blanks for what only a person knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from throwline.case import Age, Case, Read, Reply
from throwline.language import SOURCE, gettext, language_for, speaking, spoken
from throwline.recognition import Speaker
from throwline.reports._accounts import accounts
from throwline.reports._document import (
    Block,
    Document,
    Field,
    Fields,
    Paragraph,
    Points,
    Section,
    Table,
)
from throwline.reports._events import cited_rows, how_often, narrative, numbers, opening, told_of
from throwline.reports._kept import assumptions, media, sources
from throwline.reports._payments import payments
from throwline.reports._people import People
from throwline.reports._strangers import inline
from throwline.reports._texts import made, texts
from throwline.reports._words import called, country_name, platform_name, words

_LONGEST = 2000
"""Characters of one message in the table of messages."""

Texts = dict[str, Any]


def statement(case: Case) -> Document:
    """The whole statement, with a copy in English where it is in another language. Where nothing was recognised it
    leaves room to tell it in one's own words."""
    told = _told(case)
    if spoken().code == SOURCE:
        return told
    with speaking(language_for(SOURCE)):
        copy = _told(case)
    first = Section(copy.title, (Paragraph(copy.made, quiet=True),))
    english = (replace(section, language=SOURCE) for section in (first, *copy.sections))
    return replace(told, sections=(*told.sections, *english))


def _told(case: Case) -> Document:
    text = texts("police")
    reads = told_of(case)
    return Document(
        title=text["title"],
        made=made(case),
        sections=(
            _about(case, text["about"]),
            _person(case, text["person"]),
            *_happened(case, reads, text),
            _doer(reads, text["doer"]),
            _accounts(reads, text["accounts"]),
            _losses(case, reads, text["losses"]),
            *_messages(reads, text["messages"]),
            _kept(case, text["kept"]),
            _assumed(case, text["assumed"]),
            Section(text["sign"]["title"], (_blanks(text["sign"]),)),
        ),
    )


def _blanks(text: Texts) -> Fields:
    return Fields(tuple(Field(name) for name in text["blanks"]))


def _about(case: Case, text: Texts) -> Section:
    told = [*text["paragraphs"]]
    if case.answers.age_in_picture is Age.UNDER_18:
        told.append(text["under18"])
    return Section(text["title"], tuple(Paragraph(line) for line in told))


def _person(case: Case, text: Texts) -> Section:
    answers = case.answers
    known = Fields(
        (
            Field(
                # Translators: before an answer such as “A parent or carer of the person who is threatened”.
                gettext("I am"),
                words()["roles"][answers.i_am.value],
            ),
            Field(
                gettext("Age of the person in the picture when it was taken"),
                words()["ages"][answers.age_in_picture.value],
            ),
            Field(gettext("Country"), country_name(answers.country)),
        )
    )
    return Section(text["title"], (Paragraph(text["intro"]), known, _blanks(text)))


def _happened(case: Case, reads: tuple[Read, ...], text: Texts) -> Iterator[Section]:
    happened = text["happened"]
    own = Fields((Field(happened["own"]),))
    if not reads:
        title = happened["title"].format(title="").rstrip(" :")
        yield Section(title, (Paragraph(happened["nothing"]), own))
    for read in reads:
        title = called(read.conversation)
        blocks: list[Block] = [Paragraph(opening(read, case.answers.timezone))]
        if read.finding.alarm is not None:
            blocks.append(Paragraph(words()["patterns"][read.finding.pattern.value]))
        if read.finding.speaker is Speaker.UNKNOWN and read.finding.acts:
            blocks.append(Paragraph(happened["unknown"]))
        if read.finding.speaker in (Speaker.TOLD_BY_VICTIM, Speaker.QUOTED):
            blocks.append(Paragraph(happened["told"]))
        if not read.finding.acts:
            blocks.append(Paragraph(happened["nothing"]))
        for date, told in narrative(read):
            blocks += [Paragraph(f"{date}:"), Points(told)]
        if read.finding.acts:
            blocks.append(Paragraph(happened["more"], quiet=True))
        blocks.append(own)
        yield Section(happened["title"].format(title=inline(title)), tuple(blocks))
        often = text["often"]
        rows = how_often(read)
        if rows:
            table = Table(often["caption"], tuple(often["head"]), rows)
            yield Section(often["title"], (table,))


def _doer(reads: tuple[Read, ...], text: Texts) -> Section:
    name, identity, app = text["fields"]
    blocks = []
    for read in reads:
        offender = People.of(read).offender
        shown, known = (offender.name, offender.identifier) if offender else (None, None)
        platform = read.conversation.platform
        blocks.append(
            Fields(
                (
                    Field(name, shown),
                    Field(identity, known),
                    Field(app, platform_name(platform)),
                )
            )
        )
    return Section(text["title"], (*blocks, _blanks(text)))


def _accounts(reads: tuple[Read, ...], text: Texts) -> Section:
    rows = tuple(
        (
            account.what,
            account.value,
            account.check,
            text["written"][account.side],
            numbers(account.seen),
        )
        for read in reads
        for account in accounts(read)
    )
    if not rows:
        return Section(text["title"], (Paragraph(text["none"]),))
    table = Table(text["caption"], tuple(text["head"]), rows)
    return Section(text["title"], (Paragraph(text["intro"]), table))


def _losses(case: Case, reads: tuple[Read, ...], text: Texts) -> Section:
    blocks: list[Block] = []
    rows = tuple((*payment.row(), "") for read in reads for payment in payments(read))
    if rows:
        blocks += [Paragraph(text["intro"]), Table(text["caption"], tuple(text["head"]), rows)]
    elif case.answers.paid is Reply.YES:
        ways = ", ".join(sorted(words()["ways"][way.value] for way in case.answers.paid_by))
        blocks.append(Paragraph(text["told"].format(ways=f" ({ways})" if ways else "")))
    else:
        blocks.append(Paragraph(text["none"]))
    return Section(text["title"], (*blocks, _blanks(text)))


def _messages(reads: tuple[Read, ...], text: Texts) -> Iterator[Section]:
    for read in reads:
        title = text["title"]
        if len(reads) > 1:
            title += f": {inline(called(read.conversation))}"
        table = Table(text["caption"], tuple(text["head"]), cited_rows(read, _LONGEST))
        yield Section(title, (Paragraph(text["intro"]), table))


def _kept(case: Case, text: Texts) -> Section:
    tables = (
        Table(text["files"], tuple(text["files_head"]), sources(case.reads)),
        Table(text["media"], tuple(text["media_head"]), media(case)),
        Table(
            text["prints"],
            tuple(text["prints_head"]),
            tuple((p.pdq, str(p.quality), p.sha256, p.md5) for p in case.fingerprints),
        ),
    )
    return Section(text["title"], (Paragraph(text["intro"]), *(t for t in tables if t.rows)))


def _assumed(case: Case, text: Texts) -> Section:
    return Section(text["title"], (Points((*text["points"], *assumptions(case, case.reads))),))
