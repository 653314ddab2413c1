"""«Явочный лист»: who is expected, by municipality, with a place to sign; blank lines for those who come unasked."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from centers.people import posts
from events import permissions
from events.attendance import expected
from events.models import Event
from events.models.attendance import Presence
from rcro_portal.lib import downloads, refusals
from reports.typesetting import rendering

BLANK_LINES = 10
ONLY_THE_OFFICE = "Явочный лист печатают сотрудники института."


class Line(NamedTuple):
    """One person; a municipality's heading has no number."""

    number: int
    name: str
    post: str = ""
    organization: str = ""


def attendance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Drawn when it is asked for."""
    user: Any = request.user
    event = get_object_or_404(Event.objects.visible_to(user).select_related("department"), pk=pk)
    refusals.require(permissions.is_office(user), ONLY_THE_OFFICE)
    name = f"{downloads.ascii_name('yavochnyy-list', event.pk, event.first_day)}.pdf"
    return downloads.response(drawn(event), "application/pdf", name, inline=True)


def drawn(event: Event) -> bytes:
    """Tagged. Raises rendering.CannotDraw."""
    lines = list(_lines(event))
    count = sum(bool(line.number) for line in lines)
    blank = range(count + 1, count + 1 + BLANK_LINES)
    context = {"event": event, "lines": lines, "count": count, "blank": blank}
    return rendering.table_document(render_to_string("reports/attendance_sheet.html", context))


def _lines(event: Event) -> Iterator[Line]:
    groups = expected.by_municipality(event, (Presence.REGISTERED, Presence.PRESENT))
    people = {row.person_id for group in groups for row in group.registered if not row.post}
    held, number = posts.printed(people, event.first_day), 0
    for group in groups:
        yield Line(0, group.name)
        for row in group.registered:
            number += 1
            where = row.center.organization if row.center else row.organization
            post = row.post or held.get(row.person_id, "")
            yield Line(number, row.person.full_name, post, str(where) if where else "")
