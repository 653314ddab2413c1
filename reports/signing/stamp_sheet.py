"""The visible mark of an electronic signature: a sheet of 70 × 25 mm in which nothing is printed over anything.

A long owner and a long serial number take smaller type; an owner that no size holds is cut in the picture, never in
the words of the field.
"""

import datetime as dt
from typing import Protocol

from django.template.loader import render_to_string
from django.utils import timezone

from rcro_portal.lib.russian import short_date
from reports.typesetting.balance import POINTS_PER_MM, width_pt

SIZES_PT = (7.5, 7.0, 6.5, 6.0, 5.5)
LEADING = 1.2
# By letter.css: inside the frame, and below the heading's two lines.
WIDTH_PT, HEIGHT_PT = 64.6 * POINTS_PER_MM, 23.7 * POINTS_PER_MM - 2 * 8 * LEADING - 0.8 * POINTS_PER_MM
DEMONSTRATION_PT = 0.6 * POINTS_PER_MM


class Certificate(Protocol):
    """What the mark says: of a key in the portal, or of a judged signature made outside."""

    @property
    def serial(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def valid_from(self) -> dt.datetime: ...
    @property
    def valid_to(self) -> dt.datetime: ...


def html(certificate: Certificate) -> str:
    demonstration = bool(getattr(certificate, "demonstration", False))
    owner = certificate.owner
    while (size := _size(_lines(certificate, owner), demonstration)) is None and len(owner) > 1:
        owner = f"{owner.rstrip('…')[:-1].rstrip()}…"
    context = {"key": certificate, "owner": owner, "term": term(certificate), "demonstration": demonstration}
    return render_to_string(
        "reports/letters/stamp.html", context | {"size": f"{size or SIZES_PT[-1]:g}".replace(".", "-")}
    )


def words(certificate: Certificate) -> str:
    """The mark for those who hear the letter."""
    named = f"Сертификат {certificate.serial}, владелец {certificate.owner}, действителен {term(certificate)}"
    return f"Документ подписан электронной подписью. {named}."


def term(certificate: Certificate) -> str:
    first, last = (short_date(timezone.localdate(day)) for day in (certificate.valid_from, certificate.valid_to))
    return f"с {first} по {last}"


def _lines(certificate: Certificate, owner: str) -> list[str]:
    return [f"Сертификат {certificate.serial}", f"Владелец {owner}", f"Действителен {term(certificate)}"]


def _size(lines: list[str], demonstration: bool) -> float | None:
    """The largest type in which the lines fit, or None."""
    for size in SIZES_PT:
        taken = sum(_taken(line, size) for line in lines) + demonstration
        if taken * size * LEADING + demonstration * DEMONSTRATION_PT <= HEIGHT_PT:
            return size
    return None


def _taken(text: str, size_pt: float) -> int:
    """Lines that the text takes, filled word by word; a word wider than the mark is broken."""
    lines, room = 0, 0.0
    space = width_pt(" ", "regular", size_pt)
    for word in text.split():
        width = width_pt(word, "regular", size_pt)
        if width + space > room:
            lines, room = lines + 1, WIDTH_PT
            while width > room:
                lines, width = lines + 1, width - room
        else:
            width += space
        room -= width
    return lines
