"""The words that announce a value ("cashapp", "my snap is"), read from services.toml."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

_TOKEN = re.compile(r"\w+")
_GLANCE = 40
"""So many letters are enough to hold the words right before a cue."""
_SEPARATOR = r"[\s-]?"
_FOREIGN = re.compile("[\u0370-\u058f\u04bb\u04cf\u051b\u2018-\u201f]")
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһӏաοανικϲ‘’“”", "aeopcyxijsdhlwoavikc''\"\"")
"""Letters of other scripts that pass for Latin ones. They are read so in cues only, never in a value."""
_PUNCTUATION = b"!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"
_SPLITTING = bytes.maketrans(
    string.ascii_uppercase.encode() + _PUNCTUATION,
    string.ascii_lowercase.encode() + b" " * len(_PUNCTUATION),
)


@dataclass(frozen=True, slots=True)
class Service:
    """A payment service or an app; the fields are described in services.toml."""

    kind: str
    label: str
    takes: frozenset[str]
    region: str | None
    starts: str
    name: re.Pattern[str] | None
    prefix: str
    close: bool
    not_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Where a text names a service. `ago` is 0 for the text itself, 1 for the message before it, and so on.

    A cue from an earlier message stands at the beginning of the text, at 0 to 0.
    """

    service: Service
    start: int
    end: int
    ago: int = 0


@dataclass(frozen=True, slots=True)
class _Phrase:
    pattern: re.Pattern[str]
    length: int
    service: Service


def cues_in(text: str) -> Iterator[Cue]:
    """The services that `text` names, in order."""
    text = _latin(text)
    for token in _TOKEN.finditer(text):
        for phrase in _PHRASES.get(token[0].lower(), ()):
            start = max(0, token.start() - phrase.length)
            found = phrase.pattern.search(text, start, token.end() + phrase.length)
            if found and found.start() <= token.start():
                before = words_before(text, found.start())
                if phrase.service.not_after.isdisjoint(before[-1:]):
                    yield Cue(phrase.service, found.start(), found.end())


def words_before(text: str, end: int) -> list[str]:
    """The last words before `end`, in small letters, the nearest last."""
    return text[max(0, end - _GLANCE) : end].lower().split()


@lru_cache(4)
def cue_words(text: str) -> frozenset[bytes]:
    """Those words of `text` that may belong to a cue; where there are none, it names no service."""
    # Every message passes here, and again for those after it, which it may announce. Splitting bytes takes a third of
    # the time that splitting text does.
    words = _latin(text).encode("utf-8", "surrogatepass").translate(_SPLITTING).split()
    return _CUE_WORDS.intersection(words)


def _latin(text: str) -> str:
    if text.isascii() or not _FOREIGN.search(text):
        return text
    return text.translate(_LOOKALIKES)


def _phrases(entry: dict[str, Any], service: Service) -> Iterator[tuple[str, _Phrase]]:
    for cue in entry["cues"]:
        spelled = _SEPARATOR.join(map(re.escape, cue.split()))
        pattern = re.compile(rf"(?<![\w@#/$]){spelled}(?!\w)", re.IGNORECASE)
        phrase = _Phrase(pattern, len(cue), service)
        for key in {_key(cue), _key(cue.replace(" ", ""))}:
            yield key, phrase


def _key(cue: str) -> str:
    """The word that the cue is looked up by: the longest, for it is the rarest; of two such, the one that is no filler."""
    tokens: list[str] = _TOKEN.findall(cue.lower())
    return max(tokens, key=lambda token: (len(token), token not in FILLERS))


def _service(entry: dict[str, Any]) -> Service:
    name = entry.get("name")
    return Service(
        kind=entry["kind"],
        label=entry["label"],
        takes=frozenset(entry["takes"]),
        region=entry.get("region"),
        starts=entry.get("starts", ""),
        name=re.compile(name, re.IGNORECASE) if name else None,
        prefix=entry.get("prefix", ""),
        close=entry.get("close", False),
        not_after=frozenset(entry.get("not_after", ())),
    )


def _indexed(entries: Iterable[tuple[str, _Phrase]]) -> dict[str, tuple[_Phrase, ...]]:
    phrases: dict[str, tuple[_Phrase, ...]] = {}
    for key, phrase in entries:
        phrases[key] = (*phrases.get(key, ()), phrase)
    return phrases


def read_data(name: str) -> dict[str, Any]:
    """One of this room's data files."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


_DATA = read_data("services.toml")
OWNERS = frozenset(_DATA["owners"])
CALLERS = frozenset(_DATA["callers"])
INTRODUCERS = frozenset(_DATA["introducers"])
FILLERS = INTRODUCERS.union(_DATA["fillers"])
_PHRASES = _indexed(
    phrase for entry in _DATA["service"] for phrase in _phrases(entry, _service(entry))
)
_CUE_WORDS = frozenset(word.encode() for word in _PHRASES)
NAMING_WORDS = _CUE_WORDS.intersection(
    word.encode()
    for word, phrases in _PHRASES.items()
    if any("name" in phrase.service.takes for phrase in phrases)
)
"""Cue words of services whose account names look like any word, so that the cue alone is a reason to look closer."""
