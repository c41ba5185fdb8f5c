"""Every page of the site: its name, its template and what it shows."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from throwline.case import Age, Answers, PaidBy, Pictures, Reply, Role
from throwline.guidance import (
    Contact,
    Directory,
    Kind,
    Level,
    Plan,
    Signals,
    Step,
    countries,
    directory,
    plan,
    platforms,
)
from throwline.language import SOURCE, cache_by_language, spoken
from throwline.pages import form
from throwline.recognition import Pattern
from throwline.site._practice import practice
from throwline.site._texts import parts, table, texts
from throwline.site._told import DOORS, Told, all_told

FIRST = "first"
HELP = "help"

_FIRST_WORDS = ("not-your-fault", "do-not-pay", "stop-replying", "save-proof")

# What a country's page lists, in this order, below the one to call first.
_CALM = (
    Kind.CRISIS_LINE,
    Kind.CHILD_HELPLINE,
    Kind.NATIONAL_HOTLINE,
    Kind.PICTURE_REMOVAL,
    Kind.POLICE_OR_CYBER,
)


@dataclass(frozen=True, slots=True)
class Page:
    """`name` is what the code and the texts call it, `back` the page one step nearer to the first."""

    name: str
    template: str
    back: str | None
    shows: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A country: the name of its page, and the plan that knows whom to reach there."""

    name: str
    plan: Plan

    @property
    def directory(self) -> Directory:
        """Its services."""
        return self.plan.directory

    @property
    def human(self) -> Contact:
        """Whom to call first."""
        return self.plan.human_now

    @property
    def letter(self) -> str:
        """Where it stands in the alphabet."""
        return unicodedata.normalize("NFD", self.directory.name)[0]


@cache
def address(name: str) -> str:
    """The file of a page. It says nothing, to nobody who sees it in a history or a log, and stays the same over time."""
    match name:
        case "first":
            return "index.html"
        case "lost":
            return "404.html"
    return hashlib.sha256(name.encode()).hexdigest()[:6] + ".html"


@cache_by_language
def pages() -> tuple[Page, ...]:
    """All that need no engine, the first one first."""
    return (
        Page(FIRST, "first.html", None, {"doors": _doors(), "crisis": _crisis()}),
        *_told_pages(),
        _planned("quiet", Signals(Level.WARNING), Pictures.NONE_EXIST),
        _planned("bluff", Signals(pattern=Pattern.HACKED_CLAIM), Pictures.NONE_EXIST),
        _help_page(),
        *_country_pages(),
        Page("platforms", "platforms.html", FIRST, {"platforms": platforms()}),
        *(
            Page(f"platform/{p.identifier}", "platform.html", "platforms", {"platform": p})
            for p in platforms()
        ),
        Page("money", "money.html", FIRST, {"steps": _money()}),
        Page("tell", "tell.html", FIRST, {"tellers": _tellers()}),
        Page(
            "lesson", "lesson.html", FIRST, {"parts": parts(table("lesson")), "talks": practice()}
        ),
        Page("sources", "sources.html", "about", {"steps": _advised()}),
        Page("copy", "copy.html", "all"),
        *(
            Page(text.name, "text.html", text.back, {"text": text})
            for text in texts()
            if text.form is None
        ),
        Page("lost", "lost.html", FIRST),
    )


@cache_by_language
def tool_pages() -> tuple[Page, ...]:
    """The pages of the tools. A site has them where it has the engine that they run on."""
    return tuple(
        Page(text.name, "tool.html", text.back, {"text": text, "form": form(text.form)})
        for text in texts()
        if text.form
    )


def _doors() -> list[tuple[str, str]]:
    """The name of a page and what its door says."""
    names = (*(door.name for door in DOORS), "real")
    return list(zip(names, table("first")["doors"], strict=True))


def _crisis() -> list[tuple[str, Contact]]:
    """A line that always answers, for the countries that the first page names in this language."""
    by_language = table("first")["crisis_in"]
    named = []
    for country, name in by_language.get(spoken().code, by_language[SOURCE]).items():
        lines = (c for c in directory(country).of(Kind.CRISIS_LINE) if c.phone and c.always_open)
        named.append((name, next(lines)))
    return named


def _told_pages() -> Iterator[Page]:
    before = {after.name: told.name for told in all_told() for after in told.answered()}
    for told in all_told():
        back = before.get(told.name, FIRST)
        made = plan(told.answers())
        if told.asks is None:
            shows = {
                "told": told,
                "plan": made,
                "words": table("plan")[told.role],
                "door": _door(told),
            }
            yield Page(told.name, "plan.html", back, shows)
        else:
            asked = table("questions")[told.asks]
            yield Page(
                told.name,
                "question.html",
                back,
                {
                    "question": asked[told.role],
                    "answers": _answer_links(told),
                    "skip": told.skipped().name,
                    "first_words": _chosen(made, _FIRST_WORDS) if told.at_a_door else (),
                },
            )


def _answer_links(told: Told) -> list[tuple[str, str]]:
    question = str(told.asks)
    said = table("questions")[question]["answers"]
    return [(after.name, said[getattr(after, question)]) for after in told.answered()]


def _door(told: Told) -> str:
    """Where the answers behind a plan can be changed."""
    return Told(told.role, told.state if told.role is Role.PERSON else None).name


def _planned(name: str, signals: Signals, pictures: Pictures) -> Page:
    """A plan that needs no more answers."""
    made = plan(Answers(pictures_state=pictures), signals)
    shows = {"told": None, "plan": made, "words": table("plan")[name]}
    return Page(name, "plan.html", "real", shows)


def _chosen(made: Plan, wanted: tuple[str, ...]) -> tuple[Step, ...]:
    return tuple(step for step in made.steps if step.id in wanted)


def _places() -> list[Place]:
    """Every country, by its name."""
    named = (Place(f"country/{code}", plan(Answers(country=code))) for code in countries())
    return sorted(named, key=lambda place: (place.letter, place.directory.name))


def _help_page() -> Page:
    anywhere = directory(None)
    lines = (Kind.CRISIS_LINE, Kind.CHILD_HELPLINE, Kind.NATIONAL_HOTLINE)
    shows = {
        "places": _places(),
        "emergency": anywhere.of(Kind.EMERGENCY)[0],
        "finders": [contact for kind in lines for contact in anywhere.of(kind)],
    }
    return Page(HELP, "help.html", FIRST, shows)


def _country_pages() -> Iterator[Page]:
    for place in _places():
        home = place.directory
        shows = {
            "place": home,
            "human": place.human,
            "emergency": home.of(Kind.EMERGENCY)[0],
            "kinds": [(kind, home.of(kind)) for kind in _CALM if home.of(kind)],
        }
        yield Page(place.name, "country.html", HELP, shows)


def _money() -> list[tuple[str, Step]]:
    """What each way of paying is called, and what to do then."""
    names = table("money")["ways"]
    plans = (plan(Answers(paid=Reply.YES, paid_by=frozenset({way}))) for way in PaidBy)
    return [(names[step.id], step) for made in plans for step in made.steps if step.id in names]


def _tellers() -> list[tuple[str, list[Step]]]:
    """For whom the words are, and the steps that have them."""
    words = table("tell")
    who = {
        "under18": Answers(age_in_picture=Age.UNDER_18),
        "adult": Answers(age_in_picture=Age.ADULT),
        "parent": Answers(i_am=Role.PARENT),
        "helper": Answers(i_am=Role.HELPER),
    }
    wanted = ("not-your-fault", "tell-one-person", "tell-contacts", "police-and-tip-lines")
    return [
        (words[name], [step for step in _chosen(plan(answers), wanted) if step.words])
        for name, answers in who.items()
    ]


def _advised() -> list[Step]:
    """One telling of every step, for who advises it."""
    by_id: dict[str, Step] = {}
    for made in _plans():
        for step in made.steps:
            by_id.setdefault(step.id, step)
    return list((by_id | {step.id: step for _, step in _money()}).values())


def _plans() -> Iterator[Plan]:
    """Every plan that the site tells."""
    for told in all_told():
        yield plan(told.answers())
    yield plan(Answers(pictures_state=Pictures.NONE_EXIST), Signals(Level.WARNING))
    yield plan(Answers(pictures_state=Pictures.NONE_EXIST), Signals(pattern=Pattern.HACKED_CLAIM))
