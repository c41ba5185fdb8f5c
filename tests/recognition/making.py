"""Short conversations for tests."""

from __future__ import annotations

from throwline.conversation import Certainty, Conversation, Message, Participant, Source

SOURCE = Source("test", "0" * 64)


def conversation(*lines: str) -> Conversation:
    """From lines "name: text"; "?: text" has no known sender."""
    people: dict[str, Participant] = {}
    messages = []
    for number, line in enumerate(lines, 1):
        name, _, text = line.partition(": ")
        sender = None if name == "?" else people.setdefault(name, Participant(name))
        messages.append(Message(number, sender, None, Certainty.NONE, text, SOURCE, number))
    return Conversation("c1", "unknown", "test", tuple(people.values()), tuple(messages))
