"""The apps' own words and dates in the drawings, by language."""

from __future__ import annotations

from datetime import datetime

OWNER = {"en": "ME", "es": "YO", "de": "ICH", "fr": "MOI", "pt": "EU"}
ONLINE = {"en": "online", "es": "en línea", "de": "online", "fr": "en ligne", "pt": "online"}
ACTIVE = {
    "en": "Active 12m ago", "es": "Activo(a) hace 12 min", "de": "Vor 12 Min. aktiv",
    "fr": "En ligne il y a 12 min", "pt": "Online há 12 min",
}  # fmt: skip
LAST_SEEN = {
    "en": "last seen today at 21:14", "es": "últ. vez hoy a las 21:14", "de": "zul. heute um 21:14",
    "fr": "vu aujourd'hui à 21:14", "pt": "visto por último hoje às 21:14",
}  # fmt: skip
SEEN = {"en": "Seen", "es": "Visto", "de": "Gesehen", "fr": "Vu", "pt": "Visto"}
DELIVERED = {
    "en": "Delivered",
    "es": "Entregado",
    "de": "Zugestellt",
    "fr": "Distribué",
    "pt": "Entregue",
}
TODAY = {"en": "Today", "es": "Hoy", "de": "Heute", "fr": "Aujourd'hui", "pt": "Hoje"}
YESTERDAY = {"en": "Yesterday", "es": "Ayer", "de": "Gestern", "fr": "Hier", "pt": "Ontem"}
ENCRYPTED = {
    "en": "Messages and calls are end-to-end encrypted. Only people in this chat can read them.",
    "es": "Los mensajes y las llamadas están cifrados de extremo a extremo. Solo las personas en este chat pueden leerlos.",
    "de": "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Nur Personen in diesem Chat können sie lesen.",
    "fr": "Les messages et les appels sont chiffrés de bout en bout. Seules les personnes de cette discussion peuvent les lire.",
    "pt": "As mensagens e as chamadas são protegidas com criptografia de ponta a ponta. Somente as pessoas nesta conversa podem lê-las.",
}  # fmt: skip
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_DATES = {
    "en": "{month} {day}, {year}", "es": "{day} de {month} de {year}", "de": "{day}. {month} {year}",
    "fr": "{day} {month} {year}", "pt": "{day} de {month} de {year}",
}  # fmt: skip


def clock(at: datetime, language: str) -> str:
    """21:05, in English 9:05 PM."""
    return (
        f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
        if language == "en"
        else f"{at:%H:%M}"
    )


def date(at: datetime, language: str) -> str:
    """A date as the language writes it, with the month's name and the year."""
    month = _MONTHS[language].split()[at.month - 1]
    return _DATES[language].format(day=at.day, month=month, year=at.year)
