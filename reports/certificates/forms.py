"""What a methodist says of certificates: in which roles, of what level; and the words of one of them."""

from collections.abc import Mapping
from typing import Any

from django import forms

from events.models.attendance import Capacity
from rcro_portal.lib import russian
from rcro_portal.lib.text import Line
from reports.certificates import preparing, wording
from reports.models import Certificate
from reports.models.certificate import HOURS_AT_MOST, CertificateRole, EventLevel

NOBODY = ("", "не выдавать")
NO_ROLE = "Выберите роль хотя бы для одной строки: иначе выдавать некому."


class PrepareForm(forms.Form):
    """A choice of role for each capacity in which somebody was there and may get one."""

    level = forms.ChoiceField(label="Уровень", choices=EventLevel.choices, initial=EventLevel.REGIONAL)
    hours = forms.IntegerField(
        label="Академических часов",
        required=False,
        min_value=1,
        max_value=HOURS_AT_MOST,
        help_text=f"Не обязательно. Не больше {HOURS_AT_MOST}: сертификат – не документ о дополнительном образовании.",
    )

    def __init__(self, *args: Any, counted: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for capacity in Capacity:
            if number := counted.get(capacity):
                self.fields[f"role_{capacity}"] = forms.ChoiceField(
                    label=f"{russian.upper_first(str(capacity.label))} – {number}",
                    choices=[NOBODY, *CertificateRole.choices],
                    required=False,
                    initial=preparing.USUAL[capacity],
                )
        self.order_fields([*(name for name in self.fields if name.startswith("role_")), "level", "hours"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = {
            name.removeprefix("role_"): value for name, value in cleaned.items() if name.startswith("role_") and value
        }
        if not chosen and not self.errors:
            raise forms.ValidationError(NO_ROLE)
        return {"level": cleaned.get("level"), "hours": cleaned.get("hours"), "roles": chosen}


class CertificateForm(forms.Form):
    """The words of one certificate, before it has its number."""

    name = Line(
        label="Кому", limit=preparing.NAME_LENGTH, printed=True, help_text="В именительном падеже, как в паспорте."
    )
    place = Line(
        label="Должность и организация",
        limit=preparing.PLACE_LENGTH,
        required=False,
        printed=True,
        help_text="«учитель математики, МАОУ СОШ № 2 г. Томска»",
    )
    role = forms.ChoiceField(label="Роль", choices=CertificateRole.choices)
    talk = Line(
        label="Тема выступления или мастер-класса",
        limit=300,
        required=False,
        printed=True,
        help_text="Без кавычек. Печатается у докладчика и ведущего мастер-класса.",
    )

    @classmethod
    def of(cls, certificate: Certificate, data: Any = None) -> "CertificateForm":
        said = {name: getattr(certificate, name) for name in cls.base_fields}
        return cls(data, initial=said)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("place", "talk"):
            try:
                wording.refuse_further_training(cleaned.get(name, ""))
            except wording.SaysTooMuch as error:
                self.add_error(name, str(error))
        return cleaned
