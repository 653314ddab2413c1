"""What the prepared world of the tests of rights holds of certificates: a release in every state, and its rows."""

from typing import TYPE_CHECKING

from events.models.attendance import Capacity
from reports.certificates import pieces, preparing, releasing, revoking
from reports.models import CertificateRelease
from reports.models.certificate import CertificateRole
from tests.factories import certificates as made
from tests.factories.events import AttendanceFactory, held

if TYPE_CHECKING:
    from tests.house.world import World


def releases(world: "World") -> None:
    office = world.office
    world.rows["certs-event"] = made.event_of(office)
    world.rows["certs-draft"] = draft = made.prepared(office)
    world.rows["certs-awaiting"] = waiting = made.submitted(office)
    world.rows["certs-drawing"] = drawing = made.numbered(office)
    failed = world.rows["certs-failed"] = made.numbered(office)
    failed.pieces.update(error=pieces.UNFORESEEN)
    stopped = world.rows["certs-stopped"] = made.numbered(office)
    releasing.stop(release=stopped, by=office.director, at=made.ISSUED_AT)
    cancelled = world.rows["certs-cancelled"] = made.prepared(office)
    preparing.cancel(release=cancelled, by=office.methodist, at=made.PREPARED_AT)
    world.rows["certificate-draft"] = made.first_of(draft)
    world.rows["certificate-waits"] = made.first_of(waiting)
    world.rows["certificate-numbered"] = made.first_of(drawing)


def issued(world: "World") -> None:
    """Of the coordinator of «ours»: as a listener one that stands, as a speaker one that was revoked."""
    office, person = world.office, world.people["own"].person
    listened, spoke = held(department=office.department), held(department=office.department)
    AttendanceFactory(event=listened, person=person, center=world.ours)
    AttendanceFactory(event=spoke, person=person, center=world.ours, capacity=Capacity.SPEAKER)
    world.rows["certs-released"] = made.issued(office, listened)
    world.rows["certificate"] = row = made.first_of(world.rows["certs-released"])
    world.rows["certificate-revoked"] = made.first_of(made.issued(office, spoke))
    reason = "Не та роль."
    revoking.revoke(certificate=world.rows["certificate-revoked"], reason=reason, by=office.director, at=made.ISSUED_AT)
    world.args["certificate.token"] = (row.token,)


def certificate(world: "World", row: object) -> dict[str, str]:
    """The words of one certificate."""
    return {"name": "Иволгина Вера Павловна", "place": "", "role": CertificateRole.LISTENER, "talk": ""}


def seen(world: "World", row: CertificateRelease) -> dict[str, str]:
    """The list as the director read it."""
    return {"seen": preparing.digest_of(row)}


PREPARED = (releases, issued)
