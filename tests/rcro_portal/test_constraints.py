"""What holds of the portal's own rows, past every verb."""

from collections.abc import Callable

import pytest
from django.db import models

from rcro_portal.models import (
    BulkEdit,
    ImportAnswer,
    ImportedRow,
    ImportSession,
    MailChoice,
    MailFault,
    Notice,
    PresentAuthor,
    SavedView,
    SentForm,
)
from tests.constraints import change, double, kept_by, names
from tests.factories.centers import UserFactory
from tests.factories.moments import SENT_AT
from tests.factories.notices import NoticeFactory

pytestmark = pytest.mark.django_db


def mail_fault() -> MailFault:
    return MailFault.objects.create(pk=1, words="Пароль не подошёл.", began_at=SENT_AT, tried_at=SENT_AT)


def mail_choice() -> MailChoice:
    return MailChoice.objects.create(email="lyceum@rvci.example", way="digest", changed_at=SENT_AT)


def import_session() -> ImportSession:
    session = ImportSession.begin(kind="journal", options={}, name="2019.xlsx", data=b"x", by=UserFactory(), at=SENT_AT)
    session.save()
    return session


def imported_row() -> ImportedRow:
    return ImportedRow.objects.create(session=import_session(), row=2, record=1, now={"number": "941"})


def present_author() -> PresentAuthor:
    return PresentAuthor.objects.create(pk=1)


def bulk_edit() -> BulkEdit:
    return BulkEdit.objects.create(list="list", by=UserFactory(), at=SENT_AT, why="Проверка", written={}, before={})


def saved_view() -> SavedView:
    return SavedView.objects.create(owner=UserFactory(), list="centers:center-list", name="Лицеи", saved_at=SENT_AT)


def test_what_was_taken_back_may_be_told_again() -> None:
    row = NoticeFactory(status="taken_back", taken_back_at=SENT_AT, error="Перенесено.")
    double(row, message_id="<other@rvci.example>", status="queued", taken_back_at=None, error="")
    assert Notice.objects.standing().count() == 1


BROKEN: dict[str, tuple[Callable[[], models.Model], Callable[[models.Model], None]]] = {
    "form_of_a_person_acts_once": (
        lambda: SentForm.objects.create(key="a", by=UserFactory(), at=SENT_AT),
        lambda row: double(row, made={}),
    ),
    "person_names_a_view_of_a_list_once": (saved_view, lambda row: double(row, query="q=а")),
    "bulk_edit_says_why": (bulk_edit, lambda row: change(row, why="")),
    "columns_are_kept_for_oneself": (saved_view, lambda row: change(row, name="", department=1)),
    "there_is_one_mail_fault_at_most": (mail_fault, lambda row: double(row, pk=2)),
    "way_of_mail_is_known": (mail_choice, lambda row: change(row, way="by_pigeon")),
    "import_says_when_it_was_written_and_undone": (import_session, lambda row: change(row, written_at=SENT_AT)),
    "import_writes_a_record_once": (imported_row, double),
    "import_asks_once": (
        lambda: ImportAnswer.objects.create(about="centers", key="лицей", by=UserFactory(), at=SENT_AT),
        double,
    ),
    "there_is_one_author_at_most": (present_author, lambda row: double(row, pk=2)),
    "fact_is_told_to_an_address_once": (NoticeFactory, lambda row: double(row, message_id="<other@rvci.example>")),
    "notice_that_left_says_when": (NoticeFactory, lambda row: change(row, status="sent")),
    "notice_that_came_back_says_when": (NoticeFactory, lambda row: change(row, status="bounced", sent_at=SENT_AT)),
    "notice_taken_back_says_when_and_why": (NoticeFactory, lambda row: change(row, status="taken_back", error="?")),
    "notice_status_is_known": (NoticeFactory, lambda row: change(row, status="lost")),
    "only_lines_of_digests_go_within_another": (NoticeFactory, lambda row: change(row, within=NoticeFactory())),
}


def test_each_constraint_is_tried() -> None:
    assert set(BROKEN) == names("rcro_portal")


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, break_it = BROKEN[name]
    row = make()
    with kept_by(name):
        break_it(row)
