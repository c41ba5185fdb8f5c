"""Where to report, what to keep and how to export, for each platform, with its source."""

from __future__ import annotations

import pytest

from tests.guidance.readability import grade
from throwline.guidance import Confidence, Platform, platform, platforms
from throwline.guidance import _platforms as module
from throwline.guidance._provenance import GuidanceError


def test_at_least_20_platforms_are_covered() -> None:
    """A search engine or a video site has no messages to export."""
    assert len([known for known in platforms() if known.export]) >= 20


@pytest.mark.parametrize("known", platforms(), ids=lambda known: known.identifier)
def test_each_says_where_to_report_and_what_to_keep(known: Platform) -> None:
    assert known.report
    assert known.preserve
    for about in (known.report, known.preserve, known.export):
        for fact in about:
            assert fact.text.endswith(".")
            assert fact.provenance.source
            assert fact.url is None or fact.url.startswith("https://")
    verified = [fact.provenance.confidence is not Confidence.UNVERIFIED for fact in known.facts]
    assert any(verified)


@pytest.mark.parametrize("known", platforms(), ids=lambda known: known.identifier)
def test_the_words_are_plain(known: Platform) -> None:
    assert grade(fact.text for fact in known.facts) <= 9


@pytest.mark.parametrize("known", platforms(), ids=lambda known: known.identifier)
def test_none_tells_to_keep_the_picture(known: Platform) -> None:
    text = " ".join(fact.text for fact in known.facts).lower()
    assert "screenshot of the picture" not in text
    assert "save the picture" not in text


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("instagram", "Instagram"),
        ("IG", "Instagram"),
        ("Twitter", "X"),
        ("whatsapp", "WhatsApp"),
        ("messenger", "Facebook"),
    ],
)
def test_a_platform_is_found_by_any_of_its_names(word: str, name: str) -> None:
    found = platform(word)
    assert found is not None
    assert found.name == name


def test_no_two_platforms_share_a_name() -> None:
    words = [w for p in platforms() for w in {p.identifier, p.name.casefold(), *p.aliases}]
    assert len(words) == len(set(words))


def test_an_unknown_platform_is_none() -> None:
    assert platform("carrier pigeon") is None


def test_a_platform_without_a_report_is_named(tmp_path, monkeypatch) -> None:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "xx.toml").write_text('name = "X"\n')
    monkeypatch.setattr(module, "folder", lambda name: tmp_path / name)
    with pytest.raises(GuidanceError, match=r"platforms/xx\.toml: 'report'"):
        module.platforms.__wrapped__()
