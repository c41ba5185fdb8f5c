"""Who wrote what is on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from throwline.conversation import Participant
from throwline.screenshots._overlap import Placed
from throwline.screenshots._pieces import Shape
from throwline.screenshots._sides import Side
from throwline.screenshots._words import bare

OWNER = Participant("Me", None, is_owner=True)
_ALIKE = 0.6
"""Two readings of one name have at least this share of letters in common, where there are only two names."""


def senders_of(
    page: Sequence[Placed], other: Participant, breaks: Sequence[int]
) -> Iterator[Participant | None]:
    """Who wrote each piece, None where that does not show. `other` is whom the header names; `breaks` are the screens
    that do not go on from the one before.

    Where the others have names, a piece without one goes on with the one before it.
    """
    names = [p.piece.label for p in page if p.side is Side.OTHER and p.piece.label]
    people = _people(page, other)
    last: Participant | None = None
    screen = 0
    for placed in page:
        if placed.screen != screen:
            screen = placed.screen
            last = None if screen in breaks else last
        if placed.side is not Side.OTHER:
            last = None
            yield OWNER if placed.side is Side.OWN else None
            continue
        if placed.piece.label:
            last = people[placed.piece.label]
        elif not names or placed.piece.shape is Shape.BARRED:
            last = other
        yield last


def _people(page: Sequence[Placed], other: Participant) -> dict[str, Participant]:
    """Whom each name over a piece stands for."""
    over = [(p.piece.label, p.piece.shape) for p in page if p.side is Side.OTHER and p.piece.label]
    headed = [name for name, shape in over if shape is Shape.HEADED]
    if any(bare(name) == bare(other.name) for name in headed):
        return _two(headed, other)
    # Headings name the person whose phone it is like everybody else.
    is_owner = None if headed else False
    spelled = {bare(other.name): other}
    return {
        name: spelled.setdefault(bare(name), Participant(name, None, is_owner)) for name, _ in over
    }


def _two(names: Sequence[str], other: Participant) -> dict[str, Participant]:
    """In a chat under the name of one who writes in it, who is not that one is the person whose phone it is."""
    own = Counter(name for name in names if _likeness(name, other.name) < _ALIKE)
    owner = Participant(own.most_common(1)[0][0], None, is_owner=True) if own else OWNER
    return {name: owner if name in own else other for name in names}


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(None, bare(first), bare(second), autojunk=False).ratio()
