"""`throwline demo`: everything, on a conversation that was made up for it."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import as_file, files

from rich.console import Console

from throwline.case import Answers, Role, make_case
from throwline.cli._serve import run
from throwline.cli._summary import summary
from throwline.conversation import Hints, read_paths
from throwline.guidance import plan_for
from throwline.serve import Server


def show_demo(*, once: bool) -> int:
    """Print the sample's summary and, unless `once`, serve its page. Nothing is written to disk."""
    with as_file(files("throwline") / "sample" / "WhatsApp Chat with Dana.txt") as path:
        intake = read_paths([path], Hints(), lambda _octets: None)
        answers = Answers(i_am=Role.PERSON, country="US")
        case = make_case(intake, answers, datetime.now(UTC))
        summary(case, plan_for(case), None, Console())
        if once:
            return 0
        server = Server()
        server.pages.keep(case, intake, name="sample")
        run(server, with_browser=True)
    return 0
