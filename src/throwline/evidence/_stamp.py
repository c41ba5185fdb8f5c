"""Time stamps (RFC 3161): an authority's word that certain bytes existed at a certain time.

A stamp is kept as the authority sent it, byte for byte (a TimeStampResp in DER), so that `openssl ts -verify` reads it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from throwline.evidence._error import EvidenceError
from throwline.evidence._manifest import TAG_MANIFEST
from throwline.evidence._optional import library
from throwline.evidence._signature import SIGNATURE

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimestampRequestBuilder, TimeStampResponse

STAMP = re.compile(rf"(?P<over>{re.escape(TAG_MANIFEST)}|{re.escape(SIGNATURE)})\.[1-9][0-9]?\.tsr")
"""The names of stamps: the file that is stamped, and a number."""
_SHA256 = "2.16.840.1.101.3.4.2.1"
_CLOCKS_DIFFER = timedelta(minutes=5)
_CERTIFICATES = 0xA0
"""The tag of SignedData's certificates: [0], constructed (RFC 5652, 5.1)."""


@dataclass(frozen=True)
class Stamp:
    """A stamp that speaks of the bytes it lies beside. `name` is that of its file in the bag, `at` the time by the
    clock of the authority, `authority` the name in its certificate. Whether it was really made by that authority is
    known only where `checked`: against root certificates that were given."""

    name: str
    at: datetime
    authority: str
    checked: bool


def new_request(content: bytes) -> TimeStampRequest:
    """A request for a stamp over the SHA-256 of `content`, with a nonce, asking for the certificate too."""
    rfc3161 = library("rfc3161_client", "stamp")
    builder: TimestampRequestBuilder = rfc3161.TimestampRequestBuilder(
        content, rfc3161.HashAlgorithm.SHA256, nonce=True, cert_req=True
    )
    return builder.build()


def check_stamp(
    raw: bytes,
    content: bytes,
    name: str,
    roots: list[Certificate] | None,
    now: datetime,
    request: TimeStampRequest | None = None,
) -> Stamp:
    """What the stamp `raw` says of `content`; where `request` is given, it must also be the answer to that.

    Raises EvidenceError where it is not a stamp, is one over something else, is dated after `now`, or where it does not
    lead to one of `roots` (None: not checked).
    """
    try:
        stamp = _checked(raw, content, name, roots, request)
    except (ValueError, IndexError) as error:
        raise EvidenceError(f"{name} is not a time stamp that can be read.") from error
    if stamp.at > now + _CLOCKS_DIFFER:
        raise EvidenceError(
            f"{name} is dated in the future: {stamp.at:%Y-%m-%d %H:%M:%S} UTC by the clock of {stamp.authority}, "
            f"while it is {now:%Y-%m-%d %H:%M} UTC by the clock of this device."
        )
    return stamp


def read_roots(path: Path) -> list[Certificate]:
    """The certificates in a PEM file. Raises EvidenceError where there is none in it."""
    x509 = library("cryptography.x509", "stamp")

    try:
        # One certificate twice would be refused later.
        return list(dict.fromkeys(x509.load_pem_x509_certificates(path.read_bytes())))
    except OSError as error:
        raise EvidenceError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise EvidenceError(f"{path} holds no certificate in PEM form.") from error


def _checked(
    raw: bytes,
    content: bytes,
    name: str,
    roots: list[Certificate] | None,
    request: TimeStampRequest | None,
) -> Stamp:
    rfc3161 = library("rfc3161_client", "stamp")
    response = rfc3161.decode_timestamp_response(_certificates_in_order(raw))
    if response.status != rfc3161.PKIStatus.GRANTED:
        raise EvidenceError(f"{name}: the authority refused{_why(response)}.")
    info = response.tst_info
    imprint = info.message_imprint
    if imprint.hash_algorithm.dotted_string != _SHA256 or (
        imprint.message != hashlib.sha256(content).digest()
    ):
        raise EvidenceError(f"{name} is a time stamp over something else.")
    if request and info.nonce != request.nonce:
        raise EvidenceError(f"{name} is a time stamp from another time: its nonce differs.")
    if request and request.policy and info.policy != request.policy:
        raise EvidenceError(f"{name} is a time stamp under another policy.")
    if roots is not None:
        verifier = rfc3161.VerifierBuilder(roots=roots).build()
        try:
            verifier.verify(response, imprint.message)
        except rfc3161.VerificationError as error:
            raise EvidenceError(
                f"{name} was not made by any of the authorities given, or was changed."
            ) from error
    return Stamp(name, info.gen_time, _authority(response), roots is not None)


def _why(response: TimeStampResponse) -> str:
    said = " ".join(" ".join(response.status_string).split())
    return f" and says: {said[:200]}" if said.isprintable() and said else ""


def _authority(response: TimeStampResponse) -> str:
    """The name in the certificate that the signer names; it may be anybody's word."""
    from cryptography.x509 import load_der_x509_certificate
    from cryptography.x509.oid import NameOID

    signers = [(s.issuer, s.serial_number) for s in response.signed_data.signer_infos]
    for der in response.signed_data.certificates:
        certificate = load_der_x509_certificate(der)
        if (certificate.issuer, certificate.serial_number) in signers:
            names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value if names else certificate.subject.rfc4514_string())
    return "an authority that does not name itself"


class _Element(NamedTuple):
    """One element of DER: where it begins, and where its content starts and ends."""

    tag: int
    begin: int
    start: int
    end: int


def _certificates_in_order(raw: bytes) -> bytes:
    """`raw` with its certificates sorted.

    DER wants the members of a SET sorted (X.690, 11.6), and the library insists; OpenSSL and well-known authorities send
    them in the order of the chain. They are not part of what is signed (RFC 5652, 5.4). Raises ValueError or IndexError
    where `raw` is no DER.
    """
    response = _elements(raw, 0, len(raw))[0]
    status_and_token = _elements(raw, response.start, response.end)
    if len(status_and_token) == 1:
        return raw  # A refusal holds no token.
    content = _elements(raw, *status_and_token[1][2:])[1]
    signed_data = _elements(raw, content.start, content.end)[0]
    for field in _elements(raw, signed_data.start, signed_data.end):
        if field.tag == _CERTIFICATES:
            members = sorted(raw[m.begin : m.end] for m in _elements(raw, field.start, field.end))
            return raw[: field.start] + b"".join(members) + raw[field.end :]
    return raw


def _elements(raw: bytes, at: int, end: int) -> list[_Element]:
    found = []
    while at < end:
        length, start = raw[at + 1], at + 2
        if length & 0x80:
            octets = length & 0x7F
            length = int.from_bytes(raw[start : start + octets])
            start += octets
        if start + length > end:
            raise ValueError("an element is longer than what holds it")
        found.append(_Element(raw[at], at, start, start + length))
        at = start + length
    return found
