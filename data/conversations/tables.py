"""Count the tables of the datasheet: `python data/conversations/tables.py` writes them into README.md."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from statistics import median, quantiles
from typing import Any

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
SPLITS = ("train", "validation", "test")
FAMILIES = {
    "neg": "jokes, games, other quarrels and other crimes, some everyday talk",
    "chat": "ordinary talk: nothing near extortion",
    "early": "early warning: only the first signs, no threat",
    "told": "told: somebody tells a friend, a helper or a forum",
    "quote": "quoted: warnings, news, lessons, research",
}
PATTERNS = ("financial", "images", "peer", "romance", "hacked-claim", "other-favour")

Form = dict[str, Any]
Corpus = dict[str, list[Form]]


def corpus() -> Corpus:
    """Every conversation, by split."""
    return {
        split: [
            form
            for path in sorted((FOLDER / split).glob("*.jsonl"))
            for form in map(json.loads, path.read_text("utf-8").splitlines())
        ]
        for split in SPLITS
    }


def second_reading() -> list[Form]:
    """The labels of both readers as they stood when the second had read, by conversation."""
    text = (FOLDER / "second-reading.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def writer(form: Form) -> str:
    """The writer's letter, from the identifier."""
    return str(form["id"].split("-")[2][0])


def family(form: Form) -> str:
    """What sort of negative this is; writer g spelled "quote" as "quoted"."""
    return str(form["id"].split("-")[1].replace("quoted", "quote"))


def tables(found: Corpus) -> str:
    """All tables as Markdown."""
    everything = [form for split in SPLITS for form in found[split]]
    parts = {
        "Languages and splits (positive + negative)": _languages(found),
        "Writers": _writers(found),
        "Kinds and patterns": _kinds(found),
        "Lengths": _lengths(everything),
        "Acts (messages that carry them)": _acts(found),
        "Indicators": _indicators(everything),
        "How the positive conversations end": _ends(everything),
        "Nearness of conversations in different splits": _nearness(found),
        "Agreement of the two readers on whole conversations": _agreement(),
        "Agreement on acts, message by message": _agreement_on_acts(),
        "Agreement by language": _agreement_by_language(),
    }
    return "\n\n".join(f"### {title}\n{table}" for title, table in parts.items())


def message_overlaps(found: Corpus) -> list[tuple[float, str, str]]:
    """How many of the shorter conversation's messages both have, for pairs in different splits."""
    return _overlaps(
        found, lambda form: {flat for m in form["messages"] if (flat := _flat(m["text"]))}
    )


def wording_overlaps(found: Corpus) -> list[tuple[float, str, str]]:
    """How many of the shorter conversation's three-word runs both have, for pairs in different splits."""
    return _overlaps(found, _word_runs)


def _overlaps(
    found: Corpus, pieces: Callable[[Form], Iterable[Any]]
) -> list[tuple[float, str, str]]:
    sets, split_of, holders = {}, {}, defaultdict(list)
    for split in SPLITS:
        for form in found[split]:
            sets[form["id"]], split_of[form["id"]] = set(pieces(form)), split
            for piece in sets[form["id"]]:
                holders[piece].append(form["id"])
    common = Counter(pair for ids in holders.values() for pair in combinations(ids, 2))
    return [
        (count / min(len(sets[a]), len(sets[b])), a, b)
        for (a, b), count in common.items()
        if split_of[a] != split_of[b]
    ]


def _flat(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _word_runs(form: Form) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(m["text"] for m in form["messages"]).casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _signed(forms: list[Form]) -> str:
    positive = sum(form["kind"] == "positive" for form in forms)
    return f"{positive} + {len(forms) - positive}"


def _languages(found: Corpus) -> str:
    names = sorted({form["language"] for forms in found.values() for form in forms})
    rows = []
    for name in names:
        parts = [[f for f in found[split] if f["language"] == name] for split in SPLITS]
        rows.append([name, *map(_signed, parts), sum(map(len, parts))])
    parts = [found[split] for split in SPLITS]
    rows.append(["all", *map(_signed, parts), sum(map(len, parts))])
    return _table(["language", *SPLITS, "all"], rows)


def _writers(found: Corpus) -> str:
    rows = []
    for split in SPLITS:
        for letter in sorted(set(map(writer, found[split]))):
            own = [form for form in found[split] if writer(form) == letter]
            languages = " ".join(sorted({form["language"] for form in own}))
            rows.append([letter, split, languages, _signed(own), len(own)])
    return _table(["writer", "split", "languages", "positive + negative", "all"], rows)


def _kinds(found: Corpus) -> str:
    rows = [
        [f"positive: {p}", *(sum(f["pattern"] == p for f in found[s]) for s in SPLITS)]
        for p in PATTERNS
    ]
    rows += [
        [f"negative: {words}", *(sum(family(f) == name for f in found[s]) for s in SPLITS)]
        for name, words in FAMILIES.items()
    ]
    return _table(["kind", *SPLITS, "all"], ([*row, sum(row[1:])] for row in rows))


def _lengths(forms: list[Form]) -> str:
    rows = []
    for kind in ("positive", "negative"):
        own = [form for form in forms if form["kind"] == kind]
        rows.append([f"{kind}: messages a conversation", *_spread(len(f["messages"]) for f in own)])
    texts = (len(m["text"]) for f in forms for m in f["messages"] if m["text"])
    rows.append(["characters a message", *_spread(texts)])
    alarms = (f["alarm_by"] for f in forms if f["alarm_by"])
    rows.append(["message of the alarm", *_spread(alarms)])
    return _table(["", "least", "10 %", "median", "90 %", "most"], rows)


def _spread(numbers: Iterable[int]) -> list[str]:
    found = sorted(numbers)
    tenths = quantiles(found, n=10, method="inclusive")
    points = (found[0], tenths[0], median(found), tenths[-1], found[-1])
    return [f"{point:g}" for point in points]


def _acts(found: Corpus) -> str:
    counts = {
        split: Counter(act for f in found[split] for acts in f["acts"].values() for act in acts)
        for split in SPLITS
    }
    total = sum(counts.values(), Counter())
    rows = ([act, *(counts[s][act] for s in SPLITS), n] for act, n in total.most_common())
    return _table(["act", *SPLITS, "all"], rows)


def _indicators(forms: list[Form]) -> str:
    counts = Counter(found["type"] for form in forms for found in form["indicators"])
    return _table(["type", "times"], counts.most_common())


def _ends(forms: list[Form]) -> str:
    positive = [form for form in forms if form["kind"] == "positive"]
    counts = Counter(map(_end, positive))
    said = [{act for acts in form["acts"].values() for act in acts} for form in positive]
    rows = [[end, n, f"{n / len(positive):.0%}"] for end, n in counts.most_common()]
    for acts, words in (
        ({"refuse"}, "(anywhere: the person refuses)"),
        ({"pay", "comply"}, "(anywhere: the person pays or complies)"),
    ):
        n = sum(bool(acts & found) for found in said)
        rows.append([words, n, f"{n / len(positive):.0%}"])
    return _table(["the last message", "conversations", "of all positive"], rows)


def _end(form: Form) -> str:
    last = form["messages"][-1]
    if last["sender"] == form["offender"]:
        return "is the offender's"
    refused = "refuse" in form["acts"].get(str(last["n"]), [])
    return "refuses" if refused else "is the person's or another's, and refuses nothing"


def _nearness(found: Corpus) -> str:
    rows = []
    for words, overlaps in (
        ("same messages (letters and digits only)", message_overlaps(found)),
        ("same three words in a row", wording_overlaps(found)),
    ):
        share, a, b = max(overlaps)
        rows.append([words, f"{share:.0%}", f"{a}, {b}"])
    return _table(["share of the shorter one's", "most alike pair", "which"], rows)


def _agreement() -> str:
    reading = second_reading()
    both = [r for r in reading if r["first"]["kind"] == r["second"]["kind"] == "positive"]
    apart = [abs(r["first"]["alarm_by"] - r["second"]["alarm_by"]) for r in both]
    rows = [
        ["kind", *_share(_same(reading, "kind")), _kappa(_pairs(reading, "kind"))],
        ["pattern, negatives as “none”", *_share(_same(reading, "pattern")), _kappa(_pairs(reading, "pattern"))],
        ["pattern, both positive", *_share(_same(both, "pattern")), _kappa(_pairs(both, "pattern"))],
        ["offender, both positive", *_share(_same(both, "offender")), ""],
        ["alarm_by the same, both positive", *_share([d == 0 for d in apart]), ""],
        ["alarm_by within one message", *_share([d <= 1 for d in apart]), ""],
    ]  # fmt: skip
    return _table(["label", "agree", "95 % interval (Wilson)", "Cohen's kappa"], rows)


def _pairs(reading: list[Form], label: str) -> list[tuple[Any, Any]]:
    return [(r["first"][label], r["second"][label]) for r in reading]


def _same(reading: list[Form], label: str) -> list[bool]:
    return [first == second for first, second in _pairs(reading, label)]


def _share(same: list[bool]) -> list[str]:
    n, share, z = len(same), sum(same) / len(same), 1.96
    middle, half = share + z * z / 2 / n, z * (share * (1 - share) / n + z * z / 4 / n / n) ** 0.5
    low, high = ((middle + way * half) / (1 + z * z / n) for way in (-1, 1))
    return [f"{sum(same)} of {n}", f"{low:.1%} to {high:.1%}"]


def _kappa(pairs: list[tuple[Any, Any]]) -> str:
    n = len(pairs)
    first, second = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(first[label] * second[label] for label in first) / n / n
    seen = sum(a == b for a, b in pairs) / n
    return f"{(seen - chance) / (1 - chance):.2f}"


def _marks(reading: list[Form], reader: str) -> set[tuple[str, str, str]]:
    return {
        (r["id"], n, act)
        for r in reading
        for n, acts in r[reader]["acts"].items()
        for act in acts
    }  # fmt: skip


def _f1(first: set[Any], second: set[Any]) -> float:
    return 2 * len(first & second) / (len(first) + len(second))


def _agreement_on_acts() -> str:
    reading = second_reading()
    messages = [(r["id"], str(n + 1)) for r in reading for n in range(r["messages"])]
    first, second = _marks(reading, "first"), _marks(reading, "second")
    rows, scores = [], []
    for act in sorted({act for _, _, act in first | second}):
        a, b = ({mark[:2] for mark in marks if mark[2] == act} for marks in (first, second))
        kappa = _kappa([(place in a, place in b) for place in messages])
        scores.append((_f1(a, b), float(kappa)))
        rows.append([act, len(a & b), len(a - b), len(b - a), f"{scores[-1][0]:.2f}", kappa])
    mean = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    rows.append(["mean of the acts", "", "", "", *(f"{value:.2f}" for value in mean)])
    counts = len(first & second), len(first - second), len(second - first)
    rows.append(["all marks together", *counts, f"{_f1(first, second):.2f}", ""])
    for words, kind in (("only in positives", "positive"), ("only in negatives", "negative")):
        some = [r for r in reading if r["first"]["kind"] == kind]
        a, b = _marks(some, "first"), _marks(some, "second")
        rows.append([words, len(a & b), len(a - b), len(b - a), f"{_f1(a, b):.2f}", ""])
    return _table(["act", "both", "first only", "second only", "F1", "kappa"], rows)


def _agreement_by_language() -> str:
    rows = []
    for language in sorted({r["id"][:2] for r in second_reading()}):
        some = [r for r in second_reading() if r["id"][:2] == language]
        both = [r for r in some if r["first"]["kind"] == r["second"]["kind"] == "positive"]
        same = (
            sum(_same(s, label))
            for s, label in ((some, "kind"), (both, "pattern"), (both, "alarm_by"))
        )
        f1 = _f1(_marks(some, "first"), _marks(some, "second"))
        rows.append([language, len(some), sum(r["messages"] for r in some), *same, f"{f1:.2f}"])
    head = ["language", "conversations", "messages", "kind", "pattern (of 5)", "alarm_by (of 5)", "F1 of all acts"]  # fmt: skip
    return _table(head, rows)


def page(text: str) -> str:
    """The datasheet with its tables counted anew."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{tables(corpus())}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(page(README.read_text("utf-8")), "utf-8")
