"""Where the test data lies: what ships with the project, and larger samples that may lie beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared"


def shared(part: str) -> Path:
    """The shared file or folder `part`; skips the test where it is missing."""
    path = SHARED / part
    if not path.exists():
        pytest.skip(f"the shared sample {part} is not here")
    return path
