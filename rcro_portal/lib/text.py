"""What people type: one cleaning for all input, the limits, and the two form fields that keep both."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rcro_portal.lib import pasted, quotes
from rcro_portal.lib.russian import grouped

# Measured: beyond these the drawing of a letter takes minutes or breaks its layout.
LINE_LIMIT = 300
NAME_LIMIT = 150
TALK_LIMIT = 10_000
LETTER_LIMIT = 60_000
WORD_LIMIT = 200
FILE_LIMIT_BYTES = 12 * 1024 * 1024
MARKS_LIMIT = 3

_REFUSED = re.compile(r"[\x00\x1b\x9b\ud800-\udfff]")
_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_DROPPED = re.compile(
    "["
    "\x01-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # soft, bidi, zero width
    "\u115f\u1160\u3164\uffa0"  # Hangul fillers: letters that look like nothing
    "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # private use
    f"\ufdd0-\ufdef{_NONCHARACTERS}"
    "]"
)
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_STRAY_JOINERS = re.compile(rf"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_SPACES = re.compile(r"[^\S\n]+")
_HIDDEN = dict.fromkeys("\u00ad\u2060\u200b", "")  # marks of the sheet that say nothing
_WORDS = re.compile(r"\S+")


def clean_text(text: str) -> str:
    """The text without what no reader sees and some programs choke on; the same text comes back unchanged.

    Lines end in a line feed, spaces are single, composed letters (NFC) carry three marks at most. Raises
    ValidationError for NUL, for half a character (a lone surrogate), for what begins a terminal's sequence, and for a
    mark above no letter: such input is damaged or hostile.
    """
    if found := _REFUSED.search(text):
        raise ValidationError(_refusal(found[0]), code="character")
    text = unicodedata.normalize("NFC", _DROPPED.sub("", pasted.line_ends(text)))
    text = "".join(_few_marks(_STRAY_JOINERS.sub("", text)))
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()
    if found := next((word[0] for word in _WORDS.findall(text) if _is_mark(word[0])), None):
        raise ValidationError(_refusal(found), code="character")
    return text


_NAMES = {"\x00": "нулевой знак", "\x1b": "управляющая последовательность", "\x9b": "управляющая последовательность"}


def _refusal(character: str) -> str:
    name = "знак над буквой, а буквы нет" if _is_mark(character) else _NAMES.get(character, "половина знака")
    return f"В тексте есть недопустимый знак U+{ord(character):04X} ({name}). Удалите его и введите текст заново."


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= MARKS_LIMIT:
            yield character


def check_length(text: str, limit: int) -> None:
    """Raises ValidationError where the text is longer than the limit or has a word that no line can hold."""
    if len(text) > limit:
        raise ValidationError(
            f"Текст длиннее {grouped(limit)} знаков (сейчас {grouped(len(text))}). "
            "Сократите его: введённое сохранено на странице.",
            code="too_long",
        )
    if found := re.search(rf"\S{{{WORD_LIMIT + 1}}}", text):
        raise ValidationError(
            f"Слово длиннее {WORD_LIMIT} знаков без пробела: «{found[0][:20]}…». Разделите его пробелом.",
            code="long_word",
        )


def excerpt(text: str, at: int = 0, *, around: int = 30) -> str:
    """«…итоги вебинара и разослать…»: whole words about a place of the text, in quotes, to be found by.

    What cannot be shown stands as U+FFFD.
    """
    first, last = max(0, at - around), min(len(text), max(at + around, 2 * around))
    while first > 0 and not text[first - 1].isspace() and at - first < 2 * around:
        first -= 1
    while last < len(text) and not text[last].isspace() and last - at < 3 * around:
        last += 1
    shown = "".join(letter if letter.isprintable() else " " if letter.isspace() else _HIDDEN.get(letter, "\ufffd")
                    for letter in text[first:last])  # fmt: skip
    return f"«{'…' if first else ''}{' '.join(shown.split())}{'…' if last < len(text) else ''}»"


class Prose(forms.CharField):
    """Plain paragraphs. No ``maxlength`` goes to the browser: it would cut what is pasted without a word.

    ``items``: a list's marks are kept, since nothing numbers the field's lines by itself; ``tables``: pasted rows
    become lines with « | » between the cells, else they are asked about. ``printed``: a letter has the text, and no
    straight quotation marks in it.
    """

    widget: type[forms.Widget] = forms.Textarea

    def __init__(
        self, *, limit: int = TALK_LIMIT, items: bool = True, tables: bool = True, printed: bool = False, **kwargs: Any
    ) -> None:
        self.limit, self.items, self.tables, self.printed = limit, items, tables, printed
        # A tab at the start is a row's empty cell; ``clean_text`` takes the other spaces.
        super().__init__(strip=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What ``paste.js`` must know of the field."""
        kept = [name for name in ("items", "tables") if getattr(self, name)]
        return super().widget_attrs(widget) | {"data-paste": " ".join(kept)}

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        return self._marked(clean_text(pasted.lines(typed, items=self.items, tables=self.tables)))

    def _marked(self, text: str) -> str:
        return quotes.angled(text) if self.printed else text

    def validate(self, value: str) -> None:
        super().validate(value)
        check_length(value, self.limit)


class Line(Prose):
    """One line: a title, a name, a post."""

    widget = forms.TextInput

    def __init__(self, *, limit: int = LINE_LIMIT, **kwargs: Any) -> None:
        super().__init__(limit=limit, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"data-paste": "line"}

    def to_python(self, value: Any) -> str:
        typed = forms.CharField.to_python(self, value) or ""
        return self._marked(" ".join(clean_text(typed).split()))


def whole_number(typed: str | None) -> int:
    """A row's key, a version, a year as a page sends it back; nonsense, and what no column holds, is 0."""
    return int(typed) if typed and typed.isdecimal() and len(typed) < 10 else 0


def readable_name(typed: str, otherwise: str) -> str:
    """The name of a file as people gave it, as far as it can be read; else another one."""
    try:
        return clean_text(typed) or otherwise
    except ValidationError:
        return otherwise
