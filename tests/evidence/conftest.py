from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.evidence.authority import HAS_OPENSSL, Authority
from tests.evidence.bags import make_bag


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return make_bag(tmp_path / "evidence")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys `helper` and `stranger`, and `allowed_signers`, which names the helper's."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("no ssh-keygen here (apt-get install openssh-client)")
    folder = tmp_path_factory.mktemp("keys")
    for name in ("helper", "stranger"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", folder / name],
            check=True,
        )
    public = (folder / "helper.pub").read_text()
    (folder / "allowed_signers").write_text(f"helper@example.org {public}")
    return folder


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return _authority(tmp_path_factory, "Test authority")


@pytest.fixture(scope="session")
def other_authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return _authority(tmp_path_factory, "Another authority")


def _authority(factory: pytest.TempPathFactory, name: str) -> Authority:
    if not HAS_OPENSSL:
        pytest.skip("no openssl here (apt-get install openssl)")
    return Authority.made_in(factory.mktemp("authority") / "ca", name)
