"""What a stranger types or drops on the page where letters are checked."""

from typing import Any

from django import forms
from django.conf import settings

from rcro_portal.lib.fields import Day
from rcro_portal.lib.text import Line
from reports.composing import written_numbers


class CheckNumberForm(forms.Form):
    number = Line(label="Номер", limit=100, help_text="Как в письме: «941» или «941 от 25.09.2020».")
    day = Day(label="Дата письма", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        written_numbers.with_day(cleaned, "number", "day")
        if not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Укажите дату письма: она стоит рядом с номером.")
        return cleaned


class CheckFileForm(forms.Form):
    file = forms.FileField(
        label="Файл письма",
        help_text="PDF из письма портала, до 12 МБ. Файл сравнивается и нигде не сохраняется.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf,.sig"}),
        error_messages={"required": "Выберите файл или перетащите его сюда.", "empty": "Файл пуст. Выберите другой."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.FILE_LIMIT_BYTES:
            raise forms.ValidationError("Файл больше 12 МБ. Письма портала такими не бывают.")
        return file
