"""Large made-up exports, the same in every run."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import indent
from typing import Any

_WORDS = [
    "send",
    "the",
    "photo",
    "now",
    "ok",
    "please",
    "stop",
    "i",
    "will",
    "pay",
    "tomorrow",
    "what",
    "do",
    "you",
    "want",
    "gift",
    "card",
    "money",
    "friends",
    "list",
    "school",
    "follow",
    "please",
    "delete",
    "why",
    "hello",
    "hey",
    "where",
    "are",
    "you",
    "from",
    "nice",
    "to",
    "meet",
    "you",
    "lol",
    "haha",
    "yes",
    "no",
    "maybe",
    "later",
    "today",
]
_PEOPLE = ("Alex Doe", "jess_model_x", "+1 (555) 010-0199", "María-José Ñ", "👩🏻‍🦰 Kim")
_SEED = 7


def _texts(count: int) -> list[str]:
    chance = random.Random(_SEED)
    texts = []
    for number in range(count):
        text = " ".join(chance.choices(_WORDS, k=chance.randint(2, 14)))
        kind = chance.random()
        if kind < 0.04:
            text += "\n" + " ".join(chance.choices(_WORDS, k=5))
        elif kind < 0.06:
            text = "<Media omitted>"
        elif kind < 0.07:
            text += " 😭🙏"
        elif kind < 0.08:
            text = f"IMG-20240102-WA{number % 10000:04} (file attached)"
        texts.append(text)
    return texts


def whatsapp(path: Path, count: int) -> Path:
    """An Android export of `count` messages, day first, 24-hour clock."""
    chance = random.Random(_SEED)
    at = datetime(2019, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        for text in _texts(count):
            at += timedelta(seconds=chance.randint(5, 300))
            file.write(f"{at:%d/%m/%Y, %H:%M} - {chance.choice(_PEOPLE)}: {text}\n")
    return path


def telegram(path: Path, count: int) -> Path:
    """A chat with one person as Telegram Desktop writes it, indented by one space."""
    chance = random.Random(_SEED)
    at = datetime(2019, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '{\n "name": "Kim",\n "type": "personal_chat",\n "id": 700000001,\n "messages": ['
        )
        for number, text in enumerate(_texts(count), 1):
            at += timedelta(seconds=chance.randint(5, 300))
            message = json.dumps(
                _telegram_message(number, text, at, chance), indent=1, ensure_ascii=False
            )
            file.write(("," if number > 1 else "") + indent("\n" + message, "  "))
        file.write("\n ]\n}")
    return path


def _telegram_message(
    number: int, text: str, at: datetime, chance: random.Random
) -> dict[str, Any]:
    who = chance.choice((0, 1))
    parts = [{"type": "plain", "text": text}]
    if chance.random() < 0.05:
        parts.append({"type": "link", "text": "https://example.org/x"})
    photo = f"photos/photo_{number}@02-01-2024_03-04-05.jpg"
    return {
        "id": number,
        "type": "message",
        "date": f"{at:%Y-%m-%dT%H:%M:%S}",
        "date_unixtime": str(int(at.timestamp())),
        "from": _PEOPLE[who],
        "from_id": f"user{700000000 + who}",
        **({"photo": photo, "width": 960, "height": 1280} if chance.random() < 0.03 else {}),
        "text": text if len(parts) == 1 else [text, parts[1]],
        "text_entities": parts,
    }


def json_lines(path: Path, conversations: int, messages: int) -> Path:
    """Conversations of `messages` messages each, for `throwline recognise`."""
    texts = iter(_texts(conversations * messages))
    chance = random.Random(_SEED)
    with path.open("w", encoding="utf-8") as file:
        for number in range(conversations):
            talk = [
                {"n": n, "sender": chance.choice(_PEOPLE[:2]), "text": next(texts)}
                for n in range(1, messages + 1)
            ]
            file.write(json.dumps({"id": str(number), "messages": talk}) + "\n")
    return path
