"""The platform's door: sending reports to NCMEC's CyberTipline. Nothing here runs unless a platform asks for it.

This is for electronic service providers with credentials of their own. It uses the network, and only here.
"""

from throwline.platform._answer import Answer
from throwline.platform._client import (
    PRODUCTION,
    SCHEMA_SHA256,
    TEST,
    Credentials,
    CyberTipClient,
    Service,
)
from throwline.platform._confirm import ask_at_terminal
from throwline.platform._errors import (
    CredentialsError,
    MismatchError,
    NotConfirmedError,
    NotReachedError,
    PlatformError,
    RefusedError,
    UnknownOutcomeError,
)
from throwline.platform._receipt import Receipt, State, UploadedFile, load_receipt, save_receipt

__all__ = [
    "PRODUCTION",
    "SCHEMA_SHA256",
    "TEST",
    "Answer",
    "Credentials",
    "CredentialsError",
    "CyberTipClient",
    "MismatchError",
    "NotConfirmedError",
    "NotReachedError",
    "PlatformError",
    "Receipt",
    "RefusedError",
    "Service",
    "State",
    "UnknownOutcomeError",
    "UploadedFile",
    "ask_at_terminal",
    "load_receipt",
    "save_receipt",
]
