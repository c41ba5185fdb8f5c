from __future__ import annotations

import json

from throwline.conversation import Certainty, Conversation, Kind, Message, Participant, Source
from throwline.indicators import (
    Check,
    Indicator,
    indicator_form,
    indicator_from,
    indicators,
)

SAM = Participant("Sam", "+12025550111", is_owner=True)
JESS = Participant("jess_model", None, is_owner=False)
SOURCE = Source("pasted text", "0" * 64)


def conversation(*lines, kinds=()):
    messages = tuple(
        Message(
            number, sender, None, Certainty.NONE, text, SOURCE, number, kind=dict(kinds).get(number, Kind.WRITTEN)
        )
        for number, (sender, text) in enumerate(lines, start=1)
    )  # fmt: skip
    return Conversation("c1", "unknown", "t", (SAM, JESS), messages)


def test_the_same_value_is_one_indicator():
    told = conversation(
        (SAM, "what's your cashapp"),
        (JESS, "$KellMor"),
        (SAM, "so cashapp $kellmor ?"),
        (JESS, "yes and cash.app/$kellmor works too"),
    )
    assert indicators(told) == (
        Indicator(
            kind="cashtag",
            value="$kellmor",
            label="Cash App",
            checked=Check.FORMAT,
            as_written="$KellMor",
            seen=(2, 3, 4),
            senders=(JESS, SAM),
        ),
    )


def test_order_of_first_sight():
    told = conversation(
        (JESS, "zelle 202-555-0143"), (JESS, "or a@example.com"), (JESS, "zelle 202 555 0143")
    )
    assert [(i.kind, i.value, i.seen) for i in indicators(told)] == [
        ("zelle", "+12025550143", (1, 3)),
        ("email", "a@example.com", (2,)),
    ]


def test_the_same_value_of_another_kind_is_another():
    told = conversation((JESS, "paypal a@example.com"), (SAM, "mail a@example.com"))
    assert [i.kind for i in indicators(told)] == ["paypal", "email"]


def test_a_picture_between_question_and_answer_does_not_count():
    told = conversation((JESS, "cashapp?"), (JESS, ""), (JESS, ""), (SAM, ""), (SAM, "$kellmor"))
    assert [i.value for i in indicators(told)] == ["$kellmor"]


def test_what_the_app_wrote_is_left_out():
    told = conversation((None, "Pay on cashapp $kellmor"), kinds={1: Kind.NOTICE}.items())
    assert indicators(told) == ()


def test_a_sender_who_is_not_known():
    told = conversation((None, "cashapp $kellmor"), (JESS, "cashapp $kellmor"))
    assert indicators(told)[0].senders == (None, JESS)


def test_the_region_of_the_case():
    told = conversation((JESS, "call 07700 900456"))
    assert indicators(told)[0].value == "07700900456"
    assert indicators(told, region="GB")[0].value == "+447700900456"


def test_the_json_form_round_trips():
    told = conversation(
        (None, "cashapp $kellmor"), (JESS, "cashapp $kellmor"), (SAM, "mail a@example.com")
    )
    for indicator in indicators(told):
        form = json.loads(json.dumps(indicator_form(indicator)))
        assert indicator_from(form) == indicator
