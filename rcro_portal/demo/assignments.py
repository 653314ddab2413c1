"""Technical assignments: 2020's, which letter № 941 has amended, and those of this school year, some of them late."""

import datetime
from typing import Any

from django.db import connection, transaction

from centers.models import Center, User
from events.assignments import assignments, versions
from events.models import AssignmentPeriod, Commitment, TechnicalAssignment
from rcro_portal.demo import source

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@transaction.atomic
def load() -> None:
    if AssignmentPeriod.objects.exists():
        return
    told, users, departments = source.read("assignments"), source.users(), source.departments()
    for row in told["periods"]:
        picked = source.picked(row, "title", "since", "until", "due_on")
        period = AssignmentPeriod.objects.create(**picked, department=departments[row["department"]])
        _fill(period, row, told, users)
    # Every message rang for a worker; of these years nothing is left to do.
    connection.run_on_commit.clear()


def _fill(period: AssignmentPeriod, row: dict, told: dict, users: dict[str, User]) -> None:
    day = row["begun_at"].date()
    holding = Center.objects.with_status_on(day).select_related("organization").order_by("organization__sort_key")
    named = {*row["draft"], *row["returned"], *row["amended"]}
    others = [center for center in holding if center.organization.short_name not in named]
    silent = _some(others, row["not_begun"])
    waiting = _some([center for center in others if center not in silent], row["in_review"])
    for number, center in enumerate(holding):
        coordinator = center.coordinator_on(day)
        if center in silent or coordinator is None:
            continue
        by, at = users[coordinator.full_name], row["begun_at"] + number % 6 * DAY + number % 5 * HOUR
        begun = assignments.begin(center=center, period=period, by=by, at=at)
        name = center.organization.short_name
        if name in row["draft"]:
            _write(begun, {**_page(number, told), "indicators": []}, by, at + HOUR)
            continue
        _submit(begun, _page(number, told), by, at + HOUR)
        judge, on = users[row["agreed_by"]], at + DAY
        if name in row["returned"]:
            _give_back(begun, told["remarks"], judge, on)
        elif center not in waiting:
            _agree(begun, judge, on)
        if name in row["amended"]:
            _amend(begun, told["added"][0], by, on + DAY)


def _some(centers: list[Center], number: Any) -> list[Center]:
    """So many of them, spread over the list."""
    return centers[:: max(len(centers) // number, 1)][:number] if number else []


def _page(number: int, told: dict) -> dict[str, list[dict[str, Any]]]:
    """Three events that follow each other in the list, the rest for all alike."""
    events = [told["events"][(number + step) % len(told["events"])] for step in range(3)]
    return {
        "goals": [{"key": "", "text": text} for text in told["goals"][: 2 + number % 2]],
        "events": [_event(row) for row in events],
        "indicators": [
            {"key": "", "name": name, "unit": unit, "planned": planned} for name, unit, planned in told["indicators"]
        ],
    }


def _event(row: list[Any]) -> dict[str, Any]:
    title, form, audience, month, expected = row
    told = {"title": title, "form": form, "audience": audience, "month": str(month), "expected": expected}
    return {"key": "", **told}


def _write(row: TechnicalAssignment, page: dict[str, Any], by: User, at: datetime.datetime) -> TechnicalAssignment:
    assignments.save(of=row, by=by, at=at, version=_fresh(row).version, **page)
    return _fresh(row)


def _submit(
    row: TechnicalAssignment, page: dict[str, Any], by: User, at: datetime.datetime, fulfils: tuple[int, ...] = ()
) -> None:
    written = _write(row, page, by, at)
    assignments.submit(assignment=written, version=written.version, fulfils=fulfils, by=by, at=at)


def _agree(row: TechnicalAssignment, by: User, at: datetime.datetime) -> None:
    now = _fresh(row)
    assignments.agree(assignment=now, number=now.versions.count(), by=by, at=at)


def _give_back(row: TechnicalAssignment, said: dict[str, str], by: User, at: datetime.datetime) -> None:
    now = _fresh(row)
    version = versions.newest(now)
    assert version
    keys = {name: version.page[name][0]["key"] for name in ("events", "indicators")}
    remarks = {("events", keys["events"]): said["event"], ("indicators", keys["indicators"]): said["indicator"]}
    assignments.give_back(assignment=now, number=version.number, note=said["note"], remarks=remarks, by=by, at=at)


def _amend(row: TechnicalAssignment, added: list[Any], by: User, at: datetime.datetime) -> None:
    """Opened, with one event more, not sent yet."""
    assignments.amend(assignment=_fresh(row), by=by, at=at)
    page = assignments.written(row)
    _write(row, {**page, "events": [*page["events"], _event(added)]}, by, at + HOUR)


def _fresh(row: TechnicalAssignment) -> TechnicalAssignment:
    related = ("center__organization", "period__department", "agreed")
    return TechnicalAssignment.objects.select_related(*related).get(pk=row.pk)


def fulfil(commitment: Commitment, number: int, *, by: User, judge: User, at: datetime.datetime) -> None:
    """The centre amends its assignment as the commitment asks, and the methodist agrees it the next day."""
    row = TechnicalAssignment.objects.get(
        center=commitment.organization.center,
        period__since__lte=commitment.due_on,
        period__until__gte=commitment.due_on,
    )
    added = source.read("assignments")["added"]
    _amend(row, added[number % len(added)], by, at)
    page = assignments.written(_fresh(row))
    # One event of the list is meant for more people than before.
    page["events"][0]["expected"] += 15
    _submit(row, page, by, at + 2 * HOUR, fulfils=(commitment.pk,))
    _agree(row, judge, at + DAY)
