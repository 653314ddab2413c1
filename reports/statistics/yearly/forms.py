"""Forms of the year's report: which year, and a text for each section."""

from collections.abc import Collection
from typing import Any

from django import forms

from rcro_portal.lib.drafts.editor import Editor
from rcro_portal.lib.drafts.fields import Version, with_figures
from rcro_portal.lib.text import LETTER_LIMIT, Prose
from reports.statistics.yearly.sections import SECTIONS

BEGUN = "Отчёт за этот год уже есть. Откройте его в списке."


class NewYearReport(forms.Form):
    """Of which year, and whether the texts of the year before shall stand there already."""

    year = forms.TypedChoiceField(label="Год", coerce=int, error_messages={"invalid_choice": BEGUN})
    from_last = forms.BooleanField(label="Взять тексты прошлого отчёта", required=False, initial=True)

    def __init__(self, *args: Any, years: Collection[int], known: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, f"{year}") for year in years]
        self.fields["from_last"].help_text = (
            "Слова останутся прежними, показатели в них станут за новый год."
            if known
            else "Прошлых отчётов пока нет: разделы будут пустыми."
        )


def _section(key: str, *, help_text: str = "") -> Prose:
    return Prose(
        label=SECTIONS[key].title,
        limit=LETTER_LIMIT,
        required=False,
        printed=True,
        widget=with_figures(8),
        help_text=help_text,
    )


class YearReportForm(forms.Form):
    version = Version()
    opening = _section("opening", help_text="Абзац – строка. Знак «/» вставляет показатель за год отчёта.")
    network = _section("network")
    events = _section("events")
    decisions = _section("decisions")
    letters = _section("letters")
    olympiad = _section("olympiad")
    sessions = _section("sessions")
    partners = _section("partners")
    closing = _section("closing", help_text="Что удалось, что нет, что сеть делает в следующем году.")


class YearReportEditor(Editor):
    form_class = YearReportForm
