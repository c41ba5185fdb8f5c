"""How far it is is told while a long conversation is gone through, not only after it."""

from __future__ import annotations

from datetime import UTC, datetime

from throwline.case import Answers, make_case
from throwline.conversation import BATCH, Hints, Intake, read_given


def talks(*sizes: int) -> Intake:
    found = []
    for size in sizes:
        lines = "".join(f"13/03/2026, 21:14 - Kim: hello {n}\n" for n in range(size))
        found += read_given("chat.txt", lines.encode(), Hints()).conversations
    return Intake(tuple(found), (), (), ())


def test_it_goes_on_to_the_end_and_never_back() -> None:
    told: list[tuple[int, int]] = []
    intake = talks(3 * BATCH, 1, 2 * BATCH + 1)
    at = datetime(2026, 3, 13, tzinfo=UTC)
    case = make_case(intake, Answers(), at, progress=lambda *step: told.append(step))
    total = 5 * BATCH + 2
    assert {each for _, each in told} == {total}
    done = [each for each, _ in told]
    assert done == sorted(done)
    assert done[0] == BATCH // 2
    assert done[-1] == total
    assert case == make_case(intake, Answers(), at)
