"""`throwline open`: from exports to a case folder."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from throwline.case import AnswersError, make_case
from throwline.cli._answers import answers_given
from throwline.cli._ask import with_date_order, with_time_zone
from throwline.cli._language import answering
from throwline.cli._summary import summary
from throwline.cli._workers import workers
from throwline.conversation import Columns, DateOrder, Hints, Intake, ReadError, read_paths
from throwline.evidence import EvidenceError, write_case
from throwline.guidance import plan_for
from throwline.language import gettext, said, speaking
from throwline.pictures import PictureError, fingerprint_picture

_SHOW_AFTER = 1.0
"""Seconds. What is quicker needs no bar."""


def open_paths(paths: Sequence[Path], target: Path | None, **told: Any) -> int:
    """Read, recognise, write, and print the summary. Returns 0, or 2 with one sentence where that cannot be done.

    `told` are the other options of the command.
    """
    # A million messages are a million objects that live to the end: looking for garbage among them only costs time.
    gc.disable()
    with speaking(answering(told["language"])):
        return _opened(paths, target, **told)


def _opened(
    paths: Sequence[Path],
    target: Path | None,
    *,
    date_order: str | None,
    columns: str | None,
    screenshots: bool,
    pictures: Sequence[Path],
    **told: Any,
) -> int:
    made_at = datetime.now(UTC)
    target = target or Path(f"case-{made_at:%Y-%m-%d-%H%M%S}")
    try:
        answers = answers_given(told)
        if target.exists():
            raise EvidenceError(f"{target} exists already: name another place with --to.")
        fingerprints = [fingerprint_picture(path) for path in pictures]
        hints = Hints(
            DateOrder(date_order) if date_order else None,
            Columns.told(columns) if columns else None,
        )
        read = partial(_read_screenshots if screenshots else _read, paths)
        intake = with_date_order(read(hints), hints, read)
        answers = with_time_zone(answers, intake)
        total = sum(len(c.messages) for c in intake.conversations)
        with _bar() as bar, workers(total) as spread:
            bar(gettext("Recognising"), 0, total)
            case = make_case(
                intake,
                answers,
                made_at,
                fingerprints,
                lambda done, _total: bar(gettext("Recognising"), done, total),
                spread,
            )
            bar(gettext("Writing"), 0, 0)
            write_case(case, intake, target)
    except (ReadError, PictureError) as error:
        click.echo(said(error.sentence), err=True)
        return 2
    except (AnswersError, EvidenceError) as error:
        click.echo(str(error), err=True)
        return 2
    summary(case, plan_for(case), target, Console())
    return 0


Step = Callable[[str, int, int], None]


def _read(paths: Sequence[Path], hints: Hints) -> Intake:
    # Every file is gone through twice: once for its digest and once for its content.
    total = 2 * sum(p.stat().st_size for p in _files(paths))
    done = 0

    def count(octets: int) -> None:
        nonlocal done
        done += octets
        bar(gettext("Reading"), min(done, total), total)

    with _bar() as bar:
        return read_paths(paths, hints, count)


def _read_screenshots(paths: Sequence[Path], hints: Hints) -> Intake:
    from throwline.screenshot_reader import read_screenshots

    with _bar() as bar:
        return read_screenshots(paths, hints, partial(bar, gettext("Reading")))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (p for p in path.rglob("*") if p.is_file() and not p.is_symlink())


@contextmanager
def _bar() -> Iterator[Step]:
    """A progress bar on stderr for whatever takes longer than a second; none where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    started = datetime.now(UTC)
    tasks: dict[str, int] = {}

    def step(name: str, done: int, total: int) -> None:
        if not progress.live.is_started:
            if (datetime.now(UTC) - started).total_seconds() < _SHOW_AFTER:
                return
            progress.start()
        if name not in tasks:
            tasks[name] = progress.add_task(name, total=total or None)
        progress.update(progress.task_ids[list(tasks).index(name)], completed=done)

    try:
        yield step
    finally:
        progress.stop()
