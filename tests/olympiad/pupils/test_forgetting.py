"""Names end with their consent: nothing of them is left in any table and any file, and the counts are as they were."""

import datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from olympiad.importing.pupils import PupilsKind
from olympiad.models import Pupil, PupilFile, PupilLook, WhyNameless
from olympiad.pupils import forgetting
from olympiad.sessions import sessions
from rcro_portal.lib import store
from rcro_portal.lib.registers.importing import forgetting as of_files
from rcro_portal.lib.registers.importing import sessions as of_imports
from rcro_portal.lib.registers.importing import working
from rcro_portal.models import ImportSession, RecordChange
from reports.operations import stored_files
from tests import clock
from tests.factories import brought, imports
from tests.factories.centers import OrganizationFactory, staff
from tests.factories.moments import tomsk
from tests.factories.olympiad import PrepSessionFactory, PupilFactory, PupilFileFactory
from tests.olympiad.pupils import everywhere

pytestmark = pytest.mark.django_db
LAST_MINUTE, AFTER = tomsk(12, 5, 23, 59), tomsk(12, 6, 0, 2)
NEXT_DAY = tomsk(1, 1, 0, 2, year=2027)
HEAD = "ФИО;Класс;Школа;Согласие дано;Согласие действует по"


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> None:
    settings.STORE_DIR = tmp_path / "store"


def upload(text: str) -> SimpleUploadedFile:
    """A scan that has the name in its file's name and within."""

    def call(pdf: Any) -> None:
        pdf.docinfo["/Title"] = text

    return SimpleUploadedFile(f"{text}.pdf", brought.pdf(call))


def test_at_the_end_of_the_term_a_name_is_nowhere(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    """Typed with a scan, changed, brought in from a file, looked at, waiting in another file."""
    session = PrepSessionFactory(pupils=30, new_pupils=None)
    school = OrganizationFactory(short_name="Школа № 1")
    methodist = staff("methodist", session.event.department)
    client.force_login(methodist)
    typed = {
        "surname": "Лукошкина",
        "given_name": "Вера",
        "grade": "9",
        "organization": str(school.pk),
        "consent_on": "2026-09-01",
        "consent_until": "2026-12-05",
        "publication_on": "2026-09-01",
        "publication_until": "2027-06-01",
    }
    scans = {"consent_file": upload("Лукошкина"), "publication_file": upload("Лукошкина публикация")}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/sessions/{session.pk}/pupils/new/", {**typed, **scans}).status_code == 302
        pupil = Pupil.objects.get()
        edited = {**typed, "given_name": "Верочка", "consent_file": upload("Лукошкина заново")}
        assert client.post(f"/sessions/{session.pk}/pupils/{pupil.pk}/edit/", edited).status_code == 302
        for number, surname in enumerate(("Лукошкина", "Лукошкин"), start=10):
            table = f"{HEAD}\n{surname} Пётр Ильич;{number};Школа № 1;01.09.2026;05.12.2026".encode()
            file = SimpleUploadedFile("Лукошкины.csv", table)
            brought_in = client.post(f"/sessions/{session.pk}/pupils/import/", {"table": file})
            if number == 10:
                assert client.post(f"{brought_in.headers['Location']}bring-in/").status_code == 302
    assert client.get("/pupils/").text.count("Лукошкина") == 2
    places = everywhere.named("Лукошкин")
    assert {"olympiad_pupil"} < set(places)
    assert [place for place in places if place.startswith("rcro_portal_recordchange")] == []

    forgetting.forget_due(now=LAST_MINUTE)
    assert Pupil.objects.filter(nameless_at=None).count() == 2
    with clock.standing(AFTER):
        # Whoever comes before the worker does sees no name.
        client.force_login(methodist)
        assert "Лукошкина" not in client.get("/pupils/").text
        with django_capture_on_commit_callbacks(execute=True):
            assert forgetting.forget_due(now=AFTER) == 2
            working.sweep(ImportSession, now=AFTER)
    assert everywhere.named("Лукошкин") == []
    assert (PupilFile.objects.exists(), list(store.everything())) == (False, [])
    session.refresh_from_db()
    assert (session.pupils, sessions.listed(session)["pupils"]) == (30, 2)
    assert {*Pupil.objects.values_list("grade", "organization", "nameless_why")} == {
        (9, school.pk, "term"),
        (10, school.pk, "term"),
    }
    assert PupilLook.objects.exists()
    assert forgetting.forget_due(now=AFTER) == 0


def test_withdrawn_consent_takes_name_and_scan_at_once(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    scan = PupilFileFactory()
    pupil = scan.pupil
    client.force_login(staff("methodist", pupil.session.event.department))
    url = f"/sessions/{pupil.session_id}/pupils/{pupil.pk}/withdraw/"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, {"key": ""}).status_code == 302
    assert everywhere.named("Лукошкина") == []
    pupil.refresh_from_db()
    assert (pupil.nameless_why, pupil.grade) == (WhyNameless.WITHDRAWN, 9)
    # Once more there is nobody.
    assert client.post(url, {"key": ""}).status_code == 404


def test_consent_is_withdrawn_by_a_double_press_and_of_a_session_in_the_archive(client: Client) -> None:
    pupil = PupilFileFactory().pupil
    session = pupil.session
    session.archived_at, session.archive_reason = clock.now(), "внесена дважды"
    session.save()
    client.force_login(staff("methodist", session.event.department))
    begin = f"/sessions/{session.pk}/pupils/{pupil.pk}"
    assert f'href="{begin}/withdraw/"' in client.get("/pupils/").text
    key = {"key": "0f0e5b2e-6c0f-4a38-9d0b-3f5a4c1b7a11"}
    assert client.post(f"{begin}/remove/", key).status_code == 409
    for _ in range(2):
        assert client.post(f"{begin}/withdraw/", key).status_code == 302
    pupil.refresh_from_db()
    assert (pupil.surname, pupil.nameless_why) == ("", WhyNameless.WITHDRAWN)


def test_name_without_a_scan_goes_after_a_fortnight() -> None:
    bare, scanned = PupilFactory(), PupilFileFactory().pupil
    day = datetime.timedelta(days=1)
    assert forgetting.forget_due(now=clock.now() + 14 * day) == 0
    assert forgetting.forget_due(now=clock.now() + 15 * day) == 1
    bare.refresh_from_db()
    scanned.refresh_from_db()
    assert (bare.nameless_why, scanned.nameless_why) == (WhyNameless.NO_SCAN, "")


def test_worker_killed_between_name_and_file_leaves_both_for_the_next(
    django_capture_on_commit_callbacks: Any,
) -> None:
    pupil = PupilFileFactory().pupil
    with mock.patch.object(store, "remove", side_effect=SystemExit), pytest.raises(SystemExit):
        forgetting.forget_due(now=NEXT_DAY)
    pupil.refresh_from_db()
    assert (pupil.surname, PupilFile.objects.count(), len(list(store.everything()))) == ("", 1, 1)
    assert list(stored_files.broken()) == []
    # The file is gone, its row not yet.
    with mock.patch.object(PupilFile, "delete", side_effect=SystemExit), pytest.raises(SystemExit):
        forgetting.forget_due(now=NEXT_DAY)
    forgetting.forget_due(now=NEXT_DAY)
    assert (PupilFile.objects.exists(), list(store.everything())) == (False, [])


def test_worker_killed_before_the_end_of_the_transaction_forgets_nobody_by_half() -> None:
    pupil = PupilFileFactory().pupil
    with mock.patch("olympiad.pupils.scans.drop", side_effect=SystemExit), pytest.raises(SystemExit):
        forgetting.forget_due(now=NEXT_DAY)
    pupil.refresh_from_db()
    assert (pupil.surname, PupilFile.objects.filter(dropped_at=None).count()) == ("Лукошкина", 1)


def test_same_bytes_of_another_pupil_stay() -> None:
    first, second = PupilFileFactory(), PupilFileFactory(pupil__consent_until="2027-05-31")
    assert first.digest == second.digest
    forgetting.forget_due(now=NEXT_DAY)
    assert store.read(second.digest)
    assert list(PupilFile.objects.all()) == [second]


def test_consent_to_publication_ends_by_itself() -> None:
    pupil = PupilFactory(publication_on="2026-09-01", publication_until="2026-12-01")
    PupilFileFactory(pupil=pupil)
    PupilFileFactory(pupil=pupil, purpose="publication", digest=store.put(b"publication"), size=11)
    forgetting.forget_due(now=tomsk(12, 2, 0, 2))
    pupil.refresh_from_db()
    assert (pupil.surname, pupil.publication_on, pupil.publication_until) == ("Лукошкина", None, None)
    assert [one.purpose for one in PupilFile.objects.all()] == ["consent"]


def test_log_of_changes_says_that_a_name_was_changed_and_not_which() -> None:
    pupil = PupilFactory()
    pupil.given_name = "Лидия"
    pupil.save()
    change = RecordChange.objects.filter(table="olympiad_pupil").latest("pk")
    assert ("given_name" in change.personal, change.before, change.after) == (True, {}, {})


def test_what_waits_in_a_file_goes_after_a_day() -> None:
    session = PrepSessionFactory()
    by = staff("methodist", session.event.department)
    table = f"{HEAD}\nЛукошкина Вера;9;Школа № 1;01.09.2026;31.12.2026".encode()
    waiting = imports.begun(PupilsKind, table, by=by, at=clock.now(), session=session.pk)
    waiting.edits = {"2": {"A": "Лукошкина Вероника"}}
    waiting.save()
    assert waiting.file_name == "Список обучающихся"
    day = datetime.timedelta(days=1)
    assert of_files.forget_files(ImportSession, now=clock.now() + day) == 0
    assert of_files.forget_files(ImportSession, now=clock.now() + day * 2) == 1
    # Its page was left open.
    with pytest.raises(of_imports.FileGone):
        of_imports.edit(waiting, 2, {"A": "Лукошкина Вера"})
    assert everywhere.named("Лукошкина") == []
