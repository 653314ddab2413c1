"""What letters stand on (letterheads, authorities, the register) and the letters of other years than 2020.

They walked the same road as № 941 will, only on paper: drawn, signed by hand, scanned, confirmed by the clerk.
"""

import datetime

from django.db import connection, transaction
from django.utils import timezone

from centers.models import Person, User
from events.models import Outcome
from rcro_portal.demo import answers, correspondence, free_letters, journal, outcomes, scans, source
from rcro_portal.lib import store
from rcro_portal.lib.notices.messages import MessageStatus
from reports.letters import drawing, letters, replacements, signatures
from reports.models import (
    ApprovalRoute,
    Deputy,
    Letter,
    Letterhead,
    OutgoingRegister,
    Recipient,
    RegisterYear,
    RouteStage,
    SigningAuthority,
)
from reports.models.letter import Way

MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)


@transaction.atomic
def load() -> None:
    if OutgoingRegister.objects.exists():
        return
    _dictionaries()
    people, users = source.people(), source.users()
    for row in outcomes.in_order():
        outcome = outcomes.enter(row, people, users)
        if "road" in row:
            _walk(outcome, row, users)
    correspondence.write(users)
    journal.load(OutgoingRegister.objects.get())
    _walk_the_reply(users)
    # Every step rang for a worker; of these years' work nothing is left to do.
    connection.run_on_commit.clear()


def _dictionaries() -> None:
    people = source.people()
    for row in source.read("letterheads"):
        lines = {name: "\n".join(row[name]) for name in ("institution", "reference")}
        Letterhead.objects.create(**row | lines)
    for row in source.read("authorities"):
        SigningAuthority.objects.create(**row | {"person": people[row["person"]]})
    _approval(people)
    row = source.read("register")
    register = OutgoingRegister.objects.create(**source.picked(row, "code", "name"))
    RegisterYear.objects.bulk_create(
        RegisterYear(register=register, last_sequence=year["first_sequence"] - 1, **year) for year in row["years"]
    )


def _approval(people: dict[str, Person]) -> None:
    """Two approvals at once for information letters, and a head who is away for some weeks."""
    departments = source.departments() | {None: None}
    for row in source.read("approval_routes"):
        picked = source.picked(row, "name", "kind", "since")
        route = ApprovalRoute.objects.create(**picked, department=departments[row["department"]])
        for stage in row["stages"]:
            asked = {"department": departments[stage["department"]], "person": people.get(stage["person"])}
            RouteStage.objects.create(route=route, **stage | asked)
    for row in source.read("deputies"):
        named = {"person": people[row["person"]], "deputy": people[row["deputy"]]}
        Deputy.objects.create(**row | named)


def _walk(outcome: Outcome, row: dict, users: dict[str, User]) -> None:
    """Along the road as far as the row tells."""
    road = {step: (users[told[0]], *told[1:]) for step, told in row["road"].items()}
    by, at = road["filed"]
    letter = letters.file_outcome(outcome=outcome, by=by, at=at)
    read = letter.snapshot_id
    assert read is not None, "filing takes a snapshot"
    if "returned" in road:
        by, at, note = road["returned"]
        letters.give_back(letter=letter, note=note, by=by, at=at)
    if "approved" in road:
        by, at = road["approved"]
        letters.approve(letter=letter, snapshot_id=read, by=by, at=at)
    if "registered" in road:
        director, at = road["registered"]
        letters.assign_number(letter=letter, snapshot_id=read, by=director, at=at)
        _sign_on_paper(letter, director, at, *road["scan_confirmed"])
        _release(letter, row, road["scan_confirmed"][1] + 10 * MINUTE)
        if "replaced" in row:
            _replace(letter, row["replaced"], users)
        if "answers" in row:
            answers.give(outcome, row["answers"], users)


def _replace(letter: Letter, told: dict, users: dict[str, User]) -> None:
    """A later letter in its place, before anybody answered: its outcome is opened, mended and walks the same road."""
    by, at = users[told["by"]], told["at"]
    letter.refresh_from_db()
    replacements.begin(letter=letter, reason=told["reason"], by=by, at=at)
    _walk(outcomes.mend(letter.outcome, told["decision"], by=by, at=at + HOUR), told, users)


def _walk_the_reply(users: dict[str, User]) -> None:
    """A free letter on the same road: it asks nothing, so nobody answers."""
    letter, road = free_letters.write(users), free_letters.road_of_the_reply(users)
    read, (head, approved_at) = letter.snapshot_id, road["approved"]
    letters.approve(letter=letter, snapshot_id=read, by=head, at=approved_at)
    director, registered_at = road["registered"]
    letters.assign_number(letter=letter, snapshot_id=read, by=director, at=registered_at)
    _sign_on_paper(letter, director, registered_at, *road["scan_confirmed"])
    sent_at = road["scan_confirmed"][1] + 10 * MINUTE
    letters.release(letter_id=letter.pk, at=sent_at)
    for number, recipient in enumerate(letter.recipients.order_by("pk")):
        _arrived(recipient, sent_at, number)


def _sign_on_paper(
    letter: Letter, director: User, at: datetime.datetime, clerk: User, confirmed_at: datetime.datetime
) -> None:
    drawing.draw(letter_id=letter.pk, at=at + MINUTE, now=timezone.now())
    letter = Letter.objects.select_related("final", "authority").get(pk=letter.pk)
    signatures.choose_method(letter=letter, way=Way.PAPER, by=director, at=at + 5 * MINUTE)
    pdf = store.read(letter.final.digest)
    data = scans.scan(pdf, signatory=letter.signatory_name)
    brought_by = letter.filed_by
    assert brought_by, "who filed brings the scan, the clerk confirms it"
    scan = signatures.upload_scan(letter=letter, data=data, by=brought_by, at=confirmed_at - 5 * MINUTE)
    signatures.confirm_scan(letter=letter, scan=scan, by=clerk, at=confirmed_at)


def _release(letter: Letter, row: dict, at: datetime.datetime) -> None:
    letters.release(letter_id=letter.pk, at=at)
    lost = row["answers"]["undelivered"] if "answers" in row else []
    for number, recipient in enumerate(letter.recipients.select_related("center__organization").order_by("pk")):
        if recipient.center and recipient.center.organization.short_name in lost:
            _came_back(recipient)
        else:
            _arrived(recipient, at, number)


def _arrived(recipient: Recipient, at: datetime.datetime, number: int) -> None:
    """These messages went out in their own year; nobody is mailed now."""
    Recipient.objects.filter(pk=recipient.pk).update(
        status=MessageStatus.SENT,
        attempts=1,
        sent_at=at + MINUTE,
        opened_at=at + (1 + number * 5 % 40) * HOUR,
    )


def _came_back(recipient: Recipient) -> None:
    error = "550 5.1.1 Почтового ящика с таким адресом нет"
    Recipient.objects.filter(pk=recipient.pk).update(status=MessageStatus.FAILED, attempts=1, error=error)
