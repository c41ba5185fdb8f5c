"""The local pages: an address begins with the language, and leads on in it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from importlib.resources import files

import pytest

from tests.language.conftest import PSEUDO, Pseudo
from throwline.language import SOURCE, languages, spoken
from throwline.pages import Pages, Request, _pages, _shown

CHAT = (files("throwline") / "sample" / "WhatsApp Chat with Dana.txt").read_bytes()
FORM = (
    b'--b\r\nContent-Disposition: form-data; name="pasted"\r\n\r\n' + CHAT + b"\r\n--b--\r\n",
    "multipart/form-data; boundary=b",
)


@pytest.fixture
def local(pseudo: Pseudo, monkeypatch: pytest.MonkeyPatch) -> Pages:
    for module in (_pages, _shown):
        monkeypatch.setattr(module, "languages", lambda: (*languages(), PSEUDO))
    return Pages()


def _get(local: Pages, path: str) -> str:
    answer = local.handle(Request("GET", path))
    assert answer.status == 200
    return answer.body.decode()


@pytest.mark.parametrize("path", ["/", "/help"])
def test_a_page_in_a_language_leads_on_in_it(local: Pages, path: str) -> None:
    html = _get(local, f"/qps{path}")
    assert '<html lang="qps" dir="rtl"' in html
    assert 'href="/qps/help"' in html
    assert f'href="/{SOURCE}{path}"' in html
    assert "⟦This translation awaits a review by a native speaker.⟧" in html
    assert "⟦" not in _get(local, path)
    assert "⟦" not in _get(local, f"/{SOURCE}{path}").replace(PSEUDO.name, "")


def test_a_case_is_shown_in_each_language(local: Pages) -> None:
    made = local.handle(Request("POST", "/qps/case", FORM[1], FORM[0]))
    assert made.status == 303
    place = made.headers["Location"]
    assert re.fullmatch(r"/qps/case/[\w-]+", place)
    assert "⟦What is happening⟧" in _get(local, place)
    assert "What is happening" in _get(local, place.removeprefix("/qps"))
    assert "⟦Statement about threats" in _get(local, f"{place}/report/police")


def test_a_case_knows_the_language_it_was_made_in(local: Pages) -> None:
    made = local.handle(Request("POST", "/qps/case", FORM[1], FORM[0]))
    packed = local.handle(Request("GET", f"{made.headers['Location']}/case.zip")).body
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        name = next(name for name in archive.namelist() if name.endswith("case.json"))
        assert json.loads(archive.read(name))["answers"]["language"] == "qps"


def test_what_was_said_before_does_not_stay(local: Pages) -> None:
    before = spoken()
    _get(local, "/qps/help")
    assert spoken() == before


def test_a_language_that_is_not_there_is_no_page(local: Pages) -> None:
    assert local.handle(Request("GET", "/xx/help")).status == 404
