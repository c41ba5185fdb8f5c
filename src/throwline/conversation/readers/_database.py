"""SQLite files: told by what stands in them, and read in memory, so that neither the file nor anything beside it
changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from throwline.conversation._export import Document, ReadError, reading
from throwline.conversation.readers._text import clean
from throwline.language import Note

if TYPE_CHECKING:
    import sqlite3

_MAGIC = b"SQLite format 3\0"
_CHUNK = 1024**2
_OVERLAP = 256
# The file format's version numbers. 2 means that the newest changes stand in a second file ("-wal"); SQLite opens such
# a file in memory only if it is told otherwise. https://www.sqlite.org/fileformat.html, section 1.3.3
_VERSIONS = slice(18, 20)
_WITH_LOG = b"\x02\x02"
_WITHOUT_LOG = b"\x01\x01"
Row = dict[str, Any]


def holds_tables(document: Document, *names: str) -> bool:
    """Whether the document is an SQLite file in which every name stands. Raises ReadError where it is damaged."""
    if not document.head.startswith(_MAGIC):
        return False
    wanted = {name.encode() for name in names}
    with reading(document.name), document.open() as stream:
        end = b""
        while wanted and (chunk := stream.read(_CHUNK)):
            wanted -= {name for name in wanted if name in end + chunk}
            end = chunk[-_OVERLAP:]
    return not wanted


class Database:
    """An SQLite file, opened for reading."""

    def __init__(self, name: str, connection: sqlite3.Connection, has_log: bool) -> None:
        self._name = name
        self._connection = connection
        self.has_log = has_log
        """Whether the newest changes may stand in a file beside this one."""

    def require(self, table: str, *columns: str) -> frozenset[str]:
        """The names of all columns of a table. Raises ReadError where there is no such table, or a column is missing.

        A view is no table: what it is made of would run when it is read.
        """
        tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        there: frozenset[str] = frozenset()
        if any(row["name"] == table for row in tables):
            there = frozenset(row["name"] for row in self.rows(f"PRAGMA table_info({table})"))
        if not there.issuperset(columns):
            raise ReadError(
                Note(
                    "{name} has no table {table} as its format should: copy it again.",
                    name=self._name,
                    table=table,
                )
            )
        return there

    def rows(self, query: str) -> Iterator[Row]:
        """The rows that a query gives, by the names of their columns."""
        cursor = self._connection.execute(query)
        names = [column[0] for column in cursor.description]
        for values in cursor:
            yield dict(zip(names, values, strict=True))


@contextmanager
def opened(document: Document) -> Iterator[Database]:
    """The document as a database, for as long as the block runs. Raises ReadError where it is damaged."""
    try:
        import sqlite3
    except ImportError as error:
        # Python in a browser may come without it.
        raise ReadError(
            Note(
                "{name} is a database, which cannot be read here: use the program.",
                name=document.name,
            )
        ) from error
    content = document.read()
    has_log = content[_VERSIONS] == _WITH_LOG
    if has_log:
        content = content[: _VERSIONS.start] + _WITHOUT_LOG + content[_VERSIONS.stop :]
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(content)
            connection.text_factory = lambda raw: clean(raw.decode(errors="replace"))
            connection.execute("PRAGMA trusted_schema = OFF")
            yield Database(document.name, connection, has_log)
    except (sqlite3.Error, OverflowError, UnicodeError, MemoryError) as error:
        # A page that is not what it should be makes SQLite say that its memory is not enough.
        raise ReadError(
            Note(
                "{name} is a database that is damaged or only half there: copy it again.",
                name=document.name,
            )
        ) from error
