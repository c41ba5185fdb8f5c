"""`throwline recognise`: JSON lines in, JSON lines out."""

from __future__ import annotations

import io
import json
from typing import BinaryIO, TextIO

from throwline.case import answers


def recognise_lines(lines: BinaryIO, out: TextIO, errors: TextIO) -> int:
    """Answer every line of `lines` on `out`, bad ones on `errors`. Returns 1 where any line was bad, else 0."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    # Undecodable bytes must not end the run: such a line is answered as what it then is.
    text = io.TextIOWrapper(lines, "utf-8", errors="replace", newline="\n")
    status = 0
    for answer in answers(text):
        if answer.error is None:
            out.write(encode(answer.form) + "\n")
        else:
            errors.write(encode({"line": answer.line, "error": answer.error}) + "\n")
            status = 1
    return status
