"""The case as linked data for investigators' programs: CASE 1.5.0, which builds on UCO, as JSON-LD.

Source of the form: https://ontology.caseontology.org. Unlike what is shared about offenders, this holds both sides of
the conversations, because it goes to those who investigate: the cited messages, who wrote them, the files they were
read from, and what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from throwline import __version__
from throwline.case import Case, Read
from throwline.conversation import Conversation, Message, Participant, Source
from throwline.indicators import Indicator
from throwline.reports._moment import moment
from throwline.reports._people import People
from throwline.reports._words import doing, platform_name, words

Form = dict[str, Any]

_OURS = UUID("d849f97d-7e7a-400f-900c-48105452f5db")
_CONTEXT = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "uco-vocabulary": "https://ontology.unifiedcyberontology.org/uco/vocabulary/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_OBSERVABLE = {
    "email": ("EmailAddress", "EmailAddressFacet"),
    "phone": ("PhoneAccount", "PhoneAccountFacet"),
    "url": ("URL", "URLFacet"),
}


def case_uco(case: Case) -> Form:
    """The graph of `case`. The same case gives the same graph."""
    return {"@context": _CONTEXT, "@graph": list(_Graph(case).nodes())}


class _Graph:
    def __init__(self, case: Case) -> None:
        self._case = case

    def nodes(self) -> Iterator[Form]:
        tool = _node(
            "tool",
            "uco-tool:Tool",
            **{"uco-core:name": "throwline", "uco-tool:version": __version__},
        )
        sources = list(map(_file, self._sources()))
        found = [node for read in self._case.reads for node in _conversation(read)]
        record = _node(
            "record",
            "case-investigation:ProvenanceRecord",
            **{
                "uco-core:description": "What was found in the files",
                "case-investigation:exhibitNumber": "1",
                "uco-core:object": _references(found),
            },
        )
        yield _action(self._case, tool, sources, record)
        yield from (tool, *sources, *found, record)

    def _sources(self) -> list[Source]:
        """Every file, archives once however many of their members were read."""
        return list(
            dict.fromkeys(
                Source(source.file, source.sha256)
                for read in self._case.reads
                for source in read.conversation.sources
            )
        )


def _action(case: Case, tool: Form, sources: list[Form], record: Form) -> Form:
    return _node(
        "action",
        "case-investigation:InvestigativeAction",
        **{
            "uco-core:name": "Conversations read and extortion recognised by a program",
            "uco-action:startTime": _typed("dateTime", case.made_at.isoformat()),
            "uco-action:instrument": [_reference(tool)],
            "uco-action:object": _references(sources),
            "uco-action:result": [_reference(record)],
        },
    )


def _file(source: Source) -> Form:
    return _node(
        f"file {source.file} {source.sha256}",
        "uco-observable:File",
        _facet(f"name {source.file} {source.sha256}", "FileFacet", fileName=source.file),
        _facet(f"content {source.file} {source.sha256}", "ContentDataFacet", hash=[_hash(source)]),
    )


def _hash(source: Source) -> Form:
    return {
        "@id": _identifier(f"hash {source.file} {source.sha256}"),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": "SHA256",
        "uco-types:hashValue": _typed("hexBinary", source.sha256),
    }


def _conversation(read: Read) -> Iterator[Form]:
    conversation = read.conversation
    name = platform_name(conversation.platform)
    application = _node(
        f"application {conversation.platform}",
        "uco-observable:Application",
        **{"uco-core:name": name},
    )
    yield application
    for participant in conversation.participants:
        yield _account(participant, read, application)
    for message in read.cited():
        yield _message(message, read, application)
    for indicator in read.indicators:
        yield _value(indicator, conversation)


def _account(participant: Participant, read: Read, application: Form) -> Form:
    key = _key(participant, read.conversation)
    offender = People.of(read).offender
    told = (
        {"uco-core:description": "Recognised as the person doing this"}
        if participant == offender
        else {}
    )
    known = {"accountIdentifier": participant.identifier} if participant.identifier else {}
    return _node(
        key,
        "uco-observable:ApplicationAccount",
        _facet(f"account of {key}", "AccountFacet", **known),
        _facet(f"app of {key}", "ApplicationAccountFacet", application=_reference(application)),
        _facet(f"name of {key}", "DigitalAccountFacet", displayName=participant.name),
        **told,
    )


def _message(message: Message, read: Read, application: Form) -> Form:
    conversation = read.conversation
    key = f"message {conversation.identifier} {message.number}"
    facet: dict[str, Any] = {
        "application": _reference(application),
        "messageID": str(message.number),
        "messageText": message.text,
        "sessionID": conversation.identifier,
    }
    if message.sender is not None:
        facet["from"] = {"@id": _identifier(_key(message.sender, conversation))}
        facet["to"] = [
            {"@id": _identifier(_key(other, conversation))}
            for other in conversation.participants
            if other != message.sender
        ]
    # A clock time without a zone is no instant, and this form knows no other.
    if message.at is not None and message.at.tzinfo is not None:
        facet["sentTime"] = _typed("dateTime", message.at.isoformat())
    acts = {cited.act: cited.by_model for cited in read.stated if cited.n == message.number}
    return _node(
        key,
        "uco-observable:Message",
        _facet(f"facet of {key}", "MessageFacet", **facet),
        **{"uco-core:description": _place(message)},
        **(
            {"uco-core:tag": [doing(act, judged=judged) for act, judged in acts.items()]}
            if acts
            else {}
        ),
    )


def _place(message: Message) -> str:
    """Where it was read, and when it was sent as far as that is known."""
    member = f", {message.source.member}" if message.source.member else ""
    when = moment(message) or "time not known"
    return f"{message.source.file}{member}, {message.place}; {when}"


def _value(indicator: Indicator, conversation: Conversation) -> Form:
    key = f"value {conversation.identifier} {indicator.kind} {indicator.value}"
    kind, facet = _OBSERVABLE.get(indicator.kind, ("DigitalAccount", "AccountFacet"))
    named = {
        "EmailAddressFacet": "addressValue",
        "PhoneAccountFacet": "phoneNumber",
        "URLFacet": "fullValue",
        "AccountFacet": "accountIdentifier",
    }[facet]
    numbers = ", ".join(map(str, indicator.seen))
    what = indicator.label or words()["indicators"][indicator.kind]
    return _node(
        key,
        f"uco-observable:{kind}",
        _facet(f"facet of {key}", facet, **{named: indicator.value}),
        **{"uco-core:description": f"{what}, in message {numbers} of {conversation.identifier}"},
    )


def _key(participant: Participant, conversation: Conversation) -> str:
    return f"account {conversation.identifier} {participant.identifier} {participant.name}"


def _node(key: str, kind: str, *facets: Form, **properties: Any) -> Form:
    node = {"@id": _identifier(key), "@type": kind, **properties}
    return {**node, "uco-core:hasFacet": list(facets)} if facets else node


def _facet(key: str, kind: str, **properties: Any) -> Form:
    return {
        "@id": _identifier(key),
        "@type": f"uco-observable:{kind}",
        **{f"uco-observable:{name}": value for name, value in properties.items()},
    }


def _identifier(key: str) -> str:
    return f"urn:uuid:{uuid5(_OURS, key)}"


def _reference(node: Form) -> Form:
    return {"@id": node["@id"]}


def _references(nodes: list[Form]) -> list[Form]:
    return list({node["@id"]: _reference(node) for node in nodes}.values())


def _typed(kind: str, value: str) -> Form:
    return {"@type": f"xsd:{kind}", "@value": value}
