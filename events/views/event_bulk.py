"""Many events of the list changed at once."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from events import permissions, told
from events.acts import EVENT, EventCase
from events.forms import PlanForm, not_of_kind, not_of_plan
from events.models import Event
from events.models.event import EventStatus
from events.plan import plan
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.keeping.bulk_fields import FieldsOf

ON_ITS_PAGE = "О форме объявленного мероприятия сообщают тем, кто заявлен: её меняют на его странице."


class ChangeEvents(FieldsOf):
    """By the act «Изменить» of the event's page; what those who come would hear of is changed there alone."""

    model = Event
    names = ("department", "kind", "form", "schedule")

    def why_not(self, user: Any) -> str:
        return "" if permissions.may_plan(user) else "План мероприятий меняют методисты и начальники отделов."

    def asked(self, user: Any) -> Mapping[str, forms.Field]:  # noqa: ARG002
        return PlanForm().fields

    def read(self, rows: QuerySet) -> QuerySet:
        return rows.select_related("department", "schedule", "plan_item")

    def refusal(self, row: Any, changed: Mapping[str, Any], *, by: Any, at: datetime.datetime) -> str:
        ruling = EVENT.rule("edit", EventCase(row, by, at))
        if not ruling.is_open:
            return ruling.why
        if row.status == EventStatus.ANNOUNCED and set(changed) & set(told.MATERIAL):
            return ON_ITS_PAGE
        kind, schedule = changed.get("kind", row.kind), changed.get("schedule", row.schedule)
        return not_of_kind(kind, row.body) or not_of_plan(schedule, row.starts_at, row.plan_item)

    def change(self, row: Any, values: Mapping[str, Any], *, by: Any, at: datetime.datetime, why: str) -> None:
        with authorship.explain(why, by=by.pk):
            plan.change(event=row, by=by, at=at, **values)
