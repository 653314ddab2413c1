"""Certificates at the same moment: a list is released once, and its pieces are drawn once by as many as draw."""

import pytest

from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import Notice
from reports.certificates import drawing, invariants, pieces, preparing, releasing
from reports.models import CertificateYear
from reports.models.certificate import ReleaseStatus
from tests.factories import certificates as made
from tests.factories.centers import staff
from tests.factories.reports import Office, SigningAuthorityFactory
from tests.faults.together import at_once

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
SURNAMES = ("Ёлкина", "Ветрова", "Щукина", "Юдина", "Ива", "Лужина", "Гущина")


def test_two_directors_release_a_list_once(office: Office) -> None:
    acting = staff("director")
    SigningAuthorityFactory(person=acting.person, post="Исполняющий обязанности директора")
    release = made.submitted(office, made.event_of(office, *SURNAMES[:3]))
    seen = preparing.digest_of(release)

    def press(by: object) -> object:
        mine = type(release).objects.get(pk=release.pk)
        return releasing.release(release=mine, seen=seen, by=by, at=made.RELEASED_AT)

    ends = at_once(*[lambda by=by: press(by) for by in (office.director, acting, office.director)])

    assert sorted(map(repr, map(type, ends))) == sorted(map(repr, (type(None), WrongStep, WrongStep))), ends
    assert CertificateYear.objects.get().last_sequence == 3
    assert release.certificates.numbered().count() == 3
    assert release.pieces.count() == 1
    assert release.transitions.filter(after=ReleaseStatus.DRAWING).count() == 1
    assert list(invariants.certificates()) == []


def test_several_workers_draw_each_piece_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", 1)
    release = made.numbered(office, made.event_of(office, *SURNAMES))
    drawn = at_once(*[lambda: drawing.draw(release_id=release.pk, now=lambda: made.ISSUED_AT)] * 3)

    release.refresh_from_db()
    assert sum(map(int, map(str, drawn))) == len(SURNAMES), drawn
    assert (release.status, release.pieces.count()) == (ReleaseStatus.RELEASED, 0)
    assert release.transitions.filter(after=ReleaseStatus.RELEASED).count() == 1
    assert Notice.objects.filter(reason="certificate_issued").count() == len(SURNAMES)
    assert list(invariants.certificates()) == []
