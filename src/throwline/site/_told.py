"""What a reader has told by the links they followed, and what is asked next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from throwline.case import Age, Answers, Pictures, Reply, Role


class State(StrEnum):
    """What has happened so far."""

    THREAT = "threat"
    SHARED = "shared"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Told:
    """The answers so far, None where not yet asked. `known` is yes where the one who threatens is known in person.

    Nobody is asked twice: a door of the first page has answered the first questions already.
    """

    role: Role
    state: State | None = None
    age: Age | None = None
    known: Reply | None = None

    @property
    def asks(self) -> str | None:
        """The next question: "state", "age", "known"; None where all is told."""
        for question in ("state", "age", "known"):
            if getattr(self, question) is None:
                return question
        return None

    @property
    def name(self) -> str:
        """The name of its page: the answers in the order of the questions."""
        given = (self.role, self.state, self.age, self.known)
        return "/".join(["told", *(answer for answer in given if answer is not None)])

    @property
    def at_a_door(self) -> bool:
        """Whether the reader comes straight from the first page."""
        return self in DOORS

    def answered(self) -> tuple[Told, ...]:
        """One for each answer to the next question; none where all is told."""
        match self.asks:
            case "state":
                return tuple(replace(self, state=state) for state in State)
            case "age":
                return tuple(replace(self, age=age) for age in Age)
            case "known":
                return tuple(replace(self, known=reply) for reply in (Reply.YES, Reply.NO))
            case _:
                return ()

    def skipped(self) -> Told:
        """What the plan takes for granted where the rest of the questions is left out."""
        return Told(
            self.role,
            self.state or State.THREAT,
            self.age or Age.UNKNOWN,
            self.known or Reply.NO,
        )

    def answers(self) -> Answers:
        """As the guidance wants them."""
        told = self.skipped()
        return Answers(
            i_am=told.role,
            age_in_picture=told.age or Age.UNKNOWN,
            knows_person=told.known or Reply.NO,
            pictures_state=Pictures.SHARED if told.state is State.SHARED else Pictures.THREAT_ONLY,
            paid=Reply.YES if told.state is State.PAID else Reply.NO,
        )


DOORS = (
    *(Told(Role.PERSON, state) for state in State),
    Told(Role.PARENT),
    Told(Role.HELPER),
)


def all_told() -> Iterator[Told]:
    """Every question and every plan that a reader can come to, each once."""
    waiting = list(DOORS)
    while waiting:
        told = waiting.pop()
        yield told
        waiting += told.answered()
