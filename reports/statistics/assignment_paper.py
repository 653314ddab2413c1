"""What the paper of a technical assignment says, whatever file it is printed into."""

import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from centers.models import Organization
from events.assignments import assignments, versions
from events.assignments.versions import Group
from events.models import AssignmentVersion, TechnicalAssignment
from rcro_portal.lib.russian import short_date, short_span
from reports.models import SigningAuthority
from reports.typesetting import docx_tables, rendering
from reports.typesetting.docx_tables import Printed, Signatory, Table

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "ТЕХНИЧЕСКОЕ ЗАДАНИЕ"
DRAFT = "ПРОЕКТ: не согласовано"
NOTHING = "Нет."
COLUMNS = {
    "goals": (("№", "Цель"), (12, 168), ("text",)),
    "events": (
        ("№", "Название", "Форма", "Для кого", "Месяц", "Участников"),
        (12, 54, 31, 33, 22, 28),
        ("title", "form", "audience", "month", "expected"),
    ),
    "indicators": (("№", "Показатель", "Единица", "План"), (12, 108, 30, 30), ("name", "unit", "planned")),
}


def printed(assignment: TechnicalAssignment, version: AssignmentVersion | None, day: datetime.date) -> Printed:
    """Of that version, else of the agreed one, else of what is written now; what is not agreed says so."""
    version = version or assignment.agreed
    page = version.page if version else assignments.page(assignment)
    agreed_on = _agreed_on(assignment, version)
    on = agreed_on or day
    organization, period = assignment.center.organization, assignment.period
    assert period.until
    facts = [
        ("Центр (РВЦИ)", organization.full_name),
        ("Период", f"{period.title}, {short_span(period.since, period.until)}"),
        ("Редакция", f"{version.number}" if version else "ещё не направлена"),
        ("Согласовано", f"{short_date(agreed_on)}, {period.department.name}" if agreed_on else "нет"),
    ]
    return Printed(
        title=TITLE,
        author=organization.short_name,
        day=short_date(on),
        facts=facts,
        tables=[_table(group) for group in versions.shown(page, {})],
        signatories=[*_of_institution(on), _of_center(organization)],
        remark="" if agreed_on else DRAFT,
    )


def pdf(paper: Printed) -> bytes:
    """Tagged. Raises rendering.CannotDraw."""
    context: dict[str, Any] = {"paper": paper}
    return rendering.table_document(render_to_string("reports/statistics/assignment_paper.html", context))


def docx(paper: Printed) -> bytes:
    return docx_tables.write(paper)


def _agreed_on(assignment: TechnicalAssignment, version: AssignmentVersion | None) -> datetime.date | None:
    if version is None:
        return None
    step = versions.agreement(assignment, version)
    return timezone.localdate(step.at) if step else None


def _table(group: Group) -> Table:
    columns, widths, fields = COLUMNS[group.name]
    rows = [[str(number), *(row.said[name] for name in fields)] for number, row in enumerate(group.rows, 1)]
    return Table(group.heading, columns, widths, rows, NOTHING)


def _of_institution(day: datetime.date) -> list[Signatory]:
    found = SigningAuthority.objects.in_force_on(day).select_related("person").order_by("-since").first()
    return [Signatory("СОГЛАСОВАНО", found.post, found.person.initials_first)] if found else []


def _of_center(organization: Organization) -> Signatory:
    """The head of the school, as its card has it; the name alone where the card says no post."""
    return Signatory("УТВЕРЖДАЮ", f"Руководитель: {organization.short_name}", organization.head_name)
