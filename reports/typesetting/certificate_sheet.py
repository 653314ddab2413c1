"""A certificate as a sheet of HTML: A4 across, the same words for all of a release, a few lines of each person.

Lines are chosen here, by measured width, and never cut: one line, two at need, then smaller letters, then more lines.
So a sheet is as high as can be said beforehand, and a person's lines may be written into a drawn one.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.template.loader import render_to_string

from rcro_portal.lib import qr_code
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.text import excerpt
from reports.typesetting import letter_font, ties
from reports.typesetting.balance import POINTS_PER_MM, SLACK, balanced, width_pt
from reports.typesetting.letter_font import CannotDraw

# The newest edition of the sheet; a release keeps the number of its own.
EDITION = 1
ALT = "QR-код для проверки сертификата"
MASK = 3  # one for all: qr_code.drawn
LEFT_MM, WIDTH_MM = 28, 241
NAME_SIZES, PLACE_SIZES, TOPIC_SIZES, TALK_SIZES = (34, 30, 26, 22), (13, 11.5), (19, 16.5, 14), (12.5, 11.5)
NAME_FACE, PLACE_FACE, NUMBER_FACE = "bold", "regular", "regular"
NUMBER_SIZE = 12
LINES = 2  # of a name, and of a place
# Of name, place, topic and talk together: more stand closer.
LOOSE_LINES = 7
# Points of the same: what the middle of the sheet holds, the rest standing close.
HIGHEST = 250
# Lines that any text may take; to balance more costs seconds.
BALANCED_LINES = 6


@dataclass(frozen=True)
class CertificateWords:
    """What all certificates of a kind say. ``talk`` and ``details`` may be empty."""

    body_above: str
    institution: tuple[str, ...]
    role: str
    topic: str
    talk: str
    details: str
    signatory_post: str
    signatory_name: str
    issued: str
    checked_at: str


@dataclass(frozen=True)
class Holder:
    """What one person's certificate says: ``place`` is their post and organisation, ``address`` that of its check."""

    name: str
    place: str
    number: str
    address: str

    @property
    def title(self) -> str:
        return f"Сертификат {self.number}: {self.name}"


class Lines(NamedTuple):
    """One field as lines of one size in points."""

    lines: tuple[str, ...]
    size: float

    @property
    def css(self) -> str:
        """The end of its class: «30», «11-5»."""
        return str(self.size).replace(".", "-")


class Fields(NamedTuple):
    number: Lines
    name: Lines
    place: Lines

    @property
    def shape(self) -> tuple[tuple[int, float], ...]:
        """Two certificates of one shape differ in letters alone."""
        return tuple((len(field.lines), field.size) for field in self)


def fields_of(holder: Holder) -> Fields:
    return Fields(
        number=Lines((holder.number,), NUMBER_SIZE),
        name=name_lines(holder.name),
        place=place_lines(holder.place),
    )


@functools.lru_cache(maxsize=2000)
def name_lines(name: str) -> Lines:
    """In one line where the largest letters let it; else the surname above the rest, else as even as can be."""
    surname, _, rest = name.partition(" ")
    for size in NAME_SIZES:
        by_name = [(name,)] * (size == NAME_SIZES[0]) + [(surname, rest)] * bool(rest)
        for lines in (*by_name, _wrapped(name, NAME_FACE, size)):
            if len(lines) <= LINES and _widest(lines, NAME_FACE, size) <= _room():
                return Lines(lines, size)
    return Lines(_wrapped(name, NAME_FACE, NAME_SIZES[-1]), NAME_SIZES[-1])


@functools.lru_cache(maxsize=2000)
def place_lines(place: str) -> Lines:
    return _smaller(ties.tied(place), PLACE_FACE, PLACE_SIZES) if place else Lines((), PLACE_SIZES[0])


def topic_lines(topic: str) -> Lines:
    return _smaller(ties.tied(quoted(topic)), "bold", TOPIC_SIZES)


def talk_lines(talk: str) -> Lines:
    return _smaller(ties.tied(talk), "regular", TALK_SIZES) if talk else Lines((), TALK_SIZES[0])


def _smaller(text: str, face: str, sizes: Sequence[float]) -> Lines:
    """In two lines where the letters may be smaller for that."""
    for size in sizes:
        lines = _wrapped(text, face, size)
        if len(lines) <= LINES:
            break
    return Lines(lines, size)


@functools.lru_cache(maxsize=200)
def _wrapped(text: str, face: str, size: float) -> tuple[str, ...]:
    """In as many lines as it takes; a word wider than the sheet is parted, after a hyphen where it has one."""
    if max(width_pt(word, face, size) for word in text.split(" ")) > _room():
        text = " ".join(piece for word in text.split(" ") for piece in _parted(word, face, size))
    if width_pt(text, face, size) > BALANCED_LINES * _room():
        raise CannotDraw(f"Слишком длинно для сертификата: {excerpt(text)}. Сократите это место.")
    return balanced(text, face=face, size_pt=size, width_mm=WIDTH_MM)


def _parted(word: str, face: str, size: float) -> list[str]:
    pieces = [""]
    for part in re.split(r"(?<=-)" if "-" in word else "(?<=.)", word):
        if width_pt(pieces[-1] + part, face, size) > _room():
            pieces.append("")
        pieces[-1] += part
    return pieces


class Middle(NamedTuple):
    """What stands between letterhead and signature."""

    name: Lines
    place: Lines
    topic: Lines
    talk: Lines

    @property
    def is_tight(self) -> bool:
        return sum(len(one.lines) for one in self) > LOOSE_LINES


def refuse_unfit(words: CertificateWords, fields: Fields) -> Middle:
    """The middle of the sheet. Raises UnknownGlyph for what the typeface cannot print, CannotDraw for too much."""
    for line in (line for one in fields for line in one.lines):
        letter_font.refuse_unknown(line)
    middle = Middle(fields.name, fields.place, *_common(words))
    if sum(len(one.lines) * one.size for one in middle) > HIGHEST:
        raise CannotDraw("Сертификат не помещается на один лист. Сократите тему или место работы.")
    return middle


@functools.lru_cache(maxsize=100)
def _common(words: CertificateWords) -> tuple[Lines, Lines]:
    """The lines of topic and talk. Raises UnknownGlyph."""
    for text in (words.topic, words.talk, words.role, words.details):
        letter_font.refuse_unknown(text)
    return topic_lines(words.topic), talk_lines(words.talk)


def certificate_html(words: CertificateWords, fields: Fields, *, title: str, code: qr_code.Drawing) -> str:
    """The whole sheet. Raises as ``refuse_unfit`` does."""
    middle = refuse_unfit(words, fields)
    context = {"words": words, "fields": fields, "title": title, "code": code, "middle": middle}
    return render_to_string("reports/certificates/sheet.html", context)


def _widest(lines: Sequence[str], face: str, size: float) -> float:
    return max(width_pt(line, face, size) for line in lines)


def _room() -> float:
    return WIDTH_MM * POINTS_PER_MM * SLACK
