"""The loss log: what was sent as far as messages tell, lines for the rest, and ready words to ask for it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from throwline.case import Case, Reply
from throwline.guidance import Step, plan_for
from throwline.language import gettext
from throwline.reports._document import (
    Block,
    Document,
    Field,
    Fields,
    Paragraph,
    Points,
    Section,
    Table,
)
from throwline.reports._events import told_of
from throwline.reports._moment import day
from throwline.reports._payments import Payment, payments
from throwline.reports._texts import made, texts

_LEFT = re.compile(r"\[[^\]]+\]")


def losses(case: Case) -> Document:
    """The log of a case. Words to ask for money back are those of the plan, filled in from the last payment."""
    text = texts("loss-log")
    found = tuple(p for read in told_of(case) for p in payments(read))
    told, more, total = text["payments"], text["more"], text["total"]
    known: Block = Paragraph(told["none"])
    if found:
        rows = tuple((*payment.row(), "") for payment in found)
        known = Table(told["caption"], tuple(told["head"]), rows)
    blank = ("",) * len(more["head"])
    lines = Table(more["caption"], tuple(more["head"]), (blank,) * more["lines"])
    asked = tuple(_asked(case, found[-1] if found else None))
    return Document(
        text["title"],
        made(case),
        (
            Section(told["title"], (Paragraph(told["intro"]), known)),
            Section(more["title"], (lines,)),
            Section(total["title"], (Fields(tuple(Field(name) for name in total["blanks"])),)),
            Section(text["asked"]["title"], (Paragraph(text["asked"]["intro"]), *asked)),
        ),
    )


def _asked(case: Case, payment: Payment | None) -> Iterator[Block]:
    why = texts("loss-log")["asked"]["why"]
    paid = replace(case, answers=replace(case.answers, paid=Reply.YES))
    for step in plan_for(paid).steps:
        if step.id.startswith("recall-"):
            yield Paragraph(step.title)
            yield Points(step.do)
            fields = tuple(
                Field(gettext("To: {to}").format(to=ready.to), _filled(ready.text, payment))
                for ready in step.words
            )
            yield Fields(fields)
            yield Paragraph(why.format(advisers=_advisers(step)), quiet=True)


def _advisers(step: Step) -> str:
    return "; ".join(f"{adviser.who} ({adviser.provenance.source})" for adviser in step.advised_by)


def _filled(text: str, payment: Payment | None) -> str:
    """What the messages make certain stands in place of its brackets; the other brackets stay."""
    if payment is None:
        return text
    certain = {
        # Translators: a blank in ready words. The same as in those.
        gettext("[sum]"): payment.amount,
        # Translators: a blank in ready words. The same as in those.
        gettext("[day]"): day(payment.message.at) if payment.message.at else None,
        # Translators: a blank in ready words: the name of a Cash App account, which begins with $. The same as in those.
        gettext("[$name]"): next((a.value for a in payment.named if a.kind == "cashtag"), None),
    }
    return _LEFT.sub(lambda left: certain.get(left[0]) or left[0], text)
