"""Proof that police can verify: a bag of the text evidence, whole or absent."""

from throwline.evidence._bag import (
    EvidenceError,
    Payload,
    Verification,
    bag_files,
    verify,
    whole_or_absent,
    write_bag,
)
from throwline.evidence._contents import bag_info, json_bytes, payloads

__all__ = [
    "EvidenceError",
    "Payload",
    "Verification",
    "bag_files",
    "bag_info",
    "json_bytes",
    "payloads",
    "verify",
    "whole_or_absent",
    "write_bag",
]
