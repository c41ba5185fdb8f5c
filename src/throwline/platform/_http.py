"""One request and its answer, with what is known when there is none."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from throwline.platform._errors import NotReachedError, PlatformError, UnknownOutcomeError

_TIMEOUT = 60.0
"""Seconds of silence after which a connection is given up."""
_LONGEST = 300.0
"""Seconds in which an answer must have come whole, however slowly it trickles."""
_LARGEST = 8 * 1024**2
"""Bytes. Answers have some hundred; the schema, the largest of them, about a hundred thousand."""
_CHUNK = 64 * 1024
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `body` can be sent once only where it is no bytes; then `length` is the number of its bytes."""

    method: str
    path: str
    body: bytes | Iterable[bytes] = b""
    content_type: str | None = None
    length: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        headers = {"Accept": "text/xml, application/xml"}
        if self.content_type is not None:
            headers["Content-Type"] = self.content_type
        if self.length is not None:
            headers["Content-Length"] = str(self.length)
        return headers


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that came whole. `number` is the service's own for the request, for a call to its support."""

    status: int
    body: bytes
    number: str | None
    retry_after: float | None


class Line:
    """The way to one service. Every request has a connection of its own."""

    def __init__(self, base_url: str, authorization: str, timeout: float = _TIMEOUT) -> None:
        parts = urlsplit(base_url)
        if parts.hostname is None or (parts.scheme != "https" and parts.hostname not in _LOOPBACK):
            raise PlatformError(
                f"{base_url} is no https address: credentials are sent to no other."
            )
        self._secure = parts.scheme == "https"
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path
        self._authorization = authorization
        self._timeout = timeout

    def send(self, request: Request) -> Response:
        """Send `request`. Raises NotReachedError where it did not go out, UnknownOutcomeError where it may have and
        no whole answer came."""
        connection = self._connection()
        try:
            try:
                connection.connect()
            except (OSError, ssl.SSLError) as error:
                raise NotReachedError(
                    f"{self._host} could not be reached ({_reason(error)}): check the network and try again."
                ) from error
            try:
                connection.request(
                    request.method,
                    self._path + request.path,
                    request.body,
                    {**request.headers, "Authorization": self._authorization},
                )
                return self._response(connection)
            except (OSError, http.client.HTTPException) as error:
                raise UnknownOutcomeError(
                    f"{self._host} gave no answer to {request.path} ({_reason(error)})."
                ) from error
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if not self._secure:
            return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            self._host, self._port, timeout=self._timeout, context=context
        )

    def _response(self, connection: http.client.HTTPConnection) -> Response:
        until = time.monotonic() + _LONGEST
        answer = connection.getresponse()
        body = b""
        while chunk := answer.read1(_CHUNK):
            body += chunk
            if len(body) > _LARGEST or time.monotonic() > until:
                raise http.client.IncompleteRead(b"", None)
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
        return Response(
            answer.status,
            body,
            answer.getheader("Request-ID"),
            _seconds(answer.getheader("Retry-After")),
        )


def _seconds(value: str | None) -> float | None:
    """The seconds of a Retry-After; its other form, a date, is passed over."""
    return float(value) if value and value.isascii() and value.isdigit() else None


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, http.client.IncompleteRead):
        return "only half an answer came"
    if isinstance(error, http.client.RemoteDisconnected):
        return "it hung up"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
