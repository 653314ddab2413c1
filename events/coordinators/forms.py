"""Forms of a centre's coordinators: who takes office from which day, who leaves it on which."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from centers import choosers
from centers.coordinators import appointments
from centers.models import Center, Coordinator, Gender, Person, User
from rcro_portal.lib import personal_names
from rcro_portal.lib.fields import AddressField, Day
from rcro_portal.lib.keeping.choosers import Chosen
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import LINE_LIMIT, NAME_LIMIT, Line

NAMED = ("surname", "given_name", "patronymic", "gender")


class TakeOfficeForm(Once):
    """Somebody whom the portal knows, or somebody new by name."""

    person = Chosen(
        chooser=choosers.PEOPLE,
        label="Кто",
        required=False,
        help_text="Наберите фамилию. Если человека ещё нет в портале, впишите его ниже.",
    )
    surname = Line(label="Фамилия", limit=NAME_LIMIT, required=False)
    given_name = Line(label="Имя", limit=NAME_LIMIT, required=False)
    patronymic = Line(label="Отчество", limit=NAME_LIMIT, required=False)
    gender = forms.ChoiceField(
        label="Пол",
        choices=[("", "по отчеству"), *Gender.choices],
        required=False,
        help_text="Нужен для писем.",
    )
    since = Day(label="С какого дня", help_text="Первый день работы координатором.")
    title = Line(label="Должность в организации", limit=LINE_LIMIT, required=False, help_text="Как в письме.")
    invite = forms.BooleanField(
        label="Пригласить в портал, если входа ещё нет",
        required=False,
        initial=True,
        help_text="Письмо со ссылкой придёт утром первого дня.",
    )
    email = AddressField(label="Электронная почта", required=False, help_text="Нужна для приглашения.")

    def __init__(self, *args: Any, center: Center, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.center, self.by = center, by
        self.fields["since"].initial = timezone.localdate()
        person: Any = self.fields["person"]
        person.user = by

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = cleaned.get("person")
        named = any(cleaned.get(name) for name in ("surname", "given_name", "patronymic"))
        if person and named:
            self.add_error("person", "Выберите человека или внесите нового, но не то и другое.")
        elif person and (words := appointments.may_be(person, self.by)):
            self.add_error("person", words)
        elif not person:
            self._clean_named(cleaned)
        self._clean_address(cleaned)
        return cleaned

    def _clean_named(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("surname") or not cleaned.get("given_name"):
            self.add_error("person", "Выберите человека из портала или впишите ниже фамилию и имя нового.")
            return
        cleaned["gender"] = cleaned.get("gender") or personal_names.gender_of(cleaned.get("patronymic", ""))
        if not cleaned["gender"]:
            self.add_error("gender", "По отчеству пол не ясен: выберите его.")

    def _clean_address(self, cleaned: dict[str, Any]) -> None:
        person = cleaned.get("person")
        comes_in = person and User.objects.filter(person=person).exists()
        if not cleaned.get("invite") or comes_in:
            cleaned["invite_at"] = ""
            return
        cleaned["invite_at"] = cleaned.get("email") or (person.email if person else "")
        if not cleaned["invite_at"]:
            self.add_error("email", "Впишите адрес, на который отправить приглашение, или снимите отметку.")

    def whom(self) -> Person:
        """The chosen one, or one of that name, not saved."""
        chosen: Person | None = self.cleaned_data["person"]
        named = {name: self.cleaned_data[name] for name in NAMED}
        return chosen or Person(**named, email=self.cleaned_data["email"])


class EndForm(forms.Form):
    last = Day(label="Последний день")
    why = Line(label="Почему", required=False, help_text="Останется в истории центра.")

    def __init__(self, *args: Any, post: Coordinator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        self.fields["last"].initial = timezone.localdate()

    def clean_last(self) -> datetime.date:
        last: datetime.date = self.cleaned_data["last"]
        if last < self.post.since:
            raise forms.ValidationError(f"Укажите день не раньше {self.post.since:%d.%m.%Y}: это первый день работы.")
        return last


def present(center: Center, day: datetime.date) -> Coordinator | None:
    """Whoever is in office that day or begins later, without an end said yet; else whoever is in office."""
    rows = center.coordinators.filter(Q(until__isnull=True) | Q(until__gte=day)).select_related("person")
    return rows.order_by("-since", "-pk").first()
