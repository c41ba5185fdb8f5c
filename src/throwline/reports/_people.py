"""Who is who in a conversation, as far as it says."""

from __future__ import annotations

from dataclasses import dataclass

from throwline.case import Read
from throwline.conversation import Participant
from throwline.reports._strangers import inline

_NAMED = 3
"""The most people who are named in a sentence."""
NOBODY_KNOWS = "Somebody (the text does not say who)"


def who(participant: Participant | None) -> str:
    """The name, and the stable identity where the format gives one."""
    if participant is None:
        return NOBODY_KNOWS
    if participant.identifier and participant.identifier != participant.name:
        return f"{participant.name} ({participant.identifier})"
    return participant.name


@dataclass(frozen=True, slots=True)
class People:
    """The two sides of a conversation. `offender` is the person doing this, None where the text does not say."""

    offender: Participant | None
    others: tuple[Participant, ...]

    @classmethod
    def of(cls, read: Read) -> People:
        """Told apart by the finding; the one whose export it is never counts as the person doing this."""
        name = read.finding.offender
        everybody = read.conversation.participants
        offender = next((p for p in everybody if p.name == name and not p.is_owner), None)
        return cls(offender, tuple(p for p in everybody if p is not offender))

    @property
    def named(self) -> str:
        """Everybody, in a sentence."""
        names = [inline(who(p)) for p in (self.offender, *self.others) if p is not None]
        if not names:
            return "people whose names the text does not give"
        if len(names) > _NAMED + 1:
            names = [*names[:_NAMED], f"{len(names) - _NAMED} others"]
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
