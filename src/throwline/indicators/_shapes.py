"""What a value can look like that only a cue makes one: codes, tags, keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from throwline.indicators._base58 import decoded
from throwline.indicators._indicator import Check
from throwline.indicators._national import is_card, is_clabe, is_cnpj, is_cpf


@dataclass(frozen=True, slots=True)
class Shape:
    """`pattern` finds it, also where two finds overlap: its group 1 is the value as written.

    `canonical` makes it one of a kind, `holds` says whether that can be one. One that is `telling` may stand some
    words away from its cue; any other only beside it.
    """

    pattern: re.Pattern[str]
    canonical: Callable[[str], str] = str.lower
    holds: Callable[[str], bool] = bool
    checked: Check = Check.CONTEXT
    telling: bool = False


def shape(take: str) -> Shape | None:
    """The shape that services.toml calls `take`; None for those that are found in another way."""
    kind, _, size = take.partition(" ")
    if kind == "digits":
        return _digits(size)
    if kind == "letters":
        return _letters(size)
    return _SHAPES.get(take)


_TELLING_DIGITS = 14
"""Nothing that people write by the way has so many digits."""


@cache
def _digits(size: str) -> Shape:
    """ "16", or "8-17" for a range; never a date."""
    fewest, _, most = size.partition("-")
    count = f"{int(fewest) - 1},{int(most or fewest) - 1}"
    number = rf"(?!\d{{4}}-\d\d-\d\d)\d(?:[ -]?\d){{{count}}}(?![ -]?\d)"
    return Shape(_alone(number, "\\w+.,/$€£"), _bare, telling=int(fewest) >= _TELLING_DIGITS)


@cache
def _letters(size: str) -> Shape:
    """ "5-5-5": groups of capitals and digits, or of small letters and digits in one word."""
    groups = re.split("[-+]", size)
    loose = "[ -]?".join(f"[A-Z0-9]{{{group}}}" for group in groups)
    strict = "-?".join(f"[a-z0-9]{{{group}}}" for group in groups)
    hyphened = "-" in size

    def canonical(written: str) -> str:
        letters = iter(_bare(written))
        parts = ["".join(next(letters) for _ in range(int(group))) for group in groups]
        return ("-" if hyphened else "").join(parts)

    return Shape(_alone(f"{loose}|{strict}", "\\w-"), canonical, _is_mixed, telling=True)


def _is_mixed(code: str) -> bool:
    """Whether letters and digits alternate as chance has it, which words with a number behind do not."""
    return sum(map(str.isdecimal, code)) > 1 and bool(re.search("[0-9]-?[A-Z]", code))


def _bare(written: str) -> str:
    """Letters and digits only, in capitals."""
    return re.sub(r"[\W_]", "", written).upper()


def _is_tag(tag: str) -> bool:
    return len(tag) > 2


def _is_solana(address: str) -> bool:
    """Solana has no checksum: 32 bytes in base 58 are all that can be checked."""
    return len(decoded(address)) == 32


def _alone(pattern: str, neighbours: str) -> re.Pattern[str]:
    """`pattern` with nothing of `neighbours` before it, and no letter or digit, nor one behind a hyphen, after it."""
    return re.compile(rf"(?<![{neighbours}])(?<!\d[ -])(?=({pattern}))(?=\1(?!\w|-\w))")


_NUMBER = "\\w+.,/-"
_SHAPES = {
    "dollar": Shape(re.compile(r"(?<![\w$])(\$[A-Za-z][\w-]{0,19})(?![\w$]|\.\w)"), holds=_is_tag, telling=True),
    "at": Shape(re.compile(r"(?<![\w.@/])(@[\w.-]*\w)(?![\w@])"), holds=_is_tag),
    "vpa": Shape(re.compile(r"(?<![\w.+@/-])(\w[\w.-]+@[A-Za-z][A-Za-z0-9]+)(?![\w@]|[.-]\w)")),
    "tagged": Shape(re.compile(r"(?<![\w.])([\w.]{2,32}#\d{4})(?!\w)")),
    "skype": Shape(re.compile(r"(?<!\w)(live:[\w.:-]*\w)")),
    "signal": Shape(re.compile(r"(?<![\w.@])([A-Za-z_]\w{2,31}\.\d{2,9})(?!\w)")),
    "alias": Shape(re.compile(r"(?<![\w.@])((?=[\w.-]{6,20}(?![\w.-]*\w))[A-Za-z]\w*(?:[.-]\w+)+)(?![\w@])")),
    "uuid": Shape(_alone("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", "\\w-"), telling=True),
    "cpf": Shape(_alone(r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}", _NUMBER), _bare, is_cpf, Check.CHECKSUM, True),
    "cnpj": Shape(_alone(r"\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}", _NUMBER), _bare, is_cnpj, Check.CHECKSUM, True),
    "clabe": Shape(_alone(r"\d(?:[ -]?\d){17}(?![ -]?\d)", _NUMBER), _bare, is_clabe, Check.CHECKSUM, True),
    "card": Shape(_alone(r"\d(?:[ -]?\d){15}(?![ -]?\d)", _NUMBER), _bare, is_card, Check.CHECKSUM, True),
    "solana": Shape(_alone("[1-9A-HJ-NP-Za-km-z]{32,44}", "\\w"), str, _is_solana, telling=True),
}  # fmt: skip
