"""Asking a time-stamp authority over HTTP (RFC 3161, 3.4). The only place in this room that uses the network."""

from __future__ import annotations

from http import HTTPStatus
from threading import Thread
from urllib.request import (
    BaseHandler,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from throwline.evidence._error import EvidenceError

_LARGEST = 256 * 1024
"""Bytes. A stamp with its certificates has 2 to 10 thousand."""
# None for redirections: whoever was named is asked, and nobody else.
_HANDLERS: tuple[type[BaseHandler], ...] = (ProxyHandler, HTTPHandler, HTTPSHandler)


def ask(url: str, request: bytes, patience: float) -> bytes:
    """The authority's answer to `request`, whatever it holds. `patience` is in seconds, for all of it.

    Raises EvidenceError where there is no answer, or none of the kind.
    """
    if not url.startswith(("https://", "http://")):
        raise EvidenceError(f"{url} is not the address of an authority: it begins with https://.")
    answers: list[bytes | Exception] = []

    def wait() -> None:
        try:
            answers.append(_posted(url, request, patience))
        except Exception as error:
            answers.append(error)

    # In a thread: an authority that sends a byte now and then would never let the socket's own time run out.
    waiting = Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(patience)
    if not answers:
        raise EvidenceError(f"{url} did not answer within {patience:g} seconds: try another one.")
    answer = answers[0]
    if isinstance(answer, EvidenceError):
        raise answer
    if isinstance(answer, Exception):
        raise EvidenceError(f"{url} cannot be asked: {_reason(answer)}.") from answer
    return answer


def _posted(url: str, body: bytes, patience: float) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "User-Agent": "throwline"}
    request = Request(url, body, headers, method="POST")  # noqa: S310 (http and https only, see `ask`)
    opener = OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    with opener.open(request, timeout=patience + 1) as response:
        if response.status != HTTPStatus.OK:
            raise EvidenceError(f"{url} answered with {response.status}: try another one.")
        answer: bytes = response.read(_LARGEST + 1)
    if len(answer) > _LARGEST:
        raise EvidenceError(f"{url} sent more than a time stamp can be: try another one.")
    return answer


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason or type(error).__name__).rstrip(".")
