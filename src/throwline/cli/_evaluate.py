"""`throwline evaluate`: how well the recogniser does on labelled conversations. Counts only; no text is printed."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import median
from typing import Any, TextIO

from throwline.case import LineError, conversation_of
from throwline.conversation import Conversation
from throwline.recognition import Act, Finding, Speaker, recognise

_Form = dict[str, Any]
_SEED = 4
_LOOKALIKES = str.maketrans("aeopcyx", "аеорсух")
_LEET = str.maketrans("oieast", "013457")
_MISREAD = str.maketrans("lio0um", "1l0oun")
_OCR_SHARE = 0.05


class EvaluationError(Exception):
    """A file that cannot be evaluated. The message is one sentence."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled conversation and what was recognised in it."""

    form: _Form
    finding: Finding

    @property
    def is_positive(self) -> bool:
        """Whether the labels say that extortion is happening."""
        return bool(self.form.get("kind") == "positive")

    @property
    def alarmed(self) -> bool:
        """Whether it was recognised."""
        return self.finding.alarm is not None


def evaluate_files(paths: Sequence[Path], out: TextIO, errors: TextIO) -> int:
    """Print the whole table for the labelled conversations in `paths` (JSON lines, plain or .gz). Returns 1 and says
    what is wrong where a file cannot be read, else 0."""
    try:
        files = {
            path.name.removesuffix(".gz").removesuffix(".jsonl"): _forms(path) for path in paths
        }
    except EvaluationError as error:
        errors.write(f"{error}\n")
        return 1
    judged = {name: [_judged(form) for form in forms] for name, forms in files.items()}
    labelled = {name for name, forms in files.items() if any(form.get("acts") for form in forms)}
    corpus = [j for name in sorted(labelled) for j in judged[name]]
    lines = [*_labelled(corpus)] if corpus else []
    lines += _unlabelled({n: some for n, some in judged.items() if n not in labelled})
    out.write("\n".join(lines) + "\n")
    return 0


def _forms(path: Path) -> list[_Form]:
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        forms = [json.loads(line) for line in data.decode().split("\n") if line.strip()]
        for form in forms:
            _conversation(form)
    except (OSError, EOFError, ValueError, KeyError, TypeError, LineError) as error:
        raise EvaluationError(f"{path} cannot be evaluated: {error}.") from error
    return forms


def _judged(form: _Form) -> Judged:
    return Judged(form, recognise(_conversation(form)))


def _conversation(form: _Form) -> Conversation:
    """Without its times: recognition does not use them, and not every set writes them as times."""
    untimed = [{**message, "at": None} for message in form["messages"]]
    return conversation_of(json.dumps({**form, "messages": untimed}), 0)


def _labelled(corpus: list[Judged]) -> Iterator[str]:
    positives = [j for j in corpus if j.is_positive]
    negatives = [j for j in corpus if not j.is_positive]
    yield f"{len(positives)} conversations with extortion, {len(negatives)} without. In brackets: 95 % intervals."
    yield from ("", "## Recall", "| | recognised | of | recall |", "|---|---|---|---|")
    yield _recall("all", positives)
    for key in ("pattern", "language"):
        for value in sorted({str(j.form.get(key)) for j in positives}):
            yield _recall(f"{key} {value}", [j for j in positives if j.form.get(key) == value])
    yield from ("", "## When", *_timing(positives))
    yield from ("", "## Who and what", *_roles(corpus))
    yield from (
        "",
        "## False alarms on hard negatives",
        "| | alarms | of | per 100 |",
        "|---|---|---|---|",
    )
    yield _rate("all", negatives, 100)
    for kind in sorted({_kind(j) for j in negatives}):
        yield _rate(kind, [j for j in negatives if _kind(j) == kind], 100)
    yield from ("", "## Acts", *_acts(corpus))
    yield from ("", "## Disturbed", *_disturbed(corpus))


def _kind(judged: Judged) -> str:
    parts = str(judged.form.get("id", "")).split("-")
    return parts[1] if len(parts) > 2 else "unknown"


def _recall(name: str, positives: list[Judged]) -> str:
    hits = sum(j.alarmed for j in positives)
    return f"| {name} | {hits} | {len(positives)} | {_share(hits, len(positives))} |"


def _rate(name: str, negatives: list[Judged], per: int) -> str:
    alarms, count = sum(j.alarmed for j in negatives), len(negatives)
    low, high = (per * bound for bound in wilson(alarms, count))
    return f"| {name} | {alarms} | {count} | {per * alarms / max(count, 1):.1f} ({low:.1f} to {high:.1f}) |"


def _share(part: int, whole: int) -> str:
    if not whole:
        return "-"
    low, high = wilson(part, whole)
    return f"{part / whole:.0%} ({low:.0%} to {high:.0%})"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); 0 to 1 where there is nothing to go by."""
    if not whole:
        return 0.0, 1.0
    z = 1.96
    share, square = part / whole, z * z / whole
    middle = (share + square / 2) / (1 + square)
    reach = z * sqrt(share * (1 - share) / whole + square / (4 * whole)) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _numbers(judged: Judged, *acts: Act) -> list[int]:
    marked = judged.form.get("acts") or {}
    return sorted(int(n) for n, done in marked.items() if set(acts) & set(done))


def _timing(positives: list[Judged]) -> Iterator[str]:
    late, before_gold, demanded, warned = [], 0, 0, 0
    for judged in positives:
        alarm = judged.finding.alarm
        threat = next(iter(_numbers(judged, Act.THREAT_SHARE)), judged.form.get("alarm_by"))
        if alarm is not None and threat is not None:
            late.append(alarm.n - threat)
            coercive = _numbers(
                judged, Act.THREAT_SHARE, Act.CLAIM_MATERIAL, Act.HACKED_CLAIM, Act.DEMAND_PAYMENT
            )
            before_gold += bool(coercive) and alarm.n < coercive[0]
        payment = next(iter(_numbers(judged, Act.DEMAND_PAYMENT)), None)
        if payment is not None:
            demanded += 1
            said = [judged.finding.warning_at, None if alarm is None else alarm.n]
            warned += any(n is not None and n < payment for n in said)
    soon = sum(n <= 1 for n in late)
    yield f"- messages from the first threat to the alarm, median of the recognised: {median(late) if late else '-'}"
    yield f"- alarm at most one message after the first threat: {_share(soon, len(late))} of the recognised"
    yield f"- alarm before any coercive act: {_share(before_gold, len(late))} of the recognised"
    yield f"- a warning or the alarm before the first demand for money: {_share(warned, demanded)} of {demanded}"


def _roles(corpus: list[Judged]) -> Iterator[str]:
    hits = [j for j in corpus if j.is_positive and j.alarmed]
    wrong = sum(j.finding.offender != j.form.get("offender") for j in hits)
    pattern = sum(j.finding.pattern.value == j.form.get("pattern") for j in hits)
    told = [j for j in corpus if _kind(j) in {"told", "quote", "quoted"}]
    known = sum(j.finding.speaker in {Speaker.TOLD_BY_VICTIM, Speaker.QUOTED} for j in told)
    early = [j for j in corpus if _kind(j) == "early"]
    others = [j for j in corpus if _kind(j) in {"neg", "chat"}]
    yield f"- wrong offender: {_share(wrong, len(hits))} of the recognised"
    yield f"- right pattern: {_share(pattern, len(hits))} of the recognised"
    yield f"- told or quoted, and taken for the offender's own words: {_share(sum(j.alarmed for j in told), len(told))}"
    yield f"- told or quoted, and said to be so: {_share(known, len(told))}"
    yield f"- early signs only, and a quiet word: {_share(sum(j.finding.warning_at is not None for j in early), len(early))}"
    yield f"- neither, and a quiet word: {_share(sum(j.finding.warning_at is not None for j in others), len(others))}"


def _acts(corpus: list[Judged]) -> Iterator[str]:
    right, found, marked = Counter[str](), Counter[str](), Counter[str]()
    for judged in corpus:
        gold = {(int(n), a) for n, acts in (judged.form.get("acts") or {}).items() for a in acts}
        ours = {(cited.n, cited.act.value) for cited in judged.finding.acts}
        right.update(a for _, a in gold & ours)
        found.update(a for _, a in ours)
        marked.update(a for _, a in gold)
    yield from ("| act | precision | recall | F1 | marked |", "|---|---|---|---|---|")
    scores = []
    for act in Act:
        f1 = 2 * right[act] / max(found[act] + marked[act], 1)
        scores.append(f1)
        precision, recall = right[act] / max(found[act], 1), right[act] / max(marked[act], 1)
        yield f"| {act} | {precision:.2f} | {recall:.2f} | {f1:.2f} | {marked[act]} |"
    yield f"| macro | | | {sum(scores) / len(scores):.2f} | |"


def _disturbed(corpus: list[Judged]) -> Iterator[str]:
    yield from ("| | recall | false alarms |", "|---|---|---|")
    for name, disturb in _DISTURBANCES.items():
        chance = random.Random(_SEED)  # noqa: S311
        again = [_judged(disturb(judged.form, chance)) for judged in corpus]
        hits = [j.alarmed for j in again if j.is_positive]
        alarms = [j.alarmed for j in again if not j.is_positive]
        yield f"| {name} | {_share(sum(hits), len(hits))} | {_share(sum(alarms), len(alarms))} |"


def _texts(change: Callable[[str, random.Random], str]) -> Callable[[_Form, random.Random], _Form]:
    def changed(form: _Form, chance: random.Random) -> _Form:
        return {
            **form,
            "messages": [
                {**m, "text": change(m.get("text") or "", chance)} for m in form["messages"]
            ],
        }

    return changed


def _shuffled(form: _Form, chance: random.Random) -> _Form:
    return {**form, "messages": chance.sample(form["messages"], len(form["messages"]))}


def _without_senders(form: _Form, _: random.Random) -> _Form:
    return {**form, "messages": [{**m, "sender": None} for m in form["messages"]]}


def _misread(text: str, chance: random.Random) -> str:
    return "".join(c.translate(_MISREAD) if chance.random() < _OCR_SHARE else c for c in text)


_DISTURBANCES: dict[str, Callable[[_Form, random.Random], _Form]] = {
    "look-alike letters": _texts(lambda text, _: text.translate(_LOOKALIKES)),
    "zero-width characters": _texts(lambda text, _: "\u200b".join(text)),
    "digits for letters": _texts(lambda text, _: text.translate(_LEET)),
    "one character in twenty misread": _texts(_misread),
    "order shuffled": _shuffled,
    "senders missing": _without_senders,
}


def _unlabelled(ordinary: dict[str, list[Judged]]) -> Iterator[str]:
    if not ordinary:
        return
    yield from ("", "## Alarms on conversations without labels")
    yield from ("| file | alarms | of | per 10,000 |", "|---|---|---|---|")
    for name, some in ordinary.items():
        yield _rate(name, some, 10_000)
