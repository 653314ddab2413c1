"""Forms of commitments: what is answered, and by what day it is owed."""

import datetime
from typing import Any

from django import forms

from centers.models import CalendarYear
from events.forms import SaidOtherwise
from rcro_portal.lib import russian
from rcro_portal.lib.fields import Day
from rcro_portal.lib.text import Prose
from rcro_portal.lib.uploads import UploadsField
from rcro_portal.lib.working_days import WEEKDAYS

AHEAD_AT_MOST = datetime.timedelta(days=366)


class AnswerForm(forms.Form):
    """The text is asked for only where the answer is sent: files alone are put beside it by «Приложить»."""

    text = Prose(label="Ответ", widget=forms.Textarea(attrs={"rows": 6}))
    attached = UploadsField(label="Файлы")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.only_attaches = bool(data) and "attach" in data
        if self.only_attaches:
            for name in self.fields:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for words in cleaned["attached"].refused if "attached" in cleaned else ():
            self.add_error(None, f"Файл не принят. {words}")
        return cleaned


class EnteredAnswerForm(SaidOtherwise, AnswerForm):
    """An answer that came by telephone or mail, entered for whoever owes it."""

    field_order = ["way", "said_by", "said_on"]


def check_term(day: datetime.date, *, today: datetime.date, after: datetime.date) -> datetime.date:
    """A working day from today on, within a year of ``after``. Raises ValidationError."""
    if day < today:
        raise forms.ValidationError("Этот день уже прошёл.")
    if day > after + AHEAD_AT_MOST:
        raise forms.ValidationError("Это больше года вперёд. Проверьте год.")
    calendar = CalendarYear.objects.calendar()
    if calendar.is_day_off(day):
        working = russian.short_date(calendar.next_working_day(day))
        off = f"{russian.short_date(day)} – выходной день ({WEEKDAYS[day.weekday()]})"
        raise forms.ValidationError(f"{off}. Ближайший рабочий – {working}.")
    return day


class TermForm(forms.Form):
    """Another last day, and why: later than the one in force, a working day within a year."""

    day = Day(label="Новый срок")
    reason = Prose(label="Причина", limit=2_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, due_on: datetime.date, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after, self.today = max(due_on, today), today
        self.due_on = due_on

    def clean_day(self) -> datetime.date:
        day = self.cleaned_data["day"]
        if day <= self.due_on:
            raise forms.ValidationError(f"Нужен день позже нынешнего срока – {russian.short_date(self.due_on)}.")
        return check_term(day, today=self.today, after=self.after)


class AskTermForm(TermForm):
    """By whoever owes: what the setter reads before deciding."""

    day = Day(label="До какого дня")
    reason = Prose(
        label="Почему не успеваете",
        limit=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Прочтёт методист, который направил письмо.",
    )


class DeclineForm(forms.Form):
    note = Prose(label="Почему срок остаётся прежним", limit=2_000, widget=forms.Textarea(attrs={"rows": 3}))
