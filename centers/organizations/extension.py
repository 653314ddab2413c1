"""The status of many centres extended by one act, from their list."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from centers.models import Center, StatusChange, StatusGrant
from centers.organizations import statuses
from centers.organizations.kept import CENTERS, GRANTS, goes_on
from centers.organizations.status_forms import StatusActForm
from rcro_portal.lib import russian
from rcro_portal.lib.keeping.bulk import UNDONE, Line, Subject, Written, as_json
from rcro_portal.lib.records import Moved

ENTERED = "Это распоряжение уже внесено."
LONG_OVER = "Статус давно завершён. Новый срок внесите на карточке центра."
NEVER_GIVEN = "Статус не присваивали. Внесите его на карточке центра."


class ExtendStatus(Subject):
    """«Продлить»: the last grant of each, by the act of its card."""

    model = Center
    title = "Продление статуса"
    label = "Продлить"
    ticked, found = "Продлить статус отмеченных", "Продлить статус всех найденных"

    def why_not(self, user: Any) -> str:
        return CENTERS.why_not(user, None, GRANTS)

    def fields(self, user: Any) -> dict[str, forms.Field]:
        form = StatusActForm(user=user, row=None)
        return {name: form.fields[name] for name in ("act_number", "act_on", "until")}

    def read(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related("grants__changes")

    def line(self, row: Any, values: Mapping[str, Any], *, by: Any, at: datetime.datetime) -> Line:  # noqa: ARG002
        grant, until = _last(row), values["until"]
        before = russian.short_date(grant.until) if grant and grant.until else "нет"
        said = [("последний день статуса", before, russian.short_date(until))]
        return Line(row, said, CENTERS.why_not(by, row, GRANTS) or _refusal(grant, values))

    def write(
        self,
        rows: Sequence[Any],
        values: Mapping[str, Any],
        *,
        by: Any,
        at: datetime.datetime,  # noqa: ARG002
        why: str,
    ) -> Written:
        before: dict[str, Any] = {}
        for row in rows:
            grant: Any = _last(row)
            before[str(row.pk)] = {"grant": grant.pk, "until": as_json(grant.until)}
            statuses.extend(grant, by=by, why=why, **values)
        return Written({name: as_json(value) for name, value in values.items()}, before)

    def take_back(
        self,
        rows: Iterable[tuple[Any, Any]],
        written: Mapping[str, Any],
        *,
        by: Any,
        at: datetime.datetime,  # noqa: ARG002
    ) -> None:
        for _, before in rows:
            found = StatusChange.objects.select_related("grant").filter(grant=before["grant"], **written).first()
            if found is None:
                raise Moved
            statuses.take_back(found, until=datetime.date.fromisoformat(before["until"]), by=by, why=UNDONE)


def _last(center: Center) -> StatusGrant | None:
    return max(center.grants.all(), key=lambda grant: (grant.since, grant.pk), default=None)


def _refusal(grant: Any, values: Mapping[str, Any]) -> str:
    """A later end of the last grant leaves no day out and meets no other grant, so of all rules these are left."""
    if grant is None:
        return NEVER_GIVEN
    if grant.until is not None and not goes_on(grant):
        return LONG_OVER
    try:
        statuses.check_extension(grant, values["until"])
    except ValidationError as error:
        return " ".join(error.messages)
    acts = {(one.act_number, one.act_on) for one in grant.changes.all()}
    return ENTERED if (values["act_number"], values["act_on"]) in acts else ""
