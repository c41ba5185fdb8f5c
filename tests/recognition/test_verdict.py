"""The verdict on short conversations. They were written to show the rule, not to measure it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.recognition.making import conversation
from throwline.recognition import Act, Pattern, Speaker, State, recognise, step

THREAT = "kim: i will send your pics to your mom"
PRICE = "kim: pay me 300 dollars or i post it"


def test_threat_and_price() -> None:
    finding = recognise(conversation("sam: hi", THREAT, PRICE))
    assert finding.alarm is not None
    assert finding.alarm.n == 2
    assert finding.offender == "kim"
    assert finding.speaker is Speaker.OFFENDER_PRESENT
    assert finding.pattern is Pattern.FINANCIAL


def test_every_act_cites_its_words() -> None:
    talk = conversation("sam: hi", THREAT, PRICE)
    for cited in recognise(talk).acts:
        message = talk.messages[cited.n - 1]
        start, end = cited.span
        assert 0 <= start < end <= len(message.text)
        assert message.sender is not None
        assert cited.sender == message.sender.name
        assert cited.why


def test_nothing_is_needed_before_the_threat() -> None:
    assert recognise(conversation(PRICE, THREAT)).alarm is not None


def test_a_long_quiet_chat_does_not_dilute_it() -> None:
    quiet = [f"sam: see you at {n}" for n in range(110)]
    finding = recognise(conversation(*quiet, THREAT, PRICE))
    assert finding.alarm is not None
    assert finding.alarm.n == 111


def test_unknown_speakers_are_not_guessed() -> None:
    finding = recognise(
        conversation("?: i will send your pics to your mom", "?: pay me 300 dollars")
    )
    assert finding.alarm is not None
    assert finding.offender is None
    assert finding.speaker is Speaker.UNKNOWN


def test_telling_about_it_is_no_alarm() -> None:
    finding = recognise(
        conversation("sam: she says she will send my pics to everyone", "sam: she wants $300")
    )
    assert finding.alarm is None
    assert finding.speaker is Speaker.TOLD_BY_VICTIM


def test_quoting_it_is_no_alarm() -> None:
    finding = recognise(conversation('ana: read this one: "i will send your pics to your mom"'))
    assert finding.alarm is None
    assert finding.speaker is Speaker.QUOTED


def test_early_signs_warn_and_do_not_alarm() -> None:
    finding = recognise(conversation("kim: hey", "kim: add me on snapchat", "kim: send me a pic"))
    assert finding.alarm is None
    assert finding.warning_at == 2


def test_another_person_in_the_group_is_not_the_offender() -> None:
    finding = recognise(conversation("bo: lol", THREAT, "bo: send me the money for pizza"))
    assert finding.offender == "kim"
    assert not any(a.sender == "bo" and a.act is Act.DEMAND_PAYMENT for a in finding.acts)


def test_distress_is_found() -> None:
    assert recognise(conversation("sam: i can't do this anymore")).has(Act.DISCLOSE_DISTRESS)


def test_step_is_pure() -> None:
    talk = conversation("sam: hi", THREAT, PRICE)
    state = State()
    for message in talk.messages:
        once, again = step(state, message), step(state, message)
        assert once == again
        state = once[0]


TEXTS = (
    st.sampled_from(["hi", "", THREAT[5:], PRICE[5:], "please don't", "i sent you 100"]) | st.text()
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "?"]), TEXTS), max_size=12))
def test_any_conversation_is_answered(lines: list[tuple[str, str]]) -> None:
    talk = conversation(*(f"{who}: {text}" for who, text in lines))
    finding = recognise(talk)
    numbers = {m.number for m in talk.messages}
    assert {a.n for a in finding.acts} <= numbers
    assert finding.alarm is None or finding.alarm.n in numbers
