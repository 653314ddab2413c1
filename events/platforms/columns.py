"""A table whose headings the portal does not know: which of its columns is what, pointed out by a person."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django import forms

from rcro_portal.lib import store
from rcro_portal.lib.registers.importing import reading
from rcro_portal.lib.registers.importing.sessions import FileGone
from rcro_portal.lib.registers.importing.sheets import Sheet, letter
from rcro_portal.models import ImportSession

COLUMNS_AT_MOST, SHOWN, HEADS_AT_MOST = 40, 6, 20
FIELDS = {
    "name": "ФИО в одном столбце",
    "surname": "Фамилия",
    "given_name": "Имя",
    "patronymic": "Отчество",
    "email": "Почта",
    "join": "Время входа",
    "leave": "Время выхода",
    "duration": "Минуты участия",
}


def sheet_of(session: ImportSession) -> Sheet:
    """The first with anything in it. Raises FileGone."""
    if not session.digest:
        raise FileGone
    return next(sheet for sheet in reading.read(store.read(session.digest)) if sheet.rows)


def first_rows(sheet: Sheet) -> Iterable[tuple[int, list[str]]]:
    """As they are shown, with their numbers in the file."""
    width = min(sheet.width, COLUMNS_AT_MOST)
    for row in sorted(sheet.rows)[:SHOWN]:
        yield row, [sheet.cell(row, number) for number in range(1, width + 1)]


def heading(sheet: Sheet, row: int) -> str:
    """By which a table is known again: what its columns are called; nothing where the row is empty."""
    width = min(sheet.width, COLUMNS_AT_MOST)
    said = [" ".join(sheet.cell(row, number).split()).casefold() for number in range(1, width + 1)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest() if any(said) else ""


def remembered(kind: str, data: bytes) -> dict[str, Any]:
    """What was pointed out of the last table with the same headings: ``columns`` and ``first_row`` of this one."""
    sheet = next((one for one in reading.read(data) if one.rows), None)
    if sheet is None:
        return {}
    rows = {heading(sheet, row): row for row in sorted(sheet.rows)[:HEADS_AT_MOST]}
    known = ImportSession.objects.filter(kind=kind, options__heading__in=[key for key in rows if key])
    if (session := known.order_by("-pk").first()) is None:
        return {}
    found = session.options["heading"]
    return {"columns": session.options["columns"], "first_row": rows[found] + 1, "heading": found}


class ListColumnsForm(forms.Form):
    """``said()`` is what a session keeps of it."""

    first_row = forms.IntegerField(
        label="С какой строки начинаются люди", min_value=1, max_value=1_000_000, help_text="Строки выше не читаются."
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.letters = [letter(number) for number in range(1, min(sheet.width, COLUMNS_AT_MOST) + 1)]
        top = min(sheet.rows)
        for number, name in enumerate(self.letters, start=1):
            heading = " ".join(sheet.cell(top, number).split())[:60]
            label = f"Столбец {name}: {heading}" if heading else f"Столбец {name}"
            choices = [("", "не нужен"), *FIELDS.items()]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [cleaned[name] for name in self.letters if cleaned.get(name)]
        if not {"name", "surname", "email"} & set(chosen):
            raise forms.ValidationError("Укажите столбец с ФИО, фамилией или почтой: без него не узнать, кто был.")
        if doubled := next((one for one in chosen if chosen.count(one) > 1), ""):
            raise forms.ValidationError(f"Указано дважды: {FIELDS[doubled].lower()}. Оставьте один столбец.")
        return cleaned

    def said(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        columns = {name: cleaned[name] for name in self.letters if cleaned.get(name)}
        first_row = cleaned["first_row"]
        return {"columns": columns, "first_row": first_row, "heading": heading(self.sheet, first_row - 1)}
