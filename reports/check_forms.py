"""What a stranger types or drops on the page where letters are checked."""

from typing import Any

from django import forms
from django.conf import settings

from events.forms import Day
from rcro_portal.text import Line


class CheckNumberForm(forms.Form):
    number = Line(label="Номер", limit=50, help_text="Как в письме, без знака «№»: 941")
    day = Day(label="Дата письма")


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
