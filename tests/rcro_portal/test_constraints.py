"""What holds of the portal's own rows, past every verb."""

from collections.abc import Callable

import pytest
from django.db import models

from rcro_portal.models import ImportedRow, ImportSession, MailFault, PresentAuthor
from tests.constraints import change, double, kept_by, names
from tests.factories.centers import UserFactory
from tests.factories.moments import SENT_AT

pytestmark = pytest.mark.django_db


def mail_fault() -> MailFault:
    return MailFault.objects.create(pk=1, words="Пароль не подошёл.", began_at=SENT_AT, tried_at=SENT_AT)


def import_session() -> ImportSession:
    session = ImportSession.begin(kind="journal", options={}, name="2019.xlsx", data=b"x", by=UserFactory(), at=SENT_AT)
    session.save()
    return session


def imported_row() -> ImportedRow:
    return ImportedRow.objects.create(session=import_session(), row=2, record=1, now={"number": "941"})


def present_author() -> PresentAuthor:
    return PresentAuthor.objects.create(pk=1)


BROKEN: dict[str, tuple[Callable[[], models.Model], Callable[[models.Model], None]]] = {
    "there_is_one_mail_fault_at_most": (mail_fault, lambda row: double(row, pk=2)),
    "import_says_when_it_was_written_and_undone": (import_session, lambda row: change(row, written_at=SENT_AT)),
    "import_writes_a_record_once": (imported_row, double),
    "there_is_one_author_at_most": (present_author, lambda row: double(row, pk=2)),
}


def test_each_constraint_is_tried() -> None:
    assert set(BROKEN) == names("rcro_portal")


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, break_it = BROKEN[name]
    row = make()
    with kept_by(name):
        break_it(row)
