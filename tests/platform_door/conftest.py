"""A CyberTipline for each test, and a client that does not wait between tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.platform_door.cybertipline import PASSWORD, USER, CyberTipline
from throwline.platform import Credentials, CyberTipClient, Service


@pytest.fixture
def service() -> Iterator[CyberTipline]:
    running = CyberTipline()
    yield running
    running.close()


@pytest.fixture
def pauses() -> list[float]:
    """The waits that the client made."""
    return []


@pytest.fixture
def client(service: CyberTipline, pauses: list[float]) -> CyberTipClient:
    return client_of(service, pauses.append)


def client_of(
    service: CyberTipline,
    sleep: Callable[[float], None] = lambda _seconds: None,
    *,
    confirm: Callable[[str, str], bool] = lambda _question, _word: True,
    password: str = PASSWORD,
    timeout: float = 10,
) -> CyberTipClient:
    return CyberTipClient(
        Credentials(USER, password),
        Service("test", service.address),
        confirm=confirm,
        sleep=sleep,
        timeout=timeout,
    )
