from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversation.conformance import check_round_trip
from throwline.conversation import (
    Attachment,
    Certainty,
    Conversation,
    Kind,
    Medium,
    Message,
    Participant,
    Source,
)
from throwline.conversation._merge import merged
from throwline.language import Note

START = datetime(2023, 6, 14, 21, 0)
PEOPLE = {name: Participant(name) for name in ("Jess", "Zoë")}
A, B = Source("a.txt", "0" * 64), Source("b.zip", "1" * 64, "_chat.txt")


def message(minute: int, text: str | None = None, sender: str = "Jess", **more: object) -> Message:
    at = START + timedelta(minutes=minute)
    said = f"at {minute}" if text is None else text
    return Message(0, PEOPLE[sender], at, Certainty.LOCAL, said, A, minute + 1, **more)  # type: ignore[arg-type]


def chat(source: Source, *messages: Message, **more: object) -> Conversation:
    numbered = tuple(replace(m, number=n, source=source) for n, m in enumerate(messages, 1))
    people = tuple(dict.fromkeys(m.sender for m in numbered if m.sender))
    known = {
        "platform": "whatsapp",
        "title": "Jess",
        "gaps": (Note("a gap"),),
        "participants": people,
        **more,
    }
    return Conversation(identifier="", messages=numbered, **known)  # type: ignore[arg-type]


def talk(*minutes: int) -> list[Message]:
    return [message(m, sender=("Jess", "Zoë")[m % 2]) for m in minutes]


def shown(conversation: Conversation) -> list[tuple[str, str]]:
    return [(m.source.file, m.text) for m in conversation.messages]


def test_the_same_file_twice() -> None:
    (conversation,) = merged([chat(A, *talk(1, 2)), chat(A, *talk(1, 2))])
    assert shown(conversation) == [("a.txt", "at 1"), ("a.txt", "at 2")]
    assert conversation.sources == (A,)
    assert conversation.gaps == (
        "a gap",
        "This chat stands in a.txt, which was given more than once: what is the same there is shown once.",
    )


def test_two_files_that_say_the_same_are_both_kept() -> None:
    (conversation,) = merged([chat(A, *talk(1, 2)), chat(B, *talk(1, 2))])
    assert len(conversation.messages) == 2
    assert conversation.copies == (B,)
    assert conversation.sources == (A, B)
    assert "a.txt, b.zip (_chat.txt)" in conversation.gaps[-1]
    check_round_trip(conversation)


def test_exports_that_overlap() -> None:
    (conversation,) = merged([chat(A, *talk(*range(10))), chat(B, *talk(*range(5, 15)))])
    assert [text for _, text in shown(conversation)] == [f"at {n}" for n in range(15)]
    assert [m.number for m in conversation.messages] == list(range(1, 16))
    assert conversation.sources == (A, B)
    assert conversation.copies == ()
    check_round_trip(conversation)


def test_the_later_one_given_first() -> None:
    (conversation,) = merged([chat(B, *talk(*range(5, 15))), chat(A, *talk(*range(10)))])
    assert [text for _, text in shown(conversation)] == [f"at {n}" for n in range(15)]


def test_media_left_out_in_one_of_them_is_there_once() -> None:
    named = message(
        3, "IMG.jpg (file attached)", attachments=(Attachment("IMG.jpg", Medium.IMAGE),)
    )
    omitted = message(3, "<Media omitted>", attachments=(Attachment(None, Medium.UNKNOWN),))
    (conversation,) = merged(
        [chat(A, *talk(1, 2), omitted, *talk(4)), chat(B, *talk(1, 2), named, *talk(4))]
    )
    third = conversation.messages[2]
    assert len(conversation.messages) == 4
    assert third.text == "IMG.jpg (file attached)"
    assert third.notes == ("in a.txt, at 4: “<Media omitted>”",)


def test_what_was_deleted_in_between_is_kept_and_noted() -> None:
    deleted = message(3, "This message was deleted", "Zoë", notes=("deleted",))
    later, earlier = chat(A, *talk(1, 2), deleted, *talk(4)), chat(B, *talk(1, 2, 3, 4))
    (conversation,) = merged([later, earlier])
    assert conversation.messages[2].notes[-1] == "in a.txt, at 4: “This message was deleted”"


def test_three_files_one_chat() -> None:
    third = Source("c.txt", "2" * 64)
    (conversation,) = merged(
        [
            chat(A, *talk(*range(6))),
            chat(third, *talk(*range(8, 14))),
            chat(B, *talk(*range(3, 11))),
        ]
    )
    assert [text for _, text in shown(conversation)] == [f"at {n}" for n in range(14)]
    assert conversation.sources == (A, B, third)


def test_who_is_the_owner_is_taken_from_the_file_that_tells() -> None:
    told = Participant("Jess", None, is_owner=False)
    known = chat(B, *(replace(m, sender=told) for m in talk(2, 4, 6)))
    (conversation,) = merged([chat(A, *talk(2, 4, 6, 8)), known])
    assert conversation.participants == (told,)
    assert {m.sender for m in conversation.messages} == {told}


@pytest.mark.parametrize(
    "other",
    [
        chat(B, *talk(1, 2, 3), platform="telegram"),
        chat(B, *talk(20, 21, 22)),
        chat(B, *talk(1), *talk(30, 31, 32, 33, 34)),
        chat(B, *(message(n, f"other {n}") for n in range(4)), *talk(2)),
        chat(B, *talk(1, 2, 3), thread="another"),
    ],
    ids=[
        "another app",
        "another time",
        "a single message in common",
        "at the same times",
        "another thread",
    ],
)
def test_what_is_not_the_same_chat(other: Conversation) -> None:
    first = chat(A, *talk(1, 2, 3, 4), thread="one")
    assert merged([first, other]) == (first, other)


def test_notices_alone_make_no_chat_the_same() -> None:
    notices = [message(n, kind=Kind.NOTICE) for n in range(4)]
    one, other = chat(A, *notices, *talk(5)), chat(B, *notices, *talk(6))
    assert merged([one, other]) == (one, other)


def test_without_times_one_must_hold_the_other_whole() -> None:
    def timeless(source: Source, *words: str) -> Conversation:
        return chat(
            source, *(replace(message(0, w), at=None, certainty=Certainty.NONE) for w in words)
        )

    (together,) = merged([timeless(A, "a", "b", "c"), timeless(B, "b", "c")])
    assert [m.text for m in together.messages] == ["a", "b", "c"]
    assert len(merged([timeless(A, "a", "b", "c"), timeless(B, "b", "c", "d")])) == 2


def test_ten_thousand_copies_stay_quick() -> None:
    sources = [Source(f"{n}.txt", "0" * 64) for n in range(10_000)]
    (conversation,) = merged([chat(source, *talk(1, 2)) for source in sources])
    assert len(conversation.sources) == 10_000
    assert "and 9995 more" in conversation.gaps[-1]


def test_nothing_and_one() -> None:
    one = chat(A, *talk(1))
    assert merged([]) == ()
    assert merged([one]) == (one,)
    empty = chat(A)
    assert merged([empty, empty]) == (empty, empty)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["Jess", "Zoë"]), st.sampled_from("abc")),
        min_size=6,
        max_size=30,
    ),
    st.data(),
)
def test_any_two_parts_that_overlap_make_the_whole(
    told: list[tuple[int, str, str]], data: st.DataObject
) -> None:
    minute, whole = 0, []
    for index, (step, sender, text) in enumerate(told):
        minute += step
        whole.append(message(minute, f"{text}{index}", sender))
    end = data.draw(st.integers(4, len(whole)))
    start = data.draw(st.integers(0, end - 4))
    parts = [chat(A, *whole[:end]), chat(B, *whole[start:])]
    (conversation,) = merged(data.draw(st.permutations(parts)))
    assert [m.text for m in conversation.messages] == [m.text for m in whole]
    check_round_trip(conversation)


HERE = (Participant("Zoë", is_owner=True), Participant("Jess ❤", "+44 7700 900123", False))
THERE = (Participant("Zoë Ñandú", is_owner=False), Participant("jess", is_owner=True))


def side(source: Source, people: tuple[Participant, ...], *minutes: int) -> Conversation:
    told = (replace(message(m), sender=people[m % 3 == 0]) for m in minutes)
    return chat(source, *told, participants=people)


def test_a_chat_from_both_phones_is_one_and_that_is_said() -> None:
    (conversation,) = merged([side(A, HERE, *range(15)), side(B, THERE, *range(2, 20))])
    assert conversation.participants == HERE
    assert [m.text for m in conversation.messages] == [f"at {minute}" for minute in range(20)]
    assert [m.sender for m in conversation.messages] == [HERE[m % 3 == 0] for m in range(20)]
    assert [m.number for m in conversation.messages] == [*range(1, 21)]
    assert conversation.sources == (A, B)
    assert conversation.gaps[1:3] == (
        "a.txt and b.zip (_chat.txt) were taken for one chat on two phones: the same words stand in them at the same "
        "times and in the same order.",
        "People are named as in a.txt; in b.zip (_chat.txt), “Zoë Ñandú” is “Zoë” and “jess” is “Jess ❤”.",
    )
    check_round_trip(conversation)


def test_a_chat_whose_thread_has_another_name_on_each_phone() -> None:
    mine = replace(side(A, HERE, *range(12)), thread="7")
    (conversation,) = merged([mine, replace(side(B, HERE, *range(12)), thread="1")])
    assert conversation.thread == "7"


OTHER = Participant("Max")


@pytest.mark.parametrize(
    "there",
    [
        side(B, THERE, *range(9)),
        side(B, (THERE[0], THERE[0]), *range(15)),
        side(B, (*THERE, OTHER), *range(15)),
        side(B, (THERE[0], replace(THERE[1], identifier="+44 7700 900999")), *range(15)),
        side(B, THERE, *range(100, 115)),
        side(B, THERE, 0, 20, 1, 21, 2, 22, *range(3, 15)),
        replace(side(B, THERE, *range(15)), platform="instagram"),
    ],
    ids=[
        "few",
        "one person",
        "a third person",
        "another number",
        "another time",
        "much that is only there",
        "another app",
    ],
)
def test_what_leaves_a_doubt_stays_apart(there: Conversation) -> None:
    here = side(A, HERE, *range(15))
    assert len(merged([here, there])) == 2


def test_a_message_under_the_other_name_leaves_a_doubt() -> None:
    there = side(B, THERE, *range(15))
    messages = list(there.messages)
    messages[7] = replace(messages[7], sender=THERE[1])
    assert len(merged([side(A, HERE, *range(15)), replace(there, messages=tuple(messages))])) == 2
