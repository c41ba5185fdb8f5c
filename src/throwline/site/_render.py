"""From a page to the bytes of its file."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from throwline.guidance import Contact
from throwline.site._headers import META_POLICY
from throwline.site._pages import Page, address
from throwline.site._texts import table


def render(page: Page) -> bytes:
    """The page as HTML in UTF-8."""
    template = _environment().get_template(page.template)
    return template.render(page=page, **page.shows).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("throwline.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "to": address,
        "say": table("words"),
        "table": table,
        "policy": META_POLICY,
    }
    environment.filters |= {"call": _call, "message": _message}
    return environment


def _call(contact: Contact) -> str:
    """The address that makes a phone call it."""
    return "tel:" + _dialled(contact.phone or "")


def _message(contact: Contact) -> str:
    """The address that makes a phone write to it."""
    return "sms:" + _dialled(contact.sms or "")


def _dialled(number: str) -> str:
    return quote("".join(c for c in number if c in "+#*0123456789"), safe="+*")
