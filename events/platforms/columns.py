"""A table whose headings the portal does not know: which of its columns is what, pointed out by a person."""

from collections.abc import Iterable
from typing import Any

from django import forms

from rcro_portal.lib import store
from rcro_portal.lib.registers.importing import reading
from rcro_portal.lib.registers.importing.sessions import FileGone
from rcro_portal.lib.registers.importing.sheets import Sheet, letter
from rcro_portal.models import ImportSession

COLUMNS_AT_MOST, SHOWN = 40, 6
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


class ListColumnsForm(forms.Form):
    """``said()`` is what a session keeps of it."""

    first_row = forms.IntegerField(
        label="С какой строки начинаются люди", min_value=1, max_value=1_000_000, help_text="Строки выше не читаются."
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        return {"columns": columns, "first_row": cleaned["first_row"]}
