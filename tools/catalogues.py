"""Keep the translations: `python -m tools.catalogues` takes every text for people out of the data files, templates and
code, writes them to throwline.pot, brings each language's throwline.po up to date, and compiles what is complete.

    --check CODE            what is missing or wrong in one language
    --portions CODE FOLDER  write what is not translated yet as JSON files of 150 texts
    --merge CODE FILE...    take the translations of such files into throwline.po

A language is on offer from when its catalogue is compiled (throwline.mo), and that happens only while nothing in it is
missing, in doubt or wrong.
"""

from __future__ import annotations

import argparse
import fcntl
import io
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from throwline.language import kinds, texts_in

PACKAGE = Path(__file__).parents[1] / "src" / "throwline"
ROOM = PACKAGE / "language"
TEMPLATE = ROOM / "throwline.pot"
BLAME = Path(__file__).parent / "blame"
CODES = tuple(code for code in tomllib.loads((ROOM / "languages.toml").read_text()) if code != "en")
_PORTION = 150
_HEADER = {
    "project": "Throwline",
    "version": "1",
    "header_comment": "# Texts of Throwline for people. See docs/decisions/0010-languages.md.",
    "msgid_bugs_address": "see the README",
    "last_translator": "see the log",
}
_UNREVIEWED = "awaits a review by a native speaker"
"""The header Language-Team until "reviewed by" and a name stand there: so long every page says that it waits."""

_METHODS = [("**/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
_ABOUT = {
    "cli/_ask.py": "Asked on a terminal. A single word, such as “yes”, is an answer that is typed: all must differ.",
    "cli": "Printed on a terminal.",
    "pdf.py": "At the end of a PDF, or why none could be made.",
    "reports/templates": "The report about a conversation, a page of its own.",
    "reports": "In the report about a conversation, or in the statement for the police.",
    "case/_load.py": "Why a saved case cannot be opened. {name} is a file or a folder.",
    "case": "Why an answer cannot be used. Numbers, names and “yes” as they are.",
    "conversation": "What an export leaves out, or why a file was not read. {name} is a file.",
    "guidance": "Beside a step of the plan.",
    "metadata": "Why a picture was left alone: stands in “The picture was left alone: {why}”.",
    "pictures.py": "Why a picture could not be read. {name} is a file.",
    "screenshot_reader": "Why screenshots could not be read. {name} is a file.",
    "screenshots": "What cannot be told from screenshots of a chat.",
    "pages": "The page that somebody opens on their own computer to have a conversation read.",
}
"""Where the texts of templates and code stand, by the beginning of the file's path."""


def extracted() -> Catalog:
    """Every text, in the order of texts.toml, then those of templates and code by file."""
    catalog = Catalog(**_HEADER, fuzzy=False)
    for kind in kinds().values():
        for file in sorted(PACKAGE.glob(kind.files)):
            for path, text in texts_in(tomllib.loads(file.read_text("utf-8")), kind):
                note = kind.notes.get(path) or kind.notes.get(path.rpartition(".")[0] + ".*", "")
                place = (str(file.relative_to(PACKAGE)), 1)
                catalog.add(text, locations=[place], auto_comments=[f"{kind.about} {note}".strip()])
    found = extract_from_dir(
        PACKAGE,
        method_map=_METHODS,
        options_map={_METHODS[0][0]: {"trimmed": "true"}},
        keywords={"gettext": None, "ngettext": (1, 2), "Note": None},
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for name, line, message, comments, _context in sorted(found, key=lambda one: one[:2]):
        about = next((said for start, said in _ABOUT.items() if name.startswith(start)), "")
        place = (name, line)
        catalog.add(
            message, locations=[place], auto_comments=[" ".join([about, *comments]).strip()]
        )
    return catalog


_CHANGING = re.compile(rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By)')


def written(catalog: Catalog) -> bytes:
    """A catalogue as a file, without the days and line numbers that would change it for nothing."""
    file = io.BytesIO()
    write_po(file, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not _CHANGING.match(line))


def po_file(code: str) -> Path:
    """Where a language's translations are."""
    return ROOM / code / "LC_MESSAGES" / "throwline.po"


def translations(code: str) -> Catalog:
    """A language's catalogue; an empty one where there is none yet."""
    if not po_file(code).exists():
        return Catalog(locale=code, language_team=_UNREVIEWED, **_HEADER, fuzzy=False)
    with po_file(code).open("rb") as file:
        return read_po(file, locale=code)


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as the standard library's gettext reads it. In a language from right to left, numbers and names with
    numbers in them keep their own order."""
    if catalog.locale is not None and catalog.locale.text_direction == "rtl":
        catalog = _isolated(catalog)
    # The same translations give the same file on any day.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


_NUMBERED = re.compile(r"(?<![\w{+])(?=[A-Za-z -]*\d)\+?[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)+(?![\w}])")


def _isolated(catalog: Catalog) -> Catalog:
    """The same with directional isolates (Unicode Standard Annex 9) around such as "0345 6000 459"."""
    made = Catalog(locale=catalog.locale, fuzzy=False)
    made.mime_headers = catalog.mime_headers
    for message in _entries(catalog):
        said = [_NUMBERED.sub("\u2068\\g<0>\u2069", form) for form in _said(message, catalog)]
        made.add(message.id, said[0] if isinstance(message.id, str) else tuple(said))
    return made


def problems(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each text with what keeps its translation from being shown."""
    blame = _blame(str(catalog.locale))
    for message in _entries(catalog):
        for problem in _problems(message, catalog, blame):
            yield _source(message)[-1], problem


def _problems(message: Message, catalog: Catalog, blame: re.Pattern[str] | None) -> Iterator[str]:
    english = _source(message)[-1]
    if message.fuzzy:
        yield "the English text has changed; look at it again (fuzzy)"
    said_all = _said(message, catalog)
    for said in said_all:
        if not said.strip():
            yield "not translated"
            continue
        # "One message" says the count by itself.
        yield from _lost(english, said, catalog, may_omit=_COUNT if len(said_all) > 1 else "")
        if blame and (word := blame.search(said)):
            yield f"a word that blames or labels: {word[0]}"


_COUNT = "{count}"
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
_KEPT = re.compile(r"https?://[^\s”]+|[\w.]+@[\w.]+\w|`[^`]+`|\d[\d-]*\d{2}|24/7")
_BRACKETS = re.compile(r"\[[^\]]+\]")
_ENDS = {".": ".।", "?": "?؟", "!": "!", ":": ":", "…": "…"}


def _lost(english: str, said: str, catalog: Catalog, *, may_omit: str) -> Iterator[str]:
    """What has to be in the translation as it is in the English text, and is not."""
    wanted, there = set(_PLACEHOLDER.findall(english)), set(_PLACEHOLDER.findall(said))
    if wanted - {may_omit} != there - {may_omit}:
        yield f"placeholders must stay: {', '.join(sorted(wanted ^ there))}"
    for part in _KEPT.findall(english):
        if part.rstrip(".,;:)") not in said:
            yield f"must stay as it is: {part}"
    brackets = _BRACKETS.findall(english)
    if len(brackets) != len(_BRACKETS.findall(said)):
        yield "as many [brackets] as in the English text"
    for bracket in brackets:
        own = catalog.get(bracket)
        if own is not None and own.string and str(own.string) not in said:
            yield f"{bracket} is {own.string} everywhere"
    if english[-1] in _ENDS and said.rstrip(" ”»“\u200f")[-1:] not in _ENDS[english[-1]]:
        yield f"must end as the English text does: {english[-1]}"
    if said == english and len(english.split()) > 3:
        yield "still in English"


def long_ones(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Translations that are so much longer than the English that a button or a line may not hold them."""
    for message in _entries(catalog):
        english = _source(message)[-1]
        for said in _said(message, catalog):
            if len(said) > 1.6 * len(english) + 15:
                yield english, f"{len(said)} characters instead of {len(english)}"


def _entries(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _source(message: Message) -> tuple[str, ...]:
    """The English text: one form, or two."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _said(message: Message, catalog: Catalog) -> tuple[str, ...]:
    """The translation in every form that it needs."""
    if isinstance(message.id, str):
        return (str(message.string or ""),)
    forms = tuple(message.string or ())
    return (*forms, *[""] * (catalog.num_plurals - len(forms)))


def _blame(code: str) -> re.Pattern[str] | None:
    file = BLAME / f"{code}.toml"
    try:
        words = tomllib.loads(file.read_text("utf-8"))["words"] if file.exists() else []
    except tomllib.TOMLDecodeError as error:
        sys.exit(f"{file} is not readable: {error}.")
    return re.compile("|".join(words), re.IGNORECASE) if words else None


def update() -> None:
    """Everything anew: the template, each language, what is complete."""
    template = extracted()
    TEMPLATE.write_bytes(written(template))
    words = sum(len(text.split()) for entry in _entries(template) for text in _source(entry))
    print(f"{len(_entries(template))} texts, {words} words in {TEMPLATE.name}")
    for code in CODES:
        with _alone(code):
            catalog = translations(code)
            catalog.update(template, update_creation_date=False)
            _keep(code, catalog)


def check(code: str) -> None:
    """Print what is missing, wrong or long."""
    catalog = translations(code)
    for english, problem in problems(catalog):
        print(f"{problem}\n    {english}")
    for english, problem in long_ones(catalog):
        print(f"(long: {problem})\n    {english}")


def portion(code: str, folder: Path) -> None:
    """Write what is not translated as JSON files: fill in every empty "text"."""
    catalog = translations(code)
    open_ones = [
        {
            "english": _source(message)[0] if len(_source(message)) == 1 else _source(message),
            "note": " ".join(message.auto_comments),
            "text": "" if isinstance(message.id, str) else [""] * catalog.num_plurals,
        }
        for message in _entries(catalog)
        if message.fuzzy or not all(_said(message, catalog))
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, len(open_ones), _PORTION), 1):
        file = folder / f"{code}-{number:02}.json"
        texts = open_ones[start : start + _PORTION]
        file.write_text(json.dumps(texts, ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(f"{file}: {len(texts)} texts")


def merge(code: str, filled: Sequence[Path]) -> None:
    """Take translations into a language's catalogue. What is left empty stays untranslated."""
    with _alone(code):
        catalog = translations(code)
        for file in filled:
            _fill(catalog, file)
        _keep(code, catalog)


def _fill(catalog: Catalog, file: Path) -> None:
    for entry in json.loads(file.read_text("utf-8")):
        english, said = entry["english"], entry["text"]
        message = catalog.get(english if isinstance(english, str) else english[0])
        if message is None:
            print(f"{file.name}: no such text any more: {english}")
        elif all([said] if isinstance(said, str) else said):
            message.string = said if isinstance(said, str) else tuple(said)
            message.flags.discard("fuzzy")


@contextmanager
def _alone(code: str) -> Iterator[None]:
    """Nobody else writes this language meanwhile: two who do would undo each other's work."""
    po_file(code).parent.mkdir(parents=True, exist_ok=True)
    with po_file(code).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _keep(code: str, catalog: Catalog) -> None:
    """Write a language, and compile it where nothing is wrong with it."""
    file = po_file(code)
    file.write_bytes(written(catalog))
    wrong = {text for text, _ in problems(catalog)}
    if not wrong:
        file.with_suffix(".mo").write_bytes(compiled(catalog))
    print(f"{code}: {len(wrong)} texts to do" if wrong else f"{code}: complete")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--check", metavar="CODE", choices=CODES)
    one.add_argument("--portions", nargs=2, metavar=("CODE", "FOLDER"))
    one.add_argument("--merge", nargs="+", metavar=("CODE", "FILE"))
    return parser.parse_args()


def main() -> None:
    """See the module."""
    told = _arguments()
    if told.check:
        check(told.check)
    elif told.portions:
        portion(told.portions[0], Path(told.portions[1]))
    elif told.merge:
        merge(told.merge[0], [Path(name) for name in told.merge[1:]])
    else:
        update()


if __name__ == "__main__":
    main()
