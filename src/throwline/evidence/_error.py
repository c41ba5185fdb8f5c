"""What this room raises."""


class EvidenceError(Exception):
    """Evidence could not be written, read, signed, stamped or sealed. The message is one sentence for the person."""


class PassphraseError(EvidenceError):
    """A passphrase is not the one that something was sealed with."""


class SpoiltError(EvidenceError):
    """What was sealed was changed, or is only half there."""


class PackageError(EvidenceError):
    """What was asked for needs a package that is not installed."""
