"""What this room raises."""


class EvidenceError(Exception):
    """Evidence could not be written, read, signed, stamped or sealed. The message is one sentence for the person."""
