"""Reading alone: what a reader needs for a large export, beside the libraries that read the same."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks._process import Measured, typical

_READ = """
import gc, sys
from pathlib import Path
from throwline.conversation import Hints, read_paths
gc.disable()
(conversation,) = read_paths([Path(sys.argv[1])], Hints(), lambda octets: None).conversations
print(len(conversation.messages))
"""
_READ_AND_SEEN = _READ.replace("len(", "sum(1 for _ in ")
_CHAT_MINER = """
import logging, sys
from chatminer.chatparsers import {parser}
logging.disable()
parser = {parser}(sys.argv[1])
parser.parse_file()
print(len(parser.parsed_messages.get_df()))
"""
_WHATSTK = """
import sys
from whatstk import WhatsAppChat
print(len(WhatsAppChat.from_source(sys.argv[1], max_size=None).df))
"""
_CHATPACK = """
import sys, chatpack
print(len(chatpack.{parser}().parse(sys.argv[1])))
"""
_CHATPACK_STREAMED = """
import sys, chatpack
print(sum(1 for _ in chatpack.{parser}(sys.argv[1])))
"""


@dataclass(frozen=True)
class Way:
    """One way of reading an export: `program` takes the file and prints how many messages it found in it."""

    name: str
    python: Path
    program: str


def whatsapp_ways(peers: Path) -> list[Way]:
    """Ours first, then the peers, each in the environment whose Python is `peers`."""
    return [
        Way("throwline", Path(sys.executable), _READ),
        Way("chat-miner 0.6.0", peers, _CHAT_MINER.format(parser="WhatsAppParser")),
        Way("whatstk 0.9.1", peers, _WHATSTK),
        Way("chatpack 0.1.0", peers, _CHATPACK.format(parser="WhatsAppParser")),
    ]


def telegram_ways(peers: Path) -> list[Way]:
    """As `whatsapp_ways`."""
    return [
        Way("throwline", Path(sys.executable), _READ),
        Way("throwline, each message looked at", Path(sys.executable), _READ_AND_SEEN),
        Way("chat-miner 0.6.0", peers, _CHAT_MINER.format(parser="TelegramJsonParser")),
        Way("chatpack 0.1.0", peers, _CHATPACK.format(parser="TelegramParser")),
    ]


def compared(title: str, chat: Path, count: int, ways: list[Way]) -> list[str]:
    """A table of all ways of reading `chat`, which holds `count` messages."""
    runs = {way.name: typical([way.python, "-c", way.program, chat], 1) for way in ways}
    return [
        f"## Reading {title} of {count:,} messages",
        "",
        "| | messages | CPU s | messages a CPU s | peak MB |",
        "|---|---|---|---|---|",
        *(_row(name, run, count) for name, run in runs.items()),
        "",
    ]


def _row(name: str, run: Measured, count: int) -> str:
    found = int(run.output.split()[-1])
    return f"| {name} | {found:,} | {run.cpu:.1f} | {count / run.cpu:,.0f} | {run.memory:.0f} |"
