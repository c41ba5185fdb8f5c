"""Steam: the page "Friend Messages" of its support site, saved from a browser.

Structure: as a script that reads the page (Steam-Chat-Log-Export) expects it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import chain

from throwline.conversation._export import Document, Export
from throwline.conversation._message import Certainty, Conversation
from throwline.conversation.readers._html import Element, elements
from throwline.conversation.readers._moment import Moment
from throwline.conversation.readers._reader import Facts, Hints
from throwline.conversation.readers._steam import (
    LEAVES_OUT,
    PEOPLE,
    PLATFORM,
    Entry,
    Side,
    conversations,
)
from throwline.conversation.readers._text import head_text
from throwline.conversation.readers._written import WrittenTimes
from throwline.language import Note

_PROFILE = re.compile(r"steamcommunity\.com/(?:profiles|id)/([^/?#\"']+)")
_ROW = re.compile(
    r"<tr>\s*<td>\s*<a [^>]*steamcommunity\.com/(?:profiles|id)/[^>]*>[^<]*</a>\s*</td>\s*"
    r"<td>\s*<a [^>]*steamcommunity\.com/(?:profiles|id)/[^>]*>[^<]*</a>\s*</td>\s*<td>"
)
_PAGE = "help.steampowered.com"
_LOG = "GetFriendMessagesLog"
_CELLS = 4
_ZONE = re.compile(r"\s+([A-Z]{2,5})$")
_EXACT_ZONES = ("UTC", "GMT")


class Steam:
    """Reads the saved page."""

    platform = PLATFORM
    facts = Facts(
        title="Steam friend messages (page)",
        known_by="rows of a table with two Steam profiles, a time and a message",
        people=PEOPLE,
        times="Clock time in the zone that the page names, to the minute.",
        leaves_out=LEAVES_OUT,
        export_steps=(
            "Sign in at help.steampowered.com and open accountdata/GetFriendMessagesLog.",
            "Choose Load more until nothing is added.",
            "Save the page (Ctrl+S) and give the file here.",
        ),
    )

    def recognises(self, document: Document) -> bool:
        """By its rows, or by the page's own address where they begin further down."""
        head = head_text(document)
        return bool(_ROW.search(head)) or all(mark in head for mark in ("<html", _PAGE, _LOG))

    def read(
        self, documents: Sequence[Document], export: Export, hints: Hints
    ) -> Iterator[Conversation]:
        """One conversation a friend. Raises ReadError."""
        for document in documents:
            cells = [row.children for row in elements(document, lambda e: e.tag == "tr")]
            found = [c for c in cells if len(c) == _CELLS and all(e.tag == "td" for e in c)]
            dates = [_date(row[2]) for row in found]
            # The newest stand first.
            times = WrittenTimes((date for date, _ in reversed(dates)), hints, document.name)
            entries = [
                Entry(
                    _side(sender),
                    _side(recipient),
                    _moment(times, date, zone),
                    message.text(),
                    document.source,
                    sender.line,
                )
                for (sender, recipient, _, message), (date, zone) in zip(found, dates, strict=True)
            ]
            zones = sorted({zone for _, zone in dates if zone} - set(_EXACT_ZONES))
            gaps = chain([times.gap] if times.gap else [], map(_zone_gap, zones))
            yield from conversations(self.facts, entries, list(gaps))


def _side(cell: Element) -> Side:
    profile = cell.find(lambda e: e.tag == "a")
    found = _PROFILE.search(profile.attributes.get("href", "")) if profile else None
    return Side(found[1] if found else "", cell.text().strip())


def _date(cell: Element) -> tuple[str, str]:
    """The time without its zone, and the zone."""
    text = cell.text().replace("@", " ").strip()
    zone = _ZONE.search(text)
    if zone and zone[1] not in ("AM", "PM"):
        return text[: zone.start()], zone[1]
    return text, ""


def _moment(times: WrittenTimes, date: str, zone: str) -> Moment:
    moment = times.read(date)
    if moment.at and moment.certainty is Certainty.LOCAL and zone in _EXACT_ZONES:
        return Moment(moment.at.replace(tzinfo=UTC), Certainty.EXACT)
    return moment


def _zone_gap(zone: str) -> Note:
    return Note(
        "The page gives its times in the zone “{zone}”, a name that is used for several zones.",
        zone=zone,
    )
