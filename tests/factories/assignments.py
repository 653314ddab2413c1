"""Technical assignments of a centre for the year of the factories' story."""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from centers.models import Center, User
from events.assignments import assignments
from events.models import AssignmentPeriod, TechnicalAssignment
from tests.factories.centers import CenterFactory, DepartmentFactory, coordinator, staff
from tests.factories.moments import tomsk

BEGUN_AT = tomsk(1, 21, 10)
SUBMITTED_AT = tomsk(2, 2, 10)
AGREED_AT = tomsk(2, 4, 11)


class AssignmentPeriodFactory(DjangoModelFactory):
    class Meta:
        model = AssignmentPeriod
        django_get_or_create = ("title",)

    title = "2026 год"
    since = datetime.date(2026, 1, 1)
    until = datetime.date(2026, 12, 31)
    due_on = datetime.date(2026, 2, 10)
    department = factory.SubFactory(DepartmentFactory)


PAGE: dict[str, list[dict[str, Any]]] = {
    "goals": [{"key": "", "text": "Открыть лаборатории для сельских школ"}],
    "events": [
        {
            "key": "",
            "title": "День открытой лаборатории",
            "form": "открытый урок",
            "audience": "учителя физики",
            "month": "3",
            "expected": 40,
        }
    ],
    "indicators": [{"key": "", "name": "Проведено событий", "unit": "штук", "planned": "2"}],
}


def begun(center: Center | None = None, by: User | None = None) -> TechnicalAssignment:
    center = center or CenterFactory()
    by = by or coordinator(center)
    return assignments.begin(center=center, period=AssignmentPeriodFactory(), by=by, at=BEGUN_AT)


def write(assignment: TechnicalAssignment, at: datetime.datetime = BEGUN_AT, **page: Any) -> TechnicalAssignment:
    """As its editor would save it; what is not said is the usual page."""
    assignment = fresh(assignment)
    given = {**PAGE, **page}
    assignments.save(of=assignment, by=assignment.edited_by, at=at, version=assignment.version, **given)
    return fresh(assignment)


def submitted(assignment: TechnicalAssignment | None = None, at: datetime.datetime = SUBMITTED_AT, **page: Any) -> Any:
    assignment = write(assignment or begun(), at=at, **page)
    by = assignment.edited_by
    assignments.submit(assignment=assignment, version=assignment.version, by=by, at=at)
    return fresh(assignment)


def agreed(assignment: TechnicalAssignment | None = None, by: User | None = None) -> Any:
    assignment = submitted(assignment)
    assignments.agree(assignment=assignment, number=1, by=by or methodist(), at=AGREED_AT)
    return fresh(assignment)


def methodist() -> User:
    found = User.objects.filter(person__posts__duty="methodist").order_by("pk").first()
    return found or staff("methodist")


def fresh(assignment: TechnicalAssignment) -> TechnicalAssignment:
    related = ("center__organization", "period__department", "agreed", "edited_by__person")
    return TechnicalAssignment.objects.select_related(*related).get(pk=assignment.pk)
