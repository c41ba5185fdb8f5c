"""No word of the local page stays in English, from the first page to a case that is opened again."""

from __future__ import annotations

import pytest

from tests.language.conftest import PSEUDO, Pseudo
from tests.language.test_speaking import _left
from tests.pages.forms import Field, form
from throwline.evidence import _age as age_file
from throwline.language import languages
from throwline.pages import Pages, Request, Response, _pages, _shown

CHAT = (
    "02/03/2026, 21:14 - Kim: i have your pics\n"
    "02/03/2026, 21:15 - Sam: n�\n"
    "05/05/2026, 08:00 - Kim: pay me 300 or i post it\n"
)
PASSPHRASE = ("passphrase", "four plain words")
NAMES = {
    "Kim",
    "Sam",
    "pip",
    "install",
    "throwline",
    "seal",
    "PDQ",
    "SHA",
    "MD",
    "JPEG",
    "PNG",
    "WebP",
}
SAID = {"have", "your", "pics", "pay", "me", "or", "post", "it", "chat", "Me"}


@pytest.fixture
def local(pseudo: Pseudo, monkeypatch: pytest.MonkeyPatch) -> Pages:
    monkeypatch.setattr(age_file, "_WORK", 10)
    for module in (_pages, _shown):
        monkeypatch.setattr(module, "languages", lambda: (*languages(), PSEUDO))
    return Pages(locks=True, screenshots=lambda *_given: pytest.fail("nothing to read"))


def post(local: Pages, path: str, *fields: tuple[str, Field]) -> Response:
    return local.handle(form(path, *fields))


def check(answer: Response) -> None:
    """But for the names of the languages, at its foot."""
    left = set(_left(answer.body.decode().partition("<footer>")[0]).split())
    assert left <= NAMES | SAID


@pytest.mark.parametrize("path", ["", "open", "screenshots", "profile", "clean", "fingerprint"])
def test_before_there_is_a_case(local: Pages, path: str) -> None:
    check(local.handle(Request("GET", f"/qps/{path}")))


def test_of_a_case(local: Pages) -> None:
    place = post(local, "/qps/case", ("file", ("chat", CHAT.encode()))).headers["Location"]
    for path in ("/locked", "/answers", "/correct"):
        check(local.handle(Request("GET", place + path)))
    sealed = post(local, f"{place}/locked", PASSPHRASE, ("again", PASSPHRASE[1])).body
    again = post(local, "/qps/open", ("sealed", ("case.age", sealed)), PASSPHRASE)
    page = local.handle(Request("GET", again.headers["Location"])).body.decode()
    assert "⟦This case was opened again." in page


def test_what_went_wrong(local: Pages) -> None:
    place = post(local, "/qps/case", ("file", ("chat", CHAT.encode()))).headers["Location"]
    sealed = post(local, f"{place}/locked", PASSPHRASE, ("again", PASSPHRASE[1])).body
    for answer in (
        post(local, f"{place}/locked", ("passphrase", "short")),
        post(local, f"{place}/locked", PASSPHRASE),
        post(local, "/qps/open", PASSPHRASE),
        post(local, "/qps/open", ("sealed", ("case.age", sealed)), ("passphrase", "another one")),
        post(local, "/qps/open", ("sealed", ("case.age", sealed[:-1])), PASSPHRASE),
        post(local, "/qps/open", ("sealed", ("case.age", b"hello")), PASSPHRASE),
    ):
        assert answer.status == 422
        check(answer)
