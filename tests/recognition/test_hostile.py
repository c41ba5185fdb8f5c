"""Input that real files hold and nobody would write: huge, broken, foreign or empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.recognition.making import conversation
from throwline.conversation import Attachment, Conversation, Medium
from throwline.recognition import Finding, State, recognise, step

THREAT = "kim: i will send your pics to your mom"
PRICE = "kim: pay me 300 dollars or i post it"


def test_a_message_of_a_megabyte() -> None:
    finding = recognise(conversation("kim: " + "la " * 350_000, THREAT, PRICE))
    assert finding.alarm is not None
    assert finding.alarm.n == 2


def test_one_word_of_a_megabyte() -> None:
    assert recognise(conversation("kim: " + "a" * 1_000_000)).alarm is None


def test_a_threat_deep_in_a_long_message_is_read() -> None:
    mail = "kim: " + "we met in town last week. " * 400 + THREAT[5:] + ". " + PRICE[5:]
    assert recognise(conversation(mail)).alarm is not None


@pytest.mark.native
def test_a_hundred_thousand_messages_from_one_sender() -> None:
    finding = recognise(conversation(*["kim: send me the money now"] * 100_000, THREAT))
    assert len(finding.acts) + finding.uncited >= len(finding.acts)
    assert len(finding.acts) < 5_000


@pytest.mark.parametrize(
    "text",
    [
        "سأرسل صورك",
        "שלום מה שלומך",
        "i will ارسل your صور",
        "\u202e\u202dabc\u202c",
        "\u0000\ud800",
        "👩🏻‍🦰" * 50,
    ],
)
def test_any_script(text: str) -> None:
    for cited in recognise(conversation(f"kim: {text}")).acts:
        assert 0 <= cited.span[0] <= cited.span[1] <= len(text)


def test_media_without_text() -> None:
    talk = conversation("kim: ", "sam: ", THREAT, PRICE)
    pictures = tuple(
        replace(m, attachments=(Attachment(None, Medium.IMAGE),)) for m in talk.messages
    )
    assert recognise(replace(talk, messages=pictures)).alarm is not None


def test_clocks_that_run_backwards_change_nothing() -> None:
    talk = conversation("sam: hi", THREAT, PRICE)
    end = datetime(2026, 3, 2)
    backwards = tuple(replace(m, at=end - timedelta(hours=m.number)) for m in talk.messages)
    assert recognise(replace(talk, messages=backwards)) == recognise(talk)


def test_a_language_that_is_not_read_is_said_to_be_so() -> None:
    hungarian = "ked: ha nem küldesz pénzt holnapig, mindenkinek elküldöm a képeidet, az egész családodnak és a munkahelyedre is"
    assert recognise(conversation(hungarian)).unread_language
    assert not recognise(
        conversation(*["sam: see you at nine then, bring the blue bag please"] * 3)
    ).unread_language
    assert not recognise(conversation("sam: ok")).unread_language


def test_step_by_step_and_whole_agree() -> None:
    talk = conversation("sam: hi", "kim: add me on snapchat", THREAT, "sam: please don't", PRICE)
    state, acts = State(), []
    for message in talk.messages:
        state, found = step(state, message)
        acts += found
    finding = recognise(talk)
    assert (state.alarm, state.warning_at, tuple(acts)) == (
        finding.alarm,
        finding.warning_at,
        finding.acts,
    )


def size(state: State) -> int:
    """Bytes of the state's parts, written shortly."""
    seen = sum(len(f"{name}{dict(acts)}") for name, acts in state.seen.items())
    noted = sum(len(str(said.sender)) + len(said.kept) for said in state.noted)
    before = sum(
        len(str(said.sender)) + sum((row.bit_length() + 8) // 8 for row in said.kept[:2])
        for said in state.before
    )
    return seen + noted + before


def state_after(talk: Conversation) -> State:
    state = State()
    for message in talk.messages:
        state, _ = step(state, message)
    return state


def test_the_state_stays_small() -> None:
    flood = [f"p{n}: " + "extraordinarily long words everywhere " * 40 for n in range(300)]
    assert size(state_after(conversation(*flood, THREAT, PRICE))) < 2048


def finding_without_names(finding: Finding) -> tuple[object, ...]:
    return finding.alarm, finding.pattern, [(a.n, a.act, a.span) for a in finding.acts]


def test_names_do_not_matter() -> None:
    one = recognise(conversation("sam: hi", THREAT, PRICE))
    other = recognise(conversation("x: hi", THREAT, PRICE))
    assert finding_without_names(one) == finding_without_names(other)
