"""The columns of a register's table, and the form of one row: number, day, counts and texts, each fault in words.

And the other way: what the portal's own table says of a row, so that it is known again when it is brought in.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms

from rcro_portal.lib import russian, written_days
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.fields import Count, Day, RowForm, Text, whole
from reports.composing import written_numbers
from reports.journal import external_numbers
from reports.models import OutgoingRegister, RegisterEntry
from reports.models.register import EntryStatus

# By the words that registers of records offices have in their heads.
COLUMNS = (
    Column(
        "number",
        "Номер",
        ("№", "рег. номер", "регистрационный номер", "исходящий номер", "исх. №", "регистрационный №", "№ документа"),
        required=True,
    ),
    Column("registered_on", "Дата", ("дата регистрации", "от", "дата документа", "исходящая дата"), required=True),
    Column("addressee", "Кому", ("кому направлено", "кому направлен", "адресат", "корреспондент", "куда направлен")),
    Column("subject_line", "О чём", ("содержание", "краткое содержание", "заголовок", "тема")),
    Column("signed_by", "Кто подписал", ("подписал", "подписант", "кем подписано", "кем подписан")),
    Column("prepared_by", "Исполнитель", ("исп.",)),
    Column("document_kind", "Вид документа", ("вид",)),
    Column("sheets", "Листов", ("количество листов", "кол-во листов")),
    Column("copies", "Экземпляров", ("количество экземпляров", "кол-во экземпляров", "экз.")),
    Column("note", "Примечание", ("отметка об отправке", "способ отправки")),
    # A table of several registers says of each row in which it stands.
    Column("register", "Журнал"),
)
# What a row of the register holds of them.
HELD = (
    *("number", "registered_on", "addressee", "subject_line", "prepared_by"),
    *("document_kind", "sheets", "copies", "note"),
)
LETTER = "письмо"
SEVERAL_AT_MOST = 20
MADE_A_DAY = "Excel превратил номер в дату: {}. Сделайте столбец текстовым и внесите номер заново, как в журнале."
NOT_ONLY_A_NUMBER = "В ячейке не только номер: {}. Оставьте в ней номер, остальное внесите в свои столбцы."
SEVERAL = "Здесь несколько номеров: {}. Внесите каждый своей строкой."


class Place(NamedTuple):
    """A number as written, and its sequence and suffix, by which it is sorted and unique."""

    number: str
    parsed: external_numbers.Parsed


class Numbers(forms.Field):
    """The number of a letter, or a short range of them that one row stands for: «120–122»."""

    default_error_messages = {"required": "Номер не указан."}
    register: OutgoingRegister

    def to_python(self, value: Any) -> list[Place] | None:
        text = " ".join((value or "").split())
        if len(text) > 50:
            raise forms.ValidationError("Длиннее 50 знаков.")
        number = whole(external_numbers.bare(text))
        if not number:
            return None
        try:
            return [Place(number, external_numbers.parse(self.register, number))]
        except external_numbers.NotANumber as error:
            if several := self._several(number):
                return several
            raise forms.ValidationError(_why_no_number(number)) from error

    def _several(self, number: str) -> list[Place]:
        """Where numbers name a case, «12–14» may be the fourteenth of case 12."""
        found = external_numbers.range_of(number)
        if found is None or self.register.with_file_index or number.startswith("0") or len(found) > SEVERAL_AT_MOST:
            return []
        return [Place(self.register.written(one), external_numbers.Parsed(one, "")) for one in found]


def _why_no_number(number: str) -> str:
    if written_days.is_like(number):
        return MADE_A_DAY.format(quoted(number))
    if external_numbers.range_of(number):
        return SEVERAL.format(quoted(number))
    written = written_numbers.split(number)
    if written.day or (" " in number and re.search(r"\d", number)):
        return NOT_ONLY_A_NUMBER.format(quoted(number))
    return "Нет порядкового номера."


class RegisterRowForm(RowForm):
    """One row of a register that was kept before the portal."""

    number = Numbers()
    registered_on = Day()
    addressee = Text(limit=300, between="; ")
    subject_line = Text(limit=300)
    signed_by = Text(limit=150)
    prepared_by = Text(limit=150)
    document_kind = Text(limit=100)
    sheets = Count(required=False)
    copies = Count(required=False)
    note = Text(limit=300)

    def __init__(self, cells: Mapping[str, str], *, register: OutgoingRegister, section: str = "") -> None:
        super().__init__(cells, section=section)
        numbers = self.fields["number"]
        assert isinstance(numbers, Numbers)
        numbers.register = register

    def clean(self) -> dict[str, Any]:
        """Who signed has no column of its own in the register, so that the note says it."""
        cleaned = super().clean() or self.cleaned_data
        if signed_by := cleaned.pop("signed_by", ""):
            cleaned["note"] = "; ".join(filter(None, [cleaned.get("note"), f"Подписано: {signed_by}"]))
            if len(cleaned["note"]) > 300:
                self.add_error("note", "Вместе с тем, кто подписал, длиннее 300 знаков.")
        return cleaned


# -- What the portal's own table says -------------------------------------------------------------------------


def said(entry: RegisterEntry) -> dict[str, Any]:
    """The cells of a row by the names of ``HELD``."""
    texts = {name: getattr(entry, name) for name in HELD}
    return texts | {"document_kind": kind(entry), "note": remark(entry)}


def kind(entry: RegisterEntry) -> str:
    return entry.document_kind or LETTER


def remark(entry: RegisterEntry) -> str:
    """What became of a number that went out as no letter, and what the clerk noted."""
    parts = [entry.note]
    if entry.status == EntryStatus.ANNULLED:
        parts.append(f"Аннулирован: {entry.annulled_reason}")
    if entry.status == EntryStatus.RESERVED and entry.reserved_until:
        parts.append(f"Зарезервирован до {russian.short_date(entry.reserved_until)}: {entry.reserved_reason}")
    return ". ".join(part.rstrip(".") for part in parts if part)


def is_same(cells: Mapping[str, str], entry: RegisterEntry) -> bool:
    """The cells say of the row what the portal's own table says of it, as far as they have columns for it."""
    own = said(entry)
    return all(" ".join(cell.split()) == _shown(own.get(name, "")) for name, cell in cells.items())


def _shown(value: Any) -> str:
    if isinstance(value, datetime.date):
        return russian.short_date(value)
    return "" if value is None else " ".join(str(value).split())
