"""Taking a platform's TOML file apart, strictly: what is wrong is named with its place."""

from __future__ import annotations

import ipaddress
import tomllib
from datetime import date, datetime
from typing import Any, TypeVar

from throwline.reports._cybertip_rules import longest

T = TypeVar("T")
_FILE = "at the top"


class EspError(ValueError):
    """A platform's file that cannot be used. The message says where, what is wrong and what is wanted."""


def table_of(toml: str) -> Table:
    """The whole file. Raises EspError where it is no TOML."""
    try:
        return Table(_FILE, tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise EspError(f"This is no TOML file: {error}.") from error


class Table:
    """A table of the file that is taken apart key by key, and knows where it stands when something is wrong."""

    def __init__(self, where: str, values: dict[str, Any]) -> None:
        self.where = where
        self._values = dict(values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def done(self) -> None:
        """Refuse what nothing asked for: a misspelt key must not be lost."""
        if self._values:
            raise EspError(f"{self.where}: nothing is called {min(self._values)} here.")

    def needed(self, key: str, element: str | None = None) -> str:
        value = self.text(key, element)
        if value is None:
            raise EspError(f"{self.where}: {key} is missing.")
        return value

    def text(self, key: str, element: str | None = None) -> str | None:
        value = self._taken(key, str, "text in quotation marks")
        return None if value is None else self._short(key, value, element)

    def texts(self, key: str, element: str | None = None) -> tuple[str, ...]:
        values = self._list(key, str, "a list of texts")
        return tuple(self._short(key, value, element) for value in values)

    def whole(self, key: str, least: int, most: int | None = None) -> int | None:
        value = self._taken(key, int, "a whole number")
        if value is not None and (value < least or (most is not None and value > most)):
            raise EspError(f"{self.where}: {key} cannot be {value}.")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        return self._list(key, int, "a list of whole numbers")

    def flag(self, key: str) -> bool | None:
        return self._taken(key, bool, "true or false")

    def day(self, key: str) -> date | None:
        return self._taken(key, date, "a day such as 2009-05-31")

    def moment(self, key: str) -> datetime | None:
        wanted = "a time with its zone such as 2026-01-17T23:12:00Z"
        value = self._taken(key, datetime, wanted)
        if value is not None and value.tzinfo is None:
            raise EspError(f"{self.where}: {key} must be {wanted}.")
        return value

    def one_of(self, key: str, values: list[str]) -> str:
        value = self.needed(key)
        if value not in values:
            raise EspError(f"{self.where}: {key} must be one of {', '.join(values)}.")
        return value

    def address(self, key: str) -> str:
        value = self.needed(key)
        try:
            return str(ipaddress.ip_address(value))
        except ValueError as error:
            raise EspError(f"{self.where}: {value!r} is no IP address.") from error

    def country(self, key: str) -> str | None:
        value = self.text(key)
        if value is not None and not (len(value) == 2 and value.isascii() and value.isupper()):
            raise EspError(f"{self.where}: {key} must be two capital letters such as US or GB.")
        return value

    def table(self, key: str, *, needed: bool = False) -> Table:
        value = self._taken(key, dict, f"a table [{key}]")
        if value is None and needed:
            raise EspError(f"{self.where}: the table [{key}] is missing.")
        return Table(f"[{key}]", value or {})

    def tables(self, key: str) -> list[Table]:
        values = self._list(key, dict, f"tables [[{key}]]")
        inside = "" if self.where == _FILE else f" of {self.where}"
        return [Table(f"[[{key}]] {i}{inside}", value) for i, value in enumerate(values, 1)]

    def _taken(self, key: str, kind: type[T], wanted: str) -> T | None:
        value = self._values.pop(key, None)
        if value is None or type(value) is kind:
            return value
        raise EspError(f"{self.where}: {key} must be {wanted}.")

    def _list(self, key: str, kind: type[T], wanted: str) -> tuple[T, ...]:
        values = self._taken(key, list, wanted) or []
        if any(type(value) is not kind for value in values):
            raise EspError(f"{self.where}: {key} must be {wanted}.")
        return tuple(values)

    def _short(self, key: str, value: str, element: str | None) -> str:
        limit = longest(element) if element else None
        if not value.strip():
            raise EspError(f"{self.where}: {key} is empty.")
        if limit is not None and len(value) > limit:
            raise EspError(f"{self.where}: {key} is longer than the {limit} characters allowed.")
        return value
