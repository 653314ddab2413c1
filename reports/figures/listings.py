"""How the rows behind figures are named, and where each has a page of its own. Only the office reads these lists."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from centers.models import Center, Municipality, Organization, Person
from events.models import Attendance, Commitment, DataAnswer, Event, ParticipantCount, PlanItem
from olympiad.models import PrepProgramme, PrepSession, ProgrammeLesson, ResultCount, Subject
from projects.models import Achievement, Cluster, NetworkProject, Resource
from rcro_portal.lib import russian
from reports.figures.query import Listing, path
from reports.models import Letter


def filtered(url_name: str, **params: object) -> str:
    """The address of a list with these filters."""
    return f"{path(url_name)}?{urlencode(params, doseq=True)}"


def of_period(url_name: str, **params: object) -> Callable[..., str]:
    """The address of a list with these filters, of a figure over a period."""
    return lambda *, since, until: filtered(url_name, since=since, until=until, **params)


def _of_results(count: ResultCount) -> str:
    place = f", {count.municipality}" if count.municipality else ""
    return f"{count.sheet.title}, {count.subject}{place}"


def _of_event(event: Event) -> str:
    return f"{event}, {event.days}"


def _event_page(event: Event) -> str:
    return reverse("reports:event-page", args=[event.pk])


def _coordinator(attendance: Attendance) -> str:
    return f"{attendance.person.surname_first}, {attendance.center}"


def _center_page(center: Center | None) -> str:
    return reverse("centers:center-detail", args=[center.pk]) if center else ""


CENTERS = Listing(Center, url=_center_page, related=("organization",), list_name="centers:center-list")
ORGANIZATIONS = Listing(Organization, list_name="centers:organization-list")
MUNICIPALITIES = Listing(Municipality)
PEOPLE = Listing(Person, list_name="centers:people-list")
PROJECTS = Listing(
    NetworkProject,
    url=lambda row: reverse("projects:project-detail", args=[row.pk]),
    list_name="projects:project-list",
)
CLUSTERS = Listing(Cluster, url=lambda row: reverse("projects:cluster-detail", args=[row.pk]))
RESOURCES = Listing(Resource, url=lambda row: reverse("projects:resource-detail", args=[row.pk]))
ACHIEVEMENTS = Listing(
    Achievement,
    label=lambda row: f"{row.title}, {russian.short_date(row.on)}",
    url=lambda row: reverse("projects:achievement-detail", args=[row.pk]),
)
EVENTS = Listing(Event, label=_of_event, url=_event_page)
COORDINATORS = Listing(
    Attendance,
    label=_coordinator,
    url=lambda row: _center_page(row.center),
    related=("person", "center__organization"),
    list_name="centers:people-list",
    through="person",
)
PARTICIPATIONS = Listing(
    Attendance,
    label=lambda row: f"{row.person.surname_first}: {_of_event(row.event)}",
    url=lambda row: _event_page(row.event),
    related=("person", "event"),
)
NAMED_PARTICIPANTS = Listing(
    Attendance,
    label=lambda row: ", ".join(filter(None, (row.person.surname_first, row.post, str(row.organization or "")))),
    related=("person", "organization"),
    list_name="centers:people-list",
    through="person",
)
PARTICIPANT_COUNTS = Listing(
    ParticipantCount,
    label=lambda row: ", ".join(filter(None, (row.get_category_display(), row.post, str(row.municipality or "")))),
    related=("municipality",),
)
COMMITMENTS = Listing(
    Commitment,
    label=lambda row: f"{row.organization}: {row.get_status_display().lower()}, срок {russian.short_date(row.due_on)}",
    url=lambda row: reverse("events:commitment-detail", args=[row.pk]),
    related=("organization",),
    list_name="events:commitment-list",
)
DATA_ANSWERS = Listing(
    DataAnswer,
    label=lambda row: f"{row.sheet.center}: {row.text[:60]}",
    url=lambda row: reverse("events:answer-sheet-detail", args=[row.sheet_id]),
    related=("sheet__center__organization",),
    list_name="events:answer-sheet-list",
    through="sheet",
)
PLAN_ITEMS = Listing(PlanItem, url=lambda row: reverse("events:plan-item-detail", args=[row.pk]))
SESSIONS = Listing(
    PrepSession,
    label=lambda row: _of_event(row.event),
    url=lambda row: reverse("olympiad:session-detail", args=[row.pk]),
    related=("event",),
    list_name="olympiad:session-list",
)
RESULTS = Listing(
    ResultCount,
    label=lambda row: _of_results(row),
    url=lambda row: reverse("olympiad:sheet-detail", args=[row.sheet_id]),
    related=("sheet__season", "subject", "municipality"),
)
LESSONS = Listing(ProgrammeLesson, related=("subject", "season"))
SUBJECTS = Listing(Subject)
PROGRAMMES = Listing(
    PrepProgramme,
    url=lambda row: reverse("olympiad:programme-detail", args=[row.pk]),
    list_name="olympiad:programme-list",
)
LETTERS = Listing(
    Letter,
    label=lambda row: f"№ {row.entry.number} от {russian.short_date(row.entry.registered_on)}: {row.subject_line}",
    url=lambda row: reverse("reports:letter-detail", args=[row.pk]),
    related=("entry",),
    list_name="reports:letter-list",
)
