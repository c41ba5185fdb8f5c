"""`make fuzz`: bytes that grow out of the examples, until a reader fails in a way that it must not.

A reader may answer, or raise ReadError; it may take 2 GB of memory and ten seconds for a small file. What breaks that
is written to a file named crash-… in this folder, and `fuzz/readers.py crash-…` shows it again.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "data" / "chat"
sys.path.insert(0, str(ROOT / "src"))
with atheris.instrument_imports(include=["throwline.conversation"]):
    from throwline.conversation import (
        READERS,
        Document,
        Hints,
        Reader,
        ReadError,
        message_forms,
        read_given,
    )
    from throwline.conversation._export import Export, given_export

MEMORY = 2 * 1024**3
LONGEST = 256 * 1024
SLOWEST = 10
"""Seconds."""


def one_input(raw: bytes) -> None:
    """Every reader that takes `raw`, and all that stands before and behind them."""
    with suppress(ReadError):
        read_given("export", raw, Hints())
    with suppress(ReadError):
        export = given_export("export", raw)
        for reader in READERS:
            for document in export.documents.values():
                if reader.recognises(document):
                    read_with(reader, document, export)


def read_with(reader: Reader, document: Document, export: Export) -> None:
    with suppress(ReadError):
        for conversation in reader.read([document], export, Hints()):
            for form in message_forms(conversation):
                json.dumps(form, ensure_ascii=False).encode()


def seed(folder: Path) -> None:
    """The examples of all readers."""
    examples = (path for path in EXAMPLES.rglob("*") if path.is_file())
    for number, path in enumerate(examples):
        (folder / f"{number}").write_bytes(path.read_bytes()[:LONGEST])


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder))
        limits = [
            f"-max_total_time={os.environ.get('FUZZ_SECONDS', '3600')}",
            f"-max_len={LONGEST}",
            f"-timeout={SLOWEST}",
            f"-artifact_prefix={Path(__file__).parent}/",
        ]
        again = sys.argv[1:]
        atheris.Setup([sys.argv[0], *limits, *(again or [folder])], one_input)
        atheris.Fuzz()


main()
