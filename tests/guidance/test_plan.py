"""Every combination of answers and signals gives a plan that begins, reaches a human and goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from throwline.case import Age, Answers, PaidBy, Pictures, Reply, Role
from throwline.guidance import Confidence, Kind, Level, Plan, Signals, Step, countries, plan
from throwline.guidance._situation import condition
from throwline.guidance._steps import places
from throwline.recognition import Pattern

ANSWERS = [
    Answers(
        age_in_picture=age,
        i_am=role,
        in_danger_now=danger,
        self_harm=self_harm,
        knows_person=knows,
        pictures_state=pictures,
        paid=paid,
        sent_more=sent_more,
        made_with_ai=made_with_ai,
    )
    for age, role, danger, self_harm, knows, pictures, paid, sent_more, made_with_ai in product(
        Age, Role, Reply, Reply, Reply, Pictures, Reply, Reply, Reply
    )
]
# Recognition gives a pattern exactly where it raises the alarm.
FOUND = [
    (Level.NONE, Pattern.NONE),
    (Level.WARNING, Pattern.NONE),
    *((Level.ALARM, pattern) for pattern in Pattern if pattern is not Pattern.NONE),
]
SIGNALS = [
    Signals(level, pattern, distress)
    for (level, pattern), distress in product(FOUND, (False, True))
]
MONEY = re.compile(r"\b(?:pay|send (?:the |some )?money|buy|transfer)\b", re.IGNORECASE)
NOT_MONEY = re.compile(
    r"\b(?:not pay|forced to pay|not paying|pay it back|pay again|pay later|pay for them|pay name|pay you|pay anyone"
    r"|ways? to pay|asked to pay)\b",
    re.IGNORECASE,
)


def _told(step: Step) -> str:
    return " ".join([step.title, *step.do, step.why, *(words.text for words in step.words)])


@cache
def _sound(steps: tuple[Step, ...]) -> frozenset[str]:
    """The ids of a plan's steps, after every check that needs nothing but the steps."""
    ids = [step.id for step in steps]
    assert len(ids) == len(set(ids)), "a step is repeated"
    assert "do-not-pay" in ids
    assert ids[-1] == "what-next"
    assert steps[-1].contacts, "the last step has nobody to reach"
    assert "recovery-scams" in ids
    assert "get-it-removed" in ids
    assert "tell-one-person" in ids
    assert all(step.do and step.advised_by and step.minutes > 0 for step in steps)
    return frozenset(ids)


def _removal(steps: tuple[Step, ...]) -> str:
    return next(_told(step) for step in steps if step.id == "get-it-removed")


@cache
def _removal_fits(steps: tuple[Step, ...], age: Age) -> bool:
    told = _removal(steps)
    wanted = {
        Age.UNDER_18: ["Take It Down"],
        Age.ADULT: ["StopNCII"],
        Age.UNKNOWN: ["Take It Down", "StopNCII", "18"],
    }[age]
    return all(name in told for name in wanted)


@pytest.mark.parametrize("signals", SIGNALS, ids=str)
def test_every_combination_yields_a_whole_plan(signals: Signals) -> None:
    for answers in ANSWERS:
        made = plan(answers, signals)
        ids = _sound(made.steps)
        assert made.human_now.provenance.confidence is not Confidence.UNVERIFIED
        assert _removal_fits(made.steps, answers.age_in_picture), answers
        if signals.distress or Reply.YES in (answers.self_harm, answers.in_danger_now):
            assert made.first.id == "safe-now", answers
            assert made.human_now.kind in (Kind.CRISIS_LINE, Kind.EMERGENCY), answers
            assert not made.first.telling.startswith("ask"), answers
        if answers.in_danger_now is Reply.YES:
            assert made.human_now.kind is Kind.EMERGENCY
        if answers.paid is Reply.YES:
            assert "recall-other" in ids


def test_no_step_ever_advises_to_pay() -> None:
    for step in _all_steps():
        left = NOT_MONEY.sub("", _told(step))
        assert not MONEY.search(left), (step.id, step.telling, left)


def _all_steps() -> Iterator[Step]:
    for tellings in places():
        for telling in tellings:
            yield telling.step


def test_every_telling_is_told_to_somebody() -> None:
    told = {
        (step.id, step.telling)
        for signals in SIGNALS
        for answers in ANSWERS[::7]
        for step in plan(answers, signals).steps
    }
    told |= {
        (step.id, step.telling)
        for way in PaidBy
        for step in plan(Answers(paid=Reply.YES, paid_by=frozenset({way}))).steps
    }
    assert {(step.id, step.telling) for step in _all_steps()} <= told


@pytest.mark.parametrize("age", Age)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("country", [None, "AD", *countries()])
def test_every_country_has_a_human_for_everybody(country: str | None, role: Role, age: Age) -> None:
    for danger, self_harm, distress in product(Reply, Reply, (False, True)):
        answers = Answers(
            age_in_picture=age,
            i_am=role,
            country=country,
            in_danger_now=danger,
            self_harm=self_harm,
        )
        made = plan(answers, Signals(distress=distress))
        assert made.human_now.verified
        assert made.contacts(made.steps[-1])
        for step in made.steps:
            contacts = made.contacts(step)
            assert bool(contacts) == bool(step.contacts), (country, step.id, step.telling)
            assert not contacts or contacts[0].verified
            assert len(contacts) == len({contact.name for contact in contacts})


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        (
            Answers(country="US", age_in_picture=Age.ADULT),
            "Image Abuse Helpline (Cyber Civil Rights Initiative)",
        ),
        (
            Answers(country="US", age_in_picture=Age.UNDER_18),
            "National Center for Missing & Exploited Children (NCMEC)",
        ),
        (Answers(country="US", self_harm=Reply.YES), "988 Suicide & Crisis Lifeline"),
        (Answers(country="GB", age_in_picture=Age.UNDER_18), "Childline"),
        (Answers(country="GB", age_in_picture=Age.ADULT), "Shout"),
        (Answers(country="GB", in_danger_now=Reply.YES, self_harm=Reply.YES), "Emergency services"),
        (Answers(country="GB"), "Shout"),
        (Answers(), "Befrienders Worldwide"),
        (Answers(age_in_picture=Age.ADULT), "Befrienders Worldwide"),
        (Answers(age_in_picture=Age.UNDER_18), "Child Helpline International"),
    ],
    ids=str,
)
def test_the_human_to_reach_now_fits(answers: Answers, name: str) -> None:
    """In the UK the helpline for adults is closed at night and at weekends, so one that is always open comes first."""
    assert plan(answers).human_now.name == name


def test_nobody_is_sent_to_the_emergency_number_without_need() -> None:
    for country, age in product([None, *countries()], Age):
        answers = Answers(country=country, age_in_picture=age)
        assert plan(answers).human_now.kind is not Kind.EMERGENCY


@pytest.mark.parametrize("way", PaidBy)
def test_each_way_of_paying_has_its_own_step_with_words_to_use(way: PaidBy) -> None:
    steps = plan(Answers(paid=Reply.YES, paid_by=frozenset({way}))).steps
    recalls = [step for step in steps if step.id.startswith("recall-")]
    assert [step.id for step in recalls] == [f"recall-{way.replace('_', '-')}"]
    assert recalls[0].words


def test_the_ways_of_paying_come_from_the_messages_where_the_person_did_not_say() -> None:
    signals = Signals(
        Level.ALARM, Pattern.FINANCIAL, payment_channels=frozenset({PaidBy.GIFT_CARD})
    )
    assert "recall-gift-card" in _ids(plan(Answers(paid=Reply.YES), signals))
    assert not any(i.startswith("recall-") for i in _ids(plan(Answers(), signals)))


def _ids(made: Plan) -> list[str]:
    return [step.id for step in made.steps]


def _telling(made: Plan, wanted: str) -> str:
    return next(step.telling for step in made.steps if step.id == wanted)


def test_someone_known_in_person_is_never_blocked_without_a_plan() -> None:
    for role, age, paid in product(Role, Age, Reply):
        answers = Answers(i_am=role, age_in_picture=age, paid=paid, knows_person=Reply.YES)
        made = plan(answers, Signals(Level.ALARM, Pattern.PEER))
        step = next(s for s in made.steps if s.id == "block-and-report")
        assert step.telling == "known"
        assert step.differ
        assert not any(sentence.startswith("Block") for sentence in step.do)


def test_a_parent_first_hears_what_to_say() -> None:
    answers = Answers(i_am=Role.PARENT, in_danger_now=Reply.NO, self_harm=Reply.NO)
    first = plan(answers, Signals(Level.ALARM, Pattern.FINANCIAL)).first
    assert first.do[0] == (
        "Thank them for telling you. They are not in trouble. Do not take the phone away."
    )


@pytest.mark.parametrize("role", [Role.PARENT, Role.HELPER])
def test_nobody_else_asks_for_the_picture(role: Role) -> None:
    asks = re.compile(
        r"\b(?:show|send|forward|give) (?:me|us|you) (?:the|that|a) (?:picture|photo|video)", re.I
    )
    for age, level in product(Age, (Level.NONE, Level.ALARM)):
        made = plan(Answers(i_am=role, age_in_picture=age), Signals(level))
        text = " ".join(_told(step) for step in made.steps)
        assert not asks.search(text)
        assert re.search(r"Do not (?:look for|ask for|copy)|Never ask to see", text)


@pytest.mark.parametrize("age", [Age.UNDER_18, Age.UNKNOWN])
def test_a_picture_that_may_show_a_minor_is_never_copied(age: Age) -> None:
    for role in Role:
        made = plan(Answers(i_am=role, age_in_picture=age), Signals(Level.ALARM, Pattern.FINANCIAL))
        proof = _told(next(step for step in made.steps if step.id == "save-proof"))
        assert re.search(r"Do not copy|Never take a copy", proof)


def test_early_signs_get_a_quiet_word_and_no_alarm() -> None:
    made = plan(Answers(in_danger_now=Reply.NO, self_harm=Reply.NO), Signals(Level.WARNING))
    assert made.first.id == "quiet-word"
    assert "not-your-fault" not in _ids(made)
    assert _telling(made, "police-and-tip-lines") == "quiet"


@pytest.mark.parametrize(
    "told",
    [
        Answers(paid=Reply.YES),
        Answers(sent_more=Reply.YES),
        Answers(pictures_state=Pictures.SHARED),
        Answers(pictures_state=Pictures.THREAT_ONLY),
        Answers(in_danger_now=Reply.YES),
    ],
    ids=str,
)
def test_the_persons_own_word_counts_more_than_early_signs(told: Answers) -> None:
    assert "quiet-word" not in _ids(plan(told, Signals(Level.WARNING)))


def test_a_claim_of_a_hacked_device_is_told_as_a_bluff_until_a_picture_is_out() -> None:
    mail = Signals(Level.ALARM, Pattern.HACKED_CLAIM)
    assert _telling(plan(Answers(), mail), "not-your-fault") == "bluff"
    out = plan(Answers(pictures_state=Pictures.SHARED), mail)
    assert _telling(out, "not-your-fault") == "person"
    assert "get-posts-down" in _ids(out)


def test_what_was_made_with_ai_counts_as_a_picture() -> None:
    made = plan(Answers(made_with_ai=Reply.YES))
    assert _telling(made, "not-your-fault") == "made-with-ai"
    assert "get-it-removed" in _ids(made)


def test_proof_comes_before_the_block_and_the_money_is_called_back_between() -> None:
    answers = Answers(paid=Reply.YES, paid_by=frozenset({PaidBy.BANK, PaidBy.CRYPTO}))
    ids = _ids(plan(answers))
    wanted = ["save-proof", "block-and-report", "recall-bank", "recall-crypto", "tell-one-person"]
    assert [i for i in ids if i in wanted] == wanted


def test_a_field_that_no_situation_has_is_refused() -> None:
    with pytest.raises(ValueError, match="no situation has age = 17"):
        condition({"age": ["17"]})
