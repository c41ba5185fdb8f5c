"""What the messages themselves say that changes the advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from throwline.case import PaidBy
from throwline.recognition import Act, Finding, Pattern

_DISTRESS = (Act.DISCLOSE_DISTRESS, Act.INCITE_SELF_HARM)


class Level(StrEnum):
    """How far recognition went, weakest first."""

    NONE = "none"
    """Nothing was recognised, or no conversation was read: the person's own word counts."""
    WARNING = "warning"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Signals:
    """Seen in the messages. `distress` is true where somebody wrote of harming themselves or was urged to.
    `payment_channels` are the ways of paying that were named, whether or not anything was paid."""

    level: Level = Level.NONE
    pattern: Pattern = Pattern.NONE
    distress: bool = False
    payment_channels: frozenset[PaidBy] = frozenset()

    @classmethod
    def of(cls, finding: Finding, payment_channels: frozenset[PaidBy] = frozenset()) -> Signals:
        """The signals of one conversation's finding."""
        if finding.alarm is not None:
            level = Level.ALARM
        else:
            level = Level.NONE if finding.warning_at is None else Level.WARNING
        return cls(level, finding.pattern, finding.has(*_DISTRESS), payment_channels)
