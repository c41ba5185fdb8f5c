"""Account names written without "@": "my snap is jess_k22", "kik: jesskole", "jess_k22 on insta".

Any word can be such a name, so the words around it must leave no doubt. A name that looks made up (digits or an
underscore in it) needs less than one that is made of letters alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from throwline.indicators._cues import Cues
from throwline.indicators._services import (
    CALLERS,
    FILLERS,
    INTRODUCERS,
    OWNERS,
    Cue,
    Service,
    read_data,
    words_before,
)

_WORD = re.compile(r"[@$]?\w(?:[\w.'/-]*\w)?")
_WORD_BEFORE = re.compile(r"([@$]?\w[\w.'/-]*)\W*$")
_MARKER = re.compile(r"[:=>→]\s*\W?$")
_SENTENCE_END = re.compile(r"[.!?;|]")
_FILE = re.compile(
    r".*\.(?:apk|deb|exe|gz|html?|iso|jpe?g|mp[34]|pdf|png|py|rpm|tar|txt|zip)", re.IGNORECASE
)
_CLAUSE_END = re.compile(
    r"\s*(?:$|[^\w\s@]|(?:and|or|y|o|et|ou|und|oder|e|en|of|i|dan|atau|at|aur)\b)"
)
_MOST_FILLERS = 5
_LONGEST = 80
"""No name, and no gap between a name and its cue, is longer."""
_SHORTEST_PLAIN = 4
_SHORTEST_MADE_UP = 5
_COMMON = frozenset(word for words in read_data("common_words.toml").values() for word in words)


def names_in(text: str, cues: Cues) -> Iterator[tuple[Service, int, int]]:
    """The service and the span of each account name in `text` that a cue announces."""
    for cue in cues:
        if "name" in cue.service.takes and not cue.ago:
            yield from _name_after(text, cue)
            yield from _name_before(text, cue)
    yield from _name_at_the_end(text, cues)


def _name_at_the_end(text: str, cues: Cues) -> Iterator[tuple[Service, int, int]]:
    """ "do you have snap? this app is slow. jess_k22", or such an answer to the message before."""
    for word in list(_WORD.finditer(text, max(0, len(text) - _LONGEST)))[-2:]:
        bond = cues.nearest(*word.span(), "name")
        # "jess_k22: sure" and "jess_k22, sure" speak to somebody.
        speaks = text[word.end() : word.end() + 1] in tuple(",:;->")
        if bond and bond.closing and not speaks and _is_told_apart(word[0], bond.cue.service):
            yield bond.cue.service, word.start(), word.end()


def _name_after(text: str, cue: Cue) -> Iterator[tuple[Service, int, int]]:
    word, passed = _next_word(text, cue.end)
    if word is None or not is_name(word[0], cue.service):
        return
    gap = text[cue.end : word.start()]
    if len(gap) > _LONGEST or _SENTENCE_END.search(gap):
        return
    announced = bool(_MARKER.search(gap)) or bool(passed and passed[-1] in INTRODUCERS)
    ends = bool(_CLAUSE_END.match(text, word.end()))
    if _is_made_up(word[0]):
        fits = announced or not word[0][0].isdecimal()
    else:
        fits = announced and ends and _is_plain_name(word[0]) and _is_owned(text, cue, gap, passed)
    if fits:
        yield cue.service, word.start(), word.end()


def _next_word(text: str, start: int) -> tuple[re.Match[str] | None, list[str]]:
    """The first word that is no filler, and the fillers before it; None where there are too many of those."""
    passed: list[str] = []
    for word in _WORD.finditer(text, start):
        if word[0].lower() not in FILLERS:
            return word, passed
        passed.append(word[0].lower())
        if len(passed) > _MOST_FILLERS:
            break
    return None, passed


def _is_owned(text: str, cue: Cue, gap: str, passed: list[str]) -> bool:
    """Whether it is said whose account it is, or that a name follows: "my snap is", "snap:", "snap username"."""
    if _MARKER.search(gap) or not CALLERS.isdisjoint(passed):
        return True
    return not OWNERS.isdisjoint(words_before(text, cue.start)[-2:])


def _name_before(text: str, cue: Cue) -> Iterator[tuple[Service, int, int]]:
    """ "jess_k22 on snap", "jess_k22 is my insta"."""
    end = cue.start
    passed = 0
    while word := _WORD_BEFORE.search(text, max(0, end - _LONGEST), end):
        if word[1].lower() not in FILLERS or passed > _MOST_FILLERS:
            break
        end = word.start()
        passed += 1
    if not word or not passed or _SENTENCE_END.search(text[word.end(1) : cue.start]):
        return
    name = word[1].rstrip(".'/-")
    start = word.start(1)
    calling = words_before(text, start)[-3:]
    called = not calling or not CALLERS.isdisjoint(calling)
    if called and is_name(name, cue.service) and _is_made_up(name) and not name[0].isdecimal():
        yield cue.service, start, start + len(name)


def is_name(name: str, service: Service) -> bool:
    """Whether an account at `service` can have this name, and it is no everyday word."""
    return (
        service.name is not None
        and service.name.fullmatch(name) is not None
        and name.lower() not in _COMMON
        and not _FILE.fullmatch(name)
    )


def looks_made_up(name: str) -> bool:
    """Whether it has digits or an underscore in it, or is of several parts that are no everyday words."""
    parts = name.strip("@").lower().split(".")
    several = len(parts) > 1 and len(name) > _SHORTEST_MADE_UP and _COMMON.isdisjoint(parts)
    return several or (_is_made_up(name) and not name[0].isdecimal())


def _is_told_apart(name: str, service: Service) -> bool:
    return is_name(name, service) and looks_made_up(name)


def _is_made_up(name: str) -> bool:
    return (
        len(name) >= _SHORTEST_MADE_UP
        and any(map(str.isalpha, name))
        and any(letter.isdecimal() or letter == "_" for letter in name)
    )


def _is_plain_name(name: str) -> bool:
    words = re.split("[._-]", name.lower())
    return len(name) >= _SHORTEST_PLAIN and _COMMON.isdisjoint(words) and not name.isdecimal()
