"""HTML out of foreign files: the elements that hold the messages, one after the other, each with its line."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser

from throwline.conversation._export import Document, ReadError, reading
from throwline.conversation.readers._text import clean, encoding_of
from throwline.language import Note

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CHUNK = 256 * 1024
_DEEPEST = 200


@dataclass
class Element:
    """An HTML element with what stands in it; `line` counts from 1."""

    tag: str
    attributes: dict[str, str]
    line: int
    content: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The names in its class attribute."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def children(self) -> list[Element]:
        """The elements right below it."""
        return [part for part in self.content if isinstance(part, Element)]

    def inside(self) -> Iterator[Element]:
        """Every element below it, in the order of the document."""
        for child in self.children:
            yield child
            yield from child.inside()

    def find(self, wanted: Callable[[Element], bool]) -> Element | None:
        """The first element below it that is wanted."""
        return next((element for element in self.inside() if wanted(element)), None)

    def classed(self, name: str) -> Element | None:
        """The first element below it of that class."""
        return self.find(lambda element: name in element.classes)

    def text(self) -> str:
        """The text in it, as it stands there, with each line break as "\\n"."""
        return "".join(self._texts())

    def _texts(self) -> Iterator[str]:
        if self.tag == "br":
            yield "\n"
        elif self.tag == "img" and any("emoji" in name for name in self.classes):
            yield self.attributes.get("alt", "")
        for part in self.content:
            if isinstance(part, str):
                yield part
            else:
                yield from part._texts()


def elements(document: Document, wanted: Callable[[Element], bool]) -> Iterator[Element]:
    """The outermost elements that are wanted (asked while they are still empty), each whole, streamed.

    Raises ReadError for a document that is damaged or nested deeper than any export.
    """
    encoding, mark = encoding_of(document.head)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    builder = _Builder(document, wanted)
    with reading(document.name), document.open() as stream:
        stream.read(mark)
        while raw := stream.read(_CHUNK):
            builder.feed(decoder.decode(raw))
            yield from builder.finished()
        builder.feed(decoder.decode(b"", final=True))
        builder.close()
        yield from builder.finished()


def fragment(document: Document, text: str) -> Element:
    """A piece of HTML that stands in another format, as one element. Raises ReadError as `elements` does.

    What is left open ends with the piece.
    """
    return _Builder(document, lambda element: bool(element.tag)).whole(text)


class _Builder(HTMLParser):
    def __init__(self, document: Document, wanted: Callable[[Element], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self._document = document
        self._wanted = wanted
        self._open: list[Element] = []
        self._finished: list[Element] = []

    def finished(self) -> list[Element]:
        """The elements that have ended since the last call."""
        done, self._finished = self._finished, []
        return done

    def whole(self, text: str) -> Element:
        """All of `text` in one element, whose tag is "", so that nothing in the text can end it."""
        root = Element("", {}, 1)
        self._open.append(root)
        with self._parsing():
            super().feed(text)
            super().close()
        return root

    def feed(self, data: str) -> None:
        with self._parsing():
            super().feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: clean(value or "") for name, value in attrs}
        element = Element(tag, attributes, self.getpos()[0])
        if not self._open and not self._wanted(element):
            return
        if self._open:
            self._open[-1].content.append(element)
        if tag in _VOID:
            return
        self._open.append(element)
        if len(self._open) > _DEEPEST:
            raise ReadError(
                Note("{name} is nested deeper than any chat export.", name=self._document.name)
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML knows no self-closing tags but those of void elements: "<div/>" opens one.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        # What was left open inside ends with it; an end without a beginning means nothing.
        if not any(element.tag == tag for element in self._open):
            return
        while self._open:
            element = self._open.pop()
            if not self._open:
                self._finished.append(element)
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].content.append(clean(data))

    def close(self) -> None:
        with self._parsing():
            super().close()
        if self._open:
            raise ReadError(
                Note(
                    "{name} breaks off in what begins at line {line}: export it again.",
                    name=self._document.name,
                    line=self._open[0].line,
                )
            )

    @contextmanager
    def _parsing(self) -> Iterator[None]:
        """The standard library's parser knows no other answer to some broken declarations and references."""
        try:
            yield
        except (AssertionError, ValueError) as error:
            raise ReadError(
                Note(
                    "{name} is damaged near line {line}: export it again.",
                    name=self._document.name,
                    line=self.getpos()[0],
                )
            ) from error
