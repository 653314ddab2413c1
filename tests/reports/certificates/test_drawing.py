"""Files of a release: piece by piece, stopped and resumed, taken up after a worker's death, without a second number."""

import datetime
import os
from typing import Any

import pytest

from centers.models import Person
from events.models import Attendance
from rcro_portal.lib import store
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import Notice
from reports.certificates import drawing, invariants, pieces, releasing
from reports.models import Certificate, CertificateRelease
from reports.models.certificate import ReleaseStatus
from reports.models.certificate_piece import TRIES_AT_MOST
from reports.operations import stored_files
from reports.typesetting import certificate_filling, rendering
from tests.factories import certificates as made
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db
LATER = made.ISSUED_AT + datetime.timedelta(hours=1)


class Killed(BaseException):
    """What a worker does not live to see."""


def many(office: Office, count: int) -> CertificateRelease:
    """A released list of so many, by a few queries."""
    event = made.event_of(office, "Ёлкина")
    one = Attendance.objects.get(event=event)
    people = Person.objects.bulk_create(
        Person(surname=f"Ива{'новаяблочкина'[: number % 13]}", given_name="Анна", email=f"a{number}@school.example")
        for number in range(count - 1)
    )
    said = {"event": event, "capacity": one.capacity, "presence": one.presence, "marked_at": one.marked_at}
    Attendance.objects.bulk_create(Attendance(person=person, marked_by=one.marked_by, **said) for person in people)
    return made.numbered(office, event)


def draw(release: CertificateRelease, at: datetime.datetime = made.ISSUED_AT) -> int:
    return drawing.draw(release_id=release.pk, now=lambda: at)


def test_each_has_its_file_and_a_message(office: Office) -> None:
    release = made.issued(office, made.event_of(office, "Ёлкина"))

    row = release.certificates.get()
    pdf = store.read(row.digest)
    assert (release.status, row.drawn_at, row.size) == (ReleaseStatus.RELEASED, made.ISSUED_AT, len(pdf))
    assert f"№ {row.number}" in rendering.plain_text(pdf)
    assert row.name in rendering.plain_text(pdf)
    assert [(one.reason, one.email) for one in Notice.objects.filter(reason="certificate_issued")] == [
        ("certificate_issued", row.attendance.person.email)
    ]


def test_killed_at_certificate_500_it_is_taken_up_without_a_second_number(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    release = many(office, 520)
    before = dict(release.certificates.values_list("pk", "number"))
    make, seen = certificate_filling.make, []

    def dying(words: Any, holder: Any) -> Any:
        seen.append(holder)
        if len(seen) == 500:
            raise Killed
        return make(words, holder)

    monkeypatch.setattr(certificate_filling, "make", dying)
    with pytest.raises(Killed):
        draw(release)
    assert release.certificates.issued().count() == 400
    assert draw(release) == 20, "the lease of the dead one runs, and the last piece is nobody's"

    assert draw(release, LATER) == 100
    assert dict(release.certificates.values_list("pk", "number")) == before
    assert len(set(before.values())) == 520
    assert release.certificates.undrawn().count() == 0
    assert Notice.objects.filter(reason="certificate_issued").count() == 520
    assert (list(invariants.certificates()), list(stored_files.broken())) == ([], [])


def test_stopped_it_goes_on_where_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", 2)
    release = made.numbered(office, made.event_of(office, "Ёлкина", "Ветрова", "Щукина"))
    make = certificate_filling.make

    def stopping(words: Any, holder: Any) -> Any:
        if release.status == ReleaseStatus.DRAWING:
            releasing.stop(release=release, by=office.director, at=made.ISSUED_AT)
        return make(words, holder)

    monkeypatch.setattr(certificate_filling, "make", stopping)
    assert draw(release) == 0
    assert (release.certificates.issued().count(), draw(release, LATER)) == (0, 0)

    releasing.resume(release=release, by=office.director, at=LATER)
    monkeypatch.setattr(certificate_filling, "make", make)
    assert draw(release, LATER) == 3
    assert list(invariants.certificates()) == []


def test_given_up_its_numbers_stay_annulled(office: Office) -> None:
    release = made.numbered(office, made.event_of(office, "Ёлкина", "Ветрова"))
    releasing.stop(release=release, by=office.director, at=made.ISSUED_AT)
    assert releasing.give_up(release=release, by=office.director, at=LATER) == 2

    rows = Certificate.objects.order_by("sequence")
    assert [(row.sequence, row.revoked_reason) for row in rows] == [(1, releasing.STOPPED), (2, releasing.STOPPED)]
    assert (draw(release, LATER), list(invariants.certificates())) == (0, [])
    made.numbered(office, made.event_of(office, "Щукина"))
    assert Certificate.objects.get(name__startswith="Щукина").sequence == 3


def test_only_one_of_two_workers_draws(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    release = made.numbered(office)
    make, others = certificate_filling.make, []

    def meanwhile(words: Any, holder: Any) -> Any:
        others.append(draw(release))
        return make(words, holder)

    monkeypatch.setattr(certificate_filling, "make", meanwhile)
    assert (draw(release), others) == (2, [0, 0])


def test_one_that_overslept_its_lease_writes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    release = made.numbered(office)
    make, others = certificate_filling.make, []

    def overslept(words: Any, holder: Any) -> Any:
        if not others:
            others.append(None)
            others[0] = draw(release, LATER)
        return make(words, holder)

    monkeypatch.setattr(certificate_filling, "make", overslept)
    assert (draw(release), others) == (0, [2])
    assert set(release.certificates.values_list("drawn_at", flat=True)) == {LATER}
    assert Notice.objects.filter(reason="certificate_issued").count() == 2


def test_says_why_it_cannot_and_tries_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    release = made.numbered(office)
    put = store.put

    def full(data: bytes) -> str:
        raise store.StoreFull("В хранилище нет места.")

    monkeypatch.setattr(store, "put", full)
    assert draw(release) == 0
    release = CertificateRelease.objects.get()
    assert (release.draw_error, release.status) == ("В хранилище нет места.", ReleaseStatus.DRAWING)

    monkeypatch.setattr(store, "put", put)
    releasing.try_again(release=release)
    assert draw(release) == 2
    release = CertificateRelease.objects.get()
    assert (release.draw_error, release.status) == ("", ReleaseStatus.RELEASED)


def test_a_task_ends_in_time_and_the_sweep_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", 1)
    monkeypatch.setattr("rcro_portal.lib.sweeps.BEGINS_NOTHING_AFTER_SECONDS", -1)
    release = made.numbered(office)
    assert draw(release) == 1
    assert drawing.sweep(now=lambda: made.ISSUED_AT) == 1
    assert drawing.sweep(now=lambda: made.ISSUED_AT) == 0
    release.refresh_from_db()
    assert release.status == ReleaseStatus.RELEASED


def test_after_five_attempts_it_waits_for_a_person(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    release = made.numbered(office)
    monkeypatch.setattr(certificate_filling, "make", lambda words, holder: 1 / 0)
    for hour in range(TRIES_AT_MOST):
        with pytest.raises(ZeroDivisionError):
            draw(release, made.ISSUED_AT + datetime.timedelta(hours=hour))
    assert draw(release, made.ISSUED_AT + datetime.timedelta(hours=9)) == 0
    assert release.draw_error == pieces.UNFORESEEN


def test_whoever_dies_at_the_last_attempt_has_said_it_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    release = made.numbered(office)
    release.pieces.update(attempts=TRIES_AT_MOST - 1)

    def dying(words: Any, holder: Any) -> Any:
        raise Killed

    monkeypatch.setattr(certificate_filling, "make", dying)
    with pytest.raises(Killed):
        draw(release)
    assert release.draw_error == pieces.UNFORESEEN


def test_a_piece_that_fails_holds_up_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", 1)
    release = made.numbered(office, made.event_of(office, "Ветрова", "Ёлкина"))
    make = certificate_filling.make
    monkeypatch.setattr(
        certificate_filling, "make", lambda words, one: 1 / 0 if one.name.startswith("Ветр") else make(words, one)
    )
    with pytest.raises(ZeroDivisionError):
        draw(release)
    assert drawing.sweep(now=lambda: made.ISSUED_AT) == 1
    assert (release.draw_error, release.pieces.count()) == (pieces.UNFORESEEN, 1)


def test_a_release_that_ended_is_not_stopped(office: Office) -> None:
    release = made.issued(office)
    for act in (releasing.stop, releasing.resume, releasing.give_up):
        with refused(WrongStep):
            act(release=release, by=office.director, at=LATER)
