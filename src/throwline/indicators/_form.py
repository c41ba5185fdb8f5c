"""The JSON form of an indicator. It round-trips."""

from __future__ import annotations

from typing import Any

from throwline.conversation import Participant
from throwline.indicators._indicator import Check, Indicator

Form = dict[str, Any]


def indicator_form(indicator: Indicator) -> Form:
    """{"kind", "value", "label", "checked": "checksum", "format" or "context", "as_written", "seen": message numbers,
    "senders": for each null or {"name", "identifier": str or null, "is_owner": bool or null}}"""
    return {
        "kind": indicator.kind,
        "value": indicator.value,
        "label": indicator.label,
        "checked": indicator.checked.value,
        "as_written": indicator.as_written,
        "seen": list(indicator.seen),
        "senders": [sender and _sender_form(sender) for sender in indicator.senders],
    }


def indicator_from(form: Form) -> Indicator:
    """Read what `indicator_form` wrote. Raises KeyError, ValueError or TypeError where the form is not of this shape."""
    return Indicator(
        kind=form["kind"],
        value=form["value"],
        label=form["label"],
        checked=Check(form["checked"]),
        as_written=form["as_written"],
        seen=tuple(form["seen"]),
        senders=tuple(sender and Participant(**sender) for sender in form["senders"]),
    )


def _sender_form(sender: Participant) -> Form:
    return {
        "name": sender.name,
        "identifier": sender.identifier,
        "is_owner": sender.is_owner,
    }
