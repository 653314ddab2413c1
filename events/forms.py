"""Forms of events: they clean what was typed and save nothing."""

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone

from centers.models import Department, Gender, Person
from events.models import PlanItem, PlanSchedule
from events.models.event import EventForm as Form
from events.models.event import EventKind
from rcro_portal.lib import quotes
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.choosers import Chooser, Chosen
from rcro_portal.lib.records import Record
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import NAME_LIMIT, Line, Prose
from rcro_portal.lib.working_days import Calendar

DAYS_AT_MOST = datetime.timedelta(days=366)
NOMINATIVE = re.compile(r"[а-яё]ие$", re.IGNORECASE)
NAMED_BY = ("surname", "given_name", "gender")
DATE_TIME = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeField):
    """A day and a time in Tomsk, typed by the browser's own field."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATE_TIME)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=[DATE_TIME], **kwargs)
        self.error_messages["invalid"] = "Укажите день и время: 12.10.2026, 15:00."

    def validate(self, value: Any) -> None:
        """In UTC the very first and last days there are would lie outside the calendar."""
        super().validate(value)
        if value and not 1900 <= value.year <= 2100:
            raise forms.ValidationError("Проверьте год.")


class PlanForm(Record, forms.Form):
    """What is known of an event beforehand."""

    kind = forms.ChoiceField(label="Вид мероприятия", choices=EventKind.choices)
    body = Line(
        label="Чьё заседание",
        limit=200,
        required=False,
        help_text="Для заседания другого органа, в родительном падеже: «экспертного совета муниципалитета».",
    )
    topic = Line(label="Тема", printed=True, help_text="Без кавычек: портал поставит их в письме сам.")
    purpose = Prose(
        label="Цель",
        help_text="Продолжите фразу «с целью …»: «подведения итогов деятельности сети за год».",
        limit=2_000,
        items=False,
        tables=False,
        printed=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts_at = Moment(label="Начало")
    ends_at = Moment(label="Окончание", required=False, help_text="В другой день – мероприятие нескольких дней.")
    form = forms.ChoiceField(label="Форма", choices=Form.choices)
    place = Line(label="Место", required=False, help_text="Адрес, зал; для онлайн – площадка.")
    link = forms.URLField(
        label="Ссылка на подключение",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Её видят только заявленные и сотрудники.",
    )
    department = forms.ModelChoiceField(label="Проводит", queryset=Department.objects.order_by("name"))
    schedule = forms.ModelChoiceField(
        label="План-график",
        queryset=PlanSchedule.objects.kept().order_by("-year", "project_title"),
        required=False,
        empty_label="вне плана-графика",
    )

    def __init__(self, *args: Any, plan_item: PlanItem | None = None, **kwargs: Any) -> None:
        """``plan_item``: that the event is tied to, and whose plan-schedule it therefore belongs to."""
        super().__init__(*args, **kwargs)
        self.plan_item = plan_item

    def clean_topic(self) -> str:
        return quotes.bare(self.cleaned_data["topic"])

    def clean_purpose(self) -> str:
        """What follows «с целью» in the letter; a nominative in «-ние» is never a genitive."""
        purpose = str(self.cleaned_data["purpose"])
        first = purpose.split(maxsplit=1)[0].rstrip(",.:;")
        if NOMINATIVE.search(first):
            words = f"Цель продолжает фразу «с целью …»: «{first[:-1]}я», а не «{first}»."
            raise forms.ValidationError(words, code="case")
        return purpose

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "Окончание раньше начала. Проверьте время.")
        if starts_at and not 2000 <= timezone.localtime(starts_at).year <= 2100:
            self.add_error("starts_at", "Проверьте год.")
        if words := not_of_plan(cleaned.get("schedule"), starts_at, self.plan_item):
            self.add_error("schedule", words)
        if starts_at and ends_at and ends_at - starts_at > DAYS_AT_MOST:
            self.add_error("ends_at", "Мероприятие длиннее года. Проверьте день.")
        self._check_body(cleaned)
        return cleaned

    def _check_body(self, cleaned: dict[str, Any]) -> None:
        if "body" not in self.errors and "kind" in cleaned and (words := not_of_kind(cleaned["kind"], cleaned["body"])):
            self.add_error("body", words)


def not_of_plan(schedule: PlanSchedule | None, starts_at: datetime.datetime | None, plan_item: PlanItem | None) -> str:
    """Why an event of that day, tied to that item, does not belong to the plan-schedule."""
    if starts_at and schedule and schedule.year != (year := timezone.localtime(starts_at).year):
        return f"Мероприятие {year} года, а план-график – на {schedule.year} год. Выберите план-график того же года."
    if plan_item and (schedule is None or schedule.pk != plan_item.schedule_id):
        return f"Мероприятие привязано к пункту другого плана-графика: {quotes.quoted(str(plan_item))}."
    return ""


def not_of_kind(kind: str, body: str) -> str:
    """A meeting of another body names it, and nothing else does."""
    if kind == EventKind.BODY_MEETING and not body:
        return "Напишите, чьё это заседание."
    if body and kind != EventKind.BODY_MEETING:
        return "Только для вида «заседание другого органа». Выберите его или очистите поле."
    return ""


class NewPlanForm(Once, PlanForm):
    """A new event; sent twice, it makes one. What a form made of an item of the plan gives is tied to the item."""

    def columns(self) -> dict[str, Any]:
        return {**super().columns(), "plan_item": self.plan_item}


class TieForm(forms.Form):
    """An event that is in the portal already, and became of an item of the plan."""

    def __init__(self, *args: Any, chooser: Chooser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"] = Chosen(label="Мероприятие", chooser=chooser)


class NoteForm(forms.Form):
    """A remark that somebody will read: why, or what to mend."""

    note = Prose(label="Что исправить", limit=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class SaidOtherwise(forms.Form):
    """How an answer came that is entered for whoever gave it."""

    way = forms.ChoiceField(label="Как получен ответ", choices=[("telephone", "по телефону"), ("mail", "по почте")])
    said_by = Line(label="Кто сообщил", limit=200, help_text="Фамилия и должность того, кто звонил или подписал ответ.")
    said_on = Day(label="Когда")

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["said_on"].initial = today

    def clean_said_on(self) -> datetime.date | None:
        day = self.cleaned_data["said_on"]
        if day and day > self.today:
            raise forms.ValidationError("Этот день ещё не наступил.")
        return day


class ReasonForm(forms.Form):
    """Why something is called off or annulled; the reason stays for everybody to read."""

    note = Prose(label="Причина", limit=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class NewPersonForm(forms.Form):
    """Somebody whom the portal does not know yet."""

    surname = Line(label="Фамилия", limit=NAME_LIMIT)
    given_name = Line(label="Имя", limit=NAME_LIMIT)
    patronymic = Line(label="Отчество", limit=NAME_LIMIT, required=False)
    gender = forms.ChoiceField(
        label="Пол",
        # None is offered first: a letter would call a woman «поделился» before anybody noticed.
        choices=[("", "— выберите —"), *Gender.choices],
        help_text="Нужен для согласования слов в письме.",
    )

    def person(self) -> Person:
        """The person of that name, not saved: ``namesakes.known_or_new`` finds or makes the row."""
        return Person(**{name: self.cleaned_data[name] for name in ("surname", "given_name", "patronymic", "gender")})


class PerhapsNewPersonForm(NewPersonForm):
    """A form in which somebody new may be named; once a name is begun, it is wanted whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMED_BY:
            self.fields[name].required = False

    @property
    def is_named(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("surname", "given_name", "patronymic"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_named:
            for name in NAMED_BY:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Обязательное поле.")
        return cleaned

    def somebody_new(self) -> Person | None:
        return self.person() if self.is_named else None


def next_working_day_at_three(calendar: Calendar, today: datetime.date) -> datetime.datetime:
    """Where the form of a new event begins."""
    day = calendar.next_working_day(today)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(15, 0)))
