"""The languages that people's texts are shown in, and the translations, as gettext catalogues.

English stands in the data files and templates and is its own key. Whoever shows something says once in which language,
with `speaking`; every room below then reads its texts in it.
"""

from throwline.language._catalogue import (
    SOURCE,
    Language,
    cache_by_language,
    gettext,
    isolated,
    language_for,
    languages,
    ngettext,
    offered,
    speaking,
    spoken,
)
from throwline.language._note import Note, said, together
from throwline.language._texts import Kind, kinds, localized, texts_in

__all__ = [
    "SOURCE",
    "Kind",
    "Language",
    "Note",
    "cache_by_language",
    "gettext",
    "isolated",
    "kinds",
    "language_for",
    "languages",
    "localized",
    "ngettext",
    "offered",
    "said",
    "speaking",
    "spoken",
    "texts_in",
    "together",
]
