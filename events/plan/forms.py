"""Forms of plan-schedules, of their items and of who answers for them."""

from typing import Any

from django import forms

from centers import choosers
from events.models import PlanItem, PlanResponsible, PlanSchedule
from rcro_portal.lib.keeping.forms import KeptForm


class ScheduleForm(KeptForm):
    class Meta:
        model = PlanSchedule
        fields = ("project_title", "year")


class PlanItemForm(KeptForm):
    """The days follow from what the plan says, unless somebody types others."""

    groups = (
        ("Пункт", ("schedule", "section", "number", "title", "form")),
        ("Когда", ("when_said", "first_on", "last_on", "done_on")),
        ("Кто, для кого, где", ("responsible_said", "audience", "place", "remark")),
    )

    class Meta:
        model = PlanItem
        fields = (
            "schedule",
            "section",
            "number",
            "title",
            "form",
            "when_said",
            "first_on",
            "last_on",
            "done_on",
            "responsible_said",
            "audience",
            "place",
            "remark",
        )
        widgets = {"remark": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schedules = PlanSchedule.objects.order_by("-year", "project_title")
        field: Any = self.fields["schedule"]
        field.queryset = schedules.kept() if self.is_new else schedules
        if self.is_new:
            field.initial = field.queryset.first()


class ResponsibleForm(KeptForm):
    choosers = {"person": choosers.PEOPLE}

    class Meta:
        model = PlanResponsible
        fields = ("department", "person")
