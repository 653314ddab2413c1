"""Who came: to each event of a year, and of each centre year by year."""

import datetime

from centers.models import Center
from events.models import Event
from reports import figures
from reports.statistics.plots.asked import Asked, between
from reports.statistics.plots.table import NOTHING, Cell, Row, Table, crossed

CODE = "participations"
EVENTS = 30


def by_event(asked: Asked) -> Table:
    """The events held in the last of its years, the latest of many; an event that nobody is marked at with nought."""
    period = {**between(asked.until, asked.until), **asked.place}
    parts = figures.parted(CODE, period, ["event"])
    held = figures.behind("events_held", between(asked.until, asked.until)).order_by("-starts_at", "-pk")
    events: list[Event] = list(held[: EVENTS + 1])
    note = f"Показаны последние {EVENTS} мероприятий {asked.until} года." if len(events) > EVENTS else ""
    rows = [_row(one, period, parts.get((one.pk,), NOTHING)) for one in reversed(events[:EVENTS])]
    return Table("Мероприятие", ["Участия"], rows, note, years=f"{asked.until} год")


def _row(event: Event, period: dict[str, str], number: figures.Spread) -> Row:
    day: datetime.date = event.first_day
    return Row(f"{day:%d.%m} {event.topic}", event.pk, [Cell(CODE, {**period, "event": event.pk}, number)])


def by_center(asked: Asked) -> Table:
    named = Center.objects.order_by("organization__sort_key").values_list("pk", "organization__short_name")
    return crossed(asked, CODE, "center", rows=named, heading="Центр", note="Только отмеченные от своего центра.")
