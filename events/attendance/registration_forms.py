"""Forms of those who are to come: they clean what was typed and save nothing."""

import datetime
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils import timezone

from events.attendance.candidates import Candidate
from events.forms import Moment, PerhapsNewPersonForm
from events.models import Event, EventSeries
from events.models.attendance import Capacity
from rcro_portal.lib.records import Record
from rcro_portal.lib.text import Line, Prose

NOBODY = "Отметьте, кто участвует, или впишите имя нового человека."
CAPACITIES = [
    (Capacity.PARTICIPANT.value, "участник от РВЦИ"),
    (Capacity.REPRESENTATIVE.value, "представитель вместо координатора"),
]
POST = "Как в явочном листе: «учитель физики»."


class RegistrationForm(PerhapsNewPersonForm):
    """Who of a centre is to come: several of its people, and one by name whom the portal does not know yet."""

    who = forms.MultipleChoiceField(label="Кто участвует", widget=forms.CheckboxSelectMultiple, required=False)
    capacity = forms.ChoiceField(label="В качестве", choices=CAPACITIES, initial=Capacity.PARTICIPANT, required=False)
    post = Line(label="Должность", required=False, help_text=POST)
    field_order = ["who", "surname", "given_name", "patronymic", "gender", "post", "capacity"]

    def __init__(self, *args: Any, candidates: Mapping[str, Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates, who = candidates, cast(forms.ChoiceField, self.fields["who"])
        who.choices = [(key, one.label) for key, one in candidates.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("who") and not self.is_named and not self.errors:
            self.add_error("who", NOBODY)
        return cleaned

    def chosen(self) -> list[Candidate]:
        """In the order of the list, the new one last."""
        wanted = set(self.cleaned_data["who"])
        known = [one for key, one in self.candidates.items() if key in wanted]
        capacity = self.cleaned_data["capacity"] or Capacity.PARTICIPANT
        new = self.somebody_new()
        return [*known, *([Candidate(new, self.cleaned_data["post"], capacity)] if new else [])]


class SubstituteForm(PerhapsNewPersonForm):
    """Who comes in the place of another: one of the centre's people, or somebody new."""

    who = forms.ChoiceField(label="Кто вместо", widget=forms.RadioSelect, required=False)
    post = Line(label="Должность", required=False, help_text=POST)
    field_order = ["who", "surname", "given_name", "patronymic", "gender", "post"]

    def __init__(self, *args: Any, candidates: Mapping[str, Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates, who = candidates, cast(forms.ChoiceField, self.fields["who"])
        who.choices = [(key, one.label) for key, one in candidates.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("who")) == self.is_named:
            self.add_error("who", "Выберите одного человека или впишите имя нового.")
        return cleaned

    def chosen(self) -> Candidate:
        if new := self.somebody_new():
            return Candidate(new, self.cleaned_data["post"], Capacity.REPRESENTATIVE)
        return self.candidates[self.cleaned_data["who"]]


class WithdrawalForm(forms.Form):
    why = Prose(label="Причина", limit=2_000, widget=forms.Textarea(attrs={"rows": 2}))


class TermsForm(Record, forms.Form):
    """For whom an event is, how many may come, and until when they say so."""

    audience = Line(label="Для кого", required=False, help_text="«Координаторы РВЦИ, учителя физики».")
    seats = forms.IntegerField(
        label="Мест",
        min_value=1,
        max_value=30_000,
        required=False,
        help_text="Пусто – без ограничения. Кому не хватит, встанут в лист ожидания.",
    )
    registration_closes_at = Moment(
        label="Заявки принимаются до", required=False, help_text="Пусто – до начала мероприятия."
    )
    series = forms.ModelChoiceField(
        label="Серия",
        queryset=EventSeries.objects.order_by("title"),
        required=False,
        empty_label="не в серии",
        help_text="Мероприятия одной серии показаны на страницах друг друга.",
    )
    new_series = Line(label="Новая серия", required=False, help_text="Если её ещё нет: «Школа координатора».")

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event

    def clean_registration_closes_at(self) -> datetime.datetime | None:
        moment = self.cleaned_data["registration_closes_at"]
        if moment and moment > self.event.starts_at:
            begins = timezone.localtime(self.event.starts_at)
            words = f"Мероприятие начнётся {begins:%d.%m.%Y} в {begins:%H:%M}: заявки закрываются не позже."
            raise forms.ValidationError(words)
        return moment
