"""The form of one row, and the fields that read cells as offices fill them."""

import copy
import datetime
import re
from collections.abc import Mapping
from typing import Any, Self

from django import forms

from rcro_portal.lib import written_days
from rcro_portal.lib.registers.importing.cells import Broken

NOT_A_DAY = "Дата не прочитана: нужна «05.10.2020»."
ONLY_A_YEAR = "Здесь только год. Внесите дату целиком: «05.10.2020»."
NO_YEAR = "В дате нет года. Внесите её целиком: «05.10.2020»."
_WHOLE = re.compile(r"(\d{1,9})[.,]0+")
# «  .  .» of a print-out is an empty day, and so is «–».
_SAID = re.compile(r"\w")
_TIME = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
# Days as Excel counts them from 30.12.1899: 1930 to 2100; smaller numbers are numbers of something else.
_SERIAL, _FIRST_SERIAL, _LAST_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?"), 10_959, 73_050
_SERIALS_BEGIN = datetime.date(1899, 12, 30)
_WITHOUT_YEAR = re.compile(r"(\d{1,2})[./](\d{1,2})\.?")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


class RowForm(forms.Form):
    """Its fields bear the names of the kind's columns; a cell that holds no value is a fault whatever its field says.

    ``section``: the title above the row's part of the table, which may say the year of its days.
    """

    def __init__(self, cells: Mapping[str, str], *, section: str = "") -> None:
        super().__init__(data=dict(cells))
        self.section = section
        for field in self.fields.values():
            if isinstance(field, Day):
                field.year = year_in(section)

    def clean(self) -> dict[str, Any] | None:
        for name, cell in self.data.items():
            if isinstance(cell, Broken) and name in self.fields:
                self.errors.pop(name, None)
                self.add_error(name, cell.words)
        return super().clean()


class Cell(forms.Field):
    """A field of rows: thousands of forms have one each, and share its widget, which none of them draws."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy.copy(self)


class Text(Cell):
    """One line of at most ``limit`` characters; lines of the cell are joined by ``between``."""

    def __init__(self, *, limit: int, between: str = " ", **kwargs: Any) -> None:
        self.limit, self.between = limit, between
        super().__init__(**{"required": False, **kwargs})

    def to_python(self, value: Any) -> str:
        lines = (" ".join(line.split()) for line in (value or "").split("\n"))
        text = self.between.join(line for line in lines if line)
        if len(text) > self.limit:
            raise forms.ValidationError(f"Длиннее {self.limit} знаков.")
        return text


class Day(Cell):
    """A day in any of the ways of ``written_days``, or as a spreadsheet counts it; its year may stand above."""

    default_error_messages = {"required": "Даты нет."}
    year: int | None = None

    def to_python(self, value: Any) -> datetime.date | None:
        text = (value or "").strip()
        if not _SAID.search(text):
            return None
        if day := read_day(text):
            return day
        if found := _WITHOUT_YEAR.fullmatch(text):
            if self.year is None:
                raise forms.ValidationError(NO_YEAR)
            if day := written_days.read(f"{found[1]}.{found[2]}.{self.year}"):
                return day
        raise forms.ValidationError(ONLY_A_YEAR if _YEAR.fullmatch(text) else NOT_A_DAY)


class Count(Cell):
    """A whole number of at most four figures; «2,0» is one."""

    def to_python(self, value: Any) -> int | None:
        text = whole(value or "")
        if not text:
            return None
        if not text.isdecimal() or len(text) > 4:
            raise forms.ValidationError("Нужно целое число.")
        return int(text)


def whole(text: str) -> str:
    """«14.0» is 14: a spreadsheet took the number for a quantity."""
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text


def read_day(text: str) -> datetime.date | None:
    text = _TIME.sub("", text)
    if (found := _SERIAL.fullmatch(text)) and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return _SERIALS_BEGIN + datetime.timedelta(days=int(found[1]))
    return written_days.read(text)


def year_in(section: str) -> int | None:
    """«2026 г.»: the one year that a title names."""
    found = set(_YEAR.findall(section))
    return int(found.pop()) if len(found) == 1 else None
