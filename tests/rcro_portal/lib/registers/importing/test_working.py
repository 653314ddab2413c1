"""Large files are judged and written by a worker: how far it is stands on the page, and a death writes nothing."""

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from centers.importing.organizations import OrganizationsKind
from centers.models import Organization
from rcro_portal.lib import store
from rcro_portal.lib.registers.importing import forgetting, sessions, working
from rcro_portal.lib.registers.importing.stored import Work
from rcro_portal.models import ImportSession
from tests import clock
from tests.factories import imports
from tests.factories.centers import MunicipalityFactory, StaffPostFactory, UserFactory, administrator
from tests.factories.moments import SENT_AT

pytestmark = pytest.mark.django_db
LEASE = datetime.timedelta(seconds=settings.LEASE_SECONDS)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> ImportSession:
    """Three rows are a large file here."""
    monkeypatch.setattr(working, "LARGE", 2)
    MunicipalityFactory()
    by = UserFactory(person=StaffPostFactory(duty="methodist").person)
    data = imports.schools("Лицей № 1", "Лицей № 2", "Лицей № 3")
    session = imports.begun(OrganizationsKind, data, by=by, at=SENT_AT)
    working.judge_anew(session, by=by, at=SENT_AT)
    session.refresh_from_db()
    return session


def do(session: ImportSession, now: datetime.datetime = SENT_AT) -> bool:
    done = working.do(ImportSession, session.pk, now=now)
    session.refresh_from_db()
    return done


def test_judged_then_written_by_a_worker(session: ImportSession) -> None:
    assert (session.work, session.all_rows, session.found) == (Work.JUDGE, 4, None)
    assert do(session)
    assert (session.work, session.found["new_count"], session.found["is_ready"]) == ("", 3, True)
    assert not do(session)
    working.ask(session, Work.WRITE, by=session.begun_by, at=SENT_AT)
    with pytest.raises(working.WrongStep):
        working.ask(session, Work.WRITE, by=session.begun_by, at=SENT_AT)
    session.refresh_from_db()
    assert working.do_due(ImportSession, now=SENT_AT) == 1
    session.refresh_from_db()
    assert (session.state, session.work, session.written_by) == ("written", "", session.begun_by)
    assert Organization.objects.count() == 3


def test_work_of_a_dead_worker_is_done_again_but_not_for_ever(session: ImportSession) -> None:
    for number in range(working.TRIES_AT_MOST):
        now = SENT_AT + number * LEASE
        # A worker that died has left its lease.
        ImportSession.objects.filter(pk=session.pk).update(lease_until=now, tries=number)
        assert working.due(ImportSession, now).exists()
    ImportSession.objects.filter(pk=session.pk).update(tries=working.TRIES_AT_MOST, lease_until=now + LEASE)
    assert not do(session, now)
    assert session.trouble == ""
    assert not do(session, now + LEASE)
    assert (session.work, session.trouble) == ("", working.BROKEN_OFF)


def test_nobody_changes_a_file_that_is_at_work(session: ImportSession) -> None:
    with pytest.raises(sessions.WrongStep):
        sessions.edit(session, 2, {"A": "Лицей № 9"})
    do(session)
    sessions.edit(session, 2, {"A": "Лицей № 9"})
    working.judge_anew(session, by=session.begun_by, at=SENT_AT)
    assert do(session)
    assert session.found["preview"]["rows"][0][1][0] == "Лицей № 9"


def test_nothing_is_read_otherwise_or_answered_while_a_file_is_at_work(session: ImportSession) -> None:
    by = session.begun_by
    file = sessions.opened(session, OrganizationsKind)
    with pytest.raises(sessions.WrongStep):
        sessions.read_as(file, head_rows=[])
    with pytest.raises(sessions.WrongStep):
        sessions.answer(session, [], {}, by=by, at=SENT_AT)


def test_so_many_rows_are_mended_here_and_the_others_in_the_file(
    session: ImportSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(session)
    monkeypatch.setattr(sessions, "EDITED_AT_MOST", 1)
    sessions.edit(session, 2, {"A": "Лицей № 9", "ZZ": "нет такого столбца"})
    sessions.edit(session, 2, {"B": "Заречный район"})
    with pytest.raises(sessions.NotReady, match="Исправлено 1 строк"):
        sessions.edit(session, 3, {"A": "Лицей № 8"})
    assert sessions.opened(session, OrganizationsKind).sheet.rows[2] == ["Лицей № 9", "Заречный район"]


def test_work_and_undoing_are_of_one_file(session: ImportSession) -> None:
    by = session.begun_by
    do(session)
    other = imports.begun(OrganizationsKind, imports.schools("Лицей № 7"), by=by, at=SENT_AT)
    working.ask(session, Work.WRITE, by=by, at=SENT_AT)
    other.refresh_from_db()
    assert (do(session), other.work) == (True, "")
    sessions.write(other, OrganizationsKind, by=by, at=SENT_AT)
    sessions.undo(session, OrganizationsKind, by=by, at=SENT_AT)
    assert list(ImportSession.objects.order_by("pk").values_list("state", flat=True)) == ["undone", "written"]
    assert Organization.objects.get().short_name == "Лицей № 7"


def test_worker_writes_the_good_rows_where_that_is_asked(session: ImportSession) -> None:
    by = session.begun_by
    mixed = imports.begun(OrganizationsKind, imports.schools("Лицей № 7", ""), by=by, at=SENT_AT)
    working.ask(mixed, Work.WRITE_GOOD, by=by, at=SENT_AT)
    assert do(mixed)
    assert (mixed.state, [one.short_name for one in Organization.objects.all()]) == ("written", ["Лицей № 7"])


def test_right_that_is_gone(session: ImportSession) -> None:
    session.begun_by.person.posts.update(until=datetime.date(2020, 1, 1))
    assert not do(session)
    assert (session.work, session.trouble) == ("", working.NO_RIGHT)


def test_page_of_a_file_at_work(session: ImportSession, client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(administrator())
    page = f"/imports/organizations/{session.pk}/"
    shown = client.get(page)
    assert ("Файл проверяется" in shown.text, 'max="4"' in shown.text) == (True, True)
    piece = client.get(page, headers={"HX-Request": "true"})
    assert ("<h1>" in piece.text, "HX-Refresh" in piece.headers) == (False, False)
    assert client.post(f"{page}bring-in/").status_code == 409
    do(session)
    assert client.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    client.post(f"{page}bring-in/")
    session.refresh_from_db()
    assert (session.work, Organization.objects.count()) == (Work.WRITE, 0)
    assert "Файл вносится" in client.get(page).text


def test_files_go_after_their_term_and_what_they_wrote_stays(session: ImportSession) -> None:
    do(session)
    sessions.write(session, OrganizationsKind, by=session.begun_by, at=SENT_AT)
    again = imports.begun(OrganizationsKind, store.read(session.digest), by=session.begun_by, at=clock.now())
    assert forgetting.forget_files(ImportSession, now=SENT_AT + forgetting.kept() + LEASE) == 1
    assert store.path(again.digest).exists(), "somebody brought the same bytes later"
    ImportSession.objects.filter(pk=session.pk).update(digest=again.digest, file_gone_at=None)
    again.delete()
    session.refresh_from_db()
    same = imports.begun(OrganizationsKind, b"x;y", by=session.begun_by, at=SENT_AT + forgetting.kept())
    digest, now = session.digest, SENT_AT + forgetting.kept() + datetime.timedelta(hours=1)
    assert forgetting.forget_files(ImportSession, now=now) == 1
    session.refresh_from_db()
    assert (session.digest, store.path(digest).exists(), store.path(same.digest).exists()) == ("", False, True)
    assert session.file_gone_at == now
    with pytest.raises(sessions.FileGone):
        sessions.opened(session, OrganizationsKind)
    assert sessions.undo(session, OrganizationsKind, by=session.begun_by, at=clock.now()).endswith("– 3.")
