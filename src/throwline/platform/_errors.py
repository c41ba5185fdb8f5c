"""What can go wrong, told apart by what it means for the report."""

from __future__ import annotations


class PlatformError(Exception):
    """Something could not be done. The message is one sentence: what, and what to do."""


class CredentialsError(PlatformError):
    """There are no credentials, or the service does not accept them."""


class NotReachedError(PlatformError):
    """The service could not be reached: nothing was done there."""


class UnknownOutcomeError(PlatformError):
    """Something was sent and no usable answer came: whether it was done there is not known. It is never repeated."""


class RefusedError(PlatformError):
    """The service answered, and did not do it. `code` is its response code, None where it gave none."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class MismatchError(PlatformError):
    """The service received other bytes than were sent."""


class NotConfirmedError(PlatformError):
    """Nobody confirmed."""
