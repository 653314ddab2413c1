"""What people type: one cleaning for all input, the limits, and the two form fields that keep both."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rcro_portal.russian import grouped

# Measured: beyond these the drawing of a letter takes minutes or breaks its layout.
LINE_LIMIT = 300
NAME_LIMIT = 150
TALK_LIMIT = 10_000
LETTER_LIMIT = 60_000
WORD_LIMIT = 200
FILE_LIMIT_BYTES = 12 * 1024 * 1024
MARKS_LIMIT = 3

_REFUSED = re.compile(r"[\x00\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
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


def clean_text(text: str) -> str:
    """The text without what no reader sees and some programs choke on; the same text comes back unchanged.

    Lines end in a line feed, spaces are single, composed letters (NFC) carry three marks at most. Raises
    ValidationError for NUL and for half a character (a lone surrogate): such input is damaged or hostile.
    """
    if found := _REFUSED.search(text):
        raise ValidationError(_refusal(found[0]), code="character")
    text = unicodedata.normalize("NFC", _DROPPED.sub("", _LINE_ENDS.sub("\n", text)))
    text = "".join(_few_marks(_STRAY_JOINERS.sub("", text)))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def _refusal(character: str) -> str:
    name = "нулевой знак" if character == "\x00" else "половина знака"
    return f"В тексте есть недопустимый знак U+{ord(character):04X} ({name}). Удалите его и введите текст заново."


def _few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
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


class Prose(forms.CharField):
    """Plain paragraphs. No ``maxlength`` goes to the browser: it would cut what is pasted without a word."""

    widget: type[forms.Widget] = forms.Textarea

    def __init__(self, *, limit: int = TALK_LIMIT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        check_length(value, self.limit)


class Line(Prose):
    """One line: a title, a name, a post."""

    widget = forms.TextInput

    def __init__(self, *, limit: int = LINE_LIMIT, **kwargs: Any) -> None:
        super().__init__(limit=limit, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())
