"""What people say of a brought file: the file itself, its sheet, its headings and columns, a cell read otherwise."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.sheets import letter
from rcro_portal.lib.text import clean_text

_ROWS = re.compile(r"(\d{1,5})(?:\s*[-–—]\s*(\d{1,5}))?")
NONE, HEAD_ROWS_AT_MOST = "нет", 4
CELL_LIMIT = 2_000


class UploadForm(forms.Form):
    """A table; an app adds what it belongs to, which ``options`` gives as JSON keeps it."""

    table = forms.FileField(
        label="Файл",
        help_text="XLSX, XLS, ODS, CSV или таблица в DOCX, до 12 МБ и 20 000 строк.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.docx"}),
    )

    def clean_table(self) -> Any:
        table = self.cleaned_data["table"]
        if table.size > settings.FILE_LIMIT_BYTES:
            raise ValidationError("Файл больше 12 МБ. Разделите его на части.")
        return table

    def options(self) -> dict[str, Any]:
        return {}


class ColumnsForm(forms.Form):
    """Which sheet, which rows of headings, which column is which field."""

    sheet = forms.ChoiceField(label="Лист", required=False)
    head_rows = forms.CharField(
        label="Строка с названиями столбцов",
        required=False,
        max_length=20,
        help_text="Номер строки, как в файле: «3». Если названия занимают две строки: «6–7». Если их нет: «нет».",
    )
    with_hidden = forms.BooleanField(label="Вносить и скрытые строки", required=False)

    def __init__(self, *args: Any, file: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file = file
        shown = [one for one in file.sheets if one.rows]
        self.fields["sheet"].choices = [(one.name, _named(one)) for one in shown]
        if len(shown) == 1 and not shown[0].is_hidden:
            del self.fields["sheet"]
        if file.sheet is None:
            del self.fields["head_rows"], self.fields["with_hidden"]
            return
        if not file.sheet.hidden_rows:
            del self.fields["with_hidden"]
        for column in shown_columns(file.sheet.width, file.heads):
            self.fields[f"column-{letter(column)}"] = self._column(column, file.heads)
        self.initial = {**initial(file), **(self.initial or {})}

    def _column(self, column: int, heads: Heads) -> forms.Field:
        options = [("", "не вносить"), *((one.name, one.heading) for one in self.file.kind.columns)]
        heading = heads.texts.get(column, "без названия")
        return forms.ChoiceField(label=f"{letter(column)}: {heading}", choices=options, required=False)

    def clean_head_rows(self) -> list[int] | None:
        text = self.cleaned_data["head_rows"].strip()
        if text.casefold() in ("", NONE):
            return [] if text else None
        found = _ROWS.fullmatch(text)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 0 < first <= last < first + HEAD_ROWS_AT_MOST:
            raise ValidationError("Укажите номер строки: «3», две строки: «6–7» или «нет».")
        return list(range(first, last + 1))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for name, field in self.columns().items():
            if field in seen.values():
                self.add_error(f"column-{name}", "Это поле уже выбрано для другого столбца.")
            seen[name] = field
        return cleaned

    def columns(self) -> dict[str, str]:
        """Letter → field of what was chosen."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name.startswith("column-") and value}
        return {name.removeprefix("column-"): value for name, value in chosen.items()}

    def told(self) -> dict[str, Any]:
        """What ``sessions.read_as`` takes. Where the sheet or its headings are others now, columns are guessed anew."""
        sheet = self.cleaned_data.get("sheet", "")
        if self.file.sheet is None:
            return {"sheet": sheet}
        if sheet and sheet != self.file.sheet.name:
            return {"sheet": sheet}
        head_rows = self.cleaned_data["head_rows"]
        told = {"sheet": sheet, "head_rows": head_rows, "with_hidden": self.cleaned_data.get("with_hidden", False)}
        moved = head_rows not in (None, list(self.file.heads.rows))
        chosen = any(name.startswith("column-") for name in self.changed_data)
        return told | ({"columns": self.columns()} if chosen or not moved else {})


def shown_columns(width: int, heads: Heads) -> list[int]:
    return list(range(1, width + 1)) if not heads.texts else sorted({*heads.texts, *heads.fields})


def initial(file: Any) -> dict[str, Any]:
    rows = file.heads.rows
    written = "–".join(str(row) for row in dict.fromkeys((rows[0], rows[-1]))) if rows else ""
    none = file.session.head_rows == []
    columns = {f"column-{letter(column)}": name for column, name in file.heads.fields.items()}
    return {
        "sheet": file.sheet.name,
        "head_rows": NONE if none else written,
        "with_hidden": file.session.with_hidden,
        **columns,
    }


def _named(sheet: Any) -> str:
    return f"{sheet.name} (скрыт)" if sheet.is_hidden else sheet.name


def typed_cells(data: Mapping[str, Any]) -> dict[str, str]:
    """Letter → text of the cells that a page sent. Raises ValidationError for damaged text."""
    cells = {name.removeprefix("cell-"): value for name, value in data.items() if name.startswith("cell-")}
    return {name: clean_text(str(value))[:CELL_LIMIT] for name, value in cells.items() if len(name) <= 3}
