"""Make a virtual environment and install pinned packages into it: `venv.py FOLDER REQUIREMENTS`.

Debian and Ubuntu ship Python without `ensurepip` unless python3-venv is installed. Root installs it; without root,
pip itself is fetched from the package index, by its pinned digest.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin

PIP_VERSION = "26.2"
PIP_SHA256 = "931c303696af6fa3417112103b1cad26890e5a07eccb5b99783700e33f2b8aad"


def main(folder: Path, requirements: Path) -> None:
    if sys.version_info < (3, 11):
        sys.exit(
            f"Throwline needs Python 3.11 or newer, and this is {sys.version.split()[0]}: "
            "name a newer one with `make PYTHON=python3.12 ...`."
        )
    python = folder / "bin" / "python"
    if (
        not python.exists()
        or subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode
    ):
        shutil.rmtree(folder, ignore_errors=True)
        create(folder)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", requirements], check=True)


def create(folder: Path) -> None:
    if find_spec("ensurepip") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"check": False, "stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "-qq", "update"], **quiet)
        subprocess.run(["apt-get", "-qq", "install", "--yes", "python3-venv"], **quiet)
    # A new interpreter: this one may have looked for ensurepip before it was there.
    if (
        subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode
        == 0
    ):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        return
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    wheel = folder / f"pip-{PIP_VERSION}-py3-none-any.whl"
    wheel.write_bytes(fetched_pip())
    python = folder / "bin" / "python"
    subprocess.run([python, wheel / "pip", "install", "--quiet", "--no-index", wheel], check=True)


def fetched_pip() -> bytes:
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
    with urllib.request.urlopen(f"{index}/pip/") as answer:
        page = answer.read().decode()
    link = re.search(rf'href="([^"#]+)#sha256={PIP_SHA256}"', page)
    if link is None:
        sys.exit(
            f"{index} does not have pip {PIP_VERSION}: install python3-venv (as root) instead."
        )
    with urllib.request.urlopen(urljoin(f"{index}/pip/", link[1])) as answer:
        content: bytes = answer.read()
    if hashlib.sha256(content).hexdigest() != PIP_SHA256:
        sys.exit("What the package index sent is not the pip that is pinned in tools/venv.py.")
    return content


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
