"""The words that announce a value ("cashapp", "my snap is"), read from services.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

_TOKEN = re.compile(r"\w+")
_SEPARATOR = r"[\s-]?"
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһӏաοανικϲ", "aeopcyxijsdhlwoavikc")
"""Letters of other scripts that pass for Latin ones. They are read so in cues only, never in a value."""
_SPLITTING = str.maketrans(dict.fromkeys("!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~“”‘’…", " "))


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
    if not text.isascii():
        text = text.translate(_LOOKALIKES)
    for token in _TOKEN.finditer(text):
        for phrase in _PHRASES.get(token[0].lower(), ()):
            start = max(0, token.start() - phrase.length)
            found = phrase.pattern.search(text, start, token.end() + phrase.length)
            if (
                found
                and found.start() <= token.start()
                and not _is_meant_otherwise(text[: found.start()], phrase.service)
            ):
                yield Cue(phrase.service, found.start(), found.end())


def _is_meant_otherwise(before: str, service: Service) -> bool:
    return bool(service.not_after) and not service.not_after.isdisjoint(before.lower().split()[-1:])


def words(text: str) -> list[str]:
    """The words by which a cue can be told to be in `text`."""
    if not text.isascii():
        text = text.translate(_LOOKALIKES)
    return text.lower().translate(_SPLITTING).split()


def _phrases(entry: dict[str, Any], service: Service) -> Iterator[tuple[str, _Phrase]]:
    for cue in entry["cues"]:
        spelled = _SEPARATOR.join(map(re.escape, cue.split()))
        pattern = re.compile(rf"(?<![\w@#/$]){spelled}(?!\w)", re.IGNORECASE)
        phrase = _Phrase(pattern, len(cue), service)
        for key in {_key(cue), _key(cue.replace(" ", ""))}:
            yield key, phrase


def _key(cue: str) -> str:
    """The word that the cue is looked up by: the longest, for it is the rarest."""
    tokens: list[str] = _TOKEN.findall(cue.lower())
    return max(tokens, key=len)


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
FILLERS = frozenset(_DATA["fillers"])
OWNERS = frozenset(_DATA["owners"])
CALLERS = frozenset(_DATA["callers"])
INTRODUCERS = frozenset(_DATA["introducers"])
_PHRASES = _indexed(
    phrase for entry in _DATA["service"] for phrase in _phrases(entry, _service(entry))
)
CUE_WORDS = frozenset(_PHRASES)
"""A text without any of these words names no service."""
_PLAIN_VALUES = ("name", "letters", "digits 6", "tagged", "skype", "signal")
TELLTALE_WORDS = frozenset(
    key
    for key, phrases in _PHRASES.items()
    if any(take.startswith(_PLAIN_VALUES) for phrase in phrases for take in phrase.service.takes)
)
"""Those of services whose values look like any word, so that the cue alone is a reason to look closer."""
