"""What the director writes on an incoming letter: words, executor and term; the usual ones by one press."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms

from centers.models import CalendarYear, Person, StaffPost
from events.permissions import PLANNERS
from events.telling import terms
from rcro_portal.lib import russian
from rcro_portal.lib.fields import Day
from rcro_portal.lib.text import Line
from reports.incoming import resolutions
from reports.models import IncomingLetter


@dataclass(frozen=True)
class Usual:
    """A resolution that is one press: its words, and in how many working days it is due."""

    key: str
    words: str
    working_days: int

    def due_on(self, today: datetime.date) -> datetime.date:
        return terms.after(today, self.working_days, CalendarYear.objects.calendar())


USUAL = (
    Usual("answer", "Подготовить ответ.", 10),
    Usual("report", "Рассмотреть и доложить.", 5),
    Usual("work", "Для использования в работе.", 10),
)


class ResolutionForm(forms.Form):
    executor = forms.ModelChoiceField(label="Исполнитель", queryset=Person.objects.none(), empty_label="— выберите —")
    resolution = Line(label="Резолюция своими словами", required=False)
    due_on = Day(label="Срок", required=False, help_text="Пусто: срок обычной резолюции, он на кнопке.")
    usual = forms.ChoiceField(choices=[(one.key, one.words) for one in USUAL], required=False)

    def __init__(self, *args: Any, incoming: IncomingLetter, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields: dict[str, Any]
        self.fields["executor"].queryset = executors(today)
        self.fields["executor"].initial = suggested(incoming, today)
        self.fields["resolution"].initial = incoming.resolution
        self.fields["due_on"].initial = incoming.due_on

    @property
    def presses(self) -> list[tuple[str, str]]:
        """«Подготовить ответ, до 14.12.2026»: the buttons."""
        return [(one.key, f"{one.words.rstrip('.')}, до {russian.short_date(one.due_on(self.today))}") for one in USUAL]

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < self.today:
            raise forms.ValidationError("Этот день уже прошёл. Укажите срок не раньше сегодняшнего.")
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        usual = next((one for one in USUAL if one.key == cleaned.get("usual")), None)
        if usual:
            cleaned |= {"resolution": usual.words, "due_on": usual.due_on(self.today)}
            self.errors.pop("due_on", None)
        elif not cleaned.get("resolution") and "resolution" not in self.errors:
            self.add_error("resolution", "Напишите резолюцию или нажмите одну из обычных.")
        elif not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Укажите срок.")
        return cleaned


class ReassignForm(forms.Form):
    """To whom of the department, and why."""

    executor = forms.ModelChoiceField(
        label="Новый исполнитель", queryset=Person.objects.none(), empty_label="— выберите —"
    )
    why = Line(label="Почему", help_text="Прочтут оба исполнителя и директор.")

    def __init__(self, *args: Any, incoming: IncomingLetter, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields: dict[str, Any]
        self.fields["executor"].queryset = resolutions.colleagues(incoming, today)


def executors(day: datetime.date) -> Any:
    """Methodists and heads in office that day."""
    posts = StaffPost.objects.in_force_on(day).filter(duty__in=PLANNERS)
    return Person.objects.filter(pk__in=posts.values("person")).order_by("sort_key")


def suggested(incoming: IncomingLetter, day: datetime.date) -> Person | None:
    """Who has it already, who prepared the letter that it answers, who answered its sender the last time; in office."""
    before = IncomingLetter.objects.filter(sender=incoming.sender_id).exclude(sender=None, executor=None)
    last = before.exclude(pk=incoming.pk).order_by("-received_on", "-pk").values_list("executor", flat=True).first()
    author = incoming.replies_to.prepared_by_id if incoming.replies_to else None
    able = {person.pk: person for person in executors(day)}
    return next((able[key] for key in (incoming.executor_id, author, last) if key in able), None)
