"""Proof that police can verify: a bag of the text evidence, whole or absent."""

from throwline.evidence._attest import MOST_AUTHORITIES, sign, stamp
from throwline.evidence._bag import Payload, bag_files, write_bag
from throwline.evidence._contents import bag_info, json_bytes, origin, payloads
from throwline.evidence._custody import Entry, Origin
from throwline.evidence._erase import erase, files_to_erase
from throwline.evidence._error import EvidenceError, PackageError, PassphraseError, SpoiltError
from throwline.evidence._folder import packed_case, sealed_case, write_case, zipped_case
from throwline.evidence._lock import SHORTEST_PASSPHRASE
from throwline.evidence._place import whole_or_absent
from throwline.evidence._reopen import NoCaseError, Reopened, reopened_case
from throwline.evidence._seal import needs_passphrase, seal, unseal
from throwline.evidence._signature import Signature
from throwline.evidence._stamp import Stamp
from throwline.evidence._verify import Verification, verify

__all__ = [
    "MOST_AUTHORITIES",
    "SHORTEST_PASSPHRASE",
    "Entry",
    "EvidenceError",
    "NoCaseError",
    "Origin",
    "PackageError",
    "PassphraseError",
    "Payload",
    "Reopened",
    "Signature",
    "SpoiltError",
    "Stamp",
    "Verification",
    "bag_files",
    "bag_info",
    "erase",
    "files_to_erase",
    "json_bytes",
    "needs_passphrase",
    "origin",
    "packed_case",
    "payloads",
    "reopened_case",
    "seal",
    "sealed_case",
    "sign",
    "stamp",
    "unseal",
    "verify",
    "whole_or_absent",
    "write_bag",
    "write_case",
    "zipped_case",
]
