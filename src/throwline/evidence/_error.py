"""What this room raises."""


class EvidenceError(Exception):
    """Evidence could not be written, read, signed, stamped or sealed. The message is one sentence for the person."""


class PackageError(EvidenceError):
    """What was asked for needs a package that is not installed."""
