"""Who is who in a conversation, as far as it says."""

from __future__ import annotations

from dataclasses import dataclass

from throwline.case import Read
from throwline.conversation import Participant
from throwline.language import gettext, ngettext
from throwline.reports._strangers import inline
from throwline.reports._words import listed, named

_NAMED = 3
"""The most people who are named in a sentence."""


def who(participant: Participant | None) -> str:
    """The name, and the stable identity where the format gives one."""
    if participant is None:
        return gettext("Somebody (the text does not say who)")
    if participant.identifier and participant.identifier != participant.name:
        return f"{named(participant.name)} ({participant.identifier})"
    return named(participant.name)


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
            return gettext("people whose names the text does not give")
        if len(names) > _NAMED + 1:
            more = len(names) - _NAMED
            # Translators: people, in a list such as “Ana, Ben and 3 others”.
            rest = ngettext("{count} other", "{count} others", more).format(count=more)
            names = [*names[:_NAMED], rest]
        return listed(names)
