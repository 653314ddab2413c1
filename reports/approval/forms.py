"""What an approver types beside an approval, and what the administrator writes into routes and deputies."""

from typing import Any

from django import forms

from centers.models import StaffPost
from rcro_portal.lib.records import RecordForm
from rcro_portal.lib.text import Prose
from reports.models import Deputy, RouteStage


class RemarksForm(forms.Form):
    """Agreed, with remarks: they stay in the approval sheet and hold nothing up."""

    remarks = Prose(
        label="Замечания",
        limit=2_000,
        help_text="Останутся в листе согласования. Чтобы исполнитель исправил текст, письмо возвращают.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeputyForm(RecordForm):
    """The administrator's: who stands in, for whom, on which days."""

    class Meta:
        model = Deputy
        fields = ("person", "deputy", "basis", "since", "until")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person, deputy, since = (cleaned.get(name) for name in ("person", "deputy", "since"))
        if person and person == deputy:
            self.add_error("deputy", "Человек не замещает сам себя. Выберите другого сотрудника.")
        elif deputy and since and not StaffPost.objects.in_force_on(since).filter(person=deputy).exists():
            self.add_error("deputy", "На первый день замещения у этого человека нет должности в институте.")
        return cleaned


class StageForm(RecordForm):
    class Meta:
        model = RouteStage
        fields = ("order", "title", "department", "person")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("department") and cleaned.get("person"):
            self.add_error("person", "Визу даёт либо начальник отдела, либо сотрудник. Оставьте что-то одно.")
        return cleaned
