"""Writes compound files as MS-CFB describes them, and messages in them as MS-OXMSG does, for the tests of their reader."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from typing import Any

SECTOR, SMALL, CUTOFF = 512, 64, 4096
NUMBERS, IN_HEADER = SECTOR // 4, 109
END, FREE, TABLE, LIST = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
TEXT, TEXT_8_BIT, BYTES, NUMBER, TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040


def compound(tree: dict[str, Any]) -> bytes:
    """A file of the third version: in `tree` a stream is bytes, a storage a dict."""
    entries: list[list[Any]] = [["Root Entry", 5, FREE, FREE, b""]]
    listed(tree, entries, 0)
    small, numbers = b"", {}
    for number, entry in enumerate(entries):
        if entry[1] == 2 and len(entry[4]) < CUTOFF:
            numbers[number] = len(small) // SMALL
            small += padded(entry[4], SMALL)
    small_table = [n + 1 for n in range(len(small) // SMALL)]
    for number, begin in numbers.items():
        if entries[number][4]:
            small_table[begin + len(padded(entries[number][4], SMALL)) // SMALL - 1] = END
    large = {n: e[4] for n, e in enumerate(entries) if e[1] == 2 and len(e[4]) >= CUTOFF}
    contents = [small, padded(words(small_table), SECTOR, b"\xff"), *large.values()]
    directory_size = SECTOR * -(-len(entries) * 128 // SECTOR)
    sectors = [-(-len(each) // SECTOR) for each in (*contents, bytes(directory_size))]
    tables = lists = 0
    while tables * NUMBERS < tables + lists + sum(sectors):
        tables += 1
        lists = -(-max(tables - IN_HEADER, 0) // (NUMBERS - 1))
    table = [TABLE] * tables + [LIST] * lists
    starts = []
    for count in sectors:
        starts.append(len(table) if count else END)
        table += [len(table) + n + 1 for n in range(count - 1)] + [END] * (count > 0)
    begins = {**numbers, **dict(zip(large, starts[2:], strict=False))}
    directory = b"".join(
        entry_bytes(
            entry, starts[0] if n == 0 else begins.get(n, 0), len(small) if n == 0 else None
        )
        for n, entry in enumerate(entries)
    )
    header = struct.pack(
        "<8s16x5H6x9I",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, starts[-1], 0, CUTOFF, starts[1], sectors[1]),
        *(tables if lists else END, lists),
    )
    named = words([*range(min(tables, IN_HEADER)), *[FREE] * (IN_HEADER - tables)])
    body = [padded(words(table), SECTOR, b"\xff"), *(padded(each, SECTOR) for each in contents)]
    body.insert(1, more_tables(tables, lists))
    return header + named + b"".join(body) + padded(directory, SECTOR)


def more_tables(tables: int, lists: int) -> bytes:
    """The sectors that name those sectors of the table for which the header has no room."""
    sectors = b""
    for number in range(lists):
        begin = IN_HEADER + number * (NUMBERS - 1)
        named = [*range(begin, min(begin + NUMBERS - 1, tables))]
        named += [FREE] * (NUMBERS - 1 - len(named))
        sectors += words([*named, tables + number + 1 if number + 1 < lists else END])
    return sectors


def listed(tree: dict[str, Any], entries: list[list[Any]], above: int) -> None:
    """Adds what is in a storage: the first as its child, each of the others at the right of the one before."""
    before = None
    for name, inside in tree.items():
        number = len(entries)
        stream = isinstance(inside, bytes)
        entries.append([name, 2 if stream else 1, FREE, FREE, inside if stream else b""])
        if before is None:
            entries[above][3] = number
        else:
            entries[before][2] = number
        before = number
        if not stream:
            listed(inside, entries, number)


def entry_bytes(entry: list[Any], start: int, size: int | None) -> bytes:
    name, kind, right, child, content = entry
    shown = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I16xI16xIQ",
        *(shown, len(shown) + 2, kind, 1, FREE, right, child, 0),
        *(start, len(content) if size is None else size),
    )


def words(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def padded(raw: bytes, size: int, filler: bytes = b"\0") -> bytes:
    return raw + filler * (-len(raw) % size)


def properties(
    top: bool, told: dict[tuple[int, int], str | bytes | int | datetime]
) -> dict[str, bytes]:
    """The streams of a message's properties, by number and type, or of those of a recipient or an attachment."""
    streams: dict[str, bytes] = {}
    fixed = b""
    for (number, kind), value in told.items():
        name = f"__substg1.0_{number:04X}{kind:04X}"
        if isinstance(value, str):
            streams[name] = value.encode("utf-16-le" if kind == TEXT else "cp1252")
        elif isinstance(value, bytes):
            streams[name] = value
        if isinstance(value, datetime):
            value = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
        plain = value if isinstance(value, int) else len(streams[name])
        fixed += struct.pack("<IIQ", number << 16 | kind, 6, plain)
    return {**streams, "__properties_version1.0": bytes(32 if top else 8) + fixed}
