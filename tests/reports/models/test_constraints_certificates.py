"""Named constraints of certificates and of their releases."""

from collections.abc import Callable

import pytest

from reports.models import Certificate, CertificatePiece, CertificateRelease
from reports.models.certificate import ReleaseStatus
from tests.constraints import change, kept_by
from tests.factories.certificates import ISSUED_AT, event_of, first_of, numbered, prepared
from tests.factories.reports import office

pytestmark = pytest.mark.django_db


def release() -> CertificateRelease:
    return prepared(office())


def named() -> Certificate:
    return first_of(release())


def with_number() -> Certificate:
    return first_of(numbered(office()))


def piece() -> CertificatePiece:
    return numbered(office()).pieces.get()


def two_releases() -> tuple[Certificate, Certificate]:
    house = office()
    one, other = (first_of(numbered(house, event_of(house, surname))) for surname in ("Ёлкина", "Ветрова"))
    return one, other


def its_neighbour(row: Certificate) -> Certificate:
    return row.release.certificates.exclude(pk=row.pk).get()


def of_the_other(rows: tuple[Certificate, Certificate]) -> None:
    one, other = rows
    change(one, attendance=other.attendance)


BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "release_status_is_known": (release, lambda row: change(row, status="lost")),
    "level_of_certificates_is_known": (release, lambda row: change(row, level="lost")),
    "certificate_hours_are_no_further_training": (release, lambda row: change(row, hours=0)),
    "released_certificates_say_who_and_when": (release, lambda row: change(row, status=ReleaseStatus.DRAWING)),
    "piece_of_certificates_begins_once": (
        piece,
        lambda row: type(row)._default_manager.create(release=row.release, first=row.first, last=row.last),
    ),
    "piece_of_certificates_ends_behind": (piece, lambda row: change(row, first=row.last + 1)),
    "certificate_number_is_given_once": (
        with_number,
        lambda row: change(its_neighbour(row), sequence=row.sequence),
    ),
    "release_names_a_person_in_a_role_once": (
        named,
        lambda row: change(its_neighbour(row), attendance=row.attendance),
    ),
    "person_has_one_certificate_in_a_role": (two_releases, of_the_other),
    "certificate_role_is_known": (named, lambda row: change(row, role="lost")),
    "certificate_number_is_whole": (named, lambda row: change(row, year=2026)),
    "issued_certificate_has_its_number_and_file": (with_number, lambda row: change(row, drawn_at=ISSUED_AT)),
    "revoked_certificate_says_when_and_why": (with_number, lambda row: change(row, revoked_at=ISSUED_AT)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)
