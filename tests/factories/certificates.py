"""Certificates by the verbs: prepared of an event's marks, shown to the director, released, drawn."""

import datetime

from events.models import Attendance, Event
from events.models.attendance import Capacity
from reports.certificates import drawing, preparing, releasing
from reports.models import Certificate, CertificateRelease
from reports.models.certificate import CertificateRole, EventLevel
from tests.factories.centers import PersonFactory
from tests.factories.events import AttendanceFactory, held
from tests.factories.moments import tomsk
from tests.factories.reports import Office

PREPARED_AT, RELEASED_AT, ISSUED_AT = tomsk(3, 20, 10), tomsk(3, 20, 12), tomsk(3, 20, 12, 1)
ROLES = {
    Capacity.COORDINATOR: CertificateRole.LISTENER,
    Capacity.PARTICIPANT: CertificateRole.LISTENER,
    Capacity.SPEAKER: CertificateRole.SPEAKER,
}


def came(event: Event, *surnames: str, capacity: str = Capacity.PARTICIPANT) -> list[Attendance]:
    return [
        AttendanceFactory(event=event, capacity=capacity, center=None, person=PersonFactory(surname=surname))
        for surname in surnames
    ]


def event_of(office: Office, *surnames: str, **fields: object) -> Event:
    event = held(department=office.department, **fields)
    came(event, *(surnames or ("Ёлкина", "Ветрова")))
    return event


def prepared(office: Office, event: Event | None = None, at: datetime.datetime = PREPARED_AT) -> CertificateRelease:
    event = event or event_of(office)
    said = {"roles": ROLES, "level": EventLevel.REGIONAL, "hours": 2}
    return preparing.prepare(event=event, by=office.methodist, at=at, **said)


def submitted(office: Office, event: Event | None = None, at: datetime.datetime = PREPARED_AT) -> CertificateRelease:
    release = prepared(office, event, at)
    preparing.submit(release=release, by=office.methodist, at=at)
    return release


def numbered(office: Office, event: Event | None = None, at: datetime.datetime = RELEASED_AT) -> CertificateRelease:
    """Released by the director, nothing drawn yet."""
    release = submitted(office, event, at)
    release_it(office, release, at)
    return release


def release_it(office: Office, release: CertificateRelease, at: datetime.datetime = RELEASED_AT) -> None:
    releasing.release(release=release, seen=preparing.digest_of(release), by=office.director, at=at)


def issued(office: Office, event: Event | None = None, at: datetime.datetime = ISSUED_AT) -> CertificateRelease:
    release = numbered(office, event, at)
    drawing.draw(release_id=release.pk, now=lambda: at)
    release.refresh_from_db()
    return release


def first_of(release: CertificateRelease) -> Certificate:
    return release.certificates.order_by("position").first()
