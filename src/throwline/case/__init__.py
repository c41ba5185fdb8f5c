"""A case: conversations, what was found in them, fingerprints, and the few answers that change the advice."""

from throwline.case._answers import (
    Age,
    Answers,
    AnswersError,
    PaidBy,
    Pictures,
    Reply,
    Role,
    answers_form,
    answers_from,
)
from throwline.case._case import VERSION, Case, Progress, Read, case_form, make_case
from throwline.case._lines import Answer, LineError, answers, conversation_of
from throwline.case._load import CaseError, case_in, load_case

__all__ = [
    "VERSION",
    "Age",
    "Answer",
    "Answers",
    "AnswersError",
    "Case",
    "CaseError",
    "LineError",
    "PaidBy",
    "Pictures",
    "Progress",
    "Read",
    "Reply",
    "Role",
    "answers",
    "answers_form",
    "answers_from",
    "case_form",
    "case_in",
    "conversation_of",
    "load_case",
    "make_case",
]
