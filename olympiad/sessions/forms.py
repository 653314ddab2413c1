"""Forms of prep sessions, of their lecturers and partners, and of programmes with their lessons."""

from typing import Any

from django import forms

from centers.choosers import ORGANIZATIONS, PEOPLE
from events.forms import PlanForm
from events.models import Event
from events.models.event import EventKind, EventStatus
from olympiad.models import (
    PrepProgramme,
    PrepSession,
    ProgrammeLesson,
    Season,
    SessionLecturer,
    SessionPartner,
    Subject,
)
from olympiad.sessions import sessions
from rcro_portal.lib.drafts.rows import Several
from rcro_portal.lib.keeping.forms import ActForm, KeptForm

NOT_OVER = (EventStatus.DRAFT, EventStatus.ANNOUNCED, EventStatus.HELD)


class SessionForm(KeptForm):
    """What a session has to say beside its event; a new one is put down with the event, or made of one in the plan."""

    event = forms.ModelChoiceField(
        label="Мероприятие",
        queryset=Event.objects.none(),
        required=False,
        empty_label="новое, заполните ниже",
        help_text="Если смена уже внесена в план как мероприятие, выберите её здесь.",
    )
    groups = (
        ("Мероприятие", ("event", "topic", "purpose", ("starts_at", "ends_at"), ("form", "place"), "department")),
        ("Смена", (("kind", "season"), "municipality", "subjects", ("first_grade", "last_grade"), "quota")),
        ("Обучающиеся и педагоги", (("pupils", "new_pupils"), ("educators", "new_educators"))),
        ("Преподаватели", (("lecturers", "doctors", "candidates"),)),
    )

    class Meta:
        model = PrepSession
        fields = (
            *("kind", "season", "municipality", "subjects", "first_grade", "last_grade", "quota"),
            *("pupils", "new_pupils", "educators", "new_educators", "lecturers", "doctors", "candidates"),
        )
        field_classes = {"subjects": Several}
        widgets = {"subjects": forms.CheckboxSelectMultiple({"class": "choices-columns"})}
        help_texts = {
            "new_pupils": "Кого ещё не было на сменах этого сезона: так считаются люди, а не участия.",
            "new_educators": "Пусто – не известно.",
            "lecturers": "Числа растут сами, когда преподавателей называют по именам.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices()
        if not self.is_new:
            del self.fields["event"]
            return
        self.fields["season"].required, self.fields["season"].empty_label = False, "по дням смены"
        if not self._named("event"):
            plan = PlanForm(initial=self.initial)
            self.fields |= {name: plan.fields[name] for name in sessions.PLANNED}
        if not self.is_bound:
            self.initial.setdefault("department", self._department())

    def _choices(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["season"].queryset = Season.objects.order_by("-starts_on")
        fields["subjects"].queryset = Subject.objects.order_by("position")
        free = Event.objects.filter(kind=EventKind.PREP_SESSION, prep_session=None, status__in=NOT_OVER)
        fields["event"].queryset = free.order_by("-starts_at")
        fields["event"].label_from_instance = lambda event: f"{event.days} {event.topic}"

    def _named(self, name: str) -> Any:
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    def _department(self) -> Any:
        post = self.user.person.posts.order_by("-since", "pk").first()
        return post.department_id if post else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_new and not self._named("event"):
            self._plan(cleaned)
        self._agree(cleaned)
        return cleaned

    def _plan(self, cleaned: dict[str, Any]) -> None:
        """As the form of an event judges it."""
        data: Any = self.data.copy()
        data["kind"] = EventKind.PREP_SESSION
        plan = PlanForm(data)
        for name, errors in plan.errors.as_data().items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, errors)
        cleaned |= {name: plan.cleaned_data[name] for name in sessions.PLANNED if name in plan.cleaned_data}

    def _agree(self, cleaned: dict[str, Any]) -> None:
        """The season with the days, the grades with the rules of the season."""
        day = self._first_day(cleaned)
        season = cleaned.get("season")
        if season and day and (odd := sessions.odd_season(season, day)):
            self.add_error("season", odd)
        season = season or (day and sessions.season_named(day))
        subjects = cleaned.get("subjects") or ()
        first, last = cleaned.get("first_grade"), cleaned.get("last_grade")
        if season and (odd := sessions.odd_grades(season, subjects, first, last)):
            self.add_error("first_grade", odd)

    def _first_day(self, cleaned: dict[str, Any]) -> Any:
        if not self.is_new:
            return self.row.event.first_day
        if event := cleaned.get("event"):
            return event.first_day
        return cleaned["starts_at"].date() if cleaned.get("starts_at") else None


class LecturerForm(KeptForm):
    choosers = {"person": PEOPLE}

    class Meta:
        model = SessionLecturer
        fields = ("person", "subject", "post")
        help_texts = {"post": "Как в программе смены. Степень берётся с карточки человека."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subject"]
        field.queryset = Subject.objects.order_by("position")


class PartnerForm(KeptForm):
    choosers = {"organization": ORGANIZATIONS}

    class Meta:
        model = SessionPartner
        fields = ("organization",)


class CountForm(ActForm):
    """Of «Взять числа из списков»: nothing but the reason."""


class ProgrammeForm(KeptForm):
    class Meta:
        model = PrepProgramme
        fields = ("name", "founded_on")


class LessonForm(KeptForm):
    groups = (("", (("season", "subject"), "started_on", ("pupils", "school_teachers"))),)

    class Meta:
        model = ProgrammeLesson
        fields = ("season", "subject", "started_on", "pupils", "school_teachers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["season"].queryset = Season.objects.order_by("-starts_on")
        fields["subject"].queryset = Subject.objects.order_by("position")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        season, day = cleaned.get("season"), cleaned.get("started_on")
        if season and day and (odd := sessions.odd_season(season, day)):
            self.add_error("started_on", odd.replace("Смена начинается", "Занятия начинаются"))
        return cleaned
