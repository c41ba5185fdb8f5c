"""A case saved locked with a passphrase, and opened again."""

from __future__ import annotations

from datetime import datetime

from throwline.case import Answers, CaseError
from throwline.evidence import (
    SHORTEST_PASSPHRASE,
    EvidenceError,
    NoCaseError,
    PassphraseError,
    SpoiltError,
    reopened_case,
    sealed_case,
)
from throwline.language import gettext
from throwline.pages._exchange import Response, download
from throwline.pages._form import File, Form
from throwline.pages._job import Made
from throwline.pages._tools import ToolError

_LONGEST_NAME = 60


def who(form: Form, answers: Answers) -> str:
    """Whoever fills in the form, for the record: a name or initials, or else the role."""
    name = " ".join(form.text("by").split())[:_LONGEST_NAME]
    return name if name and name.isprintable() else answers.i_am.value


def locked(made: Made, form: Form, at: datetime) -> Response:
    """The case as one file that only the passphrase of the form opens. Raises ToolError where that cannot be used."""
    passphrase = _passphrase(form)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        short = gettext("The passphrase is too short: it needs {count} letters or more.")
        raise ToolError(short.format(count=SHORTEST_PASSPHRASE))
    if passphrase != form.bytes("again").decode(errors="replace"):
        raise ToolError(gettext("The two passphrases are not the same. Type both once more."))
    by = who(form, made.case.answers)
    sealed = sealed_case(made.case, made.intake, made.before, who=by, at=at, passphrase=passphrase)
    return download("case.age", "application/octet-stream", sealed)


def chosen_file(form: Form) -> File:
    """The locked file that was chosen. Raises ToolError where there is none."""
    if files := form.files("sealed"):
        return files[0]
    raise ToolError(gettext("No file was chosen. Choose the locked file and type its passphrase."))


def opened(file: File, form: Form, at: datetime) -> Made:
    """The case in the locked file, to go on with. Raises ToolError where it cannot be opened, or is not as it was."""
    by = who(form, Answers())
    passphrase = _passphrase(form)
    try:
        return Made(*reopened_case(file.content, file.name, who=by, at=at, passphrase=passphrase))
    except PassphraseError as error:
        raise ToolError(
            gettext(
                "This passphrase does not open the file. Look at capitals and spaces, and try again."
            )
        ) from error
    except SpoiltError as error:
        raise ToolError(
            gettext(
                "The file is not as it was when it was saved, so it was not opened. "
                "Take another copy of it."
            )
        ) from error
    except NoCaseError as error:
        raise ToolError(
            gettext(
                "This is not a case that was saved locked with a passphrase. "
                "Choose the file that ends in .age."
            )
        ) from error
    except (EvidenceError, CaseError) as error:
        raise ToolError(str(error)) from error


def _passphrase(form: Form) -> str:
    """As it was typed: blanks around it count."""
    return form.bytes("passphrase").decode(errors="replace")
