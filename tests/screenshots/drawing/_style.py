"""How the six imitations look, light and dark. Lengths are in dp: a screen is about 392 of them wide."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

Colour = tuple[int, int, int]

ROBOTO = "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-{}.ttf"
INTER = "/usr/share/fonts/opentype/inter/Inter-{}.otf"
OPEN_SANS = "/usr/share/fonts/truetype/open-sans/OpenSans-{}.ttf"
NOTO = "/usr/share/fonts/truetype/noto/NotoSans-{}.ttf"
DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
EMOJI = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
FONTS = tuple(
    Path(f.format(w)) for f in (ROBOTO, INTER, OPEN_SANS, NOTO) for w in ("Regular", "Bold")
)


def missing_fonts() -> list[str]:
    """The font files that the drawings need and this machine lacks."""
    return [str(path) for path in (*FONTS, Path(DEJAVU), Path(EMOJI)) if not path.exists()]


@dataclass(frozen=True)
class Colours:
    """`own` and `other` are bubbles; two colours of `own` make it run from the screen's top to its bottom."""

    page: Colour
    ink: Colour
    faint: Colour
    own: tuple[Colour, ...]
    own_ink: Colour
    other: Colour
    header: Colour
    header_ink: Colour
    field: Colour
    pill: Colour | None = None
    pill_ink: Colour | None = None
    accent: Colour = (0, 122, 255)


@dataclass(frozen=True)
class Style:
    """`stamp`: a time inside every bubble. `names`: where a group shows them, "inside" or "above". `labels`: no bubbles
    but a line with the name over each run, and a bar beside it."""

    name: str
    light: Colours
    dark: Colours
    fonts: tuple[str, ...]
    placeholder: dict[str, str]
    text: float = 16
    radius: float = 17
    stamp: bool = False
    names: str = "above"
    labels: bool = False
    avatars: bool = False
    widest: float = 0.75
    centred_header: bool = False
    pattern: bool = False
    seen: bool = False
    words: dict[str, str] = field(default_factory=dict)


WHITE, BLACK = (255, 255, 255), (0, 0, 0)
NAME_INKS = ((31, 167, 95), (202, 88, 44), (120, 80, 200), (30, 120, 190), (190, 40, 110))

_MESSAGE = {"en": "Message", "es": "Mensaje", "de": "Nachricht", "fr": "Message", "pt": "Mensagem"}

APPS: dict[str, Style] = {
    style.name: style
    for style in (
        Style(
            "whatsapp",
            Colours((239, 234, 226), (17, 27, 33), (102, 119, 129), ((217, 253, 211),), (17, 27, 33), WHITE,
                    (0, 128, 105), WHITE, WHITE, (250, 250, 248), (84, 101, 111), (0, 150, 120)),
            Colours((11, 20, 26), (233, 237, 239), (134, 150, 160), ((0, 92, 75),), (233, 237, 239), (32, 44, 51),
                    (31, 44, 52), (233, 237, 239), (32, 44, 51), (24, 34, 41), (134, 150, 160), (0, 168, 132)),
            (ROBOTO, NOTO), _MESSAGE, text=16, radius=9, stamp=True, names="inside", pattern=True, widest=0.8,
        ),
        Style(
            "telegram",
            Colours((202, 218, 184), BLACK, (100, 130, 100), ((239, 254, 222),), BLACK, WHITE,
                    WHITE, BLACK, WHITE, (130, 155, 115), WHITE, (60, 150, 220)),
            Colours((14, 22, 33), WHITE, (120, 140, 160), ((43, 82, 120),), WHITE, (24, 37, 51),
                    (23, 33, 43), WHITE, (23, 33, 43), (30, 44, 60), WHITE, (100, 170, 230)),
            (ROBOTO, OPEN_SANS), _MESSAGE, text=16, radius=15, stamp=True, names="inside", pattern=True,
            avatars=False, widest=0.78,
        ),
        Style(
            "imessage",
            Colours(WHITE, BLACK, (138, 138, 142), ((0, 122, 255),), WHITE, (233, 233, 235),
                    (247, 247, 248), BLACK, WHITE),
            Colours(BLACK, WHITE, (142, 142, 147), ((10, 132, 255),), WHITE, (38, 38, 41),
                    (22, 22, 23), WHITE, BLACK),
            (INTER,), dict.fromkeys(_MESSAGE, "iMessage"), text=17, radius=18, centred_header=True, seen=True,
        ),
        Style(
            "instagram",
            Colours(WHITE, (20, 20, 20), (115, 115, 115), ((138, 58, 235), (60, 120, 250)), WHITE, (239, 239, 239),
                    WHITE, BLACK, (239, 239, 239)),
            Colours(BLACK, (245, 245, 245), (168, 168, 168), ((138, 58, 235), (60, 120, 250)), WHITE, (38, 38, 38),
                    BLACK, WHITE, (38, 38, 38)),
            (ROBOTO, INTER), {"en": "Message…", "es": "Mensaje…", "de": "Nachricht …", "fr": "Message…", "pt": "Mensagem…"},
            text=15.5, radius=19, avatars=True, seen=True, widest=0.68,
        ),
        Style(
            "messenger",
            Colours(WHITE, (5, 5, 5), (101, 103, 107), ((0, 132, 255),), WHITE, (240, 240, 240),
                    WHITE, BLACK, (240, 242, 245)),
            Colours(BLACK, (228, 230, 235), (176, 179, 184), ((0, 120, 235),), WHITE, (48, 48, 48),
                    BLACK, WHITE, (58, 59, 60)),
            (ROBOTO, OPEN_SANS), dict.fromkeys(_MESSAGE, "Aa"), text=16, radius=18, avatars=True, widest=0.7,
        ),
        Style(
            "snapchat",
            Colours(WHITE, (22, 25, 28), (101, 109, 120), ((240, 60, 90),), (22, 25, 28), WHITE,
                    WHITE, (22, 25, 28), (239, 241, 243)),
            Colours((18, 18, 18), (236, 236, 236), (150, 150, 150), ((240, 60, 90),), (236, 236, 236), (18, 18, 18),
                    (18, 18, 18), WHITE, (43, 43, 43)),
            (OPEN_SANS, NOTO),
            {"en": "Send a chat", "es": "Enviar un chat", "de": "Chat senden", "fr": "Envoyer un Chat", "pt": "Enviar um chat"},
            text=15.5, labels=True, centred_header=True,
        ),
    )
}  # fmt: skip
