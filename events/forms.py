"""Forms of events: they clean what was typed and save nothing."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from centers.models import Center, Department, Gender, Person
from events.models import PlanSchedule
from events.models.event import EventForm as Form
from events.models.event import EventKind
from rcro_portal.text import NAME_LIMIT, Line, Prose

DATE_TIME = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeField):
    """A day and a time in Tomsk, typed by the browser's own field."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DATE_TIME)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=[DATE_TIME], **kwargs)
        self.error_messages["invalid"] = "Укажите день и время: 12.10.2026, 15:00."


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)
        self.error_messages["invalid"] = "Укажите день: 05.10.2026."


class PlanForm(forms.Form):
    """What is known of an event beforehand."""

    kind = forms.ChoiceField(label="Вид мероприятия", choices=EventKind.choices)
    topic = Line(label="Тема", help_text="Без кавычек: портал поставит их в письме сам.")
    purpose = Prose(
        label="Цель",
        help_text="Продолжите фразу «с целью …»: «подведения итогов деятельности сети за год».",
        limit=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts_at = Moment(label="Начало")
    ends_at = Moment(label="Окончание", required=False)
    form = forms.ChoiceField(label="Форма", choices=Form.choices)
    place = Line(label="Место или ссылка", required=False)
    department = forms.ModelChoiceField(label="Проводит", queryset=Department.objects.order_by("name"))
    schedule = forms.ModelChoiceField(
        label="План-график",
        queryset=PlanSchedule.objects.order_by("-year", "project_title"),
        required=False,
        empty_label="вне плана-графика",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "Окончание раньше начала. Проверьте время.")
        if starts_at and not 2000 <= timezone.localtime(starts_at).year <= 2100:
            self.add_error("starts_at", "Проверьте год.")
        return cleaned


class NoteForm(forms.Form):
    """A remark that somebody will read: why, or what to mend."""

    note = Prose(label="Что исправить", limit=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """Why something is called off or annulled; the reason stays for everybody to read."""

    note = Prose(label="Причина", limit=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class AttendanceForm(forms.Form):
    """A tick for each centre whose coordinator was there."""

    present = forms.ModelMultipleChoiceField(
        label="Координаторы", queryset=Center.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, centers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = centers


class NewPersonForm(forms.Form):
    """Somebody whom the portal does not know yet."""

    surname = Line(label="Фамилия", limit=NAME_LIMIT)
    given_name = Line(label="Имя", limit=NAME_LIMIT)
    patronymic = Line(label="Отчество", limit=NAME_LIMIT, required=False)
    gender = forms.ChoiceField(label="Пол", choices=Gender.choices, help_text="Нужен для согласования слов в письме.")

    def person(self) -> Person:
        """The person of that name, if known, else a new one, not saved."""
        named = {name: self.cleaned_data[name] for name in ("surname", "given_name", "patronymic")}
        return Person.objects.filter(**named).first() or Person(**self.cleaned_data)


class RepresentativeForm(NewPersonForm):
    center = forms.ModelChoiceField(label="РВЦИ", queryset=Center.objects.none())

    field_order = ["center"]

    def __init__(self, *args: Any, centers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center"].queryset = centers

    def person(self) -> Person:
        center = self.cleaned_data.pop("center")
        person = super().person()
        self.cleaned_data["center"] = center
        return person


class AnswerForm(forms.Form):
    text = Prose(label="Ответ", widget=forms.Textarea(attrs={"rows": 6}))
    file = forms.FileField(label="Файл", required=False, help_text="PDF, DOCX, XLSX или картинка, до 12 МБ.")

    def clean_file(self) -> Any:
        from events import papers

        file = self.cleaned_data["file"]
        if file is not None:
            papers.check(file)
        return file


class EnteredAnswerForm(AnswerForm):
    """An answer that came by telephone or mail, entered for the centre."""

    way = forms.ChoiceField(label="Как получен ответ", choices=[("telephone", "по телефону"), ("mail", "по почте")])

    field_order = ["way"]


def tomorrow_at_three(today: datetime.date) -> datetime.datetime:
    """Where the form of a new event begins."""
    day = today + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(15, 0)))
