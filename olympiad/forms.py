"""Forms of results and of seasons: they clean what was typed and save nothing."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from centers.models import Municipality
from olympiad.models import Season, Stage, StageQuota, Subject
from olympiad.results import results
from rcro_portal.lib.keeping.forms import KeptForm
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import Prose

SEASONS_BACK = 15


class SheetForm(Once):
    """A file with results, and what is said of it as a whole."""

    season = forms.ChoiceField(label="Сезон")
    stage = forms.ChoiceField(label="Этап", choices=[("", "выберите"), *Stage.choices])
    subject = forms.ModelChoiceField(
        label="Предмет", queryset=Subject.objects.none(), required=False, empty_label="назван в файле"
    )
    municipality = forms.ModelChoiceField(
        label="Муниципалитет",
        queryset=Municipality.objects.none(),
        required=False,
        empty_label="назван в файле",
        help_text="Выберите, если все участники файла из одного муниципалитета.",
    )
    table = forms.FileField(
        label="Файл",
        help_text="Протокол или таблица с числами: XLSX, XLS, ODS, CSV, таблица в DOCX; до 12 МБ.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.xls,.ods,.docx,.txt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["season"].choices = [(name, name) for name in seasons(timezone.localdate())]
        self.fields["subject"].queryset = Subject.objects.order_by("position")
        self.fields["municipality"].queryset = Municipality.objects.order_by("name")

    def told(self) -> dict[str, Any]:
        cleaned, season = self.cleaned_data, results.season_named(self.cleaned_data["season"])
        return {name: cleaned[name] for name in ("stage", "subject", "municipality")} | {"season": season}


def seasons(day: datetime.date) -> list[str]:
    """The season of that day and those before it, the newest first; kept ones too, however old."""
    year = day.year if day.month >= 9 else day.year - 1
    names = {f"{first}/{(first + 1) % 100:02}" for first in range(year - SEASONS_BACK, year + 1)}
    return sorted(names | set(Season.objects.values_list("name", flat=True)), reverse=True)


class TakeBackForm(forms.Form):
    """Why counts go out of every sum; the reason stays in the history of the table."""

    why = Prose(label="Причина", limit=2_000, widget=forms.Textarea(attrs={"rows": 2}))


class SeasonForm(KeptForm):
    """The name says the two years, the days are in them: other tables find a season by either."""

    groups = (("", ("name", ("starts_on", "ends_on"))),)

    class Meta:
        model = Season
        fields = ("name", "starts_on", "ends_on")
        help_texts = {"name": "Два учебных года: 2026/27."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = cleaned.get("name")
        if not name:
            return cleaned
        if not results.season_named(name):
            self.add_error("name", "Назовите два учебных года подряд: 2026/27.")
            return cleaned
        first = int(name[:4])
        for field, year, words in (("starts_on", first, "начинается"), ("ends_on", first + 1, "заканчивается")):
            day = cleaned.get(field)
            if day and day.year != year:
                self.add_error(field, f"Сезон {name} {words} в {year} году.")
        return cleaned


class SubjectForm(KeptForm):
    groups = (("", (("name", "name_dative"), ("position", "code"), ("listed_since", "listed_until"))),)

    class Meta:
        model = Subject
        fields = ("name", "name_dative", "position", "code", "listed_since", "listed_until")
        help_texts = {
            "listed_since": "Когда предмет вошёл в перечень олимпиады. Пусто – был всегда.",
            "listed_until": "Последний день в перечне. Пусто – он и сейчас там.",
            "position": "Место в списках, с единицы.",
            "code": "Одно слово латиницей, для ссылок и правил сезонов. Потом не меняется.",
        }


class QuotaForm(KeptForm):
    groups = (("", (("stage", "laureates"), "basis")),)

    class Meta:
        model = StageQuota
        fields = ("stage", "laureates", "basis")
