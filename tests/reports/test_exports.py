"""What programs of investigators read: well-formed, the same each time, and, where it is shared, about nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.reports.cases import THREAT, case_of, conversation, sample_case
from throwline.case import Case
from throwline.conversation import Participant
from throwline.reports import EXPORTS, ReportError, export

KIM = Participant("Kim Doe", "220817")
SAM = Participant("Sam Roe", "119933", is_owner=True)
SHARED = ("stix", "misp")
# BIP 173 and the Bitcoin wiki ("Technical background of version 1 Bitcoin addresses"): published test values.
BTC = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"


def told(*lines: tuple[Participant | None, str]) -> Case:
    return case_of(conversation([(SAM, "hey"), (KIM, THREAT), *lines]))


def values(case: Case) -> set[str]:
    """Every value that would be shared, without the words around it."""
    form = json.loads(export("misp", case))
    return {attribute["value"] for attribute in form["Event"]["Attribute"]}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_case_gives_the_same_bytes(name: str) -> None:
    assert export(name, sample_case()) == export(name, sample_case())
    other = export(name, case_of(conversation([(KIM, THREAT), (SAM, "no")])))
    assert other != export(name, sample_case())


def test_what_the_person_doing_this_names_as_theirs_is_shared() -> None:
    case = told(
        (SAM, "please"),
        (KIM, f"or pay in bitcoin {BTC}"),
        (KIM, "text me on telegram @kel_pays"),
        (KIM, "paypal works too, kell@mail.example"),
    )
    assert values(case) == {"220817", "$kellmor", BTC, "kel_pays", "kell@mail.example"}


@pytest.mark.parametrize(
    "lines",
    [
        [(KIM, "i will send it to your mom, her number is +44 7700 900123")],
        [(KIM, "i know your school and your insta @rob.in_draws, i will send it there")],
        [(SAM, "my paypal is own@mail.example"), (KIM, "pay from paypal own@mail.example then")],
        [(SAM, "call me at +44 7700 900123")],
        [(None, "call me at +44 7700 900123")],
        [(KIM, "cashapp $samroe is yours right?")],
        [(KIM, "steam gift card code ABCDE-12345-FGHIJ")],
    ],
)
def test_what_may_be_somebody_elses_stays_behind(
    lines: list[tuple[Participant | None, str]],
) -> None:
    assert values(told(*lines)) == {"220817", "$kellmor"}


def test_a_name_that_two_people_have_tells_nobody_apart() -> None:
    twin = Participant(KIM.name, "555")
    with pytest.raises(ReportError, match="nothing to share"):
        export("stix", case_of(conversation([(KIM, THREAT), (twin, "no")])))


def test_an_owner_is_never_shared() -> None:
    owner = Participant("Kim Doe", "220817", is_owner=True)
    with pytest.raises(ReportError, match="nothing to share"):
        export("misp", case_of(conversation([(owner, THREAT), (SAM, "no")])))


def test_no_threat_nothing_to_share() -> None:
    with pytest.raises(ReportError, match="nothing to share"):
        export("stix", case_of(conversation([(KIM, "hello"), (SAM, "hi")])))


# Every field of the other side, in forms that an export could repeat.
_NAME = st.from_regex(r"[A-Z][a-z]{5,9} [A-Z][a-z]{5,9}", fullmatch=True)
_HANDLE = st.from_regex(r"[a-z]{6,9}_[a-z]{3,6}[0-9]{2}", fullmatch=True)
_NUMBER = st.from_regex(r"\+44 7700 900[0-9]{3}", fullmatch=True)
_SAID = st.text(st.characters(categories=("L", "N", "Zs")), min_size=8, max_size=60)
_CAREFUL = (
    "i will send it to {name}, {handle} and {number}",
    "your insta is @{handle} right? and {number}, {mail}",
    "pay with cashapp $kellmor from {mail} or i post it on instagram.com/{handle}",
    "telegram @{handle} is you, i write there",
    "cashapp ${handle} is yours",
)


@settings(max_examples=80, deadline=None)
@given(
    name=_NAME,
    handle=_HANDLE,
    number=_NUMBER,
    said=_SAID,
    threat=st.sampled_from(_CAREFUL),
    own=st.booleans(),
)
@example(
    name="Marlow Quincey",
    handle="marlow_qui77",
    number="+44 7700 900123",
    said="pls dont do it",
    threat=_CAREFUL[0],
    own=False,
)
def test_nothing_of_the_other_side_is_shared(
    name: str, handle: str, number: str, said: str, threat: str, own: bool
) -> None:
    other = Participant(name, handle, is_owner=own or None)
    mail = f"{handle}@mail.example"
    lines = [
        (KIM, THREAT),
        (other, said),
        (other, f"i am {name}, {number}, {mail}, snap {handle}"),
        (KIM, threat.format(name=name, handle=handle, number=number, mail=mail)),
    ]
    case = case_of(conversation(lines))
    fields = [name, *name.split(), handle, number, number.replace(" ", ""), mail, said.strip()]
    assume(all(len(field) > 4 for field in fields))
    assume(not any(_is_in(field, text) for field in fields for text in _neutral()))
    for kind in SHARED:
        for text in _texts(json.loads(export(kind, case))):
            assert not any(_is_in(field, text) for field in fields)


@cache
def _neutral() -> frozenset[str]:
    """What stands in an export whoever the other side is."""
    return frozenset(text for kind in SHARED for text in _texts(json.loads(export(kind, told()))))


def _texts(form: Any) -> Iterator[str]:
    if isinstance(form, dict):
        for key, value in form.items():
            yield key
            yield from _texts(value)
    elif isinstance(form, list):
        for value in form:
            yield from _texts(value)
    elif isinstance(form, str):
        yield form


def _is_in(field: str, text: str) -> bool:
    return field.casefold() in text.casefold()


def test_misp_holds_to_its_form() -> None:
    event = json.loads(export("misp", told((KIM, f"or pay in bitcoin {BTC}"))))["Event"]
    assert event["distribution"] == "0"
    assert event["published"] is False
    assert {tag["name"] for tag in event["Tag"]} == {
        "tlp:amber",
        'circl:incident-classification="sextortion"',
    }
    kinds = {a["value"]: (a["type"], a["category"], a["to_ids"]) for a in event["Attribute"]}
    assert kinds == {
        "220817": ("text", "Social network", False),
        "$kellmor": ("text", "Financial fraud", False),
        BTC: ("btc", "Financial fraud", True),
    }


def test_stix_groups_what_belongs_together() -> None:
    bundle = json.loads(export("stix", told((KIM, "or paypal, kell@mail.example"))))
    assert bundle["type"] == "bundle"
    by_id = {one["id"]: one for one in bundle["objects"]}
    assert len(by_id) == len(bundle["objects"])
    (grouping,) = (one for one in bundle["objects"] if one["type"] == "grouping")
    assert set(grouping["object_refs"]) < set(by_id)
    patterns = [one["pattern"] for one in bundle["objects"] if one["type"] == "indicator"]
    assert patterns[1] == (
        "[user-account:account_type = 'cash-app' AND user-account:account_login = '$kellmor']"
    )


@pytest.mark.native
def test_stix_is_read_by_the_library_of_its_standard() -> None:
    stix2 = pytest.importorskip("stix2", exc_type=ImportError)
    from stix2.pattern_visitor import create_pattern_object

    odd = Participant("Kim Doe", r"kim's \ account")
    lines = [
        (odd, THREAT),
        (odd, f"or pay in bitcoin {BTC}, text me on telegram @kel_pays"),
        (odd, "write me on signal +44 7700 900123 or https://kel.example/pay"),
        (odd, "write me at kell@mail.example"),
    ]
    bundle = stix2.parse(export("stix", case_of(conversation(lines))), version="2.1")
    kinds = [one.type for one in bundle.objects]
    assert {"user-account", "indicator", "grouping", "marking-definition"} <= set(kinds)
    for one in bundle.objects:
        if one.type in ("user-account", "email-addr", "url"):
            # The library works the identifier out of the same properties.
            given = {k: v for k, v in one.items() if k not in ("id", "object_marking_refs")}
            assert stix2.parse({"type": one.type, **given}, version="2.1").id == one.id
        if one.type == "indicator":
            create_pattern_object(one.pattern, version="2.1")


def test_case_uco_holds_together() -> None:
    kim, sam = Participant("kim"), Participant("sam", is_owner=True)
    graph = json.loads(
        export(
            "case-uco",
            case_of(conversation([(kim, THREAT), (sam, "please"), (None, "who is this")])),
        )
    )["@graph"]
    by_id = {node["@id"]: node for node in graph}
    assert len(by_id) == len(graph)
    references = set(_references(graph))
    assert references <= by_id.keys()
    (action,) = _of(graph, "case-investigation:InvestigativeAction")
    (record,) = _of(graph, "case-investigation:ProvenanceRecord")
    assert action["uco-action:result"] == [{"@id": record["@id"]}]
    messages = _of(graph, "uco-observable:Message")
    assert messages[0]["uco-core:hasFacet"][0]["uco-observable:messageText"] == THREAT
    assert "threatens to show it to others" in messages[0]["uco-core:tag"]
    (digest,) = (
        node["uco-core:hasFacet"][1]["uco-observable:hash"][0]
        for node in _of(graph, "uco-observable:File")
    )
    assert digest["uco-types:hashMethod"] == "SHA256"
    assert digest["uco-types:hashValue"] == {"@type": "xsd:hexBinary", "@value": "ab" * 32}
    (doer,) = (
        node for node in graph if node.get("uco-core:description", "").startswith("Recognised")
    )
    assert doer["uco-core:hasFacet"][2]["uco-observable:displayName"] == "kim"


def test_case_uco_takes_no_clock_time_for_an_instant() -> None:
    graph = json.loads(export("case-uco", sample_case()))["@graph"]
    (first, *_) = _of(graph, "uco-observable:Message")
    assert "uco-observable:sentTime" not in first["uco-core:hasFacet"][0]
    assert "17 January 2026, 2" in first["uco-core:description"]


def _of(graph: list[Any], kind: str) -> list[Any]:
    return [node for node in graph if node["@type"] == kind]


def _references(form: Any) -> Iterator[str]:
    """Whatever is only pointed at."""
    if isinstance(form, dict):
        if form.keys() == {"@id"}:
            yield form["@id"]
        for value in form.values():
            yield from _references(value)
    elif isinstance(form, list):
        for value in form:
            yield from _references(value)
