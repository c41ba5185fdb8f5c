"""What runs where little is installed: making and checking a bag needs none of the compiled packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMPILED = ("cryptography", "pyrage", "rfc3161_client")
BROWSER_LACKS = ("fcntl", "termios", "resource", "ssl", "_ssl")


def python(code: str, *missing: str) -> str:
    hidden = f"import sys; sys.modules.update(dict.fromkeys({missing!r}))\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", hidden + code],
        cwd=Path(__file__).parents[2], capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_bag_in_a_browser() -> None:
    code = """
from tests.evidence.bags import FILES, INFO, ORIGIN
from throwline.evidence import Payload, bag_files
print(len(list(bag_files([Payload(n, [c]) for n, c in FILES.items()], INFO, ORIGIN))))
"""
    assert python(code, *COMPILED, *BROWSER_LACKS) == "8\n"


def test_writing_and_verifying(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from tests.evidence.bags import make_bag
from throwline.evidence import verify
print(verify(make_bag(Path({str(tmp_path)!r}) / "evidence")).holds)
"""
    assert python(code, *COMPILED) == "True\n"


@pytest.mark.parametrize(
    ("call", "extra"),
    [
        ("seal(bag, bag.parent / 'it', who='x', at=AT, passphrase='x' * 12)", "seal"),
        ("seal(bag, bag.parent / 'it', who='x', at=AT, recipients=['age1'])", "seal"),
        ("unseal(bag / 'bagit.txt', bag.parent / 'it', identities=bag / 'bagit.txt')", "seal"),
        ("stamp(bag, ['http://127.0.0.1:1/'])", "stamp"),
        ("verify(bag, roots=bag / 'bagit.txt')", "stamp"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, call: str, extra: str) -> None:
    code = f"""
from pathlib import Path
from tests.evidence.bags import AT, make_bag
from throwline.evidence import EvidenceError, seal, stamp, unseal, verify
bag = make_bag(Path({str(tmp_path)!r}) / "evidence")
try:
    {call}
except EvidenceError as error:
    print(error)
"""
    assert f"pip install 'throwline[{extra}]'" in python(code, *COMPILED)
    assert [path.name for path in tmp_path.iterdir()] == ["evidence"]


def test_a_stamp_that_cannot_be_checked_is_noted(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from tests.evidence.bags import make_bag
from throwline.evidence import verify
bag = make_bag(Path({str(tmp_path)!r}) / "evidence")
(bag / "tagmanifest-sha256.txt.1.tsr").write_bytes(b"x")
print(verify(bag).holds, *verify(bag).notes)
"""
    said = python(code, *COMPILED)
    assert said.startswith("True tagmanifest-sha256.txt.1.tsr was not checked. This needs one more")


def test_nothing_loads_what_it_does_not_need() -> None:
    code = f"""
import throwline.cli, throwline.evidence
print([name for name in ({", ".join(map(repr, (*COMPILED, "urllib.request", "ssl")))}) if name in sys.modules])
"""
    assert python("import sys\n" + code) == "[]\n"
