"""The steps as data: each is sourced, complete and names what it is for."""

from __future__ import annotations

from datetime import date

import pytest

from throwline.guidance import Confidence, GuidanceError, Step
from throwline.guidance import _steps as module
from throwline.guidance._steps import Telling, places

PLACES = places()
STEPS = [telling.step for tellings in PLACES for telling in tellings]
STEP = """
id = "s"
order = 1
minutes = 1
first_hour = true
why = "w"
advised_by = []
[[telling]]
name = "t"
title = "T"
do = ["d"]
"""


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.id}/{step.telling}")
def test_each_step_names_who_advises_it(step: Step) -> None:
    assert step.advised_by
    for adviser in step.advised_by:
        assert adviser.who
        assert adviser.provenance.checked <= date.today()
        assert adviser.provenance.confidence is not Confidence.UNVERIFIED


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.id}/{step.telling}")
def test_each_step_can_be_done_and_copied(step: Step) -> None:
    assert 1 <= len(step.do) <= 6
    assert step.why.endswith(".")
    assert 1 <= step.minutes <= 30
    for sentence in step.do:
        assert sentence[-1] in ".?"
    for words in step.words:
        assert words.to
        assert words.text[0].isupper()


def test_no_two_places_or_tellings_share_a_name() -> None:
    ids = [tellings[0].step.id for tellings in PLACES]
    assert len(ids) == len(set(ids))
    for tellings in PLACES:
        names = [telling.step.telling for telling in tellings]
        assert len(names) == len(set(names))


def test_the_order_is_that_of_the_first_hour() -> None:
    ids = [
        tellings[0].step.id for tellings in PLACES if not tellings[0].step.id.startswith("recall")
    ]
    assert ids == [
        "safe-now",
        "quiet-word",
        "not-your-fault",
        "do-not-pay",
        "send-no-more",
        "stop-replying",
        "save-proof",
        "block-and-report",
        "tell-one-person",
        "tell-contacts",
        "get-it-removed",
        "get-posts-down",
        "lock-down",
        "police-and-tip-lines",
        "recovery-scams",
        "what-next",
    ]


def test_every_ready_letter_is_there() -> None:
    to = {words.to for step in STEPS for words in step.words}
    assert {"a parent", "a friend", "a teacher", "your bank", "police"} <= to
    assert any(reader.startswith("an employer") for reader in to)
    assert any(reader.startswith("people who may get") for reader in to)


def test_a_telling_without_conditions_is_the_last_of_its_place() -> None:
    for tellings in PLACES:
        assert all(telling.when for telling in tellings[:-1])


def test_a_telling_fits_where_any_of_its_conditions_holds(monkeypatch, tmp_path) -> None:
    telling = _read(
        tmp_path,
        monkeypatch,
        STEP.replace('do = ["d"]', 'do = ["d"]\nwhen = [{ age = ["adult"] }]'),
    )
    assert telling.when
    assert not telling.fits(0)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (STEP.replace('title = "T"\n', ""), "'title'"),
        (
            STEP.replace('do = ["d"]', 'do = ["d"]\nwhen = [{ weather = ["rain"] }]'),
            "no situation has weather = rain",
        ),
        (STEP.replace('do = ["d"]', 'do = ["d"]\ncontacts = ["plumber"]'), "plumber"),
    ],
)
def test_a_broken_step_is_named(broken: str, why: str, monkeypatch, tmp_path) -> None:
    with pytest.raises(GuidanceError, match=rf"steps/s\.toml: .*{why}"):
        _read(tmp_path, monkeypatch, broken)


def _read(tmp_path, monkeypatch, text: str) -> Telling:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "s.toml").write_text(text)
    monkeypatch.setattr(module, "folder", lambda name: tmp_path / name)
    return module.places.__wrapped__()[0][0]
