"""What was read wrongly is put right, and what had been read stays beside it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.screenshots.boxes import Stage, read
from throwline.conversation import (
    Certainty,
    Conversation,
    Kind,
    Message,
    Participant,
    Source,
    conversation_form,
    conversation_from,
    corrected,
)
from throwline.screenshots import near_misses, noted_anew


@pytest.fixture
def chat() -> Conversation:
    return read(Stage().header().says("hel1o", time="21:05").says("yes", own=True, time="21:06"))


def test_the_text(chat: Conversation) -> None:
    message = corrected(chat.messages[0], by="person", text="hello")
    assert message.text == "hello"
    assert message.correction is not None
    assert message.correction.replaced == (("text", "hel1o"),)


def test_the_first_reading_is_what_is_kept(chat: Conversation) -> None:
    message = corrected(
        corrected(chat.messages[0], by="person", text="hallo"), by="Ana", text="hello"
    )
    assert message.correction is not None
    assert message.correction.replaced == (("text", "hel1o"),)
    assert message.correction.by == "Ana"
    assert corrected(message, by="person", text="hel1o") == chat.messages[0]


def test_the_sender(chat: Conversation) -> None:
    first, second = chat.messages
    message = corrected(first, by="person", sender=second.sender)
    assert message.sender == second.sender
    assert message.correction is not None
    assert message.correction.replaced == (("sender", "Dana"),)


@pytest.mark.parametrize(
    ("at", "certainty"),
    [
        (datetime(2026, 3, 2, 21, 5), Certainty.LOCAL),
        (datetime(2026, 3, 2, 21, 5, tzinfo=UTC), Certainty.EXACT),
    ],
)
def test_the_time(chat: Conversation, at: datetime, certainty: Certainty) -> None:
    message = corrected(chat.messages[0], by="person", at=at)
    assert (message.at, message.certainty) == (at, certainty)
    assert message.correction is not None
    assert message.correction.replaced == (("at", None),)


def test_a_corrected_conversation_round_trips(chat: Conversation) -> None:
    at = datetime(2026, 3, 2, 21, 5)
    messages = (corrected(chat.messages[0], by="person", text="hello", at=at), chat.messages[1])
    told = Conversation("c1", "unknown", chat.title, chat.participants, messages)
    form = json.loads(json.dumps(conversation_form(told)))
    assert conversation_from(form, form["messages"]) == told


def test_what_an_export_says_is_not_corrected() -> None:
    dana = Participant("Dana")
    message = Message(1, dana, None, Certainty.NONE, "hi", Source("chat.txt", "0" * 64), 1)
    with pytest.raises(ValueError, match="text is sure"):
        corrected(message, by="person", text="hello")


def test_what_the_app_was_taken_to_have_written_is_a_message_once_it_has_a_sender() -> None:
    chat = read(Stage().header().says("hello").middle("Pay me or I send it").says("no", own=True))
    dana, notice, _ = chat.messages
    assert notice.kind is Kind.NOTICE
    message = corrected(notice, by="helper", sender=dana.sender)
    assert (message.kind, message.sender) == (Kind.WRITTEN, dana.sender)
    assert message.correction is not None
    assert message.correction.replaced == (("sender", None),)


# Source of the address: BIP 173, test vectors; here with 0 read as O.
MISREAD = "bc1qwSO8d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"


def test_a_near_miss_is_no_longer_noted_once_it_is_taken() -> None:
    (message,) = read(Stage().header().says(MISREAD)).messages
    (offered,) = near_misses(message.text)
    assert any(offered.offered in note for note in message.notes)
    assert noted_anew(corrected(message, by="person", text=offered.offered)).notes == ()
