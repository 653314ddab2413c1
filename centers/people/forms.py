"""Forms of people and of where they work."""

from typing import Any

from django import forms

from centers import choosers
from centers.models import Degree, Employment, Person
from rcro_portal.lib import personal_names, russian
from rcro_portal.lib.keeping.forms import KeptForm
from rcro_portal.lib.text import NAME_LIMIT, Line

NAMES = ("surname", "given_name", "patronymic")


class PersonForm(KeptForm):
    """A namesake of somebody known is put down by who says that it is another person."""

    another = forms.BooleanField(
        label="Это другой человек", required=False, help_text="Отметьте, если такой же тёзка в портале уже есть."
    )
    groups = (("Как связаться", ("email", "phone")),)

    class Meta:
        model = Person
        fields = (*NAMES, "gender", "email", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES:
            self.fields[name] = Line(
                label=self.fields[name].label, limit=NAME_LIMIT, required=self.fields[name].required
            )
        gender: Any = self.fields["gender"]
        gender.required, gender.help_text = False, "Нужен для слов в письмах. Пусто – по отчеству."
        gender.choices = [("", "по отчеству"), *gender.choices[1:]]
        if not self.is_new or not self.is_bound:
            del self.fields["another"]

    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in super().columns().items() if name != "another"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["gender"] = cleaned.get("gender") or personal_names.gender_of(cleaned.get("patronymic", ""))
        if not cleaned["gender"] and "gender" not in self.errors:
            self.add_error("gender", "По отчеству пол не ясен: выберите его.")
        if self.is_new and not cleaned.get("another"):
            self._refuse_namesake(cleaned)
        return cleaned

    def _refuse_namesake(self, cleaned: dict[str, Any]) -> None:
        key = russian.sort_key(" ".join(cleaned.get(name, "") for name in NAMES))
        if known := Person.objects.kept().filter(sort_key=key).order_by("pk").first():
            also = f" ({known.email})" if known.email else ""
            self.add_error("another", f"{known.full_name}{also} уже есть. Если это другой человек, отметьте.")


class EmploymentForm(KeptForm):
    choosers = {"organization": choosers.ORGANIZATIONS}

    class Meta:
        model = Employment
        fields = ("organization", "title", "since", "until")


class DegreeForm(KeptForm):
    groups = (("", ("rank", "science", ("since", "until"))),)

    class Meta:
        model = Degree
        fields = ("rank", "science", "since", "until")
        help_texts = {"since": "День присуждения. Если он не известен – день, с которого степень точно есть."}
