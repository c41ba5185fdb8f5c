"""What keeps a translation from being shown. Each example was written for this test."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from tools.catalogues import problems


def _problems(english: str | tuple[str, str], said: str | tuple[str, ...]) -> list[str]:
    catalog = Catalog(locale="es")
    catalog.add("[sum]", "[suma]")
    catalog.add(english, said)
    return [problem for _, problem in problems(catalog)]


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Call {number}", "Llama al {number}"),
        ("{day} {month} {year}", "{day} de {month} de {year}"),
        ("I sent [sum] on [day].", "Envié [suma] el [día]."),
        ("Open https://stopncii.org.", "Abre https://stopncii.org."),
        ("Is it real?", "¿Es real?"),
        ("Choose “Get Started”.", "Elige «Get Started»."),
        (("{count} message", "{count} messages"), ("{count} mensaje", "{count} mensajes")),
        (("{count} message", "{count} messages"), ("un mensaje", "{count} mensajes")),
    ],
)
def test_what_keeps_everything_is_right(
    english: str | tuple[str, str], said: str | tuple[str, ...]
) -> None:
    assert _problems(english, said) == []


@pytest.mark.parametrize(
    ("english", "said", "problem"),
    [
        ("Stop replying", "", "not translated"),
        ("Call {number}", "Llama", "placeholders must stay: {number}"),
        ("Call {number}", "Llama al {numero}", "placeholders must stay: {number}, {numero}"),
        ("Call 1-800-843-5678.", "Llama al 1-800-843-5679.", "must stay as it is: 1-800-843-5678"),
        (
            "Open https://stopncii.org.",
            "Abre stopncii.",
            "must stay as it is: https://stopncii.org",
        ),
        ("I sent [sum].", "Envié dinero.", "as many [brackets] as in the English text"),
        ("I sent [sum].", "Envié [monto].", "[sum] is [suma] everywhere"),
        ("Is it real?", "Es real.", "must end as the English text does: ?"),
        ("You can stop at any point", "You can stop at any point", "still in English"),
        (("{count} day", "{count} days"), ("{count} día", ""), "not translated"),
        ("The person", "La víctima", "a word that blames or labels: víctima"),
    ],
)
def test_what_is_lost_is_named(
    english: str | tuple[str, str], said: str | tuple[str, ...], problem: str
) -> None:
    assert any(found.startswith(problem) for found in _problems(english, said)), said


def test_a_text_whose_english_changed_is_looked_at_again() -> None:
    catalog = Catalog(locale="es")
    catalog.add("Stop replying now", "Deja de responder", flags=("fuzzy",))
    assert [problem for _, problem in problems(catalog)] == [
        "the English text has changed; look at it again (fuzzy)"
    ]
