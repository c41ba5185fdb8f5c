"""Phone numbers, read by the `phonenumbers` package (Google's libphonenumber)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from throwline.indicators._indicator import Check

_WRITTEN = re.compile(
    r"(?<![\w,$€£#%&=/-])(?<!\d[.,])(?:\+ ?|00)?\(?\d(?:[ ().\-/]{0,3}\d){6,16}(?!\w|[.,:/-]\d|%)"
)
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}(?: .*)?")
_TAX_NUMBER = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}")
_AMOUNT = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_LOCAL = re.compile(r"\d{3}[ .-]\d{4}")
_POSSIBLE = (
    phonenumbers.ValidationResult.IS_POSSIBLE,
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
)


def phones_in(text: str) -> Iterator[re.Match[str]]:
    """Whatever may be a phone number by its digits alone."""
    for found in _WRITTEN.finditer(text):
        if not any(other(found[0]) for other in _OTHERS):
            yield found


def international(written: str) -> tuple[str, Check] | None:
    """A number with its country, in E.164 form; None where `written` has no "+" or "00", or cannot be one.

    Numbers that fit the country's lengths but no range in use (those of films are such) are not checked.
    """
    digits = re.sub(r"\D", "", written)
    if written.startswith("00"):
        digits = digits[2:]
    elif not written.startswith("+"):
        return None
    number = _parsed(f"+{digits}", None)
    if number is None or _length(number) not in _POSSIBLE:
        return None
    checked = Check.FORMAT if phonenumbers.is_valid_number(number) else Check.CONTEXT
    return _e164(number), checked


def national(written: str, region: str | None) -> tuple[str, Check] | None:
    """A number as it is dialled in `region` (ISO 3166-1), in E.164 form; None where there is no such number."""
    number = _parsed(written, region) if region else None
    if number and phonenumbers.is_valid_number(number):
        return _e164(number), Check.FORMAT
    return None


def announced(written: str, service_region: str | None, region: str | None) -> str | None:
    """A number that a cue beside it says is one, though no country has it: its digits.

    In E.164 form where only `region`, which the person gave, says where it belongs, and its length is right there.
    """
    digits = re.sub(r"\D", "", written)
    if not service_region:
        number = _parsed(written, region) if region else None
        if number and _length(number) == phonenumbers.ValidationResult.IS_POSSIBLE:
            return _e164(number)
        return digits if 9 <= len(digits) <= 15 or is_local(written) else None
    number = _parsed(written, service_region)
    fits = number is not None and _length(number) in _POSSIBLE
    return digits if fits or (_is_grouped(written) and len(digits) <= 12) else None


def is_local(written: str) -> bool:
    """Whether it is written as people in North America write a number without its area: 555-0143."""
    return _LOCAL.fullmatch(written) is not None


def _is_grouped(written: str) -> bool:
    """Whether it is grouped as a phone number and not as an amount is (1 200 000)."""
    return not written.isdecimal() and not _AMOUNT.fullmatch(written)


def _length(number: phonenumbers.PhoneNumber) -> int:
    return int(phonenumbers.is_possible_number_with_reason(number))


def _parsed(written: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _is_dotted(written: str) -> bool:
    """Whether it is rather a version or an address on the internet."""
    parts = written.split(".")
    return len(parts) > 1 and (len(parts) == 4 or any(len(part) < 2 for part in parts))


_OTHERS = (_DATE.fullmatch, _TAX_NUMBER.fullmatch, _is_dotted)
