"""What is known of one open conversation: small, frozen and serialisable, so that a file, a web worker and a stream
engine can all carry it from message to message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from throwline.recognition._acts import Act, Speaker

Seen = Mapping[Act, int]
_NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CitedAct:
    """An act and where it stands: `span` counts characters of the original text, end exclusive; `why` names the
    lexicon entry or model that found it."""

    n: int
    act: Act
    sender: str | None
    span: tuple[int, int]
    why: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Extortion over intimate material is happening: raised at message `n`, by `offender`."""

    n: int
    offender: str | None
    speaker: Speaker


@dataclass(frozen=True, slots=True)
class State:
    """`seen` maps each sender to the first message number of each act; `told_at` is the first message that tells of a
    threat, `quoted_at` the first that quotes one."""

    seen: Mapping[str | None, Seen] = field(default_factory=lambda: _NOTHING)
    alarm: Alarm | None = None
    warning_at: int | None = None
    told_at: int | None = None
    quoted_at: int | None = None

    def of(self, sender: str | None) -> Seen:
        """What `sender` has done so far."""
        return self.seen.get(sender, _NOTHING)

    def by_others(self, sender: str | None) -> frozenset[Act]:
        """What everybody else has done so far."""
        return frozenset(a for name, acts in self.seen.items() if name != sender for a in acts)

    def with_acts(self, acts: list[CitedAct]) -> State:
        """The state after these acts; the same state where none of them is the first of its kind."""
        new = [cited for cited in acts if cited.act not in self.of(cited.sender)]
        if not new:
            return self
        seen = dict(self.seen)
        for cited in new:
            seen[cited.sender] = {cited.act: cited.n, **seen.get(cited.sender, {})}
        return replace(self, seen=MappingProxyType(seen))
